"""A lot's burn-down ends at what is left, falls by what each month holds, and goes on as the forecast says."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum

from market.models import Commitment
from orders.queries.burning import BurnDown, burn_down_of
from orders.queries.ceiling_forecasts import ceiling_forecasts
from orders.queries.lots import AgreementSheet, LotSheet, agreements_of
from tests.factories.world import World, make_world
from tests.orders.queries.test_ceiling_forecasts import MONDAY, weekly

pytestmark = pytest.mark.django_db


def burned(agreement: AgreementSheet, lot: LotSheet) -> BurnDown | None:
    found = ceiling_forecasts([(lot, agreement.last_day)], today=MONDAY)[lot.lot_id]
    return burn_down_of(agreement, lot, found)


def sheets(world: World) -> tuple[AgreementSheet, LotSheet]:
    agreement = agreements_of(world.authority)[0]
    return agreement, agreement.lots[0]


def test_it_ends_at_what_is_left_and_goes_on_to_the_day_of_the_forecast() -> None:
    world = make_world(ceiling_sek=2_000)
    weekly(world, 10)
    agreement, lot = sheets(world)
    found = burned(agreement, lot)
    assert found is not None
    held = Commitment.objects.filter(agreement_lot=lot.lot_id).aggregate(sek=Sum("net_sek"))["sek"]
    assert found.left[-1].sek == lot.room_sek == 2_000 - held
    assert found.left[0].sek - found.left[-1].sek == held > 0
    assert (found.left[0].day, found.ends) == (agreement.valid_from, agreement.last_day)
    last, end = found.forecast
    assert last == found.left[-1]
    assert (end.day, end.sek) == (MONDAY + timedelta(weeks=30), Decimal(0))


def test_what_lasts_beyond_the_agreement_is_drawn_to_its_end() -> None:
    world = make_world(ceiling_sek=100_000)
    weekly(world, 10)
    agreement, lot = sheets(world)
    found = burned(agreement, lot)
    assert found is not None
    last, end = found.forecast
    assert end.day == agreement.last_day
    assert end.sek == last.sek - Decimal(50) * (end.day - last.day).days / 7


def test_where_nothing_can_be_told_nothing_is_drawn_on() -> None:
    world = make_world()
    weekly(world, 2)
    agreement, lot = sheets(world)
    few = burned(agreement, lot)
    assert few is not None
    assert few.forecast == ()
    assert burned(agreement, replace(lot, shared=True)) is None
    assert burned(*sheets(make_world())) is None
