"""The shape of a demo municipality: who is in it and what they agreed. Only plain data; ``fill`` writes it."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from zlib import crc32

from stdnum import luhn


@dataclass(frozen=True, slots=True)
class FarmPlan:
    """A farm. ``needs`` are the kinds of goods that it sells; ``labels`` cover all of them.

    ``head`` is its number without the check digit: nine digits, or a sole trader's eleven.
    """

    name: str
    legal_form: str
    head: str
    place: str
    person: str
    needs: tuple[str, ...]
    labels: tuple[str, ...] = ()
    weekdays: str = "12345"
    lead_working_days: int = 2
    minimum_order_sek: Decimal = Decimal(0)

    @property
    def number(self) -> str:
        return with_check_digit(self.head)


@dataclass(frozen=True, slots=True)
class HubPlan:
    name: str
    weekdays: str
    address: str


@dataclass(frozen=True, slots=True)
class KitchenPlan:
    """``hub`` counts the plan's hubs from 0."""

    name: str
    kind: str
    pupils: int | None
    hub: int = 0
    address: str = ""
    manager: str = ""
    staff: str = ""


@dataclass(frozen=True, slots=True)
class LotPlan:
    """A lot of one need; its farms by their place in the plan, best rank first.

    ``part`` (k, n) is each n-th of the need's goods, from the k-th on: a need may be parted into several lots.
    """

    name: str
    need: str
    farms: tuple[int, ...]
    ceiling_sek: Decimal
    ceiling_kg: Decimal | None = None
    part: tuple[int, int] = (0, 1)


@dataclass(frozen=True, slots=True)
class AgreementPlan:
    """``with_neighbour`` names the neighbouring authority too."""

    title: str
    kind: str
    regime: str
    case_number: str
    lots: tuple[LotPlan, ...]
    reason: str = ""
    with_neighbour: bool = False


@dataclass(frozen=True, slots=True)
class AuthorityPlan:
    """``domain`` ends the e-mail addresses of its people; ``head`` is the number without the check digit.

    With a ``second_officer`` an award waits for the signature of one of the two.
    """

    name: str
    code: str
    head: str
    domain: str
    kitchens: tuple[KitchenPlan, ...]
    officer: str
    auditor: str
    second_officer: str = ""

    @property
    def number(self) -> str:
        return with_check_digit(self.head)


@dataclass(frozen=True, slots=True)
class Plan:
    """``boards`` are the kitchens that serve a payback dish, by name."""

    authority: AuthorityPlan
    hubs: tuple[HubPlan, ...]
    hub_workers: tuple[str, ...]
    farms: tuple[FarmPlan, ...]
    agreements: tuple[AgreementPlan, ...]
    neighbour: AuthorityPlan | None = None
    needs: dict[str, str] = field(default_factory=dict)
    boards: tuple[str, ...] = ()


def with_check_digit(head: str) -> str:
    """A formally right number; of a twelve-digit one the check digit counts the last ten only."""
    return head + str(luhn.calc_check_digit(head[-9:]))


def named(plan: AuthorityPlan, name: str) -> AuthorityPlan:
    """The authority under another name, and so under another (invented) number: a name has one number."""
    if name == plan.name:
        return plan
    series = crc32(name.encode()) % 1000
    return replace(plan, name=name, code=f"D{series:03d}", head=f"212098{series:03d}")
