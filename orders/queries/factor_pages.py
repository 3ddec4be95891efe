"""The officer's page of factor sets: where every figure comes from, and what a set that was taken in would change."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from config.ground.sorting import in_swedish
from market.models import ClimateFactor, FactorGrade, FactorSet
from market.refusals import FactorSetUnknown

FACTORS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class FactorPage:
    """``factors`` are of ``chosen``, by food, a page of all that are found."""

    sets: tuple[FactorSet, ...]
    chosen: FactorSet | None
    factors: Page[ClimateFactor]
    grades: tuple[FactorGrade, ...]


def factor_page(*, code: str, text: str, number: str | None, language: str) -> FactorPage:
    """``code`` empty: the set in use. ``text``: a part of a food's name. ``number``: the page, else the nearest there is.

    Raises FactorSetUnknown. Four statements.
    """
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
        factors=Paginator(
            rows.select_related("food").order_by(in_swedish(name), "pk"), FACTORS_A_PAGE
        ).get_page(number),
        grades=tuple(FactorGrade.objects.order_by("code")),
    )
