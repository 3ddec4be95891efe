"""A farm answers through the link in its letter, without signing in: one order, one answer, until the goods are due."""

import logging
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from config.ground.logs import HideKeys
from config.ground.models import OutboxMessage, TrailEntry
from config.ground.outbox import write_letter
from config.ground.trail import Actor
from orders.actions.answering import confirm
from orders.actions.closing import close_supplier_run
from orders.actions.placing import place_order
from orders.models import PurchaseOrder
from orders.queries.answer_links import answer_token
from orders.queries.checking import AskedLine
from tests.factories.world import World, make_world

pytestmark = pytest.mark.django_db
JOB = Actor.job("tests")


@pytest.fixture
def world() -> World:
    made = make_world()
    place_order(
        kitchen=made.kitchen,
        delivery_date=made.delivery_date,
        lines=[AskedLine(product_id=made.product.pk, quantity=made.pack.base_per_pack * 4)],
        arrived_at=made.now,
        by=made.by,
    )
    close_supplier_run(
        run_id=made.supplier_run.pk, now=made.supplier_run.cut_off + timedelta(seconds=1), by=JOB
    )
    return made


def link_in_the_letter() -> str:
    text = write_letter(OutboxMessage.objects.get(kind="purchase_order")).text
    found = re.search(r"/svar/\S+/", text)
    assert found
    return found.group()


def test_the_letters_link_answers_once_and_says_afterwards_what_was_answered(
    world: World, client: Client
) -> None:
    with time_machine.travel(world.supplier_run.cut_off, tick=False):
        link = link_in_the_letter()
        line = PurchaseOrder.objects.get().lines.get()
        page = client.get(link)
        assert "Bekräfta allt" in page.content.decode()
        assert (page["Referrer-Policy"], page["X-Robots-Tag"]) == ("no-referrer", "noindex")
        assert "no-store" in page["Cache-Control"]
        assert PurchaseOrder.objects.get().answer == "none", "looking answers nothing"
        client.post(link, {"do": "delvis", f"rad-{line.pk}": "3", "reason": "frost"})
        order = PurchaseOrder.objects.get()
        assert (order.answer, order.answered_by, order.answer_reason) == ("part", None, "frost")
        late = client.post(link, {"do": "allt"})
        assert late.status_code == 409
        assert "redan besvarad" in late.content.decode()
        assert "frost" in late.content.decode()
        assert PurchaseOrder.objects.get().answer == "part"
        assert client.get(link).status_code == 200
    actors = set(TrailEntry.objects.filter(table_name="orders_purchaseorder").values_list("actor", flat=True))
    assert f"link:order:{order.pk}" in actors


def test_an_order_answered_by_signing_in_is_not_answered_again_by_the_link(
    world: World, client: Client
) -> None:
    order = PurchaseOrder.objects.get()
    confirm(purchase_order_id=order.pk, packs=None, now=world.supplier_run.cut_off, by=world.by)
    with time_machine.travel(world.supplier_run.cut_off, tick=False):
        late = client.post(f"/svar/{answer_token(order)}/", {"do": "nej", "reason": "x"})
    assert late.status_code == 409
    assert PurchaseOrder.objects.get().answer == "full"


def test_a_forged_link_is_not_found_and_an_old_one_is_over(world: World, client: Client) -> None:
    with time_machine.travel(world.supplier_run.cut_off, tick=False):
        link = link_in_the_letter()
        forged = [link.replace("/svar/", "/svar/x"), link[:-3] + "x/", "/svar/%00/", "/svar/:::/"]
        assert [client.get(each).status_code for each in forged] == [404] * 4
    with time_machine.travel(world.supplier_run.cut_off + timedelta(days=10), tick=False):
        over = client.post(link, {"do": "allt"})
    assert over.status_code == 410
    assert "Länken gäller inte längre" in over.content.decode()
    assert PurchaseOrder.objects.get().answer == "none"


def test_the_key_never_stands_in_a_log(
    world: World, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.handler.addFilter(HideKeys())
    with caplog.at_level(logging.DEBUG):
        client.get("/svar/hemlig-nyckel/")
    assert "/svar/…/" in caplog.text
    assert "hemlig-nyckel" not in caplog.text
