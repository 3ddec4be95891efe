"""When a lot reaches its ceiling, read from its call-offs and the kitchens' forecasts."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from config.ground.trail import acting
from kitchens.models import Forecast
from market.models import Commitment
from market.rules.ceiling_forecast import Reach
from orders.models import CallOff
from orders.queries.ceiling_forecasts import LotForecast, ceiling_forecasts
from orders.queries.lots import agreements_of
from tests.factories.world import World, make_world
from tests.orders.actions.test_placing import place
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db
MONDAY = date(2027, 2, 1)


def forecast(world: World, today: date = MONDAY) -> LotForecast:
    sheet = agreements_of(world.authority)[0]
    return ceiling_forecasts([(sheet.lots[0], sheet.last_day)], today=today)[world.lot.pk]


def weekly(world: World, weeks: int) -> None:
    """One call-off of 50 SEK and 5 kg in each of the weeks before MONDAY."""
    for _week in range(weeks):
        place(world, 5)
    with acting(world.by_officer):
        for number, call_off in enumerate(CallOff.objects.order_by("pk"), start=1):
            move(call_off.pk, MONDAY - timedelta(days=7 * number))


def move(call_off_id: int, day: date) -> None:
    """To another delivery day, past the links that hold a call-off to its run's."""
    change("UPDATE orders_calloff SET delivery_date = %s WHERE id = %s", day, call_off_id)
    change("UPDATE market_commitment SET delivery_date = %s WHERE call_off_id = %s", day, call_off_id)


def change(statement: str, *values: int | str | date) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_too_few_weeks_say_nothing() -> None:
    world = make_world()
    place(world, 5)
    found = forecast(world, world.today)
    assert found.forecast.reach is Reach.CANT_TELL
    assert "går inte att säga" in found.sentence
    page = client_of(world.officer).get(address(world, "lot", world.lot.pk)).content.decode()
    assert "går inte att säga" in page


def test_an_even_pace_tells_a_day_and_a_plan_brings_it_nearer() -> None:
    world = make_world(ceiling_sek=600)
    weekly(world, 10)
    found = forecast(world)
    assert (found.unit, found.forecast.reach, found.forecast.likely) == (
        "SEK",
        Reach.WITHIN,
        MONDAY + timedelta(days=14),
    )
    assert "troligen" in found.sentence
    with acting(world.by_officer):
        Forecast.objects.create(
            kitchen=world.kitchen, product=world.product, week=MONDAY, quantity=Decimal(10)
        )
    assert forecast(world).forecast.likely == MONDAY + timedelta(days=7)


def test_of_two_ceilings_the_nearer_is_told() -> None:
    world = make_world(ceiling_sek=100_000, ceiling_kg=60)
    weekly(world, 10)
    found = forecast(world)
    assert (found.unit, found.forecast.likely) == ("kg", MONDAY + timedelta(days=14))


def test_a_commitment_that_does_not_tell_its_day_counts_by_its_call_offs() -> None:
    world = make_world(ceiling_sek=600)
    weekly(world, 10)
    told = forecast(world)
    with acting(world.by_officer):
        Commitment.objects.filter(call_off_id__in=CallOff.objects.order_by("pk")[:6].values("pk")).update(
            delivery_date=None
        )
    assert forecast(world) == told
    assert told.forecast.weeks == 10


@pytest.mark.parametrize(("state", "weeks"), [("placed", 10), ("replaced", 9)])
def test_a_declined_call_off_is_a_delivery_of_nothing_and_a_replaced_one_is_none(
    state: str, weeks: int
) -> None:
    world = make_world(ceiling_sek=100_000)
    weekly(world, 10)
    oldest = CallOff.objects.earliest("delivery_date")
    change("UPDATE orders_calloff SET state = %s WHERE id = %s", state, oldest.pk)
    change(
        "UPDATE market_commitment SET net_sek = 0, kg = 0, base_quantity = 0 WHERE call_off_id = %s",
        oldest.pk,
    )
    assert forecast(world).forecast.weeks == weeks
