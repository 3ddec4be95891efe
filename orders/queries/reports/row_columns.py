"""The call-offs behind a figure as parts of a report's kind, so that rows go into files as reports do."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from market.queries.names import mark_name
from orders.queries.call_off_rows import CallOffRow
from orders.queries.reports.asked import Asked
from orders.queries.reports.telling import basis_told, tallies_source
from orders.rules.reporting import Column, Kind, Part, Told, Whole


def rows_told(title: str, *, asked: Asked, basis: str) -> Told:
    """What stands with the rows wherever they go."""
    return Told(
        title=title,
        definition=_("De avrop som siffrorna är gjorda av, ett per rad."),
        period=asked.period,
        basis=basis_told(basis),
        source=tallies_source(),
        narrowed_to=asked.narrowed_to,
    )


def row_columns() -> tuple[Column, ...]:
    """The value and weight are of the basis that was asked for; what is bound is what the ceiling holds."""
    return (
        Column("day", _("Leveransdag"), Kind.DAY),
        Column("call_off", _("Avrop"), Kind.WORDS),
        Column("kitchen", _("Kök"), Kind.WORDS),
        Column("product", _("Vara"), Kind.WORDS),
        Column("supplier", _("Leverantör"), Kind.WORDS),
        Column("number", _("Organisationsnummer"), Kind.WORDS),
        Column("pack", _("Förpackning"), Kind.WORDS),
        Column("packs", _("Antal"), Kind.COUNT),
        Column("kg", _("Vikt"), Kind.KG, Whole.SUM),
        Column("net_sek", _("Värde"), Kind.SEK, Whole.SUM),
        Column("bound_sek", _("Bundet"), Kind.SEK, Whole.SUM),
        Column("co2e", _("Klimatavtryck"), Kind.CO2E, Whole.SUM),
        Column("marks", _("Märkning"), Kind.WORDS),
        Column("state", _("Läge"), Kind.WORDS),
    )


def row_parts(rows: Iterable[CallOffRow]) -> Iterator[Part]:
    """One at a time, as the rows come."""
    for row in rows:
        call_off = row.call_off
        yield Part(
            key=str(call_off.pk),
            cells=(
                call_off.delivery_date,
                str(call_off.pk),
                call_off.kitchen.name,
                call_off.promise["product"],
                call_off.supplier.name,
                row.supplier_number,
                call_off.promise["pack"],
                call_off.packs,
                row.kg,
                row.net_sek,
                row.bound_sek,
                row.co2e_kg,
                ", ".join(mark_name(mark) for mark in call_off.promise.get("marks", ())),
                row.state.words,
            ),
        )
