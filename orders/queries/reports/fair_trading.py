"""``villkor``: payment terms of invoices and changes after the order was binding (lag 2021:579, LOH)."""

from django.db import connection
from django.utils.translation import gettext as _

from orders.queries.reports.asked import Asked
from orders.queries.reports.telling import name_column, sek_column, whole_name
from orders.rules.reporting import Cell, Column, Coverage, Kind, Part, Report, Told, Whole, ratio
from suppliers.models import public_number

MOST_DAYS = 30  # LOH 2021:579: pay within thirty days

_TERMS = """
WITH invoiced AS (
  SELECT i.supplier_id, count(*)::int AS invoices, sum(i.net_sek) AS net_sek,
         sum(i.due_on - greatest(o.delivery_date, i.issued_on))::int AS days,
         (count(*) FILTER (WHERE i.due_on - greatest(o.delivery_date, i.issued_on) > %(most)s))::int AS long
  FROM orders_invoice i JOIN orders_purchaseorder o ON o.id = i.purchase_order_id
  WHERE i.authority_id = %(authority)s AND i.issued_on BETWEEN %(first)s AND %(last)s
    AND (%(supplier_id)s::bigint IS NULL OR i.supplier_id = %(supplier_id)s)
  GROUP BY 1
), ordered AS (
  SELECT t.supplier_id, sum(t.lines)::int AS call_offs FROM orders_tallymonth t
  WHERE t.authority_id = %(authority)s AND t.basis = 'ordered' AND t.day BETWEEN %(first)s AND %(last)s
    AND (%(supplier_id)s::bigint IS NULL OR t.supplier_id = %(supplier_id)s)
  GROUP BY 1
), changed AS (
  SELECT c.supplier_id, count(DISTINCT c.id)::int AS changes, sum(m.net_sek) AS net_sek
  FROM orders_calloff c JOIN orders_movement m ON m.call_off_id = c.id AND m.kind = 'cancelled'
  WHERE c.authority_id = %(authority)s AND c.state = 'placed'
    AND c.kitchen_id = ANY (ARRAY(SELECT id FROM kitchens_kitchen WHERE authority_id = %(authority)s))
    AND c.delivery_date BETWEEN %(first)s AND %(last)s
    AND (%(supplier_id)s::bigint IS NULL OR c.supplier_id = %(supplier_id)s)
  GROUP BY 1
)
SELECT s.id::text, s.name, s.org_number, coalesce(i.invoices, 0), coalesce(i.net_sek, 0), coalesce(i.days, 0),
       coalesce(i.long, 0), coalesce(o.call_offs, 0), coalesce(c.changes, 0), coalesce(c.net_sek, 0)
FROM suppliers_supplier s
LEFT JOIN invoiced i ON i.supplier_id = s.id
LEFT JOIN ordered o ON o.supplier_id = s.id
LEFT JOIN changed c ON c.supplier_id = s.id
WHERE i.supplier_id IS NOT NULL OR o.supplier_id IS NOT NULL
ORDER BY s.sort_key, s.id
"""


def terms_report(asked: Asked) -> Report:
    """By supplier: days from delivery or invoice, whichever came last, to the due day; and changes that were agreed."""
    with connection.cursor() as cursor:
        cursor.execute(
            _TERMS,
            {
                "authority": asked.authority.pk,
                "first": asked.period.first,
                "last": asked.period.last,
                "most": MOST_DAYS,
                "supplier_id": asked.narrowed.supplier_id,
            },
        )
        rows = cursor.fetchall()
    whole = tuple(sum(column) for column in zip(*(row[3:] for row in rows), strict=True))
    return Report(
        slug="villkor",
        told=Told(
            title=_("Betalning och ändringar"),
            definition=_(
                "Dagar från leverans eller faktura, den som kom sist, till förfallodagen; högst %(most)s enligt lag (2021:579) om otillbörliga handelsmetoder. Ändringar är beställt som avbeställts efter att ordern blev bindande, med gårdens medgivande."
            )
            % {"most": MOST_DAYS},
            period=asked.period,
            basis=_("fakturor efter fakturadag, avrop efter leveransdag"),
            source=_("bokförda fakturor; avropens rörelser"),
            coverage=(
                Coverage(
                    ratio(sum(1 for row in rows if row[3]), len(rows)),
                    _("av leverantörerna har en bokförd faktura"),
                ),
            ),
            narrowed_to=asked.narrowed_to,
            notes=(_("När fakturan faktiskt betalades står i ekonomisystemet och inte här."),),
        ),
        columns=(
            name_column("supplier"),
            Column("number", _("Organisationsnummer"), Kind.WORDS),
            Column("invoices", _("Fakturor"), Kind.COUNT, whole=Whole.SUM),
            sek_column(),
            Column("days", _("Dagar tillsammans"), Kind.COUNT, whole=Whole.SUM),
            Column("days_each", _("Dagar per faktura"), Kind.DAYS, Whole.RATIO, ("days", "invoices")),
            Column("long", _("Över 30 dagar"), Kind.COUNT, whole=Whole.SUM),
            Column("call_offs", _("Avrop"), Kind.COUNT, whole=Whole.SUM),
            Column("changes", _("Ändrade"), Kind.COUNT, whole=Whole.SUM),
            sek_column("changed_sek", _("Ändrat värde")),
            Column("changes_share", _("Andel ändrade"), Kind.SHARE, Whole.RATIO, ("changes", "call_offs")),
        ),
        parts=tuple(
            Part(
                row[0],
                _cells(row[1], public_number(row[2]), *row[3:]),
                opens=asked.opening(supplier=row[0]),
            )
            for row in rows
        ),
        whole=Part("", _cells(whole_name(), None, *whole)) if rows else None,
    )


def _cells(name: str, number: str | None, *sums: Cell) -> tuple[Cell, ...]:
    invoices, sek, days, long, call_offs, changes, changed = sums
    return (
        name,
        number,
        invoices,
        sek,
        days,
        ratio(days, invoices),  # type: ignore[arg-type]
        long,
        call_offs,
        changes,
        changed,
        ratio(changes, call_offs),  # type: ignore[arg-type]
    )
