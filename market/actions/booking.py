"""The port through which orders book stock, ceilings and needs. One lock order for all:

supplier runs (share) → pools by id → lot balances by id → need totals. Lock first with
``ORDER BY id FOR NO KEY UPDATE``, then one UPDATE each; a set UPDATE alone has no order and deadlocks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection


@dataclass(frozen=True, slots=True)
class Booking:
    """What a call-off takes: stock in base units, SEK and kg under its lot, SEK of its need in its month."""

    call_off_id: int
    pool_id: int
    agreement_lot_id: int
    authority_id: int
    supplier_id: int
    need_category_id: int | None
    delivery_date: date
    base_quantity: Decimal
    net_sek: Decimal
    kg: Decimal


class NoRoomAnyMore(Exception):  # noqa: N818  # not an error: the facts moved on; judge again
    """Between judging and locking somebody else took the stock, the ceiling's room or closed the run."""


def lock_runs(run_ids: Iterable[int]) -> None:
    """Hold these supplier runs open. Raises NoRoomAnyMore when one has closed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state FROM market_supplierrun WHERE id = ANY(%s) ORDER BY id FOR SHARE",
            [sorted(set(run_ids))],
        )
        if any(state != "open" for (state,) in cursor.fetchall()):
            raise NoRoomAnyMore


_LOCK = """
WITH pools AS MATERIALIZED (
  SELECT id FROM market_stockpool WHERE id = ANY(%(pools)s) ORDER BY id FOR NO KEY UPDATE
), first AS (SELECT count(*) AS n FROM pools)
SELECT 1 FROM market_lotbalance b, first
WHERE b.agreement_lot_id = ANY(%(lots)s) AND b.authority_id IS NULL AND b.supplier_id IS NULL AND first.n >= 0
ORDER BY b.id FOR NO KEY UPDATE OF b
"""


def lock_stock_and_balances(*, pool_ids: Iterable[int], lot_ids: Iterable[int]) -> None:
    """Lock pools by id, then the lots' own balances by id: no balance row is reached before all pools are counted."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, {"pools": sorted(set(pool_ids)), "lots": sorted(set(lot_ids))})


_BOOK = """
WITH asked AS MATERIALIZED (
  SELECT * FROM unnest(%(call_off)s::bigint[], %(pool)s::bigint[], %(lot)s::bigint[], %(authority)s::bigint[],
                       %(supplier)s::bigint[], %(need)s::bigint[], %(day)s::date[], %(base)s::numeric[],
                       %(sek)s::numeric[], %(kg)s::numeric[])
    AS a(call_off_id, pool_id, lot_id, authority_id, supplier_id, need_id, day, base, sek, kg)
), kept AS (
  INSERT INTO market_commitment (call_off_id, pool_id, agreement_lot_id, authority_id, supplier_id,
                                 need_category_id, month, delivery_date, base_quantity, net_sek, kg)
  SELECT call_off_id, pool_id, lot_id, authority_id, supplier_id, need_id, date_trunc('month', day)::date, day, base, sek, kg
  FROM asked
), pools AS (
  UPDATE market_stockpool p SET reserved = p.reserved + t.base
  FROM (SELECT pool_id, sum(base) AS base FROM asked GROUP BY pool_id) AS t
  WHERE p.id = t.pool_id AND p.quantity - p.reserved >= t.base RETURNING p.id
), own AS (
  UPDATE market_lotbalance b SET committed_sek = b.committed_sek + t.sek, committed_kg = b.committed_kg + t.kg
  FROM (SELECT lot_id, sum(sek) AS sek, sum(kg) AS kg FROM asked GROUP BY lot_id) AS t
  WHERE b.agreement_lot_id = t.lot_id AND b.authority_id IS NULL AND b.supplier_id IS NULL
    AND b.ceiling_sek - b.committed_sek >= t.sek
    AND (b.ceiling_kg IS NULL OR b.ceiling_kg - b.committed_kg >= t.kg) RETURNING b.id
), parts AS (
  INSERT INTO market_lotbalance (agreement_lot_id, authority_id, supplier_id, committed_sek, committed_kg)
  SELECT lot_id, authority_id, NULL, sum(sek), sum(kg) FROM asked GROUP BY lot_id, authority_id
  UNION ALL
  SELECT lot_id, NULL, supplier_id, sum(sek), sum(kg) FROM asked GROUP BY lot_id, supplier_id
  ORDER BY 1, 2, 3
  ON CONFLICT (agreement_lot_id, authority_id, supplier_id) DO UPDATE
    SET committed_sek = market_lotbalance.committed_sek + excluded.committed_sek,
        committed_kg = market_lotbalance.committed_kg + excluded.committed_kg
), needs AS (
  INSERT INTO market_needtotal (need_category_id, month, net_sek)
  SELECT need_id, date_trunc('month', day)::date, sum(sek) FROM asked WHERE need_id IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (need_category_id, month) DO UPDATE SET net_sek = market_needtotal.net_sek + excluded.net_sek
)
SELECT (SELECT count(*) FROM pools), (SELECT count(*) FROM own)
"""


def book(bookings: Sequence[Booking]) -> None:
    """Book call-offs whose pools and lots are locked. Raises NoRoomAnyMore when something no longer fits.

    The caller's transaction must then be rolled back: what fitted has been booked within it.
    """
    if not bookings:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            _BOOK,
            {
                "call_off": _array(each.call_off_id for each in bookings),
                "pool": _array(each.pool_id for each in bookings),
                "lot": _array(each.agreement_lot_id for each in bookings),
                "authority": _array(each.authority_id for each in bookings),
                "supplier": _array(each.supplier_id for each in bookings),
                "need": _array(each.need_category_id for each in bookings),
                "day": _array(each.delivery_date for each in bookings),
                "base": _array(each.base_quantity for each in bookings),
                "sek": _array(each.net_sek for each in bookings),
                "kg": _array(each.kg for each in bookings),
            },
        )
        pools, lots = cursor.fetchone()
    whole = len({each.pool_id for each in bookings}), len({each.agreement_lot_id for each in bookings})
    if (pools, lots) != whole:
        raise NoRoomAnyMore


def _array(values: Iterable[int | Decimal | date | None]) -> str:
    """PostgreSQL's own text of an array, for a cast: the driver would look up and quote each element by itself."""
    return "{" + ",".join("NULL" if value is None else str(value) for value in values) + "}"


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a call-off's commitment shall be from now on, as its movements show.

    ``back_to_stock``: what is given back can be sold again. A farm that declines has said that it can't.
    """

    call_off_id: int
    base_quantity: Decimal
    net_sek: Decimal
    kg: Decimal
    back_to_stock: bool


_LOCK_COMMITTED = """
WITH held AS MATERIALIZED (
  SELECT pool_id, agreement_lot_id FROM market_commitment WHERE call_off_id = ANY(%s)
), pools AS MATERIALIZED (
  SELECT id FROM market_stockpool WHERE id IN (SELECT pool_id FROM held) ORDER BY id FOR NO KEY UPDATE
), first AS (SELECT count(*) AS n FROM pools)
SELECT 1 FROM market_lotbalance b, first
WHERE b.agreement_lot_id IN (SELECT agreement_lot_id FROM held)
  AND b.authority_id IS NULL AND b.supplier_id IS NULL AND first.n >= 0
ORDER BY b.id FOR NO KEY UPDATE OF b
"""

_SETTLE = """
WITH asked AS MATERIALIZED (
  SELECT * FROM unnest(%(call_off)s::bigint[], %(base)s::numeric[], %(sek)s::numeric[], %(kg)s::numeric[],
                       %(back)s::boolean[])
    AS a(call_off_id, base, sek, kg, back)
), change AS MATERIALIZED (
  SELECT c.pool_id, c.agreement_lot_id, c.authority_id, c.supplier_id, c.need_category_id, c.month,
         a.base - c.base_quantity AS base, a.back, a.sek - c.net_sek AS sek, a.kg - c.kg AS kg
  FROM asked a JOIN market_commitment c USING (call_off_id)
), kept AS (
  UPDATE market_commitment c SET base_quantity = a.base, net_sek = a.sek, kg = a.kg
  FROM asked a WHERE c.call_off_id = a.call_off_id
), pools AS (
  UPDATE market_stockpool p
  SET reserved = p.reserved + t.base, quantity = greatest(p.quantity + t.gone, p.reserved + t.base)
  FROM (SELECT pool_id, sum(base) AS base, sum(CASE WHEN back THEN 0 ELSE least(base, 0) END) AS gone
        FROM change GROUP BY pool_id) AS t
  WHERE p.id = t.pool_id
), lots AS (
  UPDATE market_lotbalance b
  SET committed_sek = b.committed_sek + t.sek, committed_kg = b.committed_kg + t.kg,
      overshoot_sek = greatest(b.overshoot_sek, b.committed_sek + t.sek - b.ceiling_sek, 0),
      overshoot_kg = greatest(b.overshoot_kg, b.committed_kg + t.kg - b.ceiling_kg, 0)
  FROM (
    SELECT agreement_lot_id, NULL::bigint AS authority_id, NULL::bigint AS supplier_id, sum(sek) AS sek, sum(kg) AS kg
      FROM change GROUP BY agreement_lot_id
    UNION ALL
    SELECT agreement_lot_id, authority_id, NULL, sum(sek), sum(kg) FROM change GROUP BY agreement_lot_id, authority_id
    UNION ALL
    SELECT agreement_lot_id, NULL, supplier_id, sum(sek), sum(kg) FROM change GROUP BY agreement_lot_id, supplier_id
  ) AS t
  WHERE b.agreement_lot_id = t.agreement_lot_id AND b.authority_id IS NOT DISTINCT FROM t.authority_id
    AND b.supplier_id IS NOT DISTINCT FROM t.supplier_id
  RETURNING b.agreement_lot_id, b.ceiling_sek, b.ceiling_kg, b.committed_sek - b.ceiling_sek AS over_sek,
            coalesce(b.committed_kg - b.ceiling_kg, 0) AS over_kg, t.sek, t.kg
), assessed AS (
  INSERT INTO market_overshootassessment (agreement_lot_id, over_sek, over_kg, ceiling_sek, ceiling_kg)
  SELECT agreement_lot_id, greatest(over_sek, 0), greatest(over_kg, 0), ceiling_sek, ceiling_kg FROM lots
  WHERE (over_sek > 0 AND sek > 0) OR (over_kg > 0 AND kg > 0)
  ON CONFLICT (agreement_lot_id) WHERE decided_at IS NULL DO UPDATE
    SET over_sek = greatest(market_overshootassessment.over_sek, excluded.over_sek),
        over_kg = greatest(market_overshootassessment.over_kg, excluded.over_kg)
)
INSERT INTO market_needtotal (need_category_id, month, net_sek)
SELECT need_category_id, month, sum(sek) FROM change WHERE need_category_id IS NOT NULL
GROUP BY need_category_id, month ORDER BY 1, 2
ON CONFLICT (need_category_id, month) DO UPDATE SET net_sek = market_needtotal.net_sek + excluded.net_sek
"""


def settle(settlements: Sequence[Settlement]) -> None:
    """Set commitments to what is still to come or has come. What will not come is given back.

    Catch weight may come to more than was promised: the pool and the ceiling's overshoot grow with it, since
    goods at the door are never refused by a counter; an overshoot leaves no room for new call-offs, and opens an
    assessment for the officer.
    """
    if not settlements:
        return
    ids = sorted(each.call_off_id for each in settlements)
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_COMMITTED, [ids])
        cursor.execute(
            _SETTLE,
            {
                "call_off": _array(each.call_off_id for each in settlements),
                "base": _array(each.base_quantity for each in settlements),
                "sek": _array(each.net_sek for each in settlements),
                "kg": _array(each.kg for each in settlements),
                "back": [each.back_to_stock for each in settlements],
            },
        )
