"""The floor of tallying: the same rows by bare INSERT … SELECT … GROUP BY: days from the call-offs, months and prices from the days.

Tallying writes all three, a row a day's key, a month's key and a month's price; so does the floor, through the same constraints. Nothing is
compared, locked or marked. It tallies what was ordered: the worlds of this bench have no movements, so that of the lines' coming
every count is the columns' own 0.
"""

from collections.abc import Sequence
from datetime import date

import psycopg

EMPTY = "TRUNCATE orders_tally, orders_tallymonth, orders_tallyprice"
_MONTH_KEY = "authority_id, supplier_id, product_id, agreement_lot_id, marks, origin_country, origin_place, passed_over, basis"
_MEASURES = ("kg", "net_sek", "net_sek_without_kg", "lines", "lines_without_kg")
_SUMS = ", ".join(f"sum({name})" for name in _MEASURES)
_DAYS = """
INSERT INTO orders_tally (day, authority_id, kitchen_id, supplier_id, product_id, agreement_lot_id, marks, origin_country,
                          origin_place, passed_over, basis, kg, net_sek, net_sek_without_kg, lines, lines_without_kg)
SELECT c.delivery_date, c.authority_id, c.kitchen_id, c.supplier_id, c.product_id, c.agreement_lot_id,
       coalesce((SELECT string_agg(m, ',' ORDER BY m) FROM jsonb_array_elements_text(c.promise -> 'marks') m), ''),
       coalesce(c.promise ->> 'origin_country', ''), coalesce(c.promise ->> 'origin_place', ''),
       coalesce(jsonb_path_query_first(c.finding, '$.verdicts[*] ? (@.ok == false).rule') #>> '{{}}', ''), 'ordered',
       coalesce(sum(c.kg), 0), sum(c.net_sek), coalesce(sum(c.net_sek) FILTER (WHERE c.kg IS NULL), 0),
       count(*), count(*) FILTER (WHERE c.kg IS NULL)
FROM orders_calloff c
WHERE c.state = 'placed' {of_keys}
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
"""
_MONTHS = f"""
INSERT INTO orders_tallymonth AS m (day, {_MONTH_KEY}, kg, net_sek, net_sek_without_kg, lines, lines_without_kg)
SELECT date_trunc('month', day)::date, {_MONTH_KEY}, {_SUMS} FROM {{rows}} GROUP BY 1, {_MONTH_KEY}
"""
_PRICE_KEY = "authority_id, supplier_id, product_id, agreement_lot_id, marks, passed_over, basis"
_PRICES = f"""
INSERT INTO orders_tallyprice AS p (day, {_PRICE_KEY}, per_kg, days, kg, net_sek, lines)
SELECT date_trunc('month', day)::date, {_PRICE_KEY}, round((net_sek - net_sek_without_kg) / kg, 16) AS per_kg, {{sign}}count(*),
       {{sign}}sum(kg), {{sign}}sum(net_sek - net_sek_without_kg), {{sign}}sum(lines - lines_without_kg)
FROM {{rows}} WHERE kg > 0 AND net_sek > net_sek_without_kg GROUP BY 1, {_PRICE_KEY}, per_kg
"""
_ONTO_PRICES = """
ON CONFLICT ON CONSTRAINT price_tally_once DO UPDATE
SET days = p.days + excluded.days, kg = p.kg + excluded.kg, net_sek = p.net_sek + excluded.net_sek,
    lines = p.lines + excluded.lines
"""
_OF_KEYS = "AND (c.kitchen_id, c.delivery_date) IN (SELECT * FROM unnest(%s::bigint[], %s::date[]))"
_ONTO = """
ON CONFLICT ON CONSTRAINT month_tally_once DO UPDATE
SET kg = m.kg + excluded.kg, net_sek = m.net_sek + excluded.net_sek,
    net_sek_without_kg = m.net_sek_without_kg + excluded.net_sek_without_kg, lines = m.lines + excluded.lines,
    lines_without_kg = m.lines_without_kg + excluded.lines_without_kg
"""
_FORGET = f"""
WITH gone AS (
  DELETE FROM orders_tally t USING unnest(%s::bigint[], %s::date[]) AS k(kitchen_id, day)
  WHERE t.day = k.day AND t.kitchen_id = k.kitchen_id RETURNING t.*
), prices AS (
  {_PRICES.format(rows="gone", sign="-")} {_ONTO_PRICES}
)
INSERT INTO orders_tallymonth AS m (day, {_MONTH_KEY}, kg, net_sek, net_sek_without_kg, lines, lines_without_kg)
SELECT date_trunc('month', day)::date, {_MONTH_KEY}, {_SUMS.replace("sum(", "-sum(")} FROM gone GROUP BY 1, {_MONTH_KEY}
{_ONTO}
"""


def all_rows(connection: psycopg.Connection) -> None:
    """Into three empty tables."""
    with connection.transaction():
        connection.execute(_DAYS.format(of_keys=""))
        connection.execute(_MONTHS.format(rows="orders_tally"))
        connection.execute(_PRICES.format(rows="orders_tally", sign=""))


def rows_of_keys(connection: psycopg.Connection, *, days: Sequence[date], kitchens: Sequence[int]) -> None:
    """Where none of these days stands and no month has them; what else a month has is added to."""
    came = f"WITH came AS ({_DAYS.format(of_keys=_OF_KEYS)} RETURNING *)"
    prices = f"prices AS ({_PRICES.format(rows='came', sign='')} {_ONTO_PRICES})"
    connection.execute(
        f"{came}, {prices} {_MONTHS.format(rows='came')} {_ONTO}", [list(kitchens), list(days)]
    )


def forget_keys(connection: psycopg.Connection, *, days: Sequence[date], kitchens: Sequence[int]) -> None:
    """What stands before a measured round, and is not measured: no tally of these days, nothing of them in a month."""
    with connection.transaction():
        connection.execute(_FORGET, [list(kitchens), list(days)])
        connection.execute("DELETE FROM orders_tallymonth WHERE lines = 0")
        connection.execute("DELETE FROM orders_tallyprice WHERE days = 0")
