"""Months are their days: fed by the same keys, made anew the same, and left where a factor changes within one."""

from datetime import date, timedelta

import pytest
from django.db import connection

from config.ground.trail import acting
from orders.actions.receiving import return_goods
from orders.actions.tallying import rebuild_months, rebuild_tallies
from orders.models import Basis, Movement, TallyMonth
from orders.queries.climate import climate_report
from orders.queries.month_goods import DAYS, MONTHS, weighed_goods
from orders.queries.narrowed import EVERYTHING, Narrowed
from orders.queries.spend import spend
from orders.rules.periods import year_of
from tests.factories.walked import JOB, make_walked, tally
from tests.factories.world import World

pytestmark = pytest.mark.django_db
YEAR = year_of(date(2026, 12, 1))
_KEY = "authority_id, supplier_id, product_id, agreement_lot_id, marks, origin_country, origin_place, passed_over, basis"
_OF_DAYS = f"""
SELECT date_trunc('month', day)::date, {_KEY}, sum(kg), sum(net_sek), sum(net_sek_without_kg), sum(lines)::int,
       sum(lines_without_kg)::int FROM orders_tally GROUP BY 1, {_KEY}
"""
_OF_MONTHS = (
    f"SELECT day, {_KEY}, kg, net_sek, net_sek_without_kg, lines, lines_without_kg FROM orders_tallymonth"
)


def months_and_days() -> tuple[set[object], set[object]]:
    with connection.cursor() as cursor:
        cursor.execute(_OF_MONTHS)
        months = set(cursor.fetchall())
        cursor.execute(_OF_DAYS)
        return months, set(cursor.fetchall())


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in (1, 2))])
def test_months_are_fed_by_the_same_keys_and_made_anew_the_same(seed: int) -> None:
    world = make_walked(seed)
    months, days = months_and_days()
    assert months == days
    assert months
    back = Movement.objects.filter(kind="delivered", packs__gt=1, call_off__returns=None).first()
    if back is not None:
        kitchen = back.call_off.kitchen
        return_goods(call_off_id=back.call_off_id, kitchen=kitchen, packs=1, reason="mögel", by=world.by)
    tally(world)
    months, days = months_and_days()
    assert months == days
    again = rebuild_months(by=JOB)
    assert (again.rows, again.written, again.dropped) == (len(months), 0, 0)


def test_a_month_that_went_astray_is_set_right() -> None:
    make_walked(1)
    before, _ = months_and_days()
    TallyMonth.objects.filter(pk=TallyMonth.objects.earliest("pk").pk).update(lines=99)
    TallyMonth.objects.latest("pk").delete()
    rebuild_tallies(by=JOB)
    assert months_and_days()[0] == before


def test_an_order_that_is_taken_back_leaves_no_month() -> None:
    world = make_walked(1, kitchens=1)
    with acting(world.by), connection.cursor() as cursor:
        cursor.execute("UPDATE orders_calloff SET state = 'cancelled'")
        cursor.execute(
            "INSERT INTO orders_tallydirty (day, kitchen_id) VALUES (%s, %s)",
            [world.delivery_date, world.kitchen.pk],
        )
    tally(world)
    assert not TallyMonth.objects.exists()


def test_goods_whose_food_changes_within_a_month_are_read_by_day() -> None:
    world: World = make_walked(1)
    assert goods_of(EVERYTHING) == MONTHS
    assert goods_of(Narrowed(kitchen_id=world.kitchen.pk)) == DAYS
    whole = spend(world.authority, YEAR, basis=Basis.ORDERED, by="supplier").whole
    with connection.cursor() as cursor:  # the food holds from a day after the delivery: nothing is covered
        cursor.execute(
            "UPDATE market_foodmapping SET valid_from = %s", [world.delivery_date + timedelta(days=9)]
        )
    assert "UNION ALL" in goods_of(EVERYTHING)
    found = spend(world.authority, YEAR, basis=Basis.ORDERED, by="supplier").whole
    assert found == climate_report(world.authority, YEAR, basis=Basis.ORDERED).whole
    assert found.kg_covered == 0
    assert (found.kg_total, found.net_sek_total) == (whole.kg_total, whole.net_sek_total)


def goods_of(narrowed: Narrowed) -> str:
    return weighed_goods(narrowed, by="supplier", first=YEAR.first, last=YEAR.last)
