"""What stands on a call-off: movements are rows, and every quantity that people see is a fold of them.

    ordered = declined + cancelled + still owed + in transit + rejected + delivered + difference
    delivered = returned + kept

each in packs, kg and SEK excl. VAT. ``difference`` is what weighing and rounding leave over (catch weight,
öre); in packs it is zero.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

ZERO = Decimal(0)
GRAM = Decimal("0.001")
ORE = Decimal("0.01")


class MovementKind(StrEnum):
    ORDERED = "ordered"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    CANCELLED = "cancelled"  # agreed with the supplier (LOH forbids a one-sided one at short notice)
    HANDED_OVER = "handed_over"
    DELIVERED = "delivered"
    REJECTED = "rejected"  # not accepted at receipt: spoiled, wrong or missing
    RETURNED = "returned"
    INVOICED = "invoiced"
    CREDITED = "credited"


# A bookkeeping document is never rubbed out; an invoice that is wrong is credited.
NEVER_NEGATIVE = frozenset({MovementKind.INVOICED, MovementKind.CREDITED})


@dataclass(frozen=True, slots=True)
class Amount:
    packs: Decimal = ZERO
    kg: Decimal = ZERO
    net_sek: Decimal = ZERO

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.packs + other.packs, self.kg + other.kg, self.net_sek + other.net_sek)

    def __sub__(self, other: "Amount") -> "Amount":
        return Amount(self.packs - other.packs, self.kg - other.kg, self.net_sek - other.net_sek)


NOTHING = Amount()


@dataclass(frozen=True, slots=True)
class Movement:
    """One row. A negative one takes back what was booked by mistake, or edits an order before its cut-off.

    ``kg`` is None for all rows of a call-off whose article tells no weight; its sums of kg then say nothing.
    """

    kind: MovementKind
    packs: int | Decimal
    kg: Decimal | None
    net_sek: Decimal

    @property
    def amount(self) -> Amount:
        return Amount(Decimal(self.packs), self.kg or ZERO, self.net_sek)


@dataclass(frozen=True, slots=True)
class Quantities:
    """The sums of a call-off's movements by kind; together they are its position."""

    ordered: Amount = field(default=NOTHING)
    confirmed: Amount = field(default=NOTHING)
    declined: Amount = field(default=NOTHING)
    cancelled: Amount = field(default=NOTHING)
    handed_over: Amount = field(default=NOTHING)
    delivered: Amount = field(default=NOTHING)
    rejected: Amount = field(default=NOTHING)
    returned: Amount = field(default=NOTHING)
    invoiced: Amount = field(default=NOTHING)
    credited: Amount = field(default=NOTHING)


class BookingRefusal(StrEnum):
    NOTHING_TO_BOOK = "nothing_to_book"
    MIXED_SIGNS = "mixed_signs"
    DOCUMENT_TAKEN_BACK = "document_taken_back"
    LESS_THAN_NOTHING = "less_than_nothing"
    MORE_THAN_ORDERED = "more_than_ordered"
    MORE_THAN_CONFIRMED = "more_than_confirmed"
    MORE_THAN_HANDED_OVER = "more_than_handed_over"
    MORE_THAN_DELIVERED = "more_than_delivered"
    MORE_THAN_INVOICED = "more_than_invoiced"


BINDING_IN_KG = frozenset({BookingRefusal.MORE_THAN_DELIVERED, BookingRefusal.MORE_THAN_INVOICED})


@dataclass(frozen=True, slots=True)
class BookingVerdict:
    """``room`` is the most that could have been booked, for the sentence on screen; else None."""

    allowed: bool
    refusal: BookingRefusal | None = None
    room: Amount | None = None


def fold(movements: Iterable[Movement]) -> Quantities:
    sums: dict[str, Amount] = {}
    for movement in movements:
        kind = str(movement.kind)
        sums[kind] = sums.get(kind, NOTHING) + movement.amount
    return Quantities(**sums)


def booked(position: Quantities, movement: Movement) -> Quantities:
    """The position with one movement more."""
    sums = {part.name: getattr(position, part.name) for part in fields(position)}
    sums[str(movement.kind)] += movement.amount
    return Quantities(**sums)


def still_owed(position: Quantities) -> Amount:
    """What the supplier still has to hand over; nothing once all packs are accounted for."""
    return _for_open_packs(_not_handed_over(position))


def unanswered(position: Quantities) -> Decimal:
    """Packs that the supplier has neither confirmed nor declined. A decline takes these first."""
    standing = position.ordered - position.declined - position.cancelled
    return max(standing.packs - position.confirmed.packs, ZERO)


def confirmed_outstanding(position: Quantities) -> Decimal:
    """Packs that the supplier has promised and not yet handed over."""
    return still_owed(position).packs - unanswered(position)


def in_transit(position: Quantities) -> Amount:
    """Handed over at the hub and neither received nor rejected; nothing once all packs are accounted for."""
    return _for_open_packs(_not_received(position))


def kept(position: Quantities) -> Amount:
    return position.delivered - position.returned


def difference(position: Quantities) -> Amount:
    """Promised kg and SEK that no pack will bring any more; negative where catch weight came heavier."""
    not_received = _not_handed_over(position) + _not_received(position)
    return not_received - still_owed(position) - in_transit(position)


def open_for(position: Quantities, kind: MovementKind) -> Amount:
    """What stands before a movement of this kind, to take all of or a part of. ValueError for a document."""
    if kind == MovementKind.CONFIRMED:
        return position.ordered - position.declined - position.cancelled - position.confirmed
    if kind in (MovementKind.DECLINED, MovementKind.CANCELLED, MovementKind.HANDED_OVER):
        return _not_handed_over(position)
    if kind in (MovementKind.DELIVERED, MovementKind.REJECTED):
        return _not_received(position)
    if kind == MovementKind.RETURNED:
        return kept(position)
    raise ValueError(f"{kind} stands on its own paper")


def share_of(whole: Amount, packs: Decimal) -> Amount:
    """So many packs' share of an amount: whole grams and öre, and the last packs take what rounding has left.

    Shares taken one after the other of what is left add up to the whole, however it is parted.
    """
    if packs >= whole.packs:
        return Amount(packs, whole.kg, whole.net_sek)
    return Amount(
        packs=packs,
        kg=(whole.kg * packs / whole.packs).quantize(GRAM, rounding=ROUND_HALF_UP),
        net_sek=(whole.net_sek * packs / whole.packs).quantize(ORE, rounding=ROUND_HALF_UP),
    )


def committed(position: Quantities) -> Amount:
    """What counts against the ceiling: goods to come, goods kept without invoice, invoices less credits.

    Not yet invoiced, confirmation and receipt release what will not come. Once invoiced, only a credit does:
    an invoice covers first what was received, then what was rejected or came short, then what is on its way.
    A credit that awaits a new invoice frees its room until that comes.
    """
    to_come = still_owed(position) + in_transit(position)
    failed = position.rejected + difference(position)
    return Amount(
        packs=_committed(position, to_come=to_come, failed=failed, of=lambda amount: amount.packs),
        kg=_committed(position, to_come=to_come, failed=failed, of=lambda amount: amount.kg),
        net_sek=_committed(position, to_come=to_come, failed=failed, of=lambda amount: amount.net_sek),
    )


def released(position: Quantities) -> Amount:
    """What the ceiling has got back of the order so far; negative where more was taken than promised."""
    return position.ordered - committed(position)


def back_to_stock(position: Quantities) -> Amount:
    """What never left the farm. Rejected and returned goods don't become stock again by themselves."""
    return position.declined + position.cancelled


def may_book(position: Quantities, movement: Movement, *, catch_weight: bool = False) -> BookingVerdict:
    """Whether the movement leaves a position that can be.

    Packs are bound for all goods, kg for goods of fixed weight: what is weighed at the hub or the door may
    overshoot, but nothing is returned or credited beyond what came or was invoiced. SEK follows the goods and
    is bound only where a credit meets its invoice.
    """
    amount = movement.amount
    measures = (amount.packs, amount.kg, amount.net_sek)
    if not any(measures):
        return BookingVerdict(allowed=False, refusal=BookingRefusal.NOTHING_TO_BOOK)
    if min(measures) < 0 < max(measures):
        return BookingVerdict(allowed=False, refusal=BookingRefusal.MIXED_SIGNS)
    if min(measures) < 0 and movement.kind in NEVER_NEGATIVE:
        return BookingVerdict(allowed=False, refusal=BookingRefusal.DOCUMENT_TAKEN_BACK)
    after = booked(position, movement)
    if any(_below_zero(getattr(after, part.name)) for part in fields(after)):
        return BookingVerdict(allowed=False, refusal=BookingRefusal.LESS_THAN_NOTHING)
    return _within_bounds(after, movement, weighed=catch_weight)


def _within_bounds(after: Quantities, movement: Movement, *, weighed: bool) -> BookingVerdict:
    for refusal, part, whole in _bounds(after, movement):
        binds_kg = not weighed or refusal in BINDING_IN_KG
        binds_sek = refusal == BookingRefusal.MORE_THAN_INVOICED
        over = (
            part.packs > whole.packs
            or (binds_kg and part.kg > whole.kg)
            or (binds_sek and part.net_sek > whole.net_sek)
        )
        if over:
            room = None if _below_zero(movement.amount) else whole - (part - movement.amount)
            return BookingVerdict(allowed=False, refusal=refusal, room=room)
    return BookingVerdict(allowed=True)


def _bounds(after: Quantities, movement: Movement) -> list[tuple[BookingRefusal, Amount, Amount]]:
    """Each bound as (refusal, part, whole). The part may not be more than the whole."""
    gone = after.declined + after.cancelled
    bounds = [
        (BookingRefusal.MORE_THAN_ORDERED, after.confirmed, after.ordered),
        (BookingRefusal.MORE_THAN_ORDERED, gone + after.handed_over, after.ordered),
        (BookingRefusal.MORE_THAN_CONFIRMED, after.handed_over, after.confirmed),
        (BookingRefusal.MORE_THAN_HANDED_OVER, after.delivered + after.rejected, after.handed_over),
        (BookingRefusal.MORE_THAN_HANDED_OVER, after.invoiced - after.credited, after.handed_over),
        (BookingRefusal.MORE_THAN_DELIVERED, after.returned, after.delivered),
        (BookingRefusal.MORE_THAN_INVOICED, after.credited, after.invoiced),
    ]
    if movement.kind == MovementKind.CONFIRMED and movement.packs > 0:
        # A shortage may be declined after it was confirmed, but what is declined is not confirmed again.
        bounds.insert(0, (BookingRefusal.MORE_THAN_ORDERED, after.confirmed + gone, after.ordered))
    return bounds


def _below_zero(amount: Amount) -> bool:
    return min(amount.packs, amount.kg, amount.net_sek) < 0


def _not_handed_over(position: Quantities) -> Amount:
    return position.ordered - position.declined - position.cancelled - position.handed_over


def _not_received(position: Quantities) -> Amount:
    return position.handed_over - position.delivered - position.rejected


def _for_open_packs(left: Amount) -> Amount:
    if left.packs <= 0:
        return NOTHING
    return Amount(left.packs, max(left.kg, ZERO), max(left.net_sek, ZERO))


def _committed(
    position: Quantities,
    *,
    to_come: Amount,
    failed: Amount,
    of: Callable[[Amount], Decimal],
) -> Decimal:
    """One measure of ``committed``."""
    delivered, invoiced = of(position.delivered), of(position.invoiced)
    billed = invoiced - of(position.credited)
    not_invoiced = max(delivered - invoiced, ZERO)
    returned_before_invoice = min(of(position.returned), not_invoiced)
    billed_ahead = max(billed - delivered - max(of(failed), ZERO), ZERO)
    still_to_be_billed = max(of(to_come) - billed_ahead, ZERO)
    return billed + not_invoiced - returned_before_invoice + still_to_be_billed
