"""A published figure: kept with all its keys, counted again the same, corrected by a new version."""

import io
import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from config.ground.refusals import InvalidInput, NotAllowed
from config.ground.trail import Actor, acting
from market.actions.factors import WantedFactor, follow_factors
from market.actions.food_mapping import map_food
from market.models import ClimateFactor, ClimateFood, FactorSet, FoodMapping, SupplierRun
from market.rules.climate import Footprint, together
from orders.actions.publishing import publish_tally
from orders.actions.receiving import return_goods
from orders.actions.tallying import rebuild_months
from orders.models import CallOff, Movement, PublishedTally
from orders.queries.climate import climate_report
from orders.queries.published import compared, verify
from orders.queries.trend import trend
from orders.queries.unmapped import heaviest_unmapped
from orders.refusals import (
    CorrectionNeedsReason,
    NoFactorSetInUse,
    NothingNewToPublish,
    NothingToCount,
    PeriodNotOver,
)
from orders.rules.periods import Period, month_of, year_of
from tests.factories.walked import make_walked, tally
from tests.factories.world import World
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db

JOB = Actor.job("tests")


@pytest.fixture
def world() -> World:
    world = make_walked(1)
    with acting(JOB):
        SupplierRun.objects.filter(state="open").update(state="closed", closed_at=world.now)
    return world


def publish(
    world: World, *, basis: str = "delivered", reason: str = "", period: Period | None = None
) -> PublishedTally:
    period = period or month_of(world.delivery_date)
    return publish_tally(
        authority=world.authority,
        period=period,
        basis=basis,
        today=period.last + timedelta(days=1),
        reason=reason,
        by=world.by_officer,
    )


def correct_factor(world: World, *, times: int = 2) -> str:
    """A later file says otherwise of one food of the world's goods; the food's key."""
    row = (
        ClimateFactor.objects.standing()
        .filter(food__foodmapping__product__in=world.products)
        .order_by("food__key")[0]
    )
    wanted = WantedFactor(
        row.food_id, row.kg_co2e_per_kg * times, row.low, row.high, row.grade, row.basis, row.note
    )
    assert follow_factors(factor_set=row.factor_set, wanted=[wanted], by=JOB).changed == 1
    return row.food.key


@pytest.mark.parametrize("basis", ["ordered", "delivered"])
def test_what_is_published_is_what_the_page_shows(world: World, basis: str) -> None:
    row = publish(world, basis=basis)
    report = climate_report(world.authority, month_of(world.delivery_date), basis=basis)
    assert row.co2e_kg == report.whole.co2e_kg > 0
    assert verify(row).found.sums == report.whole
    assert verify(row).holds
    assert verify(row).same_code
    assert row.low is not None
    assert row.low < row.co2e_kg < (row.high or 0)


def test_it_comes_out_the_same_after_all_under_it_has_changed(world: World) -> None:
    row = publish(world)
    correct_factor(world)
    other = ClimateFood.objects.filter(factors__factor_set__is_active=True).exclude(
        foodmapping__product=world.product
    )[0]
    map_food(
        product=world.product,
        food=other,
        first_day=date(2026, 1, 1),
        reason="fel livsmedel",
        by=world.by_officer,
    )
    call_off = (
        CallOff.objects.filter(movements__kind="delivered", movements__packs__gte=1).order_by("id").first()
    )
    assert call_off is not None
    return_goods(kitchen=call_off.kitchen, call_off_id=call_off.pk, packs=1, reason="mögel", by=world.by)
    row.refresh_from_db()
    assert verify(row).holds
    report = climate_report(world.authority, month_of(world.delivery_date), basis="delivered")
    tally(world)
    again = publish(world, reason="ny faktor och en retur")
    assert again.co2e_kg != row.co2e_kg
    assert again.supersedes == row
    assert again.lines_sha256 != row.lines_sha256
    assert report.whole.co2e_kg != row.co2e_kg
    assert verify(row).holds
    assert verify(again).holds


def test_a_return_carries_the_factor_of_the_day_that_it_reverses(world: World) -> None:
    before = publish(world)
    call_off = (
        CallOff.objects.filter(movements__kind="delivered", movements__packs__gte=1)
        .filter(product__in=FoodMapping.objects.standing().values("product"))
        .exclude(kg=None)
        .order_by("pk")[0]
    )
    later = world.delivery_date + timedelta(days=1)
    other = ClimateFood.objects.filter(factors__factor_set__is_active=True).exclude(
        foodmapping__product=world.product
    )[0]
    map_food(product=call_off.product, food=other, first_day=later, reason="ny art", by=world.by_officer)
    return_goods(kitchen=call_off.kitchen, call_off_id=call_off.pk, packs=1, reason="mögel", by=world.by)
    kg = Movement.objects.filter(call_off=call_off, kind="returned").latest("id").kg or Decimal(0)
    factor = ClimateFactor.objects.standing().get(
        factor_set__is_active=True,
        food__foodmapping__in=FoodMapping.objects.standing()
        .on(world.delivery_date)
        .filter(product=call_off.product),
    )
    after = publish(world, reason="retur")
    assert before.co2e_kg - after.co2e_kg == kg * factor.kg_co2e_per_kg


def test_a_correction_has_a_reason_and_something_to_say(world: World) -> None:
    publish(world)
    with pytest.raises(CorrectionNeedsReason):
        publish(world)
    with pytest.raises(NothingNewToPublish):
        publish(world, reason="för säkerhets skull")
    publish(world, basis="ordered")
    assert PublishedTally.objects.count() == 2


def test_only_a_period_that_is_over_is_published_and_by_a_person(world: World) -> None:
    period = month_of(world.delivery_date)
    over = period.last + timedelta(days=1)
    for basis, today in (("ordered", period.last), ("eaten", over)):
        with pytest.raises(PeriodNotOver):
            publish_tally(
                authority=world.authority, period=period, basis=basis, today=today, by=world.by_officer
            )
    with pytest.raises(NotAllowed):
        publish_tally(authority=world.authority, period=period, basis="ordered", today=over, by=JOB)
    with acting(JOB):
        SupplierRun.objects.filter(call_offs__authority=world.authority).update(state="open", closed_at=None)
    with pytest.raises(PeriodNotOver):
        publish(world)


@pytest.mark.parametrize("basis", ["ordered", "delivered", "served", "wasted"])
def test_a_period_that_nothing_is_known_of_is_never_published_as_zero(world: World, basis: str) -> None:
    empty = month_of(world.delivery_date - timedelta(days=400))
    with pytest.raises(NothingToCount):
        publish(world, basis=basis, period=empty)
    with acting(JOB):
        FoodMapping.objects.all().delete()
    with pytest.raises(NothingToCount):
        publish(world, basis=basis)
    assert not PublishedTally.objects.exists()


def test_a_correction_to_nothing_says_no_data(world: World) -> None:
    before = publish(world)
    with acting(JOB), connection.cursor() as cursor:
        cursor.execute("UPDATE market_foodmapping SET retired_at = clock_timestamp()")
    row = publish(world, reason="fel varor")
    assert (row.supersedes, row.lines_covered, row.low, row.high) == (before, 0, None, None)
    assert verify(row).holds
    client = client_of(world.officer)
    for page in (address(world, "published"), address(world, "published_figure", row.pk)):
        html = client.get(page).content.decode()
        assert "inga uppgifter" in html
        assert not re.search(r">\s*0\s*kg CO₂e", html)


def test_nothing_published_is_ever_changed(world: World) -> None:
    row = publish(world)
    with pytest.raises(DatabaseError), transaction.atomic(), acting(JOB):
        PublishedTally.objects.filter(pk=row.pk).update(co2e_kg=1)
    year = publish(world, period=year_of(world.delivery_date))
    with pytest.raises(IntegrityError), transaction.atomic(), acting(JOB), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO orders_publishedtally (authority_id, basis, period_first, period_last, factor_set_id, recorded_until,"
            " movements_until, lines, lines_covered, lines_without_kg, lines_sha256, co2e_kg, kg_total, kg_covered,"
            " net_sek_total, net_sek_covered, code_version, reason, published_by_id, supersedes_id)"
            " SELECT authority_id, basis, period_first, period_last, factor_set_id, recorded_until, movements_until, lines,"
            " lines_covered, lines_without_kg, lines_sha256, co2e_kg, kg_total, kg_covered, net_sek_total,"
            " net_sek_covered, code_version, 'skäl', published_by_id, %s FROM orders_publishedtally WHERE id = %s",
            [year.pk, row.pk],
        )


def test_verify_tally_says_which_figure_no_longer_holds(world: World) -> None:
    row, other = publish(world), publish(world, basis="ordered")
    told = io.StringIO()
    call_command("verify_tally", stdout=told)
    assert told.getvalue().count("stämmer  ") == 2
    with acting(JOB):
        ClimateFactor.objects.filter(food__foodmapping__product__in=world.products).update(kg_co2e_per_kg=7)
    with pytest.raises(CommandError, match="2 siffror") as refused:
        call_command("verify_tally", stdout=told)
    assert refused.value.returncode == 1
    assert f"STÄMMER INTE  {row.pk} " in told.getvalue()
    with pytest.raises(CommandError, match="Finns inte") as absent:
        call_command("verify_tally", row.pk, other.pk + 1000, stdout=told)
    assert absent.value.returncode == 2


def test_the_heaviest_goods_without_a_factor_come_first_with_suggestions(world: World) -> None:
    period = month_of(world.delivery_date)
    already = {row.product_id for row in heaviest_unmapped(world.authority, period)}
    with acting(JOB):
        FoodMapping.objects.filter(product__in=world.products).delete()
    rows = heaviest_unmapped(world.authority, period)
    assert [row.kg for row in rows] == sorted((row.kg for row in rows), reverse=True)
    assert world.product.pk in {row.product_id for row in rows} - already
    row = next(each for each in rows if each.product_id == world.product.pk)
    assert row.choices
    food = ClimateFood.objects.get(pk=row.choices[0].food_id)
    first = world.delivery_date + timedelta(days=1)
    map_food(product=world.product, food=food, first_day=first, reason="bekräftat", by=world.by_officer)
    assert world.product.pk in {each.product_id for each in heaviest_unmapped(world.authority, period)}
    map_food(
        product=world.product, food=food, first_day=date(2026, 1, 1), reason="hela året", by=world.by_officer
    )
    assert world.product.pk not in {each.product_id for each in heaviest_unmapped(world.authority, period)}
    standing = FoodMapping.objects.standing().get(product=world.product)
    assert (standing.valid_from, standing.valid_to, standing.mapped_by) == (
        date(2026, 1, 1),
        None,
        world.officer,
    )
    with pytest.raises(NotAllowed):
        map_food(product=world.product, food=food, first_day=first, reason="x", by=JOB)
    with pytest.raises(InvalidInput):
        map_food(product=world.product, food=food, first_day=first, reason=" ", by=world.by_officer)


def test_years_stand_beside_each_other_by_one_set_with_the_bridge(world: World) -> None:
    with acting(JOB), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO orders_tally (day, authority_id, kitchen_id, supplier_id, product_id, agreement_lot_id, marks, basis,"
            " kg, net_sek, net_sek_without_kg, lines, lines_without_kg)"
            " SELECT day - 365, authority_id, kitchen_id, supplier_id, product_id, agreement_lot_id, marks, basis, kg * 2,"
            " net_sek, net_sek_without_kg, lines, lines_without_kg FROM orders_tally"
        )
        cursor.execute("UPDATE market_foodmapping SET valid_from = '2020-01-01'")
    rebuild_months(by=JOB)
    said = publish(world, basis="ordered", period=year_of(world.delivery_date))
    found = trend(world.authority, basis="ordered")
    before, after = found.years
    assert (after.year - before.year, after.published, before.published) == (1, said, None)
    assert after.sums.co2e_kg * 2 == before.sums.co2e_kg
    step = after.step
    assert step is not None
    if step.bridge is None:
        assert not (before.sums.may_compare and after.sums.may_compare)
        return
    assert step.bridge.quantity + step.bridge.mix + step.bridge.factor == step.bridge.difference
    assert step.bridge.difference == after.sums.co2e_kg - before.sums.co2e_kg
    assert abs(step.bridge.factor) < Decimal("0.001")


def test_no_set_in_use_publishes_nothing(world: World) -> None:
    with acting(JOB):
        FactorSet.objects.update(is_active=False)
    with pytest.raises(NoFactorSetInUse):
        publish(world)


def test_two_published_figures_stand_beside_each_other_only_by_one_basis_and_set_and_with_cover(
    world: World,
) -> None:
    client = client_of(world.officer)
    before = publish(world, basis="ordered")
    year = publish(world, basis="ordered", period=year_of(world.delivery_date))
    delivered = publish(world)
    with acting(JOB):
        FactorSet.objects.filter(is_active=True).update(is_active=False)
        FactorSet.objects.create(
            code="ANNAN",
            name="A",
            version="1",
            source="s",
            licence="l",
            valid_from=date(2026, 1, 1),
            is_active=True,
        )
    other = publish(world, basis="ordered", reason="ny sats")

    def page(one: object, another: object) -> tuple[int, str]:
        answer = client.get(f"{address(world, 'published')}?fore={one}&efter={another}")
        return answer.status_code, answer.content.decode()

    for pair, words in (
        ((before, delivered), "olika underlag"),
        ((before, other), "olika faktorsatser"),
        ((other, other), "mindre än 90 %"),
    ):
        status, html = page(*(each.pk for each in pair))
        assert (status, words in html) == (409, True), words
    assert page(before.pk, 2**40)[0] == 404
    with_cover = before.kg_covered >= Decimal("0.9") * before.kg_total
    assert page(before.pk, year.pk)[0] == (200 if with_cover else 409)
    told = Footprint(co2e_kg=Decimal(5), kg_total=Decimal(10), kg_covered=Decimal(10))
    one = PublishedTally(basis="ordered", factor_set=before.factor_set, **_sums(told))
    two = PublishedTally(basis="ordered", factor_set=before.factor_set, **_sums(together([told, told])))
    both = compared(one, two)
    assert (both.difference, both.per_kg) == (Decimal(5), (Decimal("0.5"), Decimal("0.5")))


def _sums(told: Footprint) -> dict[str, Any]:
    return {
        "co2e_kg": told.co2e_kg,
        "kg_total": told.kg_total,
        "kg_covered": told.kg_covered,
        "net_sek_total": told.net_sek_total,
        "net_sek_covered": told.net_sek_covered,
        "lines": told.lines,
        "lines_covered": told.lines_covered,
        "lines_without_kg": told.lines_without_weight,
    }
