"""``leverantorer`` and ``koncentration``: who sells, how much, how concentrated, and what has been paid out to farms."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from orders.queries.reports.asked import Asked
from orders.queries.reports.tallied import fold, kitchens_of, opens_to, pairs
from orders.queries.reports.telling import (
    basis_told,
    kg_column,
    name_column,
    sek_column,
    stale_note,
    tallies_source,
    whole_name,
)
from orders.queries.spend import stale_days
from orders.rules.concentration import Concentration, concentration
from orders.rules.reporting import Cell, Column, Coverage, Kind, Part, Report, Told, ratio

_SUMS = (
    "coalesce(sum(t.net_sek), 0)",
    "coalesce(sum(t.kg), 0)",
)
_INVOICED = """
SELECT i.supplier_id::text, sum(i.net_sek) - coalesce(sum(n.net_sek), 0)
FROM orders_invoice i
JOIN orders_purchaseorder o ON o.id = i.purchase_order_id
LEFT JOIN (SELECT invoice_id, sum(net_sek) AS net_sek FROM orders_creditnote GROUP BY 1) n ON n.invoice_id = i.id
WHERE i.authority_id = %(authority)s AND o.delivery_date BETWEEN %(first)s AND %(last)s
GROUP BY 1
"""
_LEGAL_FORMS = "SELECT id::text, legal_form FROM suppliers_supplier WHERE id = ANY (%(suppliers)s)"
_ELSEWHERE = """
SELECT coalesce(sum(p.amount), 0) FROM orders_externalpurchase p
JOIN orders_purchaseimport i ON i.id = p.purchase_import_id AND i.undone_at IS NULL
WHERE p.authority_id = %(authority)s AND p.currency = 'SEK' AND p.period_end BETWEEN %(first)s AND %(last)s
"""


def sellers_report(asked: Asked) -> Report:
    """Each supplier with what it sold and what it has invoiced less credits; the largest first."""
    found = fold(asked, _SUMS)
    kitchens = kitchens_of(asked)
    invoiced, forms, elsewhere = _more(asked, [int(part.key) for part in found.parts])
    parts = [
        Part(
            part.key,
            (
                part.name,
                part.number,
                _form_name(forms[part.key]),
                part.sums[0],
                ratio(part.sums[0], found.whole[0]),
                part.sums[1],
                kitchens.get(part.key, 0),
                invoiced.get(part.key, Decimal(0)),
            ),
            opens=opens_to(part.key, asked=asked),
        )
        for part in sorted(found.parts, key=lambda part: part.sums[0], reverse=True)
    ]
    bought: Decimal = found.whole[0]
    paid_out = sum((invoiced.get(part.key, Decimal(0)) for part in found.parts), Decimal(0))
    whole: tuple[Cell, ...] = (
        _("%(number)s leverantörer") % {"number": len(parts)},
        None,
        None,
        bought,
        ratio(bought, bought),
        found.whole[1],
        None,
        paid_out,
    )
    return Report(
        slug="leverantorer",
        told=Told(
            title=_("Leverantörer"),
            definition=_(
                "Vilka som säljer genom Bygdemat, och vad som nått dem: fakturerat av leveranser i perioden, med krediter avdragna. Enskilda firmors nummer är personnummer och visas aldrig."
            ),
            period=asked.period,
            basis=basis_told(asked.basis),
            source=_("%(tallies)s; bokförda fakturor och kreditnotor") % {"tallies": tallies_source()},
            coverage=(
                Coverage(
                    ratio(bought, bought + elsewhere),
                    _("av alla kända köp (även utanför) gick till dem som säljer här"),
                ),
            ),
            narrowed_to=asked.narrowed_to,
            notes=(
                _(
                    "Företagens storlek (anställda, omsättning) är inte uppgiven i Bygdemat. Företagsformen står i stället; hur många som är små sägs därför inte."
                ),
                *stale_note(stale_days(asked.authority)),
            ),
        ),
        columns=(
            name_column("supplier"),
            Column("number", _("Organisationsnummer"), Kind.WORDS),
            Column("legal_form", _("Företagsform"), Kind.WORDS),
            sek_column(),
            Column("share", _("Andel av värdet"), Kind.SHARE),
            kg_column(),
            Column("kitchens", _("Kök"), Kind.COUNT, meaning=_("kök som köpt av leverantören")),
            sek_column("invoiced_sek", _("Fakturerat")),
        ),
        parts=tuple(parts),
        whole=Part("", whole, opens=asked.opening()),
    )


def concentration_report(asked: Asked) -> Report:
    """How many sell, and how much of it the largest sell, by category, kitchen, lot or month."""
    by_part: defaultdict[str, list[Decimal]] = defaultdict(list)
    by_supplier: defaultdict[str, Decimal] = defaultdict(Decimal)
    found = fold(asked, ["coalesce(sum(t.net_sek), 0)"])
    for key, supplier, sek in pairs(asked):
        by_part[key].append(sek)
        by_supplier[supplier] += sek
    return Report(
        slug="koncentration",
        told=Told(
            title=_("Leverantörskoncentration"),
            definition=_(
                "Hur inköpen fördelar sig på leverantörer. Indexet är Herfindahl-Hirschmans: summan av andelarna i kvadrat gånger 10 000, så att 10 000 är en enda leverantör."
            ),
            period=asked.period,
            basis=basis_told(asked.basis),
            source=tallies_source(),
            narrowed_to=asked.narrowed_to,
            notes=stale_note(stale_days(asked.authority)),
        ),
        columns=(
            name_column(asked.by),
            Column("suppliers", _("Leverantörer"), Kind.COUNT, meaning=_("antal som sålt något")),
            sek_column(),
            Column("largest", _("Störstas andel"), Kind.SHARE),
            Column("ten_largest", _("Tio störstas andel"), Kind.SHARE),
            Column("index", _("Index"), Kind.COUNT, meaning=_("Herfindahl-Hirschman, 0 till 10 000")),
        ),
        parts=tuple(
            Part(
                part.key,
                _cells(part.name, concentration(by_part[part.key]), part.sums[0]),
                opens=opens_to(part.key, asked=asked),
            )
            for part in found.parts
        ),
        whole=Part(
            "",
            _cells(whole_name(), concentration(by_supplier.values()), found.whole[0]),
            opens=asked.opening(),
        ),
    )


def _cells(name: str, told: Concentration, sek: Decimal) -> tuple[Cell, ...]:
    return (
        name,
        told.suppliers,
        sek,
        ratio(told.largest_sek, told.total_sek),
        ratio(told.ten_largest_sek, told.total_sek),
        told.index,
    )


def _more(asked: Asked, suppliers: list[int]) -> tuple[dict[str, Decimal], dict[str, str], Decimal]:
    told: dict[str, Any] = {
        "authority": asked.authority.pk,
        "first": asked.period.first,
        "last": asked.period.last,
        "suppliers": suppliers,
    }
    with connection.cursor() as cursor:
        cursor.execute(_INVOICED, told)
        invoiced: dict[str, Decimal] = dict(cursor.fetchall())
        cursor.execute(_LEGAL_FORMS, told)
        forms: dict[str, str] = dict(cursor.fetchall())
        cursor.execute(_ELSEWHERE, told)
        return invoiced, forms, cursor.fetchone()[0]


def _form_name(form: str) -> str:
    return {
        "company": _("Aktiebolag"),
        "partnership": _("Handelsbolag"),
        "cooperative": _("Ekonomisk förening"),
        "sole_trader": _("Enskild firma"),
    }[form]
