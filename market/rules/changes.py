"""May a running agreement be changed so? Its changes added up, its options counted from the start. SEK excl. VAT.

At or above the EU threshold chapter 17 LOU says which changes need no new procurement; below it that chapter does not
apply and a change rests on the agreement's own clause and the principles (19 kap. 2 §). The limits are dated data.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

NOTHING = Decimal(0)
DIRECTIVE = "directive"
NATIONAL = "national"


class Ground(StrEnum):
    CLAUSE = "clause"  # a clear clause of the agreement
    MINOR = "minor"  # small in value, all small ones together
    ADDITIONAL = "additional"  # goods that have become needed besides
    UNFORESEEN = "unforeseen"  # circumstances that nobody could foresee
    SUPPLIER = "supplier"  # another supplier takes the contract over
    NOT_ESSENTIAL = "not_essential"  # changes nothing essential


ONLY_ABOVE = frozenset({Ground.MINOR, Ground.ADDITIONAL, Ground.UNFORESEEN})
ANNOUNCED = frozenset({Ground.ADDITIONAL, Ground.UNFORESEEN})
OF_VALUE = frozenset({Ground.CLAUSE, Ground.MINOR, Ground.ADDITIONAL, Ground.UNFORESEEN})


class Fault(StrEnum):
    GROUND_OF_ANOTHER_REGIME = "ground_of_another_regime"
    VALUE_NEEDS_ITS_GROUND = "value_needs_its_ground"
    OVER_THE_SHARE = "over_the_share"
    OVER_THE_AMOUNT = "over_the_amount"
    AMOUNT_UNKNOWN = "amount_unknown"
    SHARE_UNKNOWN = "share_unknown"


@dataclass(frozen=True, slots=True)
class Limits:
    """The figures of the day. None where no figure is known: then the question can't be told by it.

    ``amount_sek`` is the EU threshold; ``minor_share`` is of the original value for all small changes together,
    ``additional_share`` for each change of goods that became needed or of unforeseen circumstances.
    """

    amount_sek: Decimal | None
    minor_share: Decimal | None
    additional_share: Decimal | None


@dataclass(frozen=True, slots=True)
class Before:
    """The agreement as it is: its value from the start, options as used, and the changes made since."""

    original_sek: Decimal
    changed_sek: Decimal
    minor_sek: Decimal


@dataclass(frozen=True, slots=True)
class ChangeVerdict:
    """``sum_sek`` is what was judged; ``limit_sek`` the lowest limit that it must keep under, None where none is known."""

    faults: tuple[Fault, ...]
    sum_sek: Decimal
    limit_sek: Decimal | None

    @property
    def stops(self) -> tuple[Fault, ...]:
        """What can't be answered by a reason: all but an amount that nobody has published."""
        return tuple(fault for fault in self.faults if fault is not Fault.AMOUNT_UNKNOWN)


def original_value(
    *, ceilings_sek: Iterable[Decimal], changes_sek: Iterable[Decimal], unused_options_sek: Iterable[Decimal]
) -> Decimal:
    """The agreement's value from the start: its ceilings without later changes, with every option as if used (5:3)."""
    return sum(ceilings_sek, NOTHING) - sum(changes_sek, NOTHING) + sum(unused_options_sek, NOTHING)


def judge_change(
    ground: Ground, value_sek: Decimal, *, regime: str, before: Before, limits: Limits
) -> ChangeVerdict:
    """Whether a change of ``value_sek`` (negative: less) may be made on that ground.

    A direct award is not judged here by its value: the direct-award limit is, over the need's whole sum.
    """
    faults: list[Fault] = []
    if regime != DIRECTIVE and ground in ONLY_ABOVE:
        faults.append(Fault.GROUND_OF_ANOTHER_REGIME)
    if value_sek and ground not in OF_VALUE:
        faults.append(Fault.VALUE_NEEDS_ITS_GROUND)
    if faults:
        return ChangeVerdict(faults=tuple(faults), sum_sek=value_sek, limit_sek=None)
    if regime == DIRECTIVE and ground is Ground.MINOR:
        return _minor(before.minor_sek + value_sek, before=before, limits=limits)
    if regime == DIRECTIVE and ground in ANNOUNCED:
        return _additional(value_sek, before=before, limits=limits)
    if regime == NATIONAL and value_sek > 0:
        return _below_the_threshold(before.original_sek + before.changed_sek + value_sek, limits=limits)
    return ChangeVerdict(faults=(), sum_sek=value_sek, limit_sek=None)


def _minor(sum_sek: Decimal, *, before: Before, limits: Limits) -> ChangeVerdict:
    """17 kap. 9 §: the net sum of small changes stays below the threshold and below a share of the original value."""
    faults: list[Fault] = []
    known: list[Decimal] = []
    if limits.minor_share is None:
        faults.append(Fault.SHARE_UNKNOWN)
    else:
        known.append(before.original_sek * limits.minor_share)
        if abs(sum_sek) >= known[0]:
            faults.append(Fault.OVER_THE_SHARE)
    if limits.amount_sek is None:
        faults.append(Fault.AMOUNT_UNKNOWN)
    else:
        known.append(limits.amount_sek)
        if abs(sum_sek) >= limits.amount_sek:
            faults.append(Fault.OVER_THE_AMOUNT)
    return ChangeVerdict(faults=tuple(faults), sum_sek=sum_sek, limit_sek=min(known, default=None))


def _additional(value_sek: Decimal, *, before: Before, limits: Limits) -> ChangeVerdict:
    """17 kap. 11, 12 §§: each such change at most a share of the original value."""
    if limits.additional_share is None:
        return ChangeVerdict(faults=(Fault.SHARE_UNKNOWN,), sum_sek=value_sek, limit_sek=None)
    most = before.original_sek * limits.additional_share
    faults = (Fault.OVER_THE_SHARE,) if value_sek > most else ()
    return ChangeVerdict(faults=faults, sum_sek=value_sek, limit_sek=most)


def _below_the_threshold(sum_sek: Decimal, *, limits: Limits) -> ChangeVerdict:
    """What was bought by the rules below the threshold must stay below it (5 kap. 1 §)."""
    if limits.amount_sek is None:
        return ChangeVerdict(faults=(Fault.AMOUNT_UNKNOWN,), sum_sek=sum_sek, limit_sek=None)
    faults = (Fault.OVER_THE_AMOUNT,) if sum_sek >= limits.amount_sek else ()
    return ChangeVerdict(faults=faults, sum_sek=sum_sek, limit_sek=limits.amount_sek)


def running_sums(values_sek: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Each change with all before it."""
    sums: list[Decimal] = []
    for value in values_sek:
        sums.append((sums[-1] if sums else NOTHING) + value)
    return tuple(sums)
