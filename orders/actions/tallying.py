"""Tallies: keys that changed are taken and made anew from call-offs and movements."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from config.ground.trail import Actor, acting
from orders.queries.call_off_rows import MARKS_OF_A_CALL_OFF, PASSED_OVER

_TAKE = """
DELETE FROM orders_tallydirty WHERE id IN (
  SELECT id FROM orders_tallydirty ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
) RETURNING day, kitchen_id
"""

# Two workers may hold keys of the same day and kitchen: the second waits here, then reads what the first wrote.
_LOCK = """
SELECT pg_advisory_xact_lock(hashtextextended('tally', k.kitchen_id * 100000 + (k.day - DATE '2000-01-01')))
FROM (SELECT DISTINCT * FROM unnest(%(days)s::date[], %(kitchens)s::bigint[]) AS u(day, kitchen_id)
      ORDER BY 2, 1) AS k
"""

# Months are told by what their days lose and gain: authority by authority in one order, so that no two workers wait crosswise.
_LOCK_MONTHS = """
SELECT pg_advisory_xact_lock(hashtextextended('month tally', m.authority_id * 100000 + (m.day - DATE '2000-01-01')))
FROM (SELECT DISTINCT n.authority_id, date_trunc('month', k.day)::date AS day
      FROM unnest(%(days)s::date[], %(kitchens)s::bigint[]) AS k(day, kitchen_id)
      JOIN kitchens_kitchen n ON n.id = k.kitchen_id ORDER BY 1, 2) AS m
"""
_KEY = (
    "day, authority_id, kitchen_id, supplier_id, product_id, agreement_lot_id, marks, origin_country, origin_place,"
    " passed_over, basis"
)
_MEASURES = "kg, net_sek, net_sek_without_kg, lines, lines_without_kg, answered, received, arrived, on_time, in_full, rejected"
_NONE = f"({', '.join('0' for _ in _MEASURES.split(', '))})"
_HOW_THEY_CAME = "is_answered, is_received, came_on_time, is_in_full, is_rejected"

# What came of a call-off, by its movements ({of}), which are gone through once.
_CAME = """
  SELECT {call_off} bool_or(m.kind IN ('delivered', 'returned')) AS has_come,
         sum(CASE m.kind WHEN 'delivered' THEN m.kg WHEN 'returned' THEN -m.kg END) AS kg,
         sum(CASE m.kind WHEN 'delivered' THEN m.net_sek WHEN 'returned' THEN -m.net_sek END) AS net_sek,
         count(g.id) AS lots, min(g.origin_country) AS country, max(g.origin_country) AS other_country,
         min(g.origin_place) AS place, max(g.origin_place) AS other_place,
         coalesce(sum(m.packs) FILTER (WHERE m.kind = 'confirmed'), 0) AS confirmed,
         coalesce(sum(m.packs) FILTER (WHERE m.kind = 'declined'), 0) AS declined,
         coalesce(sum(m.packs) FILTER (WHERE m.kind = 'delivered'), 0) AS delivered,
         coalesce(sum(m.packs) FILTER (WHERE m.kind = 'rejected'), 0) AS rejected,
         coalesce(min(m.at) FILTER (WHERE m.kind = 'handed_over'), min(m.at) FILTER (WHERE m.kind = 'delivered')) AS at
  FROM orders_movement m LEFT JOIN orders_goodslot g ON g.id = m.goods_lot_id AND m.kind = 'handed_over'
  WHERE {of} m.kind IN ('confirmed', 'declined', 'handed_over', 'delivered', 'rejected', 'returned')"""
# For all days they are added up and then joined by hashing; for some days each call-off's are looked up, since a planner that
# takes them for few would go through all of them once for every call-off.
_CAME_OF_ALL = f"({_CAME.format(call_off='m.call_off_id,', of='')} GROUP BY m.call_off_id) AS came ON came.call_off_id = mine.id"
_CAME_OF_EACH = f"LATERAL ({_CAME.format(call_off='', of='m.call_off_id = mine.id AND')}) AS came ON true"

# What tallies are: of call-offs ({mine}) and of what came of them ({came}), by key. The one text for a day and for all days.
# A delivery day in Sweden's calendar is laid against times in UTC.
_GROUPED = f"""
WITH mine AS (
  SELECT c.id, c.delivery_date AS day, c.authority_id, c.kitchen_id, c.supplier_id, c.product_id, c.agreement_lot_id,
         {MARKS_OF_A_CALL_OFF} AS marks, coalesce(c.promise ->> 'origin_country', '') AS origin_country,
         coalesce(c.promise ->> 'origin_place', '') AS origin_place, {PASSED_OVER} AS passed_over, c.kg, c.net_sek, c.packs
  FROM {{mine}}
), known AS MATERIALIZED (
  SELECT mine.*, has_come, came.kg AS came_kg, came.net_sek AS came_sek,
         CASE WHEN lots = 0 THEN NULL WHEN country = other_country THEN country ELSE '' END AS came_country,
         CASE WHEN lots = 0 THEN NULL WHEN place = other_place THEN place ELSE '' END AS came_place,
         confirmed > 0 OR declined > 0 AS is_answered, delivered > 0 OR rejected > 0 AS is_received,
         (at AT TIME ZONE 'Europe/Stockholm')::date <= day AS came_on_time,
         (delivered > 0 OR rejected > 0) AND delivered >= packs AS is_in_full, rejected > 0 AS is_rejected
  FROM mine LEFT JOIN {{came}}
), views AS (
  SELECT day, authority_id, kitchen_id, supplier_id, product_id, agreement_lot_id, marks, origin_country, origin_place,
         passed_over, 'ordered' AS basis, kg AS view_kg, net_sek AS view_sek, {_HOW_THEY_CAME}
  FROM known
  UNION ALL
  SELECT day, authority_id, kitchen_id, supplier_id, product_id, agreement_lot_id, marks,
         coalesce(came_country, origin_country), coalesce(came_place, origin_place),
         passed_over, 'delivered', CASE WHEN kg IS NOT NULL THEN came_kg END, came_sek, NULL, NULL, NULL, NULL, NULL
  FROM known WHERE has_come
)
SELECT {_KEY}, coalesce(sum(view_kg), 0) AS kg, sum(view_sek) AS net_sek,
       coalesce(sum(view_sek) FILTER (WHERE view_kg IS NULL), 0) AS net_sek_without_kg,
       count(*) AS lines, count(*) FILTER (WHERE view_kg IS NULL) AS lines_without_kg,
       count(*) FILTER (WHERE is_answered) AS answered, count(*) FILTER (WHERE is_received) AS received,
       count(came_on_time) AS arrived, count(*) FILTER (WHERE came_on_time) AS on_time,
       count(*) FILTER (WHERE is_in_full) AS in_full, count(*) FILTER (WHERE is_rejected) AS rejected
FROM views GROUP BY {_KEY}
"""
_OF_KEYS = """(SELECT DISTINCT * FROM unnest(%(days)s::date[], %(kitchens)s::bigint[]) AS u(day, kitchen_id)) AS keys
  JOIN orders_calloff c ON c.kitchen_id = keys.kitchen_id AND c.delivery_date = keys.day AND c.state = 'placed'"""

_MONTH_KEY = "authority_id, supplier_id, product_id, agreement_lot_id, marks, origin_country, origin_place, passed_over, basis"
_PRICE_KEY = "authority_id, supplier_id, product_id, agreement_lot_id, marks, passed_over, basis"
_PRICE_MEASURES = "days, kg, net_sek, lines"

# Of tallies ({rows}), each of which counts {times}: once, or less than nothing where it is taken back.
_PRICES = f"""
SELECT date_trunc('month', day)::date AS day, {_PRICE_KEY}, round((net_sek - net_sek_without_kg) / kg, 16) AS per_kg,
       sum({{times}}) AS days, sum({{times}} * kg) AS kg, sum({{times}} * (net_sek - net_sek_without_kg)) AS net_sek,
       sum({{times}} * (lines - lines_without_kg)) AS lines
FROM {{rows}} WHERE kg > 0 AND net_sek > net_sek_without_kg AND basis IN ('ordered', 'delivered')
GROUP BY 1, {_PRICE_KEY}, per_kg
"""


def _each(form: str, names: str = _MEASURES) -> str:
    return ", ".join(form.format(name=name) for name in names.split(", "))


# What differs, as what it was and what it is; what it was is what it is without what it gained.
_CHANGED = f"""(
  SELECT 1 AS times, day, {_PRICE_KEY}, kg, net_sek, net_sek_without_kg, lines, lines_without_kg FROM differs WHERE stays
  UNION ALL
  SELECT -1, day, {_PRICE_KEY},
         {_each("coalesce({name}, 0) - more_{name}", "kg, net_sek, net_sek_without_kg, lines, lines_without_kg")}
  FROM differs WHERE id IS NOT NULL
) AS changed"""

# What is and what stands are laid on one another by key, and only what differs is written: a row that is new or other, a row
# that has no line left, and what months and prices gain by it. Grouped, not joined: of so many columns no planner knows how many match.
_MEND = f"""
WITH anew AS ({_GROUPED.format(mine=_OF_KEYS, came=_CAME_OF_EACH)}),
differs AS MATERIALIZED (
  SELECT {_KEY}, max(id) AS id, bool_or(id IS NULL) AS stays,
         {_each("sum({name}) FILTER (WHERE id IS NULL) AS {name}")}, {_each("sum(sign * {name}) AS more_{name}")}
  FROM (
    SELECT NULL::bigint AS id, 1 AS sign, {_KEY}, {_MEASURES} FROM anew
    UNION ALL
    SELECT t.id, -1, {", ".join(f"t.{name}" for name in _KEY.split(", "))}, {_each("t.{name}")}
    FROM orders_tally t
    JOIN (SELECT DISTINCT * FROM unnest(%(days)s::date[], %(kitchens)s::bigint[]) AS u(day, kitchen_id)) AS k
      ON t.day = k.day AND t.kitchen_id = k.kitchen_id
    WHERE t.basis IN ('ordered', 'delivered')
  ) AS both_of_them
  GROUP BY {_KEY}
  HAVING count(*) = 1 OR ({_each("sum(sign * {name})")}) <> {_NONE}
), gone AS (
  DELETE FROM orders_tally t USING differs d WHERE t.id = d.id AND NOT d.stays
), written AS (
  INSERT INTO orders_tally ({_KEY}, {_MEASURES}) SELECT {_KEY}, {_MEASURES} FROM differs WHERE stays
  ON CONFLICT ON CONSTRAINT tally_once DO UPDATE SET {_each("{name} = excluded.{name}")}
), months AS (
  INSERT INTO orders_tallymonth AS m (day, {_MONTH_KEY}, {_MEASURES})
  SELECT date_trunc('month', day)::date, {_MONTH_KEY}, {_each("sum(more_{name})")} FROM differs
  GROUP BY 1, {_MONTH_KEY} HAVING ({_each("sum(more_{name})")}) <> {_NONE}
  ON CONFLICT ON CONSTRAINT month_tally_once DO UPDATE SET {_each("{name} = m.{name} + excluded.{name}")}
  RETURNING m.id, m.lines
), prices AS (
  INSERT INTO orders_tallyprice AS p (day, {_PRICE_KEY}, per_kg, {_PRICE_MEASURES})
  SELECT day, {_PRICE_KEY}, per_kg, {_PRICE_MEASURES}
  FROM ({_PRICES.format(rows=_CHANGED, times="times")}) AS c WHERE (days, kg, net_sek, lines) <> (0, 0, 0, 0)
  ON CONFLICT ON CONSTRAINT price_tally_once DO UPDATE
  SET {_each("{name} = p.{name} + excluded.{name}", _PRICE_MEASURES)}
  RETURNING p.id, p.days
)
SELECT id, NULL FROM months WHERE lines = 0 UNION ALL SELECT NULL, id FROM prices WHERE days = 0
"""
_EMPTIED = (
    "DELETE FROM orders_tallymonth WHERE id = ANY (%s)",
    "DELETE FROM orders_tallyprice WHERE id = ANY (%s)",
)

# All anew beside the table, then only what differs is written: readers read on, and rows that were right stay as they are.
# A table that is being filled looks empty to the planner, which would then go through it once for every row: no nested loops.
_ALONE = """
LOCK TABLE orders_tally, orders_tallymonth, orders_tallyprice IN SHARE ROW EXCLUSIVE MODE;
SET LOCAL enable_nestloop = off;
SET LOCAL work_mem = '128MB'
"""
_AS_BEFORE = "SET LOCAL enable_nestloop = DEFAULT; SET LOCAL work_mem = DEFAULT"
_ANEW = "CREATE TEMP TABLE tally_anew ON COMMIT DROP AS" + _GROUPED.format(
    mine="orders_calloff c WHERE c.state = 'placed'", came=_CAME_OF_ALL
)
_SAME_KEY = " AND ".join(f"t.{name} = n.{name}" for name in _KEY.split(", "))
_SAME = " AND ".join([_SAME_KEY, *(f"t.{name} = n.{name}" for name in _MEASURES.split(", "))])
_DROP = f"""
DELETE FROM orders_tally t
WHERE t.basis IN ('ordered', 'delivered') AND NOT EXISTS (SELECT FROM tally_anew n WHERE {_SAME})
"""
_WRITE = f"""
INSERT INTO orders_tally ({_KEY}, {_MEASURES})
SELECT {_KEY}, {_MEASURES} FROM tally_anew n WHERE NOT EXISTS (SELECT FROM orders_tally t WHERE {_SAME_KEY})
"""


@dataclass(frozen=True, slots=True)
class _RollUp:
    """What is made of the days: a table, what tells its rows apart, what they measure, and all of them anew."""

    table: str
    key: str
    measures: str
    anew: str

    @property
    def create(self) -> str:
        return f"CREATE TEMP TABLE {self.table}_anew ON COMMIT DROP AS {self.anew}"

    @property
    def drop(self) -> str:
        same = self._same(f"{self.key}, {self.measures}")
        return f"DELETE FROM {self.table} t WHERE NOT EXISTS (SELECT FROM {self.table}_anew n WHERE {same})"

    @property
    def write(self) -> str:
        columns = f"{self.key}, {self.measures}"
        return (
            f"INSERT INTO {self.table} ({columns}) SELECT {columns} FROM {self.table}_anew n"
            f" WHERE NOT EXISTS (SELECT FROM {self.table} t WHERE {self._same(self.key)})"
        )

    def _same(self, columns: str) -> str:
        return " AND ".join(f"t.{name} = n.{name}" for name in columns.split(", "))


_OF_MONTHS = _RollUp(
    table="orders_tallymonth",
    key=f"day, {_MONTH_KEY}",
    measures=_MEASURES,
    anew=f"SELECT date_trunc('month', day)::date AS day, {_MONTH_KEY}, {_each('sum({name}) AS {name}')}"
    f" FROM orders_tally WHERE basis IN ('ordered', 'delivered') GROUP BY 1, {_MONTH_KEY}",
)
_OF_PRICES = _RollUp(
    table="orders_tallyprice",
    key=f"day, {_PRICE_KEY}, per_kg",
    measures=_PRICE_MEASURES,
    anew=_PRICES.format(rows="orders_tally", times=1),
)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """``rows`` there are; of them ``written`` were not there or not so, and ``dropped`` stood that should not."""

    rows: int
    written: int
    dropped: int


def rebuild_tallies(*, by: Actor) -> Rebuilt:
    """Make all tallies anew from call-offs and movements. Right rows stay; dirty keys stay too and are taken later."""
    with acting(by), connection.cursor() as cursor:
        cursor.execute(_ALONE)
        cursor.execute("DROP TABLE IF EXISTS pg_temp.tally_anew")
        cursor.execute(_ANEW)
        rows = cursor.rowcount
        cursor.execute("ANALYZE tally_anew")
        cursor.execute(_DROP)
        dropped = cursor.rowcount
        cursor.execute(_WRITE)
        written = cursor.rowcount
        rebuild_months(by=by)
        rebuild_prices(by=by)  # and plans as before
        return Rebuilt(rows=rows, written=written, dropped=dropped)


def rebuild_months(*, by: Actor) -> Rebuilt:
    """Make the months anew from the days; months that were right stay."""
    return _rolled_up(_OF_MONTHS, by=by)


def rebuild_prices(*, by: Actor) -> Rebuilt:
    """Make the months' prices anew from the days; those that were right stay."""
    return _rolled_up(_OF_PRICES, by=by)


def _rolled_up(what: _RollUp, *, by: Actor) -> Rebuilt:
    with acting(by), connection.cursor() as cursor:
        cursor.execute(_ALONE)
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{what.table}_anew")
        cursor.execute(what.create)
        rows = cursor.rowcount
        cursor.execute(f"ANALYZE {what.table}_anew")
        cursor.execute(what.drop)
        dropped = cursor.rowcount
        cursor.execute(what.write)
        written = cursor.rowcount
        cursor.execute(_AS_BEFORE)
        return Rebuilt(rows=rows, written=written, dropped=dropped)


def tally_dirty(*, limit: int = 1000, by: Actor) -> int:
    """Take up to ``limit`` dirty keys and make their tallies anew. Returns how many keys were taken."""
    with acting(by), connection.cursor() as cursor:
        cursor.execute(_TAKE, [limit])
        keys: set[tuple[date, int]] = set(cursor.fetchall())
        if not keys:
            return 0
        ordered = sorted(keys)
        taken: dict[str, list[date] | list[int]] = {
            "days": [day for day, _ in ordered],
            "kitchens": [kitchen for _, kitchen in ordered],
        }
        for statement in (_LOCK, _LOCK_MONTHS, _MEND):
            cursor.execute(statement, taken)
        for statement, emptied in zip(_EMPTIED, zip(*cursor.fetchall(), strict=True), strict=False):
            cursor.execute(statement, [[pk for pk in emptied if pk is not None]])
        return len(keys)
