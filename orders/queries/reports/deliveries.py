"""``leveranser``: what was due of a period and came on time, in full, was rejected; and whether the farm answered.

Read from call-offs and their movements, as due: ordered to a delivery day that has been. On time is handed over at the hub
(or, where no hub took it over, received) on the delivery day at the latest. In full is as many packs as were ordered.
"""

from datetime import date
from typing import Any

from django.db import connection
from django.utils import formats
from django.utils.translation import gettext as _

from orders.queries.call_off_rows import MARKS_OF_A_CALL_OFF, PASSED_OVER
from orders.queries.reports.asked import Asked
from orders.queries.reports.telling import name_column, sek_column, whole_name
from orders.rules.reporting import Cell, Column, Coverage, Kind, Part, Report, Told, Whole, ratio

_KEYS = {
    "supplier": "c.supplier_id",
    "kitchen": "c.kitchen_id",
    "lot": "c.agreement_lot_id",
    "category": "p.category_id",
    "month": "(extract(year FROM c.delivery_date) * 100 + extract(month FROM c.delivery_date))::int",
}
_NAMES = {
    "supplier": "SELECT n.name, n.sort_key FROM suppliers_supplier n WHERE n.id = s.key",
    "kitchen": "SELECT n.name , n.sort_key FROM kitchens_kitchen n WHERE n.id = s.key",
    "lot": "SELECT n.name , n.name FROM market_agreementlot n WHERE n.id = s.key",
    "category": "SELECT n.name_{tongue} , n.name_{tongue} FROM market_productcategory n WHERE n.id = s.key",
    "month": "SELECT s.key::text , s.key::text",
}
# A delivery day in Sweden's calendar against a time in UTC.
_DAY = "(m.at AT TIME ZONE 'Europe/Stockholm')::date"
_DUE = f"""
WITH due AS (
  SELECT {{key}} AS key, c.packs, c.net_sek, q.delivered, q.rejected, q.delivered > 0 OR q.rejected > 0 AS is_received,
         q.confirmed > 0 OR q.declined > 0 AS is_answered, came.day <= c.delivery_date AS is_on_time
  FROM orders_calloff c
  {{join}}
  LEFT JOIN orders_calloffquantity q ON q.call_off_id = c.id
  LEFT JOIN LATERAL (
    SELECT coalesce(min({_DAY}) FILTER (WHERE m.kind = 'handed_over'), min({_DAY}) FILTER (WHERE m.kind = 'delivered'))
           AS day
    FROM orders_movement m WHERE m.call_off_id = c.id AND m.kind IN ('handed_over', 'delivered')
  ) AS came ON true
  WHERE c.authority_id = %(authority)s AND c.state = 'placed'
    AND c.kitchen_id = ANY (ARRAY(SELECT id FROM kitchens_kitchen WHERE authority_id = %(authority)s))
    AND c.delivery_date BETWEEN %(first)s AND least(%(last)s, %(today)s::date){{narrowed}}
), s AS (
  SELECT key, GROUPING(key) AS is_whole, count(*)::int AS lines, (count(*) FILTER (WHERE is_answered))::int,
         (count(*) FILTER (WHERE is_received))::int,
         (count(*) FILTER (WHERE is_on_time IS NOT NULL))::int, (count(*) FILTER (WHERE is_on_time))::int,
         (count(*) FILTER (WHERE is_received AND delivered >= packs))::int, (count(*) FILTER (WHERE rejected > 0))::int,
         coalesce(sum(net_sek), 0)
  FROM due GROUP BY GROUPING SETS ((), (key))
)
SELECT s.*, n.* FROM s LEFT JOIN LATERAL ({{names}}) AS n(name, place) ON s.is_whole = 0 ORDER BY n.place, s.key
"""
SUMS = 8


def deliveries_report(asked: Asked) -> Report:
    """By supplier, kitchen, lot, category or month; one statement."""
    rows = _rows(asked)
    whole = next(row[2 : 2 + SUMS] for row in rows if row[1])
    parts = tuple(
        Part(
            str(row[0]),
            _cells(_name(asked.by, row[2 + SUMS]), row[2 : 2 + SUMS]),
            opens=_opens(str(row[0]), asked),
        )
        for row in rows
        if not row[1]
    )
    return Report(
        slug="leveranser",
        told=Told(
            title=_("Leveranser"),
            definition=_(
                "Avrop vars leveransdag varit. I tid: inlämnat på navet senast leveransdagen, eller mottaget då där inget nav tog emot. Fullt: så många förpackningar som beställts. Besvarat: gården har bekräftat eller avböjt."
            ),
            period=asked.period,
            basis=_("beställda avrop mot det som mottogs"),
            source=_("avrop och deras rörelser"),
            coverage=(
                Coverage(ratio(whole[2], whole[0]), _("av raderna har kvitterats av köket")),
                Coverage(ratio(whole[3], whole[0]), _("av raderna har en känd ankomstdag")),
            ),
            narrowed_to=asked.narrowed_to,
        ),
        columns=_columns(asked.by),
        parts=parts,
        whole=Part("", _cells(whole_name(), whole), opens=asked.opening()),
    )


def _rows(asked: Asked) -> list[tuple[Any, ...]]:
    clauses = asked.narrowed.clauses(row="c", marks=MARKS_OF_A_CALL_OFF, passed_over=PASSED_OVER)
    statement = _DUE.format(
        key=_KEYS[asked.by],
        join="JOIN market_product p ON p.id = c.product_id" if asked.by == "category" else "",
        names=_NAMES[asked.by].format(tongue=asked.tongue),
        narrowed="".join(f" AND {clause}" for clause in clauses),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            {
                **asked.narrowed.keys,
                "authority": asked.authority.pk,
                "first": asked.period.first,
                "last": asked.period.last,
                "today": asked.today,
            },
        )
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _columns(by: str) -> tuple[Column, ...]:
    def share(key: str, heading: str, part: str, of: str, meaning: str) -> Column:
        return Column(key, heading, Kind.SHARE, Whole.RATIO, (part, of), meaning=meaning)

    def count(key: str, heading: str) -> Column:
        return Column(key, heading, Kind.COUNT, whole=Whole.SUM)

    return (
        name_column(by),
        sek_column(),
        count("due", _("Avrop")),
        count("answered", _("Besvarade")),
        share("answered_share", _("Andel besvarade"), "answered", "due", _("av avropen")),
        count("received", _("Mottagna")),
        count("arrived", _("Känd ankomst")),
        count("on_time", _("I tid")),
        share("on_time_share", _("Andel i tid"), "on_time", "arrived", _("av dem vars ankomst är känd")),
        count("in_full", _("Fulla")),
        share("in_full_share", _("Andel fulla"), "in_full", "received", _("av de mottagna")),
        count("rejected", _("Avvisade")),
        share(
            "rejected_share", _("Andel avvisade"), "rejected", "received", _("mottagna där något avvisades")
        ),
    )


def _cells(name: str, sums: tuple[Any, ...]) -> tuple[Cell, ...]:
    due, answered, received, arrived, on_time, in_full, rejected, sek = sums
    return (
        name,
        sek,
        due,
        answered,
        ratio(answered, due),
        received,
        arrived,
        on_time,
        ratio(on_time, arrived),
        in_full,
        ratio(in_full, received),
        rejected,
        ratio(rejected, received),
    )


def _name(by: str, name: Cell) -> str:
    text = str(name)
    if by == "month":
        return formats.date_format(date(int(text[:4]), int(text[4:]), 1), "F Y")
    return text


def _opens(key: str, asked: Asked) -> dict[str, str]:
    if asked.by == "month":
        month = f"{key[:4]}-{key[4:]}"
        return dict(asked.opening(**{"from": month, "to": month, "basis": "ordered"}))
    return dict(asked.opening(**{asked.by: key, "basis": "ordered"}))
