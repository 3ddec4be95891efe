"""``inkop``: what was bought, in SEK and kg, by whatever it is parted."""

from datetime import date
from typing import cast

from django.utils import formats
from django.utils.translation import gettext as _

from market.rules.climate import Footprint
from orders.queries.narrowed import NONE_OF_THEM
from orders.queries.reports.asked import Asked
from orders.queries.reports.telling import (
    basis_told,
    kg_column,
    known_kg,
    name_column,
    sek_column,
    stale_note,
    tallies_source,
    weight_known,
    whole_name,
)
from orders.queries.spend import By, Slice, SpendReport, spend
from orders.rules.reporting import Cell, Column, Kind, Part, Report, Told, Whole


def spend_report(asked: Asked) -> Report:
    """SEK excl. VAT and kg of a period on one basis; each part opens to its call-offs."""
    found = tallied(asked)
    numbered = asked.by in ("supplier", "lot")
    number = Column("number", _("Organisationsnummer") if asked.by == "supplier" else _("Avtal"), Kind.WORDS)
    columns = (
        name_column(asked.by),
        *([number] if numbered else []),
        sek_column(),
        kg_column(),
        Column("lines", _("Rader"), Kind.COUNT, whole=Whole.SUM),
        Column(
            "lines_without_kg",
            _("Utan vikt"),
            Kind.COUNT,
            whole=Whole.SUM,
            meaning=_("rader vars vikt inte är känd: med i kronorna, inte i vikten"),
        ),
    )

    def cells(name: str, number: str | None, sums: Footprint) -> tuple[Cell, ...]:
        return (
            name,
            *([number] if numbered else []),
            sums.net_sek_total,
            known_kg(sums),
            sums.lines,
            sums.lines_without_weight,
        )

    return Report(
        slug="inkop",
        told=Told(
            title=_("Inköp"),
            definition=_(
                "Vad myndighetens kök har köpt genom Bygdemat. Köp utanför är inte med; dem visar avtalstroheten."
            ),
            period=asked.period,
            basis=basis_told(asked.basis),
            source=tallies_source(),
            coverage=(weight_known(found.whole),),
            narrowed_to=asked.narrowed_to,
            notes=stale_note(found.stale_days),
        ),
        columns=columns,
        parts=tuple(
            Part(
                part.marks or str(part.key),
                cells(part_name(part, by=asked.by), part.number, part.sums),
                opens=opens_to(part, asked=asked),
            )
            for part in found.largest_first
        ),
        whole=Part("", cells(whole_name(), None, found.whole), opens=asked.opening()),
    )


def tallied(asked: Asked) -> SpendReport:
    """The tallies that the question is about, by what it is parted."""
    return spend(
        asked.authority,
        asked.period,
        basis=asked.basis,
        by=cast("By", asked.by),
        language=asked.language,
        narrowed=asked.narrowed,
    )


def part_name(part: Slice, *, by: str) -> str:
    """The part's name; a month's in the language of the page."""
    if by == "month":
        return formats.date_format(date(part.key // 100, part.key % 100, 1), "F Y")
    return part.name


def opens_to(part: Slice, *, asked: Asked) -> dict[str, str]:
    """The question that shows the rows of one part. A month is told as a period of its own."""
    if asked.by == "month":
        month = f"{part.key // 100}-{part.key % 100:02}"
        return dict(asked.opening(**{"from": month, "to": month}))
    if asked.by == "marks":
        return dict(asked.opening(marks=part.marks or NONE_OF_THEM))
    return dict(asked.opening(**{asked.by: part.key}))
