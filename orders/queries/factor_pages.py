"""The officer's page of factor sets: where every figure comes from, and what a set that was taken in would change."""

from dataclasses import dataclass

from django.db.models import Count, Q

from market.models import ClimateFactor, FactorGrade, FactorSet
from market.refusals import FactorSetUnknown

MOST = 400


@dataclass(frozen=True, slots=True)
class FactorPage:
    """``factors`` are of ``chosen``, by food, at most four hundred; ``found`` is how many there are."""

    sets: tuple[FactorSet, ...]
    chosen: FactorSet | None
    factors: tuple[ClimateFactor, ...]
    found: int
    grades: tuple[FactorGrade, ...]


def factor_page(*, code: str, text: str, language: str) -> FactorPage:
    """``code`` empty: the set in use. ``text``: a part of a food's name. Raises FactorSetUnknown. Four statements."""
    sets = tuple(
        FactorSet.objects.annotate(standing=Count("factors", filter=Q(factors__superseded_at=None))).order_by(
            "-is_active", "code"
        )
    )
    chosen = next((each for each in sets if (each.code == code if code else each.is_active)), None)
    if code and chosen is None:
        raise FactorSetUnknown(set=code)
    name = "food__name_en" if language.startswith("en") else "food__name_sv"
    rows = ClimateFactor.objects.standing().filter(factor_set=chosen, **{f"{name}__icontains": text})
    return FactorPage(
        sets=sets,
        chosen=chosen,
        factors=tuple(rows.select_related("food").order_by(name)[:MOST]),
        found=rows.count(),
        grades=tuple(FactorGrade.objects.order_by("code")),
    )
