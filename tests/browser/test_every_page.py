"""Every page of the house that the sweep's table knows, in both languages and both themes: what axe finds, whether it fits.

A page that is added later must be entered in the table, and so stands here too. Each page is seen on the desk and on a
phone in each language, the one in the light theme and the other in the dark, and the other way round in the other language.
Colours are no matter of language: their contrast, which takes axe longest by far, is measured in both themes in Swedish.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pytest
import time_machine
from axe_playwright_python.base import AXE_SCRIPT
from django.test import Client, override_settings
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page

from tests.architecture.sweep_readers import reader_of
from tests.architecture.sweep_table import TABLE
from tests.architecture.sweep_world import Things, people_of, walked_world
from tests.browser.conftest import PATIENCE_MS
from tests.factories.world import World

pytestmark = [
    pytest.mark.long,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

Theme = Literal["light", "dark"]
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
LOOKS: dict[str, list[tuple[dict[str, int], Theme]]] = {
    "sv": [(DESK, "light"), (PHONE, "dark")],
    "en": [(PHONE, "light"), (DESK, "dark")],
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = (200, 422)  # a page, or one that says what was not asked for
DRAWN_BY_SCRIPT = {"api_docs": ".opblock-tag"}
ENGLISH_ONLY = {"api_docs"}  # for programmers of all countries
WHOLE = b"<!doctype html"  # else it is a part that a script puts into its page
FEWEST_PAGES = 35  # what is found without them is not the house
BEYOND_THE_TABLE = ("/finns-inte/", "/logga-in/?next=/jobb/")

# Colours are the same wherever the same classes lie in the same order: of rows that are alike (in one list, as even or
# as odd) two have their contrast measured. All else is looked for in every row.
MARK_ALIKE = """() => {
  const shape = each => `${each.tagName}.${each.className}(${[...each.children].map(shape).join()})`;
  for (const rows of document.querySelectorAll("tbody, ul, ol")) {
    const seen = new Map();
    [...rows.children].forEach((row, place) => {
      const kind = `${place % 2} ${row.getAttribute("style")} ${shape(row)}`;
      seen.set(kind, (seen.get(kind) || 0) + 1);
      if (seen.get(kind) > 2)
        for (const each of [row, ...row.querySelectorAll("*")]) each.dataset.alike = "";
    });
  }
  axe.configure({rules: [{id: "color-contrast", selector: ":not([data-alike])"}]});
}"""
RUN_AXE = """async ([rules, colours]) => {
  const found = await axe.run(document, {
    runOnly: rules, resultTypes: ["violations"], rules: {"color-contrast": {enabled: colours}}});
  return found.violations.map(each => [each.id, each.nodes.length, each.nodes[0].html.slice(0, 200),
    (each.nodes[0].any[0] || each.nodes[0].all[0] || each.nodes[0].none[0] || {}).message]);
}"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass(frozen=True, slots=True)
class Sight:
    """A page and the session of who looks at it (empty: nobody is signed in)."""

    name: str
    path: str
    session: str


@pytest.fixture
def world() -> Iterator[tuple[World, Things]]:
    world, things = walked_world()
    with override_settings(WHITENOISE_AUTOREFRESH=True), time_machine.travel(world.now, tick=True):
        yield world, things


def sights(world: World, things: Things) -> list[Sight]:
    """Every address of the table that answers with a page to somebody; one that refuses its reader fails."""
    sessions = {"": ""}
    for role, user in people_of(world).items():
        client = Client()
        client.force_login(user)
        sessions[role] = client.cookies["sessionid"].value
    found = [Sight(path, path, "") for path in BEYOND_THE_TABLE]
    for name, row in TABLE.items():
        reader = reader_of(row)
        if reader is None:
            continue
        path = reverse(name, kwargs={key: things.of(thing) for key, thing in row.args.items()})
        client = Client()
        if sessions[reader]:
            client.cookies["sessionid"] = sessions[reader]
        reply = client.get(path)
        assert reply.status_code in PAGES, f"{name}: {reader or 'nobody'} gets {reply.status_code}"
        is_page = reply.headers["Content-Type"].startswith("text/html")
        if is_page and reply.content.lstrip().lower().startswith(WHOLE):
            found.append(Sight(name, path, sessions[reader]))
    return found


def faults_of(page: Page, sight: Sight, *, address: str, language: str) -> list[str]:
    page.goto(f"{address}{sight.path}")
    if sight.name in DRAWN_BY_SCRIPT:
        page.wait_for_selector(DRAWN_BY_SCRIPT[sight.name])
    spoken = page.locator("html").get_attribute("lang")
    wanted = "en" if sight.name in ENGLISH_ONLY else language
    faults = [] if spoken == wanted else [f"{sight.name} is in {spoken} where {wanted} was asked for"]
    page.evaluate(AXE_SCRIPT)
    page.evaluate(MARK_ALIKE)
    for size, theme in LOOKS[language]:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.emulate_media(color_scheme=theme)
        seen = f"{sight.name} {language} {theme} {size['width']}"
        faults += [f"{seen}: {fault}" for fault in page.evaluate(RUN_AXE, [RULES, language == "sv"])]
        over = page.evaluate(OVERFLOW)
        if over > 0:
            faults.append(f"{seen}: {over} px stand out over the edge")
    return faults


def see_as(context: BrowserContext, sight: Sight, *, address: str, language: str) -> None:
    context.clear_cookies()
    cookies = {"django_language": language} | ({"sessionid": sight.session} if sight.session else {})
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])


def test_axe_finds_nothing_and_nothing_stands_out_on_any_page(
    chromium: Browser, live_server: Any, world: tuple[World, Things]
) -> None:
    pages = sights(*world)
    assert len(pages) >= FEWEST_PAGES
    context = chromium.new_context()
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    faults = []
    for language in LOOKS:
        for sight in pages:
            see_as(context, sight, address=live_server.url, language=language)
            faults += faults_of(page, sight, address=live_server.url, language=language)
    context.close()
    assert not faults, "\n" + "\n".join(faults)


def test_a_fault_would_be_found(chromium: Browser) -> None:
    """The look itself: pale words that only the dark theme has, a picture without words, and a wide box are all told of."""
    context = chromium.new_context()
    page = context.new_page()
    page.route(
        "**/*",
        lambda route: route.fulfill(
            content_type="text/html",
            body='<html lang="sv"><title>t</title><meta name="viewport" content="width=device-width">'
            "<style>@media (prefers-color-scheme: dark) {p {color: #333; background: #222}}"
            "div {width: 500px; height: 9px} li.pale {color: #eee; background: #fff}</style>"
            '<main><h1>h</h1><p>text</p><img src="data:,"><div></div>'
            f"<ul>{'<li>text</li>' * 9}<li class=pale>text</li></ul></main>",
        ),
    )
    faults = faults_of(page, Sight("made", "/", ""), address="http://page.example", language="sv")
    context.close()
    told = "\n".join(faults)
    assert "made sv light 1280: ['image-alt'" in told
    assert (
        "light 1280: ['color-contrast', 1, '<li class=\"pale\">" in told
    )  # the last of ten rows, and no other words
    assert "dark 360: ['color-contrast', 2, " in told
    assert "dark 360: 1" in told
