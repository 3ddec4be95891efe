"""What an invoice and a credit note may say of a purchase-order line, and on which call-offs it falls.

A supplier bills lines of a purchase order; each line is of several kitchens' call-offs. An invoice falls first on
what was received and kept, then on what is on its way, last on what failed: so what came is what is paid.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from market.rules.prices import line_net, line_net_by_weight
from orders.rules.movements import (
    GRAM,
    NOTHING,
    ORE,
    ZERO,
    Amount,
    Quantities,
    in_transit,
    kept,
    share_of,
)


class BillRefusal(StrEnum):
    MORE_PACKS = "more_packs"
    MORE_KG = "more_kg"
    MORE_SEK = "more_sek"


@dataclass(frozen=True, slots=True)
class LineTerms:
    """How a line is priced. ``is_weighed``: its kg are what a scale shows, else what its packs weigh."""

    price_sek: Decimal
    price_per: str
    is_weighed: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A call-off of the line as it stands. ``on_invoice``: what is left of the invoice that is being credited."""

    call_off_id: int
    position: Quantities
    on_invoice: Amount = NOTHING


@dataclass(frozen=True, slots=True)
class BilledPart:
    call_off_id: int
    amount: Amount


@dataclass(frozen=True, slots=True)
class BillVerdict:
    """The parts by call-off; with a ``refusal`` there are none and ``most`` is what could have been billed."""

    parts: tuple[BilledPart, ...] = ()
    refusal: BillRefusal | None = None
    most: Decimal = ZERO


class Match(StrEnum):
    """What was received beside what was invoiced."""

    NOT_BILLED = "not_billed"
    BILLED_IN_PART = "billed_in_part"
    MATCHED = "matched"
    BILLED_TOO_MUCH = "billed_too_much"


def last_due_day(*, issued_on: date, days: Decimal) -> date:
    """The last lawful day of payment, counted from the invoice's own date (lag 2021:579)."""
    return issued_on + timedelta(days=int(days))


def billed(position: Quantities) -> Amount:
    return position.invoiced - position.credited


def bill(
    standings: Sequence[Standing], *, packs: int, kg: Decimal | None, net_sek: Decimal, terms: LineTerms
) -> BillVerdict:
    """Part an invoice's line on its call-offs, in their order.

    Packs and kg are bound by what was handed over (by what the kitchen weighed where that is more), SEK by the
    agreed price; an öre a call-off is left for the rounding of either side. ``kg`` None takes what is known.
    """
    shares = _by_stage(packs, [_stages(each.position) for each in standings])
    most_packs = sum((_room(each.position).packs for each in standings), ZERO)
    if packs > most_packs:
        return BillVerdict(refusal=BillRefusal.MORE_PACKS, most=most_packs)
    known = [_known_kg(each.position, share) for each, share in zip(standings, shares, strict=True)]
    weights = known
    if kg is not None and terms.is_weighed:
        rooms = [
            _room(each.position).kg if share else ZERO for each, share in zip(standings, shares, strict=True)
        ]
        if kg > sum(rooms, ZERO):
            return BillVerdict(refusal=BillRefusal.MORE_KG, most=sum(rooms, ZERO))
        weights = _poured(kg, by=shares, rooms=rooms, unit=GRAM)
    by = weights if terms.price_per == "kg" else shares
    most_sek = _price(packs=Decimal(packs), kg=sum(weights, ZERO), terms=terms) + ORE * len(standings)
    if net_sek > most_sek:
        return BillVerdict(refusal=BillRefusal.MORE_SEK, most=most_sek)
    sek = _poured(net_sek, by=by, rooms=[net_sek if share else ZERO for share in shares], unit=ORE)
    return _parts(standings, shares, weights, sek)


def credit(
    standings: Sequence[Standing], *, packs: int, kg: Decimal | None, net_sek: Decimal, is_weighed: bool
) -> BillVerdict:
    """Part a credit note's line on the call-offs that the invoice fell on, what was not kept first.

    Nothing is credited beyond what is left of the invoice. A credit of SEK alone (``packs`` 0) is a rebate.
    """
    standings = sorted(standings, key=lambda each: _not_kept(each) <= 0)
    left = [each.on_invoice for each in standings]
    whole = sum(left, NOTHING)
    over = [
        (BillRefusal.MORE_PACKS, Decimal(packs), whole.packs),
        (BillRefusal.MORE_KG, kg if kg is not None and is_weighed else ZERO, whole.kg),
        (BillRefusal.MORE_SEK, net_sek, whole.net_sek),
    ]
    for refusal, asked, most in over:
        if asked > most:
            return BillVerdict(refusal=refusal, most=most)
    stages = [
        (min(max(_not_kept(each), ZERO), each.on_invoice.packs), each.on_invoice.packs) for each in standings
    ]
    shares = _by_stage(packs, [(first, most - first) for first, most in stages])
    weights = [share_of(own, share).kg if share else ZERO for own, share in zip(left, shares, strict=True)]
    if kg is not None and is_weighed:
        weights = _poured(kg, by=shares, rooms=[own.kg for own in left], unit=GRAM)
    sek = _poured(net_sek, by=shares, rooms=[own.net_sek for own in left], unit=ORE)
    return _parts(standings, shares, weights, sek)


def match(*, received: Amount, invoiced: Amount, call_offs: int) -> Match:
    """Whether what is invoiced (less credits) is what was received (less returns); an öre a call-off is rounding."""
    if not invoiced.packs and not invoiced.net_sek:
        return Match.NOT_BILLED
    slack = ORE * call_offs
    if invoiced.packs > received.packs or invoiced.net_sek > received.net_sek + slack:
        return Match.BILLED_TOO_MUCH
    if invoiced.packs < received.packs:
        return Match.BILLED_IN_PART
    return Match.MATCHED


def _stages(position: Quantities) -> tuple[Decimal, Decimal, Decimal]:
    """Packs that may be billed: received and kept, on their way, failed."""
    done = billed(position).packs
    good, coming = kept(position).packs, in_transit(position).packs
    received = max(good - done, ZERO)
    coming = max(coming - max(done - good, ZERO), ZERO)
    return received, coming, _room(position).packs - received - coming


def _room(position: Quantities) -> Amount:
    """The most that may still be billed: what was handed over, by the heavier of the two scales."""
    heaviest = max(position.handed_over.kg, position.delivered.kg)
    whole = Amount(position.handed_over.packs, heaviest, position.handed_over.net_sek)
    return whole - billed(position)


def _known_kg(position: Quantities, packs: Decimal) -> Decimal:
    """The kg of so many packs by the last scale that they passed, whatever the invoice says of them."""
    if not packs:
        return ZERO
    expected = kept(position) + in_transit(position) - billed(position)
    whole = expected if packs <= expected.packs else _room(position)
    return max(share_of(whole, packs).kg, ZERO)


def _price(*, packs: Decimal, kg: Decimal, terms: LineTerms) -> Decimal:
    if terms.price_per == "kg":
        return line_net_by_weight(kg=kg, price_per_kg=terms.price_sek)
    return line_net(packs=packs, price=terms.price_sek)


def _not_kept(standing: Standing) -> Decimal:
    """Packs that are billed and were turned away or sent back."""
    position = standing.position
    return billed(position).packs - kept(position).packs - in_transit(position).packs


def _by_stage(packs: int, stages: Sequence[tuple[Decimal, ...]]) -> list[Decimal]:
    """Packs by call-off: the first stage of all call-offs, then the second of all …"""
    shares = [ZERO] * len(stages)
    left = Decimal(packs)
    for stage in zip(*stages, strict=True):
        for number, room in enumerate(stage):
            taken = min(left, room)
            shares[number] += taken
            left -= taken
    return shares


def _poured(
    total: Decimal, *, by: Sequence[Decimal], rooms: Sequence[Decimal], unit: Decimal
) -> list[Decimal]:
    """``total`` in proportion to ``by`` and within the rooms; what rounding leaves goes where there is room."""
    weight = sum(by, ZERO)
    given: list[Decimal] = []
    left = total
    for own, room in zip(by, rooms, strict=True):
        wish = (total * own / weight).quantize(unit, rounding=ROUND_HALF_UP) if weight else ZERO
        given.append(min(wish, room, left))
        left -= given[-1]
    for number, room in enumerate(rooms):
        more = min(left, room - given[number])
        given[number] += more
        left -= more
    return given


def _parts(
    standings: Sequence[Standing],
    packs: Sequence[Decimal],
    kg: Sequence[Decimal],
    sek: Sequence[Decimal],
) -> BillVerdict:
    amounts = [Amount(*measures) for measures in zip(packs, kg, sek, strict=True)]
    return BillVerdict(
        parts=tuple(
            BilledPart(call_off_id=each.call_off_id, amount=amount)
            for each, amount in zip(standings, amounts, strict=True)
            if amount != NOTHING
        )
    )
