"""The hall's screen: today's lunch at 1920×1080, and a day without network, a restart of the screen included."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.test import override_settings
from playwright.sync_api import Browser, Page

from kitchens.actions.counting import DayFacts, count_portions, tell_day
from kitchens.models import MenuDay
from tests.browser.conftest import LOOKED_FOR
from tests.browser.test_week import PHONE
from tests.factories.school import DAY, School, at, make_school, serve

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

HALL = {"width": 1920, "height": 1080}
# What a page waits for with a promise, Playwright takes for true at once: so these two wait by themselves.
KEPT = """async () => {
  for (let turn = 0; turn < 200; turn += 1) {
    const store = await caches.open("bygdemat-1");
    const kept = (await store.keys()).map((request) => new URL(request.url).pathname);
    const parts = ["board.css", "board.js"].every((part) => kept.some((path) => path.endsWith(part)));
    if (navigator.serviceWorker.controller && kept.includes(location.pathname) && parts) return true;
    await new Promise((done) => setTimeout(done, 50));
  }
  return false;
}"""

NO_NETWORK = """async () => {
  for (let turn = 0; turn < 200; turn += 1) {
    try { await fetch("/halsa/", { cache: "no-store" }); } catch { return true; }
    await new Promise((done) => setTimeout(done, 50));
  }
  return false;
}"""


@pytest.fixture
def school() -> Iterator[School]:
    made = make_school()
    with override_settings(WHITENOISE_AUTOREFRESH=True), time_machine.travel(at(14), tick=True):
        for number, payback in ((1, 180), (0, 184)):
            lunch = serve(made, day=DAY - timedelta(days=number))
            tell_day(menu_day=lunch, facts=DayFacts(guests=300), by=made.world.by)
            count_portions(
                menu_day=lunch, portions={"standard": 300 - payback, "payback": payback}, by=made.world.by
            )
        yield made


def shown(page: Page) -> str:
    return page.locator("#now").inner_text()


@pytest.mark.parametrize(
    ("language", "lunch"), [("sv", "Dagens lunch"), pytest.param("en", "Today", marks=pytest.mark.long)]
)
@pytest.mark.parametrize("size", [HALL, pytest.param(PHONE, marks=pytest.mark.long)])
def test_the_board_fits_its_screen(
    chromium: Browser, live_server: Any, school: School, language: str, lunch: str, size: dict[str, int]
) -> None:
    context = chromium.new_context(viewport=size)  # type: ignore[arg-type]
    context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/board/slottsskolan")
    assert lunch.casefold() in shown(page).casefold()
    assert "184" in shown(page)
    wide, high = page.evaluate(
        "[document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]"
    )
    assert wide <= 0
    if size is HALL:
        assert high <= 0  # nobody scrolls a screen on a wall
    found = Axe().run(page, options=LOOKED_FOR)
    assert found.violations_count == 0, found.generate_report()
    context.close()


def test_the_board_lives_through_a_day_without_network(
    chromium: Browser, live_server: Any, school: School
) -> None:
    context = chromium.new_context(viewport=HALL)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{live_server.url}/board/slottsskolan")
    before = shown(page)
    assert page.evaluate(KEPT)
    context.set_offline(True)
    [worker] = context.service_workers
    assert worker.evaluate(NO_NETWORK)  # a worker hears of it later than its page
    count_portions(  # the kitchen corrects itself, and the screen can't know
        menu_day=MenuDay.objects.get(day=DAY), portions={"standard": 150, "payback": 150}, by=school.world.by
    )
    page.reload()
    page.wait_for_function("() => document.getElementById('stale').textContent !== ''")
    assert "Ingen kontakt just nu" in page.locator("#stale").inner_text()
    assert shown(page) == before
    assert page.evaluate("document.styleSheets.length") == 1
    context.set_offline(False)
    page.wait_for_function("() => document.getElementById('stale').textContent === ''")
    page.reload()
    assert "150" in shown(page)
    context.close()
