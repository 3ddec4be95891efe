"""A farm's own record, and the needs of kitchens without their names or another's price."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db.models import Sum
from django.test import Client

from orders.actions.placing import place_order
from orders.models import CallOff, CallOffQuantity, HandOver, PurchaseOrder
from orders.queries.checking import AskedLine
from orders.queries.record import delivery_record, season_needs
from tests.factories.walked import make_walked
from tests.factories.world import Farm, Goods, make_world

pytestmark = pytest.mark.django_db


def test_the_record_adds_up_to_the_movements() -> None:
    world = make_walked(3)
    HandOver.objects.update(at=world.now)
    supplier = PurchaseOrder.objects.order_by("pk")[0].supplier
    record = delivery_record(supplier, first=world.delivery_date, last=world.delivery_date)
    sums = CallOffQuantity.objects.filter(call_off__supplier=supplier).aggregate(
        handed=Sum("handed_over"),
        rejected=Sum("rejected"),
        returned=Sum("returned"),
        declined=Sum("declined"),
    )
    ordered = CallOff.objects.filter(supplier=supplier).aggregate(all=Sum("packs"))["all"]
    assert [record.orders, record.brought, record.unanswered] == [1, 1, 0]
    assert [record.ordered, record.declined, record.handed_over] == [
        ordered,
        sums["declined"],
        sums["handed"],
    ]
    assert record.rejected == sums["rejected"] + sums["returned"]
    assert record.in_time == 1
    assert record.in_full == record.handed_over / Decimal(ordered)
    HandOver.objects.update(at=world.now + timedelta(days=30))
    late = delivery_record(supplier, first=world.delivery_date, last=world.delivery_date)
    assert late.in_time == 0


def test_where_nothing_was_due_nothing_is_claimed() -> None:
    world = make_world()
    record = delivery_record(world.supplier, first=world.today, last=world.today)
    assert (record.in_time, record.in_full, record.turned_away) == (None, None, None)


def test_a_need_is_told_from_three_kitchens_on_without_names_or_prices(client: Client) -> None:
    world = make_world(
        farms=[Farm(stock=1000), Farm(name="Grannen", rank=2, stock=1000)],
        products=[Goods(), Goods(name="Morot", food="carrot")],
        kitchens=3,
    )
    for kitchen in world.kitchens:
        wanted = world.products if kitchen == world.kitchen else world.products[:1]
        place_order(
            kitchen=kitchen,
            delivery_date=world.delivery_date,
            lines=[AskedLine(product_id=product.pk, quantity=Decimal(20)) for product in wanted],
            arrived_at=world.now,
            by=world.by,
        )
    [need] = season_needs(world.suppliers[1], first=world.today, last=world.delivery_date)
    assert [need.product, need.quantity, need.kitchens] == [world.product, Decimal(60), 3]
    client.force_login(world.people.farmers[1], backend="config.ground.sign_in.EmailBackend")
    with time_machine.travel(world.now + timedelta(days=10), tick=False):
        html = client.get(f"/gard/{world.suppliers[1].pk}/behov/").content.decode()
    assert "Potatis" in html
    assert "Morot" not in html
    assert "Provköket" not in html
    assert "kr" not in html.split("</thead>")[1].split("</table>")[0]
