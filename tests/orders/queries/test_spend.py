"""Spend by supplier, category, product and month: parts sum to the whole, and the SQL is the rule."""

from datetime import date
from decimal import Decimal
from random import Random
from typing import get_args

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.ground.trail import acting
from market.models import ClimateFactor, FactorSet, FoodMapping
from market.rules.climate import Factor, Footprint, Line, footprint, together
from orders.actions.tallying import rebuild_months, rebuild_tallies
from orders.models import Basis, Tally, TallyDirty
from orders.queries.call_off_rows import WantedRows, all_rows
from orders.queries.climate import climate_report
from orders.queries.spend import By, spend, sums_of_rows, year_figures
from orders.rules.periods import Period, month_of, year_of
from tests.factories.walked import FARMS, GOODS, JOB, make_walked
from tests.factories.world import World, make_world

pytestmark = pytest.mark.django_db
YEAR = year_of(date(2026, 11, 23))
OF_EACH_SEED = pytest.mark.parametrize(
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in (1, 2, 3))]
)
BASES = [Basis.ORDERED, Basis.DELIVERED]


def rule_over_rows(world: World, wanted: WantedRows) -> Footprint:
    """The rule's own sums over the rows, a line a call-off."""
    factors = {
        product: Factor(food_key="", kg_co2e_per_kg=factor, low=None, high=None, grade="", basis="")
        for product, factor in FoodMapping.objects.filter(
            food__factors__factor_set__is_active=True
        ).values_list("product", "food__factors__kg_co2e_per_kg")
    }
    return footprint(
        Line(kg=row.kg, net_sek=row.net_sek, factor=factors.get(row.call_off.product_id))
        for row in all_rows(world.authority, wanted, now=world.now)
    )


@pytest.mark.parametrize("basis", BASES)
@OF_EACH_SEED
def test_parts_rows_and_rule_all_come_to_the_whole(seed: int, basis: str) -> None:
    world = make_walked(seed)
    wanted = WantedRows(basis=basis, first=YEAR.first, last=YEAR.last)
    by_rule = rule_over_rows(world, wanted)
    assert by_rule.lines > 0
    for by in get_args(By):
        report = spend(world.authority, YEAR, basis=basis, by=by)
        assert report.whole == by_rule
        assert together(part.sums for part in report.parts) == report.whole
    climate = climate_report(world.authority, YEAR, basis=basis)
    assert climate.whole == by_rule
    assert sums_of_rows(world.authority, wanted).sums == by_rule


@pytest.mark.parametrize("basis", BASES)
def test_each_part_opens_to_rows_that_sum_to_it(basis: str) -> None:
    world = make_walked(1)
    for by, field in (("supplier", "supplier_id"), ("category", "category_id"), ("product", "product_id")):
        for part in spend(world.authority, YEAR, basis=basis, by=by).parts:  # type: ignore[arg-type]
            wanted = WantedRows(basis=basis, first=YEAR.first, last=YEAR.last, **{field: part.key})  # type: ignore[arg-type]
            assert rule_over_rows(world, wanted) == part.sums
            assert sums_of_rows(world.authority, wanted).narrowed_to == (part.name,)


@OF_EACH_SEED
def test_months_of_random_tallies_sum_to_their_period(seed: int) -> None:
    """Tallies over two years, with lines of unknown weight, returns and products without a factor."""
    chance = Random(seed)
    world = make_world(kitchens=2)
    unmapped = make_walked(seed, kitchens=1).products[2]
    rows = {
        (
            date(2026 + chance.randint(0, 1), chance.randint(1, 12), chance.randint(1, 28)),
            chance.choice(world.kitchens),
            chance.choice([world.product, unmapped]),
        )
        for _ in range(40)
    }
    Tally.objects.bulk_create(
        Tally(
            day=day,
            authority=world.authority,
            kitchen=kitchen,
            supplier=world.supplier,
            product=product,
            agreement_lot=world.lot,
            basis=Basis.DELIVERED,
            kg=Decimal(chance.randint(0, 90_000)) / 1000,
            net_sek=Decimal(chance.randint(0, 900_000)) / 100,
            net_sek_without_kg=Decimal(0),
            lines=chance.randint(1, 5),
        )
        for day, kitchen, product in rows
    )
    rebuild_months(by=JOB)
    both = Period(first=date(2026, 1, 1), last=date(2027, 12, 31))
    report = spend(world.authority, both, basis=Basis.DELIVERED, by="month")
    months = [month_of(date(part.key // 100, part.key % 100, 1)) for part in report.parts]
    alone = [spend(world.authority, month, basis=Basis.DELIVERED, by="supplier").whole for month in months]
    assert [part.sums for part in report.parts] == alone
    assert together(alone) == report.whole


def test_a_missing_factor_is_not_covered_and_a_zero_factor_is() -> None:
    world = make_walked(2)
    before = climate_report(world.authority, YEAR, basis=Basis.ORDERED)
    assert {row.product for row in before.uncovered} <= {"Örtsalt", "Dill"}
    assert all(row.co2e_kg is None for row in before.uncovered)
    with acting(JOB):
        ClimateFactor.objects.filter(food__key="potato", factor_set__is_active=True).update(kg_co2e_per_kg=0)
    after = climate_report(world.authority, YEAR, basis=Basis.ORDERED)
    potatoes = next(row for row in after.covered if row.product == "Potatis")
    assert potatoes.co2e_kg == 0
    assert after.whole.kg_covered == before.whole.kg_covered


def test_without_a_set_nothing_is_covered() -> None:
    world = make_walked(2)
    with acting(JOB):
        FactorSet.objects.update(is_active=False)
    report = spend(world.authority, YEAR, basis=Basis.ORDERED, by="supplier")
    assert report.factor_set is None
    assert report.whole.kg_covered == 0
    assert report.whole.kg_per_kg_of_covered is None


def test_the_year_shows_both_bases_and_the_farms_that_sold() -> None:
    world = make_walked(3)
    figures = year_figures(world.authority, YEAR)
    assert figures.ordered == spend(world.authority, YEAR, basis=Basis.ORDERED, by="supplier").whole
    assert figures.delivered == spend(world.authority, YEAR, basis=Basis.DELIVERED, by="supplier").whole
    assert figures.suppliers == len(spend(world.authority, YEAR, basis=Basis.ORDERED, by="supplier").parts)


def test_another_authoritys_goods_are_in_no_figure() -> None:
    world = make_walked(1)
    other = make_world(beside=world, farms=FARMS, products=GOODS)
    assert spend(other.authority, YEAR, basis=Basis.ORDERED, by="supplier").whole == Footprint()
    assert not list(all_rows(other.authority, WantedRows(), now=world.now))


def test_days_that_wait_for_their_tally_are_told() -> None:
    world = make_walked(1)
    assert spend(world.authority, YEAR, basis=Basis.ORDERED, by="supplier").stale_days == 0
    for _ in range(2):
        TallyDirty.objects.create(day=world.delivery_date, kitchen=world.kitchen)
    assert spend(world.authority, YEAR, basis=Basis.ORDERED, by="supplier").stale_days == 1


def test_a_report_takes_four_statements() -> None:
    world = make_walked(1)
    with CaptureQueriesContext(connection) as statements:
        spend(world.authority, YEAR, basis=Basis.ORDERED, by="category")
    assert len(statements) == 4


@OF_EACH_SEED
def test_a_rebuild_gives_the_rows_that_dirty_keys_gave(seed: int) -> None:
    make_walked(seed)
    columns = [field.attname for field in Tally._meta.concrete_fields if field.attname != "id"]
    by_keys = set(Tally.objects.values_list(*columns))
    assert {row[columns.index("basis")] for row in by_keys} == {Basis.ORDERED, Basis.DELIVERED}
    same = rebuild_tallies(by=JOB)
    assert (same.rows, same.written, same.dropped) == (len(by_keys), 0, 0)
    with acting(JOB):
        one, two, *_rest = Tally.objects.order_by("id")
        Tally.objects.filter(pk=one.pk).update(kg=one.kg + 1)
        Tally.objects.filter(pk=two.pk).delete()
    mended = rebuild_tallies(by=JOB)
    assert (mended.written, mended.dropped) == (2, 1)
    assert set(Tally.objects.values_list(*columns)) == by_keys
    Tally.objects.all().delete()
    assert rebuild_tallies(by=JOB).written == len(by_keys)
    assert set(Tally.objects.values_list(*columns)) == by_keys
