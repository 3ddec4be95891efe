"""``avtalstrohet``: how much of all that is bought lies under agreements, by need or by supplier, down to each purchase."""

from collections.abc import Iterator, Sequence
from typing import cast

from django.utils.translation import gettext as _

from market.models import NeedCategory
from orders.queries.loyalty import NO_NEED, By, LoyaltyPart, LoyaltyRow, loyalty, loyalty_rows
from orders.queries.reports.asked import Asked
from orders.queries.reports.telling import name_column, sek_column, whole_name
from orders.rules.loyalty import Loyalty
from orders.rules.reporting import Cell, Column, Coverage, Kind, Part, Report, Told, Whole


def loyalty_report(asked: Asked) -> Report:
    """Call-offs at what they hold and purchases elsewhere; what can't be told is on neither side."""
    if asked.by == "row":
        rows = loyalty_rows(asked.authority, asked.period, need=asked.need, seller=asked.seller)
        whole = sum((row.sums for row in rows), start=Loyalty())
        parts = tuple(_rows(rows))
    else:
        by = cast("By", asked.by)
        found = loyalty(asked.authority, asked.period, by=by, need=asked.need, seller=asked.seller)
        whole, parts = found.whole, tuple(_sides(found.parts, asked))
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
            narrowed_to=(*_need_name(asked), *_seller_name(asked)),
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
        parts=parts,
        whole=Part("", _cells(whole_name(), whole)),
    )


def _sides(parts: Sequence[LoyaltyPart], asked: Asked) -> Iterator[Part]:
    """A need and a supplier open to their purchases."""
    nameless = _("Inte lagt i något behov") if asked.by == "need" else _("Leverantör saknas i filen")
    name = "need" if asked.by == "need" else "seller"
    for part in parts:
        opens = asked.question | {"by": "row", name: part.key}
        yield Part(part.key, _cells(part.name or nameless, part.sums), opens=opens)


def _rows(rows: Sequence[LoyaltyRow]) -> Iterator[Part]:
    for number, row in enumerate(rows, start=1):
        if row.is_called_off:
            name = _("Avrop: %(supplier)s") % {"supplier": row.supplier}
        else:
            told = (f"{row.day:%Y-%m-%d}" if row.day else "", row.supplier, row.text)
            name = ", ".join(each for each in told if each)
        yield Part(str(number), _cells(f"{name} ({row.need})" if row.need else name, row.sums))


def _need_name(asked: Asked) -> tuple[str, ...]:
    if not asked.need:
        return ()
    if asked.need == NO_NEED:
        return (_("inte lagt i något behov"),)
    need = NeedCategory.objects.filter(pk=asked.need, authority=asked.authority).first()
    return (need.name,) if need else ()


def _seller_name(asked: Asked) -> tuple[str, ...]:
    if not asked.seller:
        return ()
    parts = loyalty(asked.authority, asked.period, by="supplier", seller=asked.seller).parts
    return tuple(part.name or _("Leverantör saknas i filen") for part in parts)


def _cells(name: str, sums: Loyalty) -> tuple[Cell, ...]:
    return (name, sums.under_sek, sums.outside_sek, sums.known_sek, sums.share, sums.unknown_sek)
