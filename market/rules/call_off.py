"""Is this call-off lawful? Each rule gives a verdict with its figures; a call-off needs all of them.

The facts are handed in as numbers and dates, so judging costs the same after ten million lines as after ten.
The paragraph of a verdict follows from the rule and the agreement's regime and is dated data, not code.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from market.rules.questions import Question

RULES_VERSION = "2026.2"


class Rule(StrEnum):
    """The rules in the order in which they are asked."""

    AGREEMENT_IN_FORCE = "agreement_in_force"
    AUTHORITY_NAMED = "authority_named"
    PRODUCT_IN_LOT = "product_in_lot"
    PARTY_OF_LOT = "party_of_lot"
    STANDING = "standing"
    PERMITS = "permits"
    ORGANIC = "organic"
    CUT_OFF = "cut_off"
    PRICE_AGREED = "price_agreed"
    STOCK = "stock"
    RANKING = "ranking"
    CEILING_ROOM = "ceiling_room"
    PACK_SIZE = "pack_size"


Figure = str | int | bool | None | list[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of a lot or, with ``supplier_id``, of one of its parties."""

    rule: Rule
    ok: bool
    figures: Mapping[str, Figure] = field(default_factory=dict)
    lot_id: int | None = None
    supplier_id: int | None = None


@dataclass(frozen=True, slots=True)
class LotFacts:
    """A lot with its agreement. ``room_sek`` and ``room_kg`` are what is left under the ceilings, never negative.

    Goods of ``organic_groups`` (codes of product groups) must be organic by the agreement's criteria.
    """

    lot_id: int
    agreement_id: int
    title: str
    lot_name: str
    case_number: str
    kind: str
    regime: str
    signed: bool
    valid_from: date
    valid_to: date
    terminated_on: date | None
    delivers_after_end: bool
    posted_stock_is_an_answer: bool
    part_call_off_allowed: bool
    authority_named: bool
    ceiling_sek: Decimal
    room_sek: Decimal
    ceiling_kg: Decimal | None
    room_kg: Decimal | None
    allotment: str = "ranking"
    answer_hours: int | None = None
    organic_groups: frozenset[str] = frozenset()

    @property
    def last_day(self) -> date:
        """The last day on which a call-off may be placed."""
        return self.valid_to if self.terminated_on is None else min(self.valid_to, self.terminated_on)


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """A party of the lot as it stands for one product, day and hub.

    ``cut_off`` is None when the farm has no run that day. ``suspended`` is the clause of its suspension.
    ``price_per_base`` is its lowest agreed price of the product a base unit, SEK. ``share_percent`` and
    ``called_off_sek`` (from the lot so far, all products) are those of a lot that is shared out by a key. ``organic``:
    whether the goods are what the agreement asks for, None where it does not ask for organic ones.
    """

    supplier_id: int
    supplier_name: str
    rank: int
    suspended: str | None
    bankrupt: bool
    missing_permits: frozenset[str]
    run_id: int | None
    run_open: bool
    cut_off: datetime | None
    price_per_base: Decimal | None = None
    share_percent: Decimal | None = None
    called_off_sek: Decimal = Decimal(0)
    question: Question | None = None
    organic: bool | None = None


def judge_lot(lot: LotFacts, *, ordered_on: date, delivery_date: date) -> tuple[Verdict, ...]:
    """Whether the lot may be called off from by this authority, ordered and delivered on these days.

    A call-off placed while the agreement runs may be delivered after its end only where its terms say so.
    Of an agreement that does not name the authority nothing is told but that: neither its title nor its days.
    """
    named = Verdict(rule=Rule.AUTHORITY_NAMED, ok=lot.authority_named, lot_id=lot.lot_id)
    if not lot.authority_named:
        return (named,)
    return (_in_force(lot, ordered_on=ordered_on, delivery_date=delivery_date), named)


def _in_force(lot: LotFacts, *, ordered_on: date, delivery_date: date) -> Verdict:
    last = lot.last_day
    placed_in_time = lot.valid_from <= ordered_on <= last
    delivered_in_time = delivery_date <= last or (lot.delivers_after_end and lot.terminated_on is None)
    return Verdict(
        rule=Rule.AGREEMENT_IN_FORCE,
        ok=lot.signed and placed_in_time and delivered_in_time,
        lot_id=lot.lot_id,
        figures={
            "agreement": lot.title,
            "signed": lot.signed,
            "valid_from": lot.valid_from.isoformat(),
            "last_day": last.isoformat(),
            "ordered_on": ordered_on.isoformat(),
            "delivery_date": delivery_date.isoformat(),
        },
    )


def judge_party(lot: LotFacts, party: PartyFacts, *, arrived_at: datetime) -> tuple[Verdict, ...]:
    """Standing, permits, the agreement's demand for organic goods where there is one, and cut-off of a party.

    An order that arrives at the cut-off itself is in time.
    """

    def verdict(rule: Rule, *, ok: bool, **figures: Figure) -> Verdict:
        told = {"supplier": party.supplier_name, "rank": party.rank, **figures}
        return Verdict(rule=rule, ok=ok, figures=told, lot_id=lot.lot_id, supplier_id=party.supplier_id)

    in_time = party.run_open and party.cut_off is not None and arrived_at <= party.cut_off
    demanded = () if party.organic is None else (verdict(Rule.ORGANIC, ok=party.organic),)
    return (
        verdict(
            Rule.STANDING,
            ok=party.suspended is None and not party.bankrupt,
            clause=party.suspended,
            bankrupt=party.bankrupt,
        ),
        verdict(Rule.PERMITS, ok=not party.missing_permits, missing=sorted(party.missing_permits)),
        *demanded,
        verdict(
            Rule.CUT_OFF,
            ok=in_time,
            cut_off=party.cut_off.isoformat() if party.cut_off else None,
            arrived_at=arrived_at.isoformat(),
        ),
    )


def allows_next_rank(verdicts: tuple[Verdict, ...]) -> bool:
    """Whether a party's failed verdicts are a valid reason to go on to the next rank.

    A suspension and a missing permit are. A passed cut-off is not: it is the buyer that is late, and the rank
    would otherwise be chosen by ordering late. A farm without a run that day has said that it does not deliver.
    """
    late = [each for each in verdicts if each.rule is Rule.CUT_OFF and not each.ok]
    return not any(each.figures.get("cut_off") for each in late)
