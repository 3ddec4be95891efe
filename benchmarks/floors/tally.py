"""The floor of tallying: the same rows by one bare INSERT … SELECT … GROUP BY over the call-offs, in an empty table.

Nothing is compared, locked or marked. It tallies what was ordered: the worlds of this bench have no movements.
"""

from collections.abc import Sequence
from datetime import date

import psycopg

EMPTY = "TRUNCATE orders_tally"
_INSERT = """
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
_OF_KEYS = "AND (c.kitchen_id, c.delivery_date) IN (SELECT * FROM unnest(%s::bigint[], %s::date[]))"


def all_rows(connection: psycopg.Connection) -> None:
    connection.execute(_INSERT.format(of_keys=""))


def rows_of_keys(connection: psycopg.Connection, *, days: Sequence[date], kitchens: Sequence[int]) -> None:
    connection.execute(_INSERT.format(of_keys=_OF_KEYS), [list(kitchens), list(days)])
