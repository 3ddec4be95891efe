"""Factors as SQL joins them and as rules read them: those that hold now, or held at an earlier time.

Every statement that joins factors takes its conditions from here, so that all figures of the house are by the same
versions. ``at`` is a placeholder of a statement ("%(known_at)s"): what was recorded and believed at that time.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q

from config.ground.planned import planned_rows
from market.models import ClimateFactor, FactorGrade, FactorSet
from market.refusals import FactorSetUnknown
from market.rules.climate import Factor


def mapping_join(*, product: str, day: str, alias: str = "m", at: str | None = None) -> str:
    """Condition of a join to market_foodmapping: which food the product counts as on the day."""
    held = (
        f"{alias}.retired_at IS NULL"
        if at is None
        else f"{alias}.mapped_at <= {at} AND ({alias}.retired_at IS NULL OR {alias}.retired_at > {at})"
    )
    return (
        f"{alias}.product_id = {product} AND {alias}.valid_from <= {day}"
        f" AND ({alias}.valid_to IS NULL OR {alias}.valid_to >= {day}) AND {held}"
    )


def factor_join(*, food: str, day: str, factor_set: str, alias: str = "f", at: str | None = None) -> str:
    """Condition of a join to market_climatefactor: the one version of a food's factor in a set for goods of the day."""
    held = (
        f"{alias}.superseded_at IS NULL"
        if at is None
        else f"{alias}.recorded_at <= {at} AND ({alias}.superseded_at IS NULL OR {alias}.superseded_at > {at})"
    )
    return (
        f"{alias}.food_id = {food} AND {alias}.factor_set_id = {factor_set} AND {held}"
        f" AND ({alias}.valid_from IS NULL OR {alias}.valid_from <= {day})"
        f" AND ({alias}.valid_to IS NULL OR {alias}.valid_to >= {day})"
    )


def active_set() -> FactorSet | None:
    """The set that figures are counted by."""
    return FactorSet.objects.filter(is_active=True).first()


def set_of(code: str) -> FactorSet:
    """Raises FactorSetUnknown."""
    found = FactorSet.objects.filter(code=code).first()
    if found is None:
        raise FactorSetUnknown(set=code)
    return found


def factors_in(
    factor_set: FactorSet | None, keys: Iterable[str], *, on: date | None = None
) -> dict[str, Factor]:
    """The standing factor of each food that has one in the set, by the food's key; of several days the last begun."""
    rows = ClimateFactor.objects.standing().filter(factor_set=factor_set, food__key__in=set(keys))
    if on is not None:
        rows = rows.filter(Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gte=on))
    sure = dict(FactorGrade.objects.values_list("code", "gsd"))
    return {
        row.food.key: Factor(
            food_key=row.food.key,
            kg_co2e_per_kg=row.kg_co2e_per_kg.normalize(),
            low=row.low and row.low.normalize(),
            high=row.high and row.high.normalize(),
            grade=row.grade,
            basis=row.basis,
            factor_set=row.factor_set.code,
            gsd=row.gsd or sure.get(row.grade),
            source=row.note,
        )
        for row in rows.select_related("food", "factor_set").order_by(F("valid_from").asc(nulls_first=True))
    }


_FACTORS = f"""
SELECT food.key, f.kg_co2e_per_kg, f.low, f.high, f.grade, f.basis, sets.code, coalesce(f.gsd, sure.gsd), f.note
FROM market_factorset sets
CROSS JOIN market_climatefood food
JOIN market_climatefactor f ON {factor_join(food="food.id", day="%(on)s", factor_set="sets.id")}
LEFT JOIN market_factorgrade sure ON sure.code = f.grade
WHERE sets.is_active AND food.key = ANY(%(foods)s)
"""


def factors_of(foods: Iterable[str], *, on: date) -> dict[str, Factor]:
    """The active set's factor of each food for goods of the day, by the food's key, with how sure it is; one statement."""
    _columns, rows = planned_rows(_FACTORS, {"on": on, "foods": sorted(set(foods))})
    return {
        key: Factor(
            food_key=key,
            kg_co2e_per_kg=per_kg.normalize(),
            low=low,
            high=high,
            grade=grade,
            basis=basis,
            factor_set=code,
            gsd=gsd,
            source=note,
        )
        for key, per_kg, low, high, grade, basis, code, gsd, note in rows
    }
