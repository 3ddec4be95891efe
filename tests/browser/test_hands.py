"""Hands at work: an offer in few taps on a phone, forms by keyboard alone, and pages enlarged to 400 per cent.

A stopwatch in a machine says nothing of people, so acts are counted and weighed by the keystroke-level model (Card, Moran,
Newell: The keystroke-level model for user performance time with interactive systems, CACM 23(7), 1980): P pointing 1.10 s,
M a thought before each act 1.35 s, K a key at their slowest typist's 1.20 s, and each page 3 s, which is the slow phone's
budget in docs/figures.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.test import override_settings
from playwright.sync_api import Browser, Locator, Page

from market.models import Offer
from orders.models import Order
from tests.browser.test_week import PHONE, Visit, by_name
from tests.factories.world import Farm, Goods, World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
POINT, THINK, KEY, A_PAGE = 1.10, 1.35, 1.20, 3.0
ALLOWED = 30.0
ENLARGED = {"width": 320, "height": 256}  # 1280 by 1024 at 400 per cent (WCAG 2.2, 1.4.10)
MOST_STOPS = 120
AT_BOTH_SIZES = pytest.mark.parametrize(
    "size",
    [{"width": 1280, "height": 900}, pytest.param(ENLARGED, marks=pytest.mark.long)],
    ids=["desk", "400 per cent"],
)


@pytest.fixture
def world() -> Iterator[World]:
    made = make_world(
        farms=[Farm(stock=None, labels=("krav",)), Farm(name="Grannen", rank=2)],
        products=[Goods(), Goods(name="Morot", food="carrot"), Goods(name="Rödbeta", food="beetroot")],
    )
    with override_settings(WHITENOISE_AUTOREFRESH=True), time_machine.travel(made.now, tick=True):
        yield made


@dataclass
class Hand:
    """A thumb: what it taps must be on the page and as large as a thumb; it counts what it does."""

    page: Page
    taps: int = 0
    keys: int = 0
    pages: int = 0

    def tap(self, at: Locator, *, leads_on: bool = False) -> None:
        at.scroll_into_view_if_needed()
        box = at.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
        assert min(box["width"], box["height"]) >= 44
        self.taps += 1
        if leads_on:
            with self.page.expect_navigation():
                at.click()
            self.pages += 1
        else:
            at.click()

    def type(self, at: Locator, text: str) -> None:
        """Tap into a box and write; what stands there is written over."""
        self.tap(at)
        at.press("ControlOrMeta+a")
        at.type(text)
        self.keys += len(text)

    @property
    def seconds(self) -> float:
        return self.taps * (POINT + THINK) + self.keys * KEY + self.pages * A_PAGE


def test_a_farm_posts_known_goods_on_a_phone_within_half_a_minute(
    chromium: Browser, live_server: Any, world: World
) -> None:
    farmer = Visit(chromium, live_server.url, world.people.farmers[0], language="sv", size=PHONE)
    page, farm = farmer.page, world.supplier.pk
    page.goto(f"{live_server.url}/gard/{farm}/")
    hand = Hand(page)
    hand.tap(page.locator(f'main a[href="/gard/{farm}/erbjudanden/nytt/"]').first, leads_on=True)
    hand.tap(page.locator(f'main a[href$="?vara={world.product.pk}"]').first, leads_on=True)
    hand.type(by_name(page, "quantity"), "120")
    hand.tap(page.locator("main form button.primary"), leads_on=True)
    page.wait_for_url("**/erbjudanden/?vecka=*")
    assert Offer.objects.get(supplier=world.supplier).pool.quantity == 120
    assert (hand.taps, hand.keys, hand.pages) == (4, 3, 3)
    assert hand.seconds <= ALLOWED

    again = Hand(page)
    page.goto(f"{live_server.url}/gard/{farm}/erbjudanden/nytt/?vara={world.product.pk}")
    needed = [by_name(page, "quantity"), page.locator("main form button.primary")]
    for each in needed:  # in sight at once: nothing is scrolled to
        box = each.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= PHONE["height"]
    assert by_name(page, "quantity").input_value() == "120"
    again.tap(page.locator("main form button.primary"), leads_on=True)
    assert (again.taps, again.keys) == (1, 0)
    farmer.close()


def walk_to(page: Page, selector: str) -> None:
    """Tab until what the selector means has the focus. No stop on the way lies wholly under something else."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """(selector) => {
              const at = document.activeElement, box = at.getBoundingClientRect();
              const seen = [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]].some(([x, y]) => {
                const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
                return top && (at.contains(top) || top.contains(at) && !top.matches('.order-bar *, .order-bar'));
              });
              return [at.matches(selector), seen, at.outerHTML.slice(0, 120)];
            }""",
            selector,
        )
        assert found[1], f"hidden when it has the focus: {found[2]}"
        if found[0]:
            return
    raise AssertionError(f"{selector} is not reached by the keyboard")


@AT_BOTH_SIZES
def test_an_offer_is_posted_by_keyboard_alone(
    chromium: Browser, live_server: Any, world: World, size: dict[str, int]
) -> None:
    farmer = Visit(chromium, live_server.url, world.people.farmers[0], language="sv", size=size)
    page = farmer.page
    page.goto(f"{live_server.url}/gard/{world.supplier.pk}/erbjudanden/nytt/?vara={world.product.pk}")
    assert fits(page)
    walk_to(page, "[name=quantity]")
    page.keyboard.type("75")
    page.keyboard.press("Enter")
    page.wait_for_url("**/erbjudanden/?vecka=*")
    assert fits(page)
    assert Offer.objects.get(supplier=world.supplier).pool.quantity == 75
    farmer.close()


@pytest.mark.long  # a basket is filled by keyboard in test_grid.py
@AT_BOTH_SIZES
def test_an_order_is_placed_by_keyboard_alone(
    chromium: Browser, live_server: Any, world: World, size: dict[str, int]
) -> None:
    cook = Visit(chromium, live_server.url, world.manager, language="sv", size=size)
    page = cook.page
    page.goto(f"{live_server.url}/kok/{world.kitchen.pk}/bestall/{world.delivery_date}/")
    assert fits(page)
    for product in sorted(world.products, key=lambda each: each.sort_key)[:2]:
        walk_to(page, f"[name=antal-{product.pk}]")
        page.keyboard.type("10")
    walk_to(page, "button.primary[value=bestall]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bestallning/**")
    assert fits(page)
    assert Order.objects.get().lines.count() == 2
    cook.close()


def fits(page: Page) -> bool:
    """Nothing stands out over the edge: what is read is scrolled one way only."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
