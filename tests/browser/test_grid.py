"""The order grid at 06:30: keyboard alone, a lost network, a second tab."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import override_settings
from playwright.sync_api import Browser, Page

from kitchens.models import BasketLine
from orders.models import Order
from tests.browser.test_week import DESK, WORDS, Visit, by_name
from tests.factories.world import Farm, Goods, World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def world() -> Iterator[World]:
    goods = [
        Goods(name="Morot", food="carrot"),
        Goods(name="Potatis"),
        Goods(name="Rödbeta", food="beetroot"),
    ]
    made = make_world(farms=[Farm(stock=100)], products=goods)
    with override_settings(WHITENOISE_AUTOREFRESH=True), time_machine.travel(made.now, tick=True):
        yield made


def value(page: Page, product: Any) -> str:
    return str(by_name(page, f"antal-{product.pk}").input_value())


def test_a_basket_is_filled_by_keyboard_and_outlives_network_and_second_tab(
    chromium: Browser, live_server: Any, world: World
) -> None:
    carrot, potato, beet = world.products
    manager = Visit(chromium, live_server.url, world.manager, language="sv", size=DESK)
    address = f"/kok/{world.kitchen.pk}/bestall/{world.delivery_date}/"
    page = manager.open(address, words=WORDS["sv"])

    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    by_name(page, f"antal-{carrot.pk}").focus()
    page.keyboard.type("10")
    page.keyboard.press("Enter")
    page.keyboard.type("5")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("2")  # less than a pack
    page.keyboard.press("ArrowUp")
    page.wait_for_selector(f"#svar-{beet.pk} .finding")
    assert (value(page, carrot), value(page, potato), value(page, beet)) == ("10", "5", "2")
    assert "150,00" in page.locator("#sum").inner_text()
    assert not Order.objects.exists()

    manager.context.set_offline(True)
    page.locator('button.button[value="spara"]').click()
    assert "utan nät" in page.locator("#grid-notice").inner_text()
    assert value(page, carrot) == "10"
    manager.context.set_offline(False)
    page.reload()
    assert (value(page, carrot), value(page, beet)) == ("10", "2")
    with page.expect_navigation():
        page.locator('button.button[value="spara"]').click()
    assert BasketLine.objects.count() == 3
    assert page.locator("#grid-notice").inner_text() == ""

    other = manager.context.new_page()
    other.goto(f"{live_server.url}{address}")
    by_name(other, f"antal-{carrot.pk}").fill("15")
    with other.expect_navigation():
        other.locator('button.button[value="spara"]').click()
    by_name(page, f"antal-{carrot.pk}").fill("30")
    with page.expect_navigation():
        page.locator('button.button[value="spara"]').click()
    shown = page.locator("main").inner_text()
    assert "15 kg" in shown
    assert value(page, carrot) == "30"
    assert BasketLine.objects.get(product=carrot).quantity == 15
    other.close()
    assert [
        fault for fault in manager.faults if "409" not in fault
    ] == []  # the browser tells of the conflict
    manager.faults.clear()
    manager.page.goto(f"{live_server.url}{address}")
    manager.look(words=WORDS["sv"])
    manager.close()
