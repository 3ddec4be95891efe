"""Orders under a lot that chooses by a distribution key: the farm, and why, as people and programs read it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from market.models import LotBalance
from market.queries.findings import told
from orders.models import CallOff
from tests.factories.world import Farm, Goods, World, make_world
from tests.orders.actions.test_placing import place
from tests.orders.views.desk import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_worlds_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        yield


def two(allotment: str, **change: Any) -> World:
    shares = (60, 40) if allotment == "shares" else (None, None)
    farms = [
        Farm(share=shares[0], price=12, stock=1000, **change),
        Farm(name="Åsens lantbruk", rank=2, share=shares[1], price=11, stock=1000),
    ]
    return make_world(farms=farms, allotment=allotment, products=[Goods(), Goods(name="Morot")])


def reason(call_off: CallOff) -> str:
    with translation.override("sv"):
        sentences = {each.rule: each.sentence for each in told(call_off.finding, unit="kg") if each.ok}
    return sentences["ranking"].replace("\N{NO-BREAK SPACE}", " ")


def test_the_cheaper_farm_gets_the_order_and_the_reason_names_both_prices() -> None:
    world = two("lowest_price")
    place(world, 20)
    call_off = CallOff.objects.get()
    assert call_off.supplier_run.supplier == world.suppliers[1]
    assert "Åsens lantbruk 11,00 kr/kg, Björkhaga gård 12,00 kr/kg" in reason(call_off)


def test_orders_go_to_whoever_is_behind_its_share() -> None:
    world = two("shares")
    for quantity in (20, 10, 5, 5, 10):
        place(world, quantity)
    suppliers = [each.supplier_run.supplier_id for each in CallOff.objects.order_by("pk")]
    first, second = (supplier.pk for supplier in world.suppliers)
    # 240 SEK to the first; then 110 and 55 to the second, which stands at 165 of 162: the first is behind again.
    assert suppliers == [first, second, second, first, second]
    had = {row.supplier_id: row.committed_sek for row in LotBalance.objects.filter(supplier__isnull=False)}
    assert (had[first], had[second]) == (Decimal(300), Decimal(275))


def test_the_reason_tells_each_farms_part_of_what_was_called_off() -> None:
    world = two("shares")
    place(world, 20)
    place(world, 10)
    call_off = CallOff.objects.latest("pk")
    assert (
        "Åsens lantbruk har fått 0,0 % av sina 40,0 %, Björkhaga gård har fått 100,0 % av sina 60,0 %"
        in reason(call_off)
    )
    ranking = next(each for each in call_off.finding["verdicts"] if each["rule"] == "ranking")
    assert (ranking["paragraph"], ranking["figures"]["called_off_sek"]) == (
        "7 kap. 6 § LOU",
        ["0", "240.00"],
    )


@pytest.mark.parametrize(
    ("allotment", "words"),
    [("lowest_price", "Lägst pris just nu av 2"), ("shares", "Står på tur efter sin andel, av 2")],
)
def test_the_range_shows_the_farm_that_the_order_gets_and_why(allotment: str, words: str) -> None:
    world = two(allotment)
    page = client_of(world.manager).get(
        reverse("orders:order_new", args=[world.kitchen.pk, world.delivery_date])
    )
    assert words in page.content.decode()
