"""What all reports say of themselves in the same words: the basis, where figures come from, how a whole is named."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from market.models import FactorSet
from market.rules.climate import Footprint
from orders.queries.officer_words import basis_name
from orders.rules.reporting import Column, Coverage, Kind, Whole, ratio


def by_heading(by: str) -> str:
    """What the parts of a report are, as its first column is headed."""
    names: Mapping[str, str] = {
        "supplier": _("Leverantör"),
        "category": _("Varukategori"),
        "product": _("Vara"),
        "month": _("Månad"),
        "kitchen": _("Kök"),
        "agreement": _("Avtal"),
        "lot": _("Delkontrakt"),
        "marks": _("Märkning"),
        "need": _("Behov"),
        "allotment": _("Fördelning"),
        "reason": _("Skäl till avsteg"),
        "source": _("Köpt genom"),
        "year": _("År"),
        "day": _("Dag"),
        "row": _("Köp"),
    }
    return names[by]


def basis_told(basis: str) -> str:
    """Which view the figures are of and what that means."""
    meaning = {
        "ordered": _("som utlovat till leveransdagen, utan moms"),
        "delivered": _("som mottaget, vägt och med returer avdragna, utan moms"),
        "served": _("som köken har vägt det, i varornas inköpta vikt"),
        "wasted": _("som köken har vägt det, i varornas inköpta vikt"),
    }
    return f"{basis_name(basis)}: {meaning[basis]}"


def whole_name() -> str:
    return _("Summa")


def tallies_source() -> str:
    return _("Bygdemats summor per dag av avrop och rörelser")


def factors_source(factor_set: FactorSet | None) -> str:
    if factor_set is None:
        return _("ingen faktorsats är vald")
    return f"{factor_set.name} {factor_set.version}"


def stale_note(days: int) -> tuple[str, ...]:
    """Said where days wait to be made anew."""
    if not days:
        return ()
    return (_("%(days)s kökdagar räknas om just nu och kan ändra summorna.") % {"days": days},)


def weight_known(sums: Footprint) -> Coverage:
    """How many of the lines have a known weight."""
    return Coverage(
        share=ratio(sums.lines - sums.lines_without_weight, sums.lines), base=_("av raderna har känd vikt")
    )


def name_column(by: str) -> Column:
    return Column("name", by_heading(by), Kind.WORDS)


def sek_column(key: str = "net_sek", heading: str = "") -> Column:
    return Column(key, heading or _("Värde"), Kind.SEK, whole=Whole.SUM)


def kg_column(key: str = "kg", heading: str = "") -> Column:
    return Column(
        key,
        heading or _("Vikt"),
        Kind.KG,
        whole=Whole.SUM,
        meaning=_("kg av de rader vars vikt är känd") if key == "kg" else "",
    )


def known_kg(sums: Footprint) -> Decimal | None:
    """None where no line has a weight: unknown is no zero."""
    return None if sums.lines == sums.lines_without_weight else sums.kg_total
