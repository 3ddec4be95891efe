"""A farm can't bring more in a week: what is not ordered goes, and whoever waits for something is told."""

import pytest
import time_machine
from django.test import Client

from config.ground.models import OutboxMessage
from config.ground.outbox import write_letter
from market.models import Offer, StockPool
from orders.actions.placing import place_order
from orders.models import FarmNotice
from orders.queries.checking import AskedLine
from tests.factories.world import Farm, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    made = make_world(farms=[Farm(), Farm(name="Grannen", rank=2)], kitchens=2)
    place_order(
        kitchen=made.kitchen,
        delivery_date=made.delivery_date,
        lines=[AskedLine(product_id=made.product.pk, quantity=made.pack.base_per_pack * 4)],
        arrived_at=made.now,
        by=made.by,
    )
    return made


def test_what_is_not_ordered_goes_and_the_kitchen_that_waits_is_told(world: World, client: Client) -> None:
    client.force_login(world.people.farmers[0], backend="config.ground.sign_in.EmailBackend")
    page = f"/gard/{world.supplier.pk}/kan-inte/?vecka={world.delivery_date}"
    with time_machine.travel(world.now, tick=False):
        assert "1 kök har något beställt" in client.get(page).content.decode()
        told_why = client.post(page, {"ordered": "inte", "reason": " "})
        assert told_why.status_code == 422
        assert Offer.objects.filter(withdrawn_at=None).count() == 2
        for _ in range(2):
            client.post(page, {"ordered": "inte", "reason": "frost", "once": "k1"})
    pool = StockPool.objects.get(supplier=world.supplier)
    assert [pool.quantity, pool.reserved] == [20, 20]
    assert [offer.supplier for offer in Offer.objects.filter(withdrawn_at=None)] == [world.suppliers[1]]
    notice = FarmNotice.objects.get()
    assert (notice.kitchen, notice.ordered_too) == (world.kitchen, True)
    letters = OutboxMessage.objects.filter(kind="farm_notice")
    assert [letter.recipient for letter in letters] == [world.manager.email]
    text = write_letter(letters[0]).text
    assert "frost" in text
    assert "20 kg Potatis" in text.replace("\u00a0", " ")
    assert "comes back" not in text
    in_english = write_letter(OutboxMessage(kind="farm_notice", language="en", cause_id=notice.pk)).text
    assert "comes back to your basket" in in_english


def test_a_week_that_is_over_is_this_week(world: World, client: Client) -> None:
    client.force_login(world.people.farmers[0], backend="config.ground.sign_in.EmailBackend")
    with time_machine.travel(world.now, tick=False):
        html = client.get(f"/gard/{world.supplier.pk}/kan-inte/?vecka=2020-01-01").content.decode()
    assert "Kan inte vecka 48" in html
