"""Booking movements on call-offs: every paper (answer, hand-over, receipt, return) ends here.

Movements are appended, the cached quantities follow, and the market's commitments are settled to what is still
to come or has come.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_UP, Decimal

from django.db import connection

from market.actions.booking import Settlement, settle
from market.rules.filling import GRAM
from market.rules.prices import line_net_by_weight
from orders.models import CallOff
from orders.refusals import MoreThanThereIs
from orders.rules.movements import (
    Movement,
    MovementKind,
    Quantities,
    booked,
    committed,
    fold,
    may_book,
    open_for,
    share_of,
)

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Entry:
    """A movement to book on a call-off. ``kg`` is what was weighed; None: the packs' share of what stands open.

    An invoice or a credit says its own ``net_sek`` (then ``kg`` is as it says, too) and ``vat_rate``.
    """

    call_off_id: int
    kind: MovementKind
    packs: int
    kg: Decimal | None = None
    goods_lot_id: int | None = None
    net_sek: Decimal | None = None
    vat_rate: Decimal | None = None


_APPEND = """
INSERT INTO orders_movement (call_off_id, kind, packs, kg, net_sek, vat_rate, goods_lot_id, delivery_date, at, source)
SELECT m.call_off_id, m.kind, m.packs, CASE WHEN c.kg IS NOT NULL THEN m.kg END, m.net_sek,
       coalesce(m.vat_rate, v.rate), m.goods_lot_id, c.delivery_date, coalesce(%(at)s, now()), %(source)s
FROM unnest(%(call_offs)s::bigint[], %(kinds)s::text[], %(packs)s::numeric[], %(kg)s::numeric[],
            %(net_sek)s::numeric[], %(lots)s::bigint[], %(rates)s::numeric[])
  AS m(call_off_id, kind, packs, kg, net_sek, goods_lot_id, vat_rate)
JOIN orders_calloff c ON c.id = m.call_off_id
LEFT JOIN market_vatrate v ON v.vat_class_id = c.vat_class_id AND m.kind IN ('delivered', 'returned')
  AND daterange(v.valid_from, v.valid_to, '[]') @> c.delivery_date
"""

_CACHE = """
INSERT INTO orders_calloffquantity AS q (call_off_id, confirmed, declined, handed_over, delivered, delivered_kg,
                                         delivered_sek, rejected, returned)
SELECT call_off_id,
       coalesce(sum(packs) FILTER (WHERE kind = 'confirmed'), 0),
       coalesce(sum(packs) FILTER (WHERE kind = 'declined'), 0),
       coalesce(sum(packs) FILTER (WHERE kind = 'handed_over'), 0),
       coalesce(sum(packs) FILTER (WHERE kind = 'delivered'), 0),
       coalesce(sum(kg) FILTER (WHERE kind = 'delivered'), 0),
       coalesce(sum(net_sek) FILTER (WHERE kind = 'delivered'), 0),
       coalesce(sum(packs) FILTER (WHERE kind = 'rejected'), 0),
       coalesce(sum(packs) FILTER (WHERE kind = 'returned'), 0)
FROM orders_movement WHERE call_off_id = ANY(%(call_offs)s) GROUP BY call_off_id
ON CONFLICT (call_off_id) DO UPDATE SET
  confirmed = excluded.confirmed, declined = excluded.declined, handed_over = excluded.handed_over,
  delivered = excluded.delivered, delivered_kg = excluded.delivered_kg, delivered_sek = excluded.delivered_sek,
  rejected = excluded.rejected, returned = excluded.returned
"""

_DIRTY = """
INSERT INTO orders_tallydirty (day, kitchen_id)
SELECT DISTINCT delivery_date, kitchen_id FROM orders_calloff WHERE id = ANY(%(call_offs)s)
"""


def lock_call_offs(call_off_ids: Sequence[int]) -> dict[int, CallOff]:
    """Lock call-offs by id, so that two papers on the same goods are booked one after the other."""
    locked = CallOff.objects.select_for_update(no_key=True, of=("self",)).select_related("pack")
    return {each.pk: each for each in locked.filter(pk__in=call_off_ids).order_by("pk")}


def positions_of(call_offs: Mapping[int, CallOff]) -> dict[int, Quantities]:
    """Fold the movements of these call-offs."""
    rows: dict[int, list[Movement]] = {pk: [] for pk in call_offs}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT call_off_id, kind, packs, coalesce(kg, 0), net_sek FROM orders_movement"
            " WHERE call_off_id = ANY(%s) ORDER BY id",
            [list(call_offs)],
        )
        for pk, kind, packs, kg, net_sek in cursor.fetchall():
            rows[pk].append(Movement(kind=MovementKind(kind), packs=packs, kg=kg, net_sek=net_sek))
    return {pk: fold(movements) for pk, movements in rows.items()}


def book_entries(
    entries: Sequence[Entry], *, call_offs: Mapping[int, CallOff], source: str, at: datetime | None = None
) -> None:
    """Book entries on locked call-offs, at that moment or, without one, now.

    Raises MoreThanThereIs when one breaks the order of movements.
    """
    entries = [entry for entry in entries if entry.packs > 0 or entry.net_sek]
    if not entries:
        return
    positions = positions_of(call_offs)
    movements = []
    for entry in entries:
        call_off = call_offs[entry.call_off_id]
        movement = _movement(entry, call_off, positions[entry.call_off_id])
        verdict = may_book(positions[entry.call_off_id], movement, catch_weight=is_weighed(call_off))
        if not verdict.allowed:
            most = verdict.room.packs if verdict.room else NOTHING
            raise MoreThanThereIs(product=call_off.promise["product"], asked=entry.packs, most=int(most))
        positions[entry.call_off_id] = booked(positions[entry.call_off_id], movement)
        movements.append((entry, movement))
    _append(movements, source=source, at=at)
    touched = {entry.call_off_id for entry in entries}
    settle([_settlement(call_offs[pk], positions[pk]) for pk in sorted(touched)])
    with connection.cursor() as cursor:
        cursor.execute(_CACHE, {"call_offs": sorted(touched)})
        cursor.execute(_DIRTY, {"call_offs": sorted(touched)})


def _movement(entry: Entry, call_off: CallOff, position: Quantities) -> Movement:
    """The movement with its kg and SEK: as its paper says, its packs' share of what stands open, or by the scale."""
    if entry.net_sek is not None:
        return Movement(kind=entry.kind, packs=entry.packs, kg=entry.kg, net_sek=entry.net_sek)
    share = share_of(open_for(position, entry.kind), Decimal(entry.packs))
    if entry.kg is None or not is_weighed(call_off):
        return Movement(kind=entry.kind, packs=entry.packs, kg=share.kg, net_sek=share.net_sek)
    net_sek = share.net_sek
    if call_off.price_per == "kg":
        net_sek = line_net_by_weight(kg=entry.kg, price_per_kg=call_off.price_sek)
    return Movement(kind=entry.kind, packs=entry.packs, kg=entry.kg, net_sek=net_sek)


def is_weighed(call_off: CallOff) -> bool:
    """Catch weight comes to what the scale shows. Of all other goods the packs say the kg, if anything does."""
    return call_off.kg is not None and (call_off.price_per == "kg" or call_off.pack.is_catch_weight)


def _append(movements: Sequence[tuple[Entry, Movement]], *, source: str, at: datetime | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            _APPEND,
            {
                "source": source,
                "at": at,
                "call_offs": [entry.call_off_id for entry, _ in movements],
                "kinds": [movement.kind.value for _, movement in movements],
                "packs": [movement.packs for _, movement in movements],
                "kg": [movement.kg for _, movement in movements],
                "net_sek": [movement.net_sek for _, movement in movements],
                "lots": [entry.goods_lot_id for entry, _ in movements],
                "rates": [entry.vat_rate for entry, _ in movements],
            },
        )


def _settlement(call_off: CallOff, position: Quantities) -> Settlement:
    """Ceilings follow what is committed; stock follows the packs that the farm has not declined."""
    held = committed(position)
    standing = Decimal(call_off.packs) - position.declined.packs - position.cancelled.packs
    return Settlement(
        call_off_id=call_off.pk,
        base_quantity=reserved_for_packs(call_off, standing),
        net_sek=max(held.net_sek, NOTHING),
        kg=max(held.kg, NOTHING) if call_off.kg is not None else NOTHING,
        back_to_stock=False,
    )


def reserved_for_packs(call_off: CallOff, packs: Decimal) -> Decimal:
    """What so many packs of a call-off take of its pool, in base units."""
    base = call_off.base_quantity * packs / call_off.packs
    return (base * (1 + call_off.pack.upper_tolerance)).quantize(GRAM, rounding=ROUND_UP)
