"""``klimat`` and ``klimat-utveckling``: kg CO2e in all, per kg and by whatever parts it; the years with what moved them."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from market.models.dated import DatedQuerySet
from market.rules.climate import Footprint
from market.rules.comparing import Why
from orders.models import ReportGoal
from orders.queries.reports.asked import Asked
from orders.queries.reports.spend import opens_to, part_name, tallied
from orders.queries.reports.telling import (
    basis_told,
    factors_source,
    kg_column,
    known_kg,
    name_column,
    stale_note,
    tallies_source,
    weight_known,
    whole_name,
)
from orders.queries.trend import Step, Year, trend
from orders.rules.reporting import Cell, Column, Coverage, Kind, Part, Report, Told, Whole, ratio


def climate_parts_report(asked: Asked) -> Report:
    """kg CO2e of what has a factor in the set in use; what has none is said, and is no zero."""
    found = tallied(asked)
    goal = _goal(asked)

    def cells(name: str, sums: Footprint) -> tuple[Cell, ...]:
        return (
            name,
            sums.co2e_kg if sums.kg_covered else None,
            sums.kg_covered,
            ratio(sums.co2e_kg, sums.kg_covered),
            known_kg(sums),
            sums.covered_share_mass,
        )

    return Report(
        slug="klimat",
        told=Told(
            title=_("Klimat"),
            definition=_(
                "kg CO₂e av de varor som har en faktor i den sats som används, med den gräns som satsen har. Per kg gäller varorna med faktor; varor utan faktor räknas inte, och inte som noll."
            ),
            period=asked.period,
            basis=basis_told(asked.basis),
            source=f"{tallies_source()}; {factors_source(found.factor_set)}",
            coverage=(
                Coverage(found.whole.covered_share_mass, _("av den kända vikten har en faktor")),
                Coverage(found.whole.covered_share_value, _("av värdet har en faktor")),
                weight_known(found.whole),
            ),
            narrowed_to=asked.narrowed_to,
            notes=(*_low_note(found.whole), *_goal_note(goal), *stale_note(found.stale_days)),
        ),
        columns=(
            name_column(asked.by),
            Column("co2e", _("Klimat"), Kind.CO2E, whole=Whole.SUM, meaning=_("kg CO₂e av varor med faktor")),
            kg_column("kg_covered", _("Vikt med faktor")),
            Column("per_kg", _("kg CO₂e per kg"), Kind.CO2E_PER_KG, Whole.RATIO, ("co2e", "kg_covered")),
            kg_column(),
            Column("covered", _("Täcker av vikten"), Kind.SHARE, Whole.RATIO, ("kg_covered", "kg")),
        ),
        parts=tuple(
            Part(
                part.marks or str(part.key),
                cells(part_name(part, by=asked.by), part.sums),
                opens=opens_to(part, asked=asked),
            )
            for part in (
                found.parts
                if asked.by == "month"
                else sorted(found.parts, key=lambda part: part.sums.co2e_kg, reverse=True)
            )
        ),
        whole=Part("", cells(whole_name(), found.whole), opens=asked.opening()),
    )


def climate_trend_report(asked: Asked) -> Report:
    """Every year by the set in use, beside what was published, with the bridge from the year before and the goal."""
    found = trend(asked.authority, basis=asked.basis)
    goals = list(_goals(asked).order_by("valid_from"))
    return Report(
        slug="klimat-utveckling",
        told=Told(
            title=_("Klimatets utveckling"),
            definition=_(
                "Åren bredvid varandra med samma faktorsats. Bron säger varför siffran rört sig: mer eller mindre mat, annan mat, andra faktorer; de tre är tillsammans skillnaden. Under 90 % täckning jämförs ingenting."
            ),
            period=asked.period,
            basis=basis_told(asked.basis),
            source=f"{tallies_source()}; {factors_source(found.factor_set)}",
            notes=tuple(
                f"{year.year}: {_why(year.step)}" for year in found.years if year.step and year.step.why
            ),
        ),
        columns=_trend_columns(),
        parts=tuple(_year(each, goals, asked=asked) for each in found.years),
    )


def _trend_columns() -> tuple[Column, ...]:
    return (
        name_column("year"),
        Column("co2e", _("Klimat"), Kind.CO2E),
        Column("per_kg", _("kg CO₂e per kg"), Kind.CO2E_PER_KG),
        Column("goal", _("Mål per kg"), Kind.CO2E_PER_KG, meaning=_("det mål som gällde vid årets slut")),
        Column("covered", _("Täcker av vikten"), Kind.SHARE),
        Column("published", _("Publicerat"), Kind.CO2E, meaning=_("som det sades då, med den tidens sats")),
        Column("quantity", _("Mer eller mindre mat"), Kind.CO2E),
        Column("mix", _("Annan mat"), Kind.CO2E),
        Column("factor", _("Andra faktorer"), Kind.CO2E),
    )


def _year(year: Year, goals: Sequence[ReportGoal], *, asked: Asked) -> Part:
    bridge = year.step.bridge if year.step else None
    moved: tuple[Decimal | None, ...] = (
        (bridge.quantity, bridge.mix, bridge.factor) if bridge else (None, None, None)
    )
    held = [
        goal.value
        for goal in goals
        if goal.valid_from.year <= year.year and (goal.valid_to is None or goal.valid_to.year >= year.year)
    ]
    return Part(
        str(year.year),
        (
            str(year.year),
            year.sums.co2e_kg if year.sums.kg_covered else None,
            year.sums.kg_per_kg_of_covered,
            held[-1] if held else None,
            year.sums.covered_share_mass,
            year.published.co2e_kg if year.published else None,
            *moved,
        ),
        opens={"from": str(year.year), "to": str(year.year), "basis": asked.basis},
    )


def _why(step: Step | None) -> str:
    if step is not None and step.why is Why.COVERAGE:
        return _("Mindre än 90 % av vikten har faktor på ena sidan: skillnaden kan ligga i resten.")
    return _("Ena året har inga varor med känd vikt att jämföra.")


def _goal(asked: Asked) -> ReportGoal | None:
    return _goals(asked).on(asked.period.last).first()


def _goals(asked: Asked) -> DatedQuerySet[ReportGoal]:
    return ReportGoal.objects.filter(authority=asked.authority, measure=ReportGoal.Measure.CO2E_PER_KG)


def _goal_note(goal: ReportGoal | None) -> tuple[str, ...]:
    if goal is None:
        return ()
    told = {"goal": f"{goal.value.normalize():f}", "decision": goal.decision}
    return (_("Mål: %(goal)s kg CO₂e per kg (%(decision)s).") % told,)


def _low_note(sums: Footprint) -> tuple[str, ...]:
    if not sums.lines or sums.may_compare:
        return ()
    return (
        _(
            "Under 90 % jämförs ingenting: skillnaden kan ligga i det som saknar faktor. Läs siffran som ”minst”."
        ),
    )
