"""Every page of the house that the sweep's table knows, in both languages and both themes: what axe finds, whether it fits.

A page that is added later must be entered in the table, and so stands here too. Each page is seen on the desk and on a
phone in each language, the one in the light theme and the other in the dark, and the other way round in the other language.
Colours are no matter of language: their contrast, which takes axe longest by far, is measured in both themes in Swedish.

A reader's first page is gone to; the next ones are written into the window that stands open, as a browser writes what comes
over the wire. So axe is loaded, and its code made quick, once a reader and not once a page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
import time_machine
from axe_playwright_python.base import AXE_SCRIPT
from django.test import Client, override_settings
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page

from tests.architecture.sweep_readers import reader_of
from tests.architecture.sweep_table import TABLE
from tests.architecture.sweep_world import Things, people_of, walked_world
from tests.browser.conftest import LOOKED_FOR, PATIENCE_MS
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
PAGES = (200, 422)  # a page, or one that says what was not asked for
DRAWN_BY_SCRIPT = {"api_docs": ".opblock-tag"}
ENGLISH_ONLY = {"api_docs"}  # for programmers of all countries
WHOLE = b"<!doctype html"  # else it is a part that a script puts into its page
FEWEST_PAGES = 35  # what is found without them is not the house
BEYOND_THE_TABLE = ("/finns-inte/", "/logga-in/?next=/jobb/")

# Colours are the same wherever the same classes lie in the same order: of rows that are alike (in one list, as even or
# as odd) two have their contrast measured, and of what frames a window's pages each kind once. All else is looked for in
# every row and on every page.
MARK_ALIKE = """() => {
  const shape = each => `${each.tagName}.${each.getAttribute("class")}.${each.getAttribute("style")}.${
    each.getAttribute("aria-current")}(${[...each.children].map(shape).join()})`;
  const mark = part => { for (const each of [part, ...part.querySelectorAll("*")]) each.dataset.alike = ""; };
  for (const rows of document.querySelectorAll("tbody, ul, ol")) {
    const seen = new Map();
    [...rows.children].forEach((row, place) => {
      const kind = `${place % 2} ${shape(row)}`;
      seen.set(kind, (seen.get(kind) || 0) + 1);
      if (seen.get(kind) > 2) mark(row);
    });
  }
  const frames = window.framesMeasured ??= new Set();
  for (const part of document.querySelectorAll("body > :not(main)")) {
    if (frames.has(shape(part))) mark(part);
    frames.add(shape(part));
  }
  axe.configure({rules: [{id: "color-contrast", selector: ":not([data-alike])"}]});
}"""
WRITE_IN = """async address => {
  const reply = await fetch(address, {cache: "no-store"});
  const content = await reply.text();
  history.replaceState(null, "", reply.url);
  document.open();
  const loaded = new Promise(done => window.addEventListener("load", done, {once: true}));
  document.write(content);
  document.close();
  await loaded;
}"""
RUN_AXE = """async ([wanted, colours]) => {
  const found = await axe.run(document, {
    ...wanted, selectors: false, rules: {"color-contrast": {enabled: colours}}});
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


def faults_of(page: Page, sight: Sight, *, address: str, language: str, anew: bool = True) -> list[str]:
    """What stands amiss on it; unless ``anew``, it is written into the window in which another page stood."""
    if anew:
        page.goto(f"{address}{sight.path}")
        page.evaluate(AXE_SCRIPT)
    else:
        page.evaluate(WRITE_IN, f"{address}{sight.path}")
    if sight.name in DRAWN_BY_SCRIPT:
        page.wait_for_selector(DRAWN_BY_SCRIPT[sight.name])
    spoken = page.locator("html").get_attribute("lang")
    wanted = "en" if sight.name in ENGLISH_ONLY else language
    faults = [] if spoken == wanted else [f"{sight.name} is in {spoken} where {wanted} was asked for"]
    page.evaluate(MARK_ALIKE)
    for size, theme in sorted(LOOKS[language], key=lambda look: look[0] != page.viewport_size):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.emulate_media(color_scheme=theme)
        seen = f"{sight.name} {language} {theme} {size['width']}"
        faults += [f"{seen}: {fault}" for fault in page.evaluate(RUN_AXE, [LOOKED_FOR, language == "sv"])]
        over = page.evaluate(OVERFLOW)
        if over > 0:
            faults.append(f"{seen}: {over} px stand out over the edge")
    return faults


def group_of(sight: Sight) -> tuple[str, str]:
    """Sights of one group are seen in one window: of one session; who draws by script leaves things lying about in it."""
    return sight.session, sight.name if sight.name in DRAWN_BY_SCRIPT else ""


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
        for _group, alike in groupby(sorted(pages, key=group_of), key=group_of):
            for place, sight in enumerate(alike):
                if place == 0:
                    see_as(context, sight, address=live_server.url, language=language)
                faults += faults_of(page, sight, address=live_server.url, language=language, anew=place == 0)
    context.close()
    assert not faults, "\n" + "\n".join(faults)


@pytest.mark.parametrize("anew", [True, False])
def test_a_fault_would_be_found(chromium: Browser, *, anew: bool) -> None:
    """The look itself: pale words that only the dark theme has, a picture without words, and a wide box are all told of."""
    bodies = {
        "/": '<body class="other"><header class="top">text</header><main><h1>h</h1></main>',
        "/faults": '<header class="top">text</header><header class="new">text</header><main><h1>h</h1><p>text</p>'
        '<img src="data:,"><div></div>'
        f"<ul>{'<li>text</li>' * 9}<li class=pale>text</li></ul></main><footer><p>text</p></footer>",
    }
    head = (
        '<!doctype html><html lang="sv"><title>t</title><meta name="viewport" content="width=device-width">'
        "<style>@media (prefers-color-scheme: dark) {p {color: #333; background: #222}}"
        "div {width: 500px; height: 9px} .pale, .new, .top {color: #eee; background: #fff}</style>"
    )
    context = chromium.new_context()
    page = context.new_page()
    page.route(
        "**/*",
        lambda route: route.fulfill(
            content_type="text/html", body=head + bodies[urlsplit(route.request.url).path]
        ),
    )
    address, first = "http://page.example", Sight("first", "/", "")
    measured = [] if anew else faults_of(page, first, address=address, language="sv")
    faults = faults_of(page, Sight("made", "/faults", ""), address=address, language="sv", anew=anew)
    context.close()
    told = "\n".join(faults)
    assert "made sv light 1280: ['image-alt'" in told
    # Two headers (the one that stood on the window's first page has been told of there), and the last of ten rows.
    assert sum("color-contrast" in fault and 'class="top"' in fault for fault in [*measured, *faults]) == 2
    assert (
        f"light 1280: ['color-contrast', {3 if anew else 2}, '<header class=\"{'top' if anew else 'new'}\">"
        in told
    )
    assert f"dark 360: ['color-contrast', {5 if anew else 4}, " in told
    assert "dark 360: 1" in told
