"""``svinn``, ``payback`` and ``kok``: what is wasted, what the choice of dish saves, and kitchens side by side a portion.

Counts of children stand under `kitchens.rules.disclosure`: a kitchen whose portions are fewer than its k is not told.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils import formats
from django.utils.translation import gettext as _

from kitchens.models import Kitchen, MenuDay
from kitchens.queries.payback import days_read
from kitchens.rules.disclosure import K
from kitchens.rules.payback import Total, total_of
from kitchens.rules.waste import SLACK_KG
from market.rules.climate import Footprint
from orders.queries.reports.asked import Asked
from orders.queries.reports.telling import (
    basis_told,
    factors_source,
    kg_column,
    known_kg,
    name_column,
    sek_column,
    stale_note,
    tallies_source,
    whole_name,
)
from orders.queries.spend import spend
from orders.rules.reporting import Cell, Column, Coverage, Kind, Part, Report, Told, Whole, ratio

_WASTE = """
SELECT {key} AS key, {name} AS name, count(*)::int, sum(w.guests)::int, sum(w.kitchen_kg), sum(w.serving_kg),
       sum(w.plate_kg),
       (count(*) FILTER (WHERE abs(w.total_kg - w.kitchen_kg - w.serving_kg - w.plate_kg) > %(slack)s))::int
FROM kitchens_wasteday w JOIN kitchens_kitchen k ON k.id = w.kitchen_id
WHERE k.authority_id = %(authority)s AND w.day BETWEEN %(first)s AND %(last)s AND w.guests > 0
  AND (%(kitchen_id)s::bigint IS NULL OR k.id = %(kitchen_id)s)
GROUP BY 1, 2{sort} ORDER BY {order}
"""
_WASTE_BY = {
    "kitchen": {"key": "k.id::text", "name": "k.name", "sort": ", k.sort_key", "order": "k.sort_key"},
    "month": {
        "key": "to_char(w.day, 'YYYYMM')",
        "name": "to_char(w.day, 'YYYYMM')",
        "sort": "",
        "order": "1",
    },
    "day": {
        "key": "to_char(w.day, 'YYYYMMDD') || '-' || k.id",
        "name": "to_char(w.day, 'YYYY-MM-DD') || ' ' || k.name",
        "sort": ", w.day, k.sort_key",
        "order": "w.day, k.sort_key",
    },
}
# Portions of a day: what the kitchen told of its guests, else those who were there when waste was weighed.
_PORTIONS = """
SELECT coalesce(told.kitchen_id, weighed.kitchen_id)::text, count(*)::int,
       sum(coalesce(told.guests, weighed.guests))::int
FROM (SELECT d.kitchen_id, d.day, t.guests FROM kitchens_menuday d
      JOIN kitchens_daytold t ON t.menu_day_id = d.id
      JOIN kitchens_kitchen k ON k.id = d.kitchen_id AND k.authority_id = %(authority)s
      WHERE t.guests > 0 AND d.day BETWEEN %(first)s AND %(last)s) told
FULL JOIN (SELECT w.kitchen_id, w.day, w.guests FROM kitchens_wasteday w
      JOIN kitchens_kitchen k ON k.id = w.kitchen_id AND k.authority_id = %(authority)s
      WHERE w.guests > 0 AND w.day BETWEEN %(first)s AND %(last)s) weighed
  ON weighed.kitchen_id = told.kitchen_id AND weighed.day = told.day
GROUP BY 1
"""


def waste_report(asked: Asked) -> Report:
    """Grams a guest, ratios of sums over the days that were weighed; by kitchen, by month, or each weighing."""
    with connection.cursor() as cursor:
        cursor.execute(
            _WASTE.format(**_WASTE_BY[asked.by]),
            _told(asked) | {"slack": SLACK_KG, "kitchen_id": asked.narrowed.kitchen_id},
        )
        rows = cursor.fetchall()
    whole = tuple(sum(column, type(column[0])(0)) for column in zip(*(row[2:] for row in rows), strict=True))
    return Report(
        slug="svinn",
        told=Told(
            title=_("Svinn"),
            definition=_(
                "Köks-, serverings- och tallrikssvinn vid lunch, gram per gäst, de dagar som vägts. En undersökning håller när den vägt minst fem vardagar i rad; det står på kökets sida."
            ),
            period=asked.period,
            basis=_("vägt i köken"),
            source=_("kökens vägningar av svinn"),
            narrowed_to=asked.narrowed_to,
            notes=(_("Dagar vars skrivna summa inte är summan av delarna räknas med delarna."),),
        ),
        columns=_waste_columns(asked.by),
        parts=tuple(
            Part(
                row[0],
                _waste_cells(_month(row[1]) if asked.by == "month" else row[1], *row[2:]),
                opens=_weighings(row[0], asked),
            )
            for row in rows
        ),
        whole=Part("", _waste_cells(whole_name(), *whole)) if rows else None,
    )


def _weighings(key: str, asked: Asked) -> Mapping[str, str]:
    """The question that shows the weighings of a part; a weighing opens to nothing more."""
    match asked.by:
        case "kitchen":
            return asked.opening(kitchen=key, by="day")
        case "month":
            month = f"{key[:4]}-{key[4:]}"
            return asked.opening(by="day", **{"from": month, "to": month})
        case _:
            return {}


def _waste_columns(by: str) -> tuple[Column, ...]:
    def grams(key: str, heading: str, part: str) -> Column:
        return Column(
            key, heading, Kind.GRAMS, Whole.RATIO, (part, "guests"), ratio_times=1000, meaning=_("per gäst")
        )

    return (
        name_column(by),
        Column("days", _("Dagar"), Kind.COUNT, whole=Whole.SUM),
        Column("guests", _("Gäster"), Kind.COUNT, whole=Whole.SUM),
        kg_column("kitchen_kg", _("Kökssvinn")),
        kg_column("serving_kg", _("Serveringssvinn")),
        kg_column("plate_kg", _("Tallrikssvinn")),
        kg_column("total_kg", _("Allt svinn")),
        grams("kitchen_g", _("Kök"), "kitchen_kg"),
        grams("serving_g", _("Servering"), "serving_kg"),
        grams("plate_g", _("Tallrik"), "plate_kg"),
        grams("total_g", _("Tillsammans"), "total_kg"),
        Column("contradicts", _("Motsägande dagar"), Kind.COUNT, whole=Whole.SUM),
    )


def _waste_cells(
    name: str, days: int, guests: int, kitchen: Decimal, serving: Decimal, plate: Decimal, contradicts: int
) -> tuple[Cell, ...]:
    total = kitchen + serving + plate
    grams = (ratio(each, guests, times=1000) for each in (kitchen, serving, plate, total))
    return (name, days, guests, kitchen, serving, plate, total, *grams, contradicts)


def payback_report(asked: Asked) -> Report:
    """What the choice of the payback dish saved, by kitchen; a kitchen of too few portions is not told."""
    cooked = MenuDay.objects.filter(
        kitchen__authority=asked.authority,
        day__range=(asked.period.first, min(asked.period.last, asked.today)),
        dishes__role="payback",
    )
    kitchens = Kitchen.objects.filter(pk__in=cooked.values("kitchen")).order_by("sort_key", "pk")
    if asked.narrowed.kitchen_id is not None:
        kitchens = kitchens.filter(pk=asked.narrowed.kitchen_id)
    totals = [
        (
            kitchen,
            total_of(
                each.outcome
                for each in days_read(
                    kitchen, first=asked.period.first, last=min(asked.period.last, asked.today)
                )
            ),
        )
        for kitchen in kitchens
    ]
    told = [(kitchen, total) for kitchen, total in totals if total.portions >= K]
    hidden = len(totals) - len(told)
    parts = tuple(Part(str(kitchen.pk), _payback_cells(kitchen.name, total)) for kitchen, total in told)
    return Report(
        slug="payback",
        told=Told(
            title=_("Payback"),
            definition=_(
                "Vad valet av paybackrätten sparade mot standardrätten, kg CO₂e, de dagar som kan räknas. Förluster dras av."
            ),
            period=asked.period,
            basis=basis_told("served"),
            source=_("kökens matsedlar och räknade portioner"),
            narrowed_to=asked.narrowed_to,
            notes=(
                _("Skolor med färre än %(k)s räknade portioner visas inte: %(hidden)s.")
                % {"k": K, "hidden": hidden},
                *(
                    [_("Minst: alla gäster räknades inte alla dagar.")]
                    if any(total.at_least for _kitchen, total in told)
                    else []
                ),
            ),
        ),
        columns=(
            name_column("kitchen"),
            Column("days", _("Dagar"), Kind.COUNT, whole=Whole.SUM),
            Column("saving", _("Sparat"), Kind.CO2E, whole=Whole.SUM),
            Column("portions", _("Portioner"), Kind.COUNT, whole=Whole.SUM),
            Column("emissions", _("Klimat"), Kind.CO2E, whole=Whole.SUM),
            Column(
                "per_portion",
                _("kg CO₂e per portion"),
                Kind.CO2E_PER_PORTION,
                Whole.RATIO,
                ("emissions", "portions"),
            ),
        ),
        parts=parts,
        whole=Part("", _payback_cells(whole_name(), _together(total for _kitchen, total in told)))
        if parts
        else None,
    )


def _payback_cells(name: str, total: Total) -> tuple[Cell, ...]:
    return (
        name,
        total.days,
        total.saving_kg,
        total.portions,
        total.emissions_kg,
        ratio(total.emissions_kg, total.portions),
    )


def _together(totals: Iterable[Total]) -> Total:
    days, saving, portions, emissions = 0, Decimal(0), 0, Decimal(0)
    for total in totals:
        days += total.days
        saving += total.saving_kg
        portions += total.portions
        emissions += total.emissions_kg
    return Total(saving_kg=saving, days=days, emissions_kg=emissions, portions=portions)


@dataclass(frozen=True, slots=True)
class Served:
    """Days whose portions are known, and the portions."""

    days: int = 0
    portions: int = 0


def kitchens_report(asked: Asked) -> Report:
    """What each kitchen bought in the period, over the portions that it told of the same period."""
    found = spend(
        asked.authority,
        asked.period,
        basis=asked.basis,
        by="kitchen",
        language=asked.language,
        narrowed=asked.narrowed,
    )
    served = _portions(asked)
    parts = tuple(
        Part(
            str(part.key),
            _kitchen_cells(part.name, part.sums, served[str(part.key)]),
            opens=asked.opening(kitchen=part.key),
        )
        for part in found.parts
    )
    counted = [part for part in found.parts if served[str(part.key)].portions >= K]
    known = sum((part.sums.net_sek_total for part in counted), Decimal(0))
    return Report(
        slug="kok",
        told=Told(
            title=_("Köken sida vid sida"),
            definition=_(
                "Vad varje kök köpt i perioden delat med de portioner som köket räknat i samma period. Jämför bara kök som räknat nästan alla dagar."
            ),
            period=asked.period,
            basis=basis_told(asked.basis),
            source=_("%(tallies)s; kökens räknade gäster; %(factors)s")
            % {"tallies": tallies_source(), "factors": factors_source(found.factor_set)},
            coverage=(
                Coverage(
                    ratio(known, found.whole.net_sek_total), _("av värdet köptes av kök som räknat gäster")
                ),
                Coverage(found.whole.covered_share_mass, _("av den kända vikten har en faktor")),
            ),
            narrowed_to=asked.narrowed_to,
            notes=(
                _("Kök med färre än %(k)s räknade portioner får inga tal per portion.") % {"k": K},
                *stale_note(found.stale_days),
            ),
        ),
        columns=(
            name_column("kitchen"),
            sek_column(),
            kg_column(),
            Column("co2e", _("Klimat"), Kind.CO2E, whole=Whole.SUM),
            Column("days", _("Räknade dagar"), Kind.COUNT, whole=Whole.SUM),
            Column("portions", _("Portioner"), Kind.COUNT),
            Column("sek_per_portion", _("Kr per portion"), Kind.SEK),
            Column("co2e_per_portion", _("kg CO₂e per portion"), Kind.CO2E_PER_PORTION),
            Column("per_kg", _("kg CO₂e per kg"), Kind.CO2E_PER_KG),
        ),
        parts=parts,
        whole=Part(
            "",
            _kitchen_cells(
                whole_name(),
                found.whole,
                Served(days=sum(served[str(part.key)].days for part in found.parts)),
            ),
            opens=asked.opening(),
        ),
    )


def _kitchen_cells(name: str, sums: Footprint, served: Served) -> tuple[Cell, ...]:
    portions = served.portions if served.portions >= K else None
    return (
        name,
        sums.net_sek_total,
        known_kg(sums),
        sums.co2e_kg if sums.kg_covered else None,
        served.days,
        portions,
        ratio(sums.net_sek_total, portions),
        ratio(sums.co2e_kg, portions) if sums.kg_covered else None,
        sums.kg_per_kg_of_covered,
    )


def _portions(asked: Asked) -> defaultdict[str, Served]:
    found: defaultdict[str, Served] = defaultdict(Served)
    with connection.cursor() as cursor:
        cursor.execute(_PORTIONS, _told(asked))
        for kitchen, days, portions in cursor.fetchall():
            found[kitchen] = Served(days, portions)
    return found


def _told(asked: Asked) -> dict[str, Any]:
    return {
        "authority": asked.authority.pk,
        "first": asked.period.first,
        "last": asked.period.last,
    }


def _month(key: str) -> str:
    return formats.date_format(date(int(key[:4]), int(key[4:]), 1), "F Y")
