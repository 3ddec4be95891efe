"""The week as its people live it, in a real browser: post, order, cut-off, answer, hand over, receive, read."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from config.ground.models import User
from kitchens.models import BasketLine
from orders.models import CallOffQuantity, Order, PurchaseOrder, Tally
from orders.queries.balances import unproven_balances
from orders.tasks import close_due_runs, tally
from tests.browser.conftest import LOOKED_FOR, PATIENCE_MS
from tests.factories.world import Farm, Goods, World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
WORDS = {
    "sv": {
        "lang": "sv",
        "confirmed": "Bekräft",
        "climate": "täcker",
        "why": "tillåtet",
        "demo": "Påhittade siffror",
    },
    "en": {
        "lang": "en",
        "confirmed": "onfirmed",
        "climate": "covers",
        "why": "allowed",
        "demo": "Invented figures",
    },
}


def is_fault(message: ConsoleMessage) -> bool:
    """A count that is abandoned because more was typed is none (``hx-sync``): htmx tells of it as of an error."""
    return message.type == "error" and "AbortError" not in message.text


class Visit:
    """One person at a screen of one size, in one language; every page she opens in Swedish is looked at by axe.

    What it finds in either language of a page that nobody has written in yet is `test_every_page`'s.
    ``by_axe=False`` leaves it: it is half of what a browser does in a journey.
    """

    def __init__(
        self,
        browser: Browser,
        address: str,
        user: User,
        *,
        language: str,
        size: dict[str, int],
        by_axe: bool = True,
    ) -> None:
        self.address = address
        self.by_axe = by_axe and language == "sv"
        self.context: BrowserContext = browser.new_context(viewport=size)  # type: ignore[arg-type]
        self.context.set_default_timeout(PATIENCE_MS)
        self.context.add_cookies([{"name": "django_language", "value": language, "url": address}])
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on(
            "console", lambda message: self.faults.append(message.text) if is_fault(message) else None
        )
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.goto(f"{address}/logga-in/")
        with self.page.expect_navigation():
            self.page.click(f'form[action="/logga-in/demo/{user.pk}/"] button')

    def open(self, path: str, *, words: dict[str, str]) -> Page:
        self.page.goto(f"{self.address}{path}")
        self.look(words=words)
        return self.page

    def look(self, *, words: dict[str, str]) -> None:
        assert self.page.locator("html").get_attribute("lang") == words["lang"]
        assert words["demo"] in self.page.inner_text("body")
        overflow = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, self.page.url
        if not self.by_axe:
            return
        found = Axe().run(self.page, options=LOOKED_FOR)
        assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"

    def close(self) -> None:
        assert self.faults == []
        self.context.close()


@pytest.fixture
def world() -> Iterator[World]:
    goods = [Goods(name="Potatis"), Goods(name="Morot", food="carrot"), Goods(name="Kålrot", food="swede")]
    made = make_world(
        farms=[Farm(stock={"Potatis": 100, "Morot": 10, "Kålrot": 50})], products=goods, ceiling_sek=5000
    )
    with override_settings(WHITENOISE_AUTOREFRESH=True):
        yield made


def by_name(page: Page, name: str) -> Any:
    return page.locator(f'[name="{name}"]')


@pytest.mark.brief("test_the_week_looked_at_by_axe")
def test_the_week(chromium: Browser, live_server: Any, world: World) -> None:
    the_week(chromium, live_server.url, world, language="sv", by_axe=False)


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.long
def test_the_week_looked_at_by_axe(chromium: Browser, live_server: Any, world: World, language: str) -> None:
    the_week(chromium, live_server.url, world, language=language)


def the_week(chromium: Browser, address: str, world: World, *, language: str, by_axe: bool = True) -> None:
    words = WORDS[language]
    potato, carrot, _ = world.products

    def visit(user: User, size: dict[str, int]) -> Visit:
        return Visit(chromium, address, user, language=language, size=size, by_axe=by_axe)

    with time_machine.travel(world.now, tick=True) as clock:
        farmer_posts(visit(world.people.farmers[0], PHONE), world, words)
        kitchen_orders(visit(world.manager, DESK), world, words)
        assert Order.objects.count() == 1
        assert BasketLine.objects.get().product == carrot
        assert BasketLine.objects.get().quantity == Decimal(10)

        clock.move_to(world.supplier_run.cut_off + timedelta(minutes=1))
        close_due_runs()
        order = PurchaseOrder.objects.get()
        farmer_answers(visit(world.people.farmers[0], PHONE), world, order, words)
        hub_takes_over(visit(world.people.hub_worker, DESK), world, order, words)
        kitchen_receives(visit(world.people.staff, PHONE), world, words)
        tally()
        assert unproven_balances() == []
        assert Tally.objects.filter(basis="delivered").count() == 2
        officer_reads(visit(world.officer, DESK), world, words)
        auditor_reads(visit(world.people.auditor, DESK), world, words)
        admin = visit(world.people.admin, DESK)
        admin.open("/jobb/", words=words)
        admin.close()
        assert CallOffQuantity.objects.get(call_off__product=potato).rejected == 1


def farmer_posts(farmer: Visit, world: World, words: dict[str, str]) -> None:
    farmer.open(f"/gard/{world.supplier.pk}/", words=words)
    farmer.open(f"/gard/{world.supplier.pk}/erbjudanden/nytt/", words=words)
    product = f"?vara={world.products[0].pk}"
    page = farmer.open(f"/gard/{world.supplier.pk}/erbjudanden/nytt/{product}", words=words)
    page.locator("[name=pack]").first.check()
    by_name(page, "quantity").fill("40")
    with page.expect_navigation():
        page.click("main form button.primary")
    farmer.look(words=words)
    farmer.close()


def kitchen_orders(manager: Visit, world: World, words: dict[str, str]) -> None:
    """With the keyboard alone: type the quantities, Enter is not an order, the button is reached by Tab."""
    potato, carrot, _ = world.products
    manager.open(f"/kok/{world.kitchen.pk}/", words=words)
    page = manager.open(f"/kok/{world.kitchen.pk}/bestall/{world.delivery_date}/", words=words)
    by_name(page, f"antal-{potato.pk}").focus()
    page.keyboard.type("20")
    by_name(page, f"antal-{carrot.pk}").focus()
    page.keyboard.type("20")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#svar-{carrot.pk} .finding")
    assert not Order.objects.exists()
    manager.look(words=words)
    page.locator('button[name="do"][value="bestall"]').focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    manager.look(words=words)
    manager.close()


def farmer_answers(farmer: Visit, world: World, order: PurchaseOrder, words: dict[str, str]) -> None:
    page = farmer.open(f"/gard/{world.supplier.pk}/inkopsorder/{order.pk}/", words=words)
    with page.expect_navigation():
        page.click('button[name="do"][value="allt"]')
    farmer.look(words=words)
    order.refresh_from_db()
    assert order.answer == PurchaseOrder.Answer.FULL
    farmer.open(f"/gard/{world.supplier.pk}/inkopsorder/{order.pk}/foljesedel/", words=words)
    farmer.close()


def hub_takes_over(worker: Visit, world: World, order: PurchaseOrder, words: dict[str, str]) -> None:
    worker.open(f"/nav/{world.hub.pk}/{world.delivery_date}/", words=words)
    page = worker.open(f"/nav/{world.hub.pk}/{world.delivery_date}/{order.pk}/", words=words)
    page.locator('[name$="-lot_number"]').first.fill("P-1")
    with page.expect_navigation():
        page.click("main form button.primary")
    worker.look(words=words)
    worker.close()


def kitchen_receives(staff: Visit, world: World, words: dict[str, str]) -> None:
    potato = world.products[0]
    page = staff.open(f"/kok/{world.kitchen.pk}/mottagning/{world.delivery_date}/", words=words)
    call_off = CallOffQuantity.objects.get(call_off__product=potato).call_off_id
    by_name(page, f"rad-{call_off}-delivered").fill("3")
    by_name(page, f"rad-{call_off}-reason").fill("krossad")
    with page.expect_navigation():
        page.click('button[name="do"][value="spara"]')
    staff.look(words=words)
    staff.close()


def officer_reads(officer: Visit, world: World, words: dict[str, str]) -> None:
    desk = f"/myndighet/{world.authority.pk}"
    officer.open(f"{desk}/", words=words)
    page = officer.open(f"{desk}/avtal/", words=words)
    with page.expect_navigation():
        page.get_by_role("link", name=world.lot.name).first.click()
    officer.look(words=words)
    with page.expect_navigation():
        page.get_by_role("link", name=world.products[0].name_sv).first.click()
    officer.look(words=words)
    assert words["why"] in page.inner_text("h1")
    officer.open(f"{desk}/klimat/", words=words)
    assert words["climate"] in officer.open(f"{desk}/", words=words).inner_text("main")
    officer.close()


def auditor_reads(auditor: Visit, world: World, words: dict[str, str]) -> None:
    page = auditor.open(f"/myndighet/{world.authority.pk}/avtal/", words=words)
    assert page.locator("main form[method=post]").count() == 0
    auditor.close()
