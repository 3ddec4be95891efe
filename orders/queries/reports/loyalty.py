"""``avtalstrohet``: how much of all that is bought lies under agreements, by need or by supplier."""

from typing import cast

from django.utils.translation import gettext as _

from orders.queries.loyalty import By, loyalty
from orders.queries.reports.asked import Asked
from orders.queries.reports.telling import name_column, sek_column, whole_name
from orders.rules.loyalty import Loyalty
from orders.rules.reporting import Cell, Column, Coverage, Kind, Part, Report, Told, Whole


def loyalty_report(asked: Asked) -> Report:
    """Call-offs at what they hold and purchases elsewhere; what can't be told is on neither side."""
    found = loyalty(asked.authority, asked.period, by=cast("By", asked.by))
    nameless = _("Inte lagt i något behov") if asked.by == "need" else _("Leverantör saknas i filen")
    whole = found.whole
    return Report(
        slug="avtalstrohet",
        told=Told(
            title=_("Avtalstrohet"),
            definition=_(
                "Hur stor del av det som köps som ligger under ett avtal: avropen, och köpen utanför av en leverantör som har avtal om just det behovet den dagen."
            ),
            period=asked.period,
            basis=_("bundet värde av avrop och inlästa köp i SEK, utan moms"),
            source=_("avropens bindningar; inlästa inköpsfiler"),
            coverage=(Coverage(whole.coverage, _("av värdet kan avgöras")),),
            notes=(
                _(
                    "Köp utan organisationsnummer, eller som inte är lagda i något behov, räknas varken som under eller utanför avtal."
                ),
            ),
        ),
        columns=(
            name_column(asked.by),
            sek_column("under_sek", _("Under avtal")),
            sek_column("outside_sek", _("Utanför avtal")),
            sek_column("known_sek", _("Kan avgöras")),
            Column("share", _("Avtalstrohet"), Kind.SHARE, Whole.RATIO, ("under_sek", "known_sek")),
            sek_column("unknown_sek", _("Kan inte avgöras")),
        ),
        parts=tuple(
            Part(str(number), _cells(part.name or nameless, part.sums))
            for number, part in enumerate(found.parts, start=1)
        ),
        whole=Part("", _cells(whole_name(), whole)),
    )


def _cells(name: str, sums: Loyalty) -> tuple[Cell, ...]:
    return (name, sums.under_sek, sums.outside_sek, sums.known_sek, sums.share, sums.unknown_sek)
