"""What kitchens forecast: a kitchen's own sheet, and sums for farms that name no kitchen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from kitchens.models import Forecast, Kitchen
from market.models import Product
from market.queries.names import unit_name

WEEKS = 8
FEWEST_KITCHENS = 3  # a sum of fewer would tell one kitchen's plans


def monday_of(day: date) -> date:
    return day - timedelta(days=day.isoweekday() - 1)


def weeks_from(today: date) -> list[date]:
    """The Mondays of the weeks to come, from the next one on."""
    first = monday_of(today) + timedelta(days=7)
    return [first + timedelta(weeks=number) for number in range(WEEKS)]


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """A product and what the kitchen believes of it in each of the weeks, in their order."""

    product: Product
    unit: str
    quantities: tuple[Decimal | None, ...]


def forecast_sheet(kitchen: Kitchen, *, weeks: Sequence[date], also: Sequence[int] = ()) -> list[ForecastRow]:
    """The products that the kitchen forecasts in these weeks and those in ``also``. Two statements."""
    held: dict[int, dict[date, Decimal]] = {}
    rows = Forecast.objects.filter(kitchen=kitchen, week__in=weeks).values_list("product", "week", "quantity")
    for product, week, quantity in rows:
        held.setdefault(product, {})[week] = quantity
    products = Product.objects.filter(pk__in={*held, *also}).order_by("sort_key")
    return [
        ForecastRow(
            product=product,
            unit=unit_name(product.base_unit),
            quantities=tuple(held.get(product.pk, {}).get(week) for week in weeks),
        )
        for product in products
    ]


def forecasts_of(kitchen: Kitchen, *, week: date | None = None) -> QuerySet[Forecast]:
    """All that the kitchen forecasts, or that of a week (its Monday)."""
    rows = Forecast.objects.filter(kitchen=kitchen)
    return rows if week is None else rows.filter(week=week)


@dataclass(frozen=True, slots=True)
class SeasonNeed:
    """What so many kitchens together forecast of a product in a week."""

    product_id: int
    name_sv: str
    name_en: str
    base_unit: str
    week: date
    quantity: Decimal
    kitchens: int

    @property
    def unit(self) -> str:
        return unit_name(self.base_unit)


@dataclass(frozen=True, slots=True)
class NeedOfWeeks:
    """A product's sums in each of the weeks, in their order; None where fewer than three kitchens stand behind one."""

    name_sv: str
    name_en: str
    unit: str
    needs: tuple[SeasonNeed | None, ...]


def by_week(needs: Sequence[SeasonNeed], *, weeks: Sequence[date]) -> list[NeedOfWeeks]:
    """A row a product, in the order in which they come."""
    found: dict[int, dict[date, SeasonNeed]] = {}
    for need in needs:
        found.setdefault(need.product_id, {})[need.week] = need
    return [
        NeedOfWeeks(
            name_sv=any_.name_sv,
            name_en=any_.name_en,
            unit=any_.unit,
            needs=tuple(of_week.get(week) for week in weeks),
        )
        for of_week in found.values()
        for any_ in [next(iter(of_week.values()))]
    ]


def season_needs(*, hub_ids: Sequence[int], weeks: Sequence[date]) -> list[SeasonNeed]:
    """The sums of kitchens at these hubs, where at least three kitchens stand behind one. One statement."""
    sums = (
        Forecast.objects.filter(kitchen__hub__in=hub_ids, week__in=weeks)
        .values(
            "product",
            "product__name_sv",
            "product__name_en",
            "product__base_unit",
            "product__sort_key",
            "week",
        )
        .annotate(total=Sum("quantity"), behind=Count("kitchen", distinct=True))
        .filter(behind__gte=FEWEST_KITCHENS)
        .order_by("product__sort_key", "product", "week")
    )
    return [
        SeasonNeed(
            product_id=row["product"],
            name_sv=row["product__name_sv"],
            name_en=row["product__name_en"],
            base_unit=row["product__base_unit"],
            week=row["week"],
            quantity=row["total"],
            kitchens=row["behind"],
        )
        for row in sums
    ]
