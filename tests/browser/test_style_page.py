"""The living page in a real browser: what axe finds, whether it fits, what the little script does."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import LOOKED_FOR, PATIENCE_MS

pytestmark = pytest.mark.browser

Theme = Literal["light", "dark"]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The page reads no table, so a server without a database shows it."""
    with override_settings(WHITENOISE_AUTOREFRESH=True):  # nothing is collected for a test
        server = LiveServerThread("127.0.0.1", StaticFilesHandler, connections_override={})
        server.daemon = True
        server.start()
        server.is_ready.wait(timeout=20)
        assert server.error is None
        yield f"http://127.0.0.1:{server.port}"
        server.terminate()
        server.join()


@pytest.fixture(scope="module")
def context(chromium: Browser) -> Iterator[BrowserContext]:
    opened = chromium.new_context()
    opened.set_default_timeout(PATIENCE_MS)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def looked_at(context: BrowserContext, address: str) -> Iterator[Page]:
    """One for all who only look at it, at a size of their own."""
    opened = context.new_page()
    opened.goto(f"{address}/style")
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Iterator[Page]:
    opened = context.new_page()
    opened.goto(f"{address}/style")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("width", "theme"),
    [
        (360, "dark"),
        pytest.param(1280, "light", marks=pytest.mark.long),
        pytest.param(1280, "dark", marks=pytest.mark.long),
        pytest.param(360, "light", marks=pytest.mark.long),
    ],
)
def test_axe_finds_nothing(looked_at: Page, width: int, theme: Theme) -> None:
    looked_at.emulate_media(color_scheme=theme)
    looked_at.set_viewport_size({"width": width, "height": 800})
    found = Axe().run(looked_at, options=LOOKED_FOR).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []


def test_the_content_policy_blocks_nothing_and_no_script_fails(page: Page) -> None:
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    answer = page.reload()
    assert answer is not None
    policy = answer.headers["content-security-policy"].split("; ")
    assert {"script-src 'self'", "style-src 'self'"} <= set(policy)
    assert faults == []


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_stands_out_over_the_edge(looked_at: Page, width: int) -> None:
    looked_at.set_viewport_size({"width": width, "height": 800})
    assert looked_at.evaluate("document.documentElement.scrollWidth") <= width


def test_whatever_is_tapped_is_big_enough_for_a_thumb(looked_at: Page) -> None:
    looked_at.set_viewport_size({"width": 360, "height": 800})
    small = looked_at.evaluate(
        """[...document.querySelectorAll("button, select, textarea, input:not([type=radio], [type=checkbox]), .tool, .tabs a")]
        .filter(it => it.offsetParent && it.getBoundingClientRect().height < 44).map(it => it.outerHTML)"""
    )
    assert small == []


@pytest.mark.long
def test_the_chosen_theme_is_kept(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.click("[data-theme-switch]")
    page.reload()
    assert page.get_attribute("html", "data-theme") == "dark"
    assert page.get_attribute("[data-theme-switch]", "aria-pressed") == "true"
    page.evaluate("localStorage.clear()")


@pytest.mark.long
def test_the_stepper_counts_in_whole_steps_and_not_below_nothing(page: Page) -> None:
    stepper = page.locator(".stepper").first
    box = stepper.locator("input")
    box.fill("0,3")
    stepper.locator("button").last.click()
    assert Decimal(box.input_value().replace(",", ".")) == Decimal("0.8")
    for _ in range(3):
        stepper.locator("button").first.click()
    assert Decimal(box.input_value().replace(",", ".")) == 0


@pytest.mark.long
def test_a_question_is_answered_or_left_by_keyboard(page: Page) -> None:
    page.locator("[data-open]").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("dialog[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0


@pytest.mark.long
def test_the_first_tab_leads_past_the_header(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
