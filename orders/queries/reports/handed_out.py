"""``kolada``, ``ekomatsligan``, ``svinnundersokning``: what others ask a municipality for, ready to copy.

Each figure is the house's own report's, read out of it; the receivers' ids stand in ``orders/data/handed_measures.csv`` and
are marked as not confirmed until somebody has read them in the receiver's own register.
"""

import csv
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext as _

from config.ground import figures
from kitchens.models import Kitchen, WasteDay
from kitchens.queries.menus import closed_days
from kitchens.queries.waste import weighed
from kitchens.rules.waste import DAYS_IN_A_ROW, longest_row, waste_per_guest
from orders.queries.narrowed import EVERYTHING
from orders.queries.reports.asked import Asked
from orders.queries.reports.climate import climate_parts_report
from orders.queries.reports.meals import waste_report
from orders.queries.reports.shares import organic_report, swedish_report
from orders.queries.reports.telling import basis_told, name_column, tallies_source, whole_name
from orders.rules.reporting import Cell, Column, Coverage, Kind, Part, Report, Told, ratio

DATA = Path(__file__).resolve().parents[2] / "data" / "handed_measures.csv"


@dataclass(frozen=True, slots=True)
class HandedMeasure:
    """A figure as a receiver numbers it; ``id`` empty where nobody has looked it up."""

    measure: str
    id: str
    name_sv: str
    name_en: str
    source: str
    confirmed: bool


@lru_cache(maxsize=4)
def measures_of(receiver: str) -> tuple[HandedMeasure, ...]:
    with DATA.open(encoding="utf-8", newline="") as file:
        return tuple(
            HandedMeasure(
                row["measure"],
                row["id"],
                row["name_sv"],
                row["name_en"],
                row["source"],
                row["confirmed"] == "yes",
            )
            for row in csv.DictReader(file)
            if row["receiver"] == receiver
        )


def kolada_report(asked: Asked) -> Report:
    """Organic share of the value of all purchases, and waste at lunch, with Kolada's ids."""
    organic = organic_report(_whole(asked, by="source"))
    waste = waste_report(_whole(asked, by="kitchen"))
    found: dict[str, tuple[Cell, ...]] = {
        "organic": (_of(organic, "share_sek"), None, _known_share(organic), _("känt värde, SEK utan moms")),
        "waste": (
            None,
            _of(waste, "total_g"),
            None,
            _("%(guests)s gäster, %(days)s vägda dagar")
            % {"guests": _counted(waste, "guests"), "days": _counted(waste, "days")},
        ),
    }
    return Report(
        slug="kolada",
        told=Told(
            title="Kolada / KKiK",
            definition=_(
                "De mått som Kolada och Kommunens kvalitet i korthet frågar efter och som huset vet. Ett id är obekräftat till dess någon läst det i Koladas eget register."
            ),
            period=asked.period,
            basis=basis_told(asked.basis),
            source=f"{tallies_source()}; {'; '.join(each.source for each in measures_of('kolada'))}",
            coverage=organic.told.coverage[:1],
            notes=(
                _("Kolada frågar efter förskola, skola och äldreomsorg var för sig; här är köken räknade tillsammans."),
            ),
        ),
        columns=(
            Column("name", _("Mått"), Kind.WORDS),
            Column("id", _("Id"), Kind.WORDS),
            Column("state", _("Läge"), Kind.WORDS),
            Column("share", _("Andel"), Kind.SHARE),
            Column("grams", _("Gram per gäst"), Kind.GRAMS),
            Column("known", _("Känt av basen"), Kind.SHARE),
            Column("base", _("Bas"), Kind.WORDS),
        ),
        parts=tuple(
            Part(
                each.measure,
                (
                    each.name_en if asked.tongue == "en" else each.name_sv,
                    each.id or _("inte uppslaget"),
                    _("bekräftat") if each.confirmed else _("ej bekräftat"),
                    *found[each.measure],
                ),
            )
            for each in measures_of("kolada")
        ),
    )  # fmt: skip


def ekomatsligan_report(asked: Asked) -> Report:
    """Organic and Swedish shares by SEK and kg, and kg CO2e per kg, each with what it is counted of."""
    organic, swedish = (make(_whole(asked, by="source")) for make in (organic_report, swedish_report))
    climate = climate_parts_report(_whole(asked, by="category"))
    told = climate.told.coverage
    rows: list[tuple[str, tuple[Cell, ...]]] = []
    for key, name, report in (("organic", _("Ekologiskt"), organic), ("swedish", _("Svenskt"), swedish)):
        for unit in ("sek", "kg"):
            value = _("%(what)s av värdet") if unit == "sek" else _("%(what)s av vikten")
            part, known, unknown = (_of(report, f"{each}_{unit}") for each in ("yes", "known", "unknown"))
            sums: tuple[Cell, ...] = (part, known, unknown, None, None, None)
            if unit == "kg":
                sums = (None, None, None, part, known, unknown)
            rows.append(
                (f"{key}_{unit}", (value % {"what": name}, *sums, _of(report, f"share_{unit}"), None))
            )
    per_kg = next((column.key for column in climate.columns if column.kind is Kind.CO2E_PER_KG), "")
    rows.append(
        (
            "climate",
            (_("Klimat per kg"), *[None] * 6, told[0].share if told else None, _of(climate, per_kg)),
        )
    )
    return Report(
        slug="ekomatsligan",
        told=Told(
            title="Ekomatsligan",
            definition=_(
                "Det som den årliga frivilliga enkäten brukar fråga om: ekologisk och svensk andel och klimat, av alla inköp som huset känner. Andelen är av det kända; det okända står bredvid."
            ),
            period=asked.period,
            basis=basis_told(asked.basis),
            source=f"{organic.told.source}; {climate.told.source}",
            coverage=organic.told.coverage,
            notes=(_("På raden om klimat är andelen hur mycket av vikten som har en faktor."),),
        ),
        columns=(
            Column("name", _("Mått"), Kind.WORDS),
            Column("yes_sek", _("Räknas"), Kind.SEK),
            Column("known_sek", _("Känt värde"), Kind.SEK),
            Column("unknown_sek", _("Okänt värde"), Kind.SEK),
            Column("yes_kg", _("Räknas i vikt"), Kind.KG),
            Column("known_kg", _("Känd vikt"), Kind.KG),
            Column("unknown_kg", _("Okänd vikt"), Kind.KG),
            Column("share", _("Andel"), Kind.SHARE),
            Column("per_kg", _("Klimat per kg"), Kind.CO2E_PER_KG),
        ),
        parts=tuple(Part(key, cells) for key, cells in rows),
    )


def survey_report(asked: Asked) -> Report:
    """Each kitchen's longest run of weighed weekdays; only runs of five or more count in the whole."""
    first, last = asked.period.first, min(asked.period.last, asked.today)
    parts, counted = [], []
    for kitchen in Kitchen.objects.filter(authority=asked.authority).order_by("sort_key"):
        rows = {row.day: row for row in WasteDay.objects.filter(kitchen=kitchen, day__range=(first, last))}
        if not rows:
            continue
        days = longest_row(rows, closed=closed_days(kitchen, first=first, last=last).keys())
        run = [weighed(rows[day]) for day in days]
        found, holds = waste_per_guest(run), len(days) >= DAYS_IN_A_ROW
        counted += run if holds else []
        parts.append(
            Part(
                str(kitchen.pk),
                (
                    kitchen.name,
                    _("håller") if holds else _("för få dagar i rad"),
                    days[0] if days else None,
                    days[-1] if days else None,
                    len(days),
                    found.guests if found else 0,
                    *(
                        [found.kitchen_g, found.serving_g, found.plate_g, found.total_g]
                        if found
                        else [None] * 4
                    ),
                ),
            )
        )
    whole = waste_per_guest(counted)
    return Report(
        slug="svinnundersokning",
        told=Told(
            title=_("Svinnundersökning"),
            definition=_(
                "Livsmedelsverkets mätning: kök, servering och tallrik, gram per gäst vid lunch, minst fem vardagar i rad. Varje kök visas med sin längsta svit; bara sviter som håller är med i summan."
            ),
            period=asked.period,
            basis=_("vägt i köken"),
            source=_("kökens vägningar av svinn"),
            coverage=(
                Coverage(
                    ratio(sum(1 for part in parts if part.cells[1] == _("håller")), len(parts)),
                    _("av köken som vägt har en mätning som håller"),
                ),
            ),
        ),
        columns=(
            name_column("kitchen"),
            Column("holds", _("Mätningen"), Kind.WORDS),
            Column("first", _("Från"), Kind.DAY),
            Column("last", _("Till"), Kind.DAY),
            Column("days", _("Dagar"), Kind.COUNT),
            Column("guests", _("Gäster"), Kind.COUNT),
            Column("kitchen_g", _("Kök"), Kind.GRAMS),
            Column("serving_g", _("Servering"), Kind.GRAMS),
            Column("plate_g", _("Tallrik"), Kind.GRAMS),
            Column("total_g", _("Tillsammans"), Kind.GRAMS),
        ),
        parts=tuple(parts),
        whole=Part(
            "",
            (whole_name(), None, None, None, whole.days, whole.guests, whole.kitchen_g, whole.serving_g, whole.plate_g, whole.total_g),
        )
        if whole
        else None,
    )  # fmt: skip


def _whole(asked: Asked, *, by: str) -> Asked:
    """The same period and basis, of everything that the authority bought."""
    return replace(asked, by=by, narrowed=EVERYTHING)


def _of(report: Report, key: str) -> Cell:
    """The whole's cell; None where there is no whole."""
    return report.whole.cells[report.column(key)] if report.whole and key else None


def _counted(report: Report, key: str) -> str:
    count = _of(report, key)
    return figures.number(count if isinstance(count, int) else 0)


def _known_share(report: Report) -> Cell:
    return report.told.coverage[0].share if report.told.coverage else None
