"""A lot's burn-down ends at what is left, falls by what each month holds, and goes on as of late."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum

from market.models import Commitment
from orders.queries.attention import attention
from orders.queries.burning import burn_down_of
from orders.rules.burning import WEEKS
from tests.factories.walked import make_walked
from tests.factories.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_walked(1, kitchens=2)


def test_it_ends_at_what_is_left_and_the_forecast_goes_on_at_the_rate_of_late(world: World) -> None:
    today = world.delivery_date
    agreement = next(
        each
        for each in attention(world.authority, now=world.now, today=today).in_force
        if each.title == world.agreement.title
    )
    lot = next(each for each in agreement.lots if each.lot_id == world.lot.pk)
    burned = burn_down_of(world.authority, agreement, lot, today=today)
    assert burned is not None
    held = Commitment.objects.filter(agreement_lot=lot.lot_id).aggregate(sek=Sum("net_sek"))["sek"]
    assert burned.left[-1].sek == lot.room_sek
    assert burned.left[0].sek - burned.left[-1].sek == held > 0
    assert burned.left[0].day == agreement.valid_from
    assert burned.ends == agreement.last_day
    last, end = burned.forecast
    assert last == burned.left[-1]
    assert end.day == agreement.last_day
    weeks = Decimal((end.day - last.day).days) / 7
    fallen = (last.sek - end.sek) / weeks
    assert 0 < fallen <= held / WEEKS * 2
    tight = replace(lot, room_sek=Decimal(100))
    short = burn_down_of(world.authority, agreement, tight, today=today)
    assert short is not None
    assert short.forecast[-1].sek == 0
    assert short.left[-1].day < short.forecast[-1].day < agreement.last_day
    assert burn_down_of(world.authority, agreement, replace(lot, shared=True), today=today) is None
    over = replace(agreement, terminated_on=burned.left[-1].day)
    ended = burn_down_of(world.authority, over, lot, today=today)
    assert ended is not None
    assert ended.forecast == ()
    later = burn_down_of(world.authority, agreement, lot, today=today + timedelta(days=400))
    assert later is not None
    assert later.forecast == ()
