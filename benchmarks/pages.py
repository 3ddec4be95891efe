"""Each role's first page, and a kitchen's order page, in a browser: cold, warm, and on an emulated slow phone.

The house is a copy of the project opened by ./start with its demo, as production serves it. Cold is a browser that has
never been here, warm the same page once more. The phone has 400 kbit/s, 150 ms to the server and a processor four times
slower; usable is when all that the page needs has come and its scripts have run (the load event). No floor is measured
beside: the limits are bytes, requests and what a person waits.
"""

import http.cookiejar
import re
import statistics
import time
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any

from benchmarks.browser import Browser, chromium, opened
from benchmarks.frame import Figure, figure
from deploy.local import trial
from market.rules.search_words import words_of

COLD_BYTES, WARM_BYTES, COLD_REQUESTS = 100_000, 15_000, 12
USABLE_SECONDS = 3.0
KBIT_A_SECOND, DELAY_MS, SLOWER = 400, 150, 4
PHONE = {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": True}
SETTLED_SECONDS = 0.5  # what a script fetches after the load event is counted too

_PERSON = re.compile(
    r'<li class="task">.*?<p class="task-text">(?P<role>[^<]*)</p>.*?action="(?P<action>[^"]+)"', re.DOTALL
)
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_ORDER_PAGE = re.compile(r'href="(/kok/\d+/bestall/[\d-]+/)"')


@dataclass(frozen=True, slots=True)
class Sight:
    """A page, and the cookies of whom it is shown to."""

    name: str
    address: str
    cookies: dict[str, str]


@dataclass(frozen=True, slots=True)
class Seen:
    """What one opening of a page took."""

    bytes: int
    requests: int
    seconds: float


def run(*, size: int | None, quick: bool) -> list[Figure]:
    """`size` is how often each page is opened cold on the phone (5; quick: 2)."""
    path = chromium()
    if path is None:
        print("  (no Chromium is here: BYGDEMAT_CHROMIUM names one; the pages are not measured)", flush=True)
        return []
    port = trial.free_port()
    with (
        trial.project_copy(with_environment=True, on_disk=True) as folder,
        trial.open_house(folder, port=port),
    ):
        host = f"http://127.0.0.1:{port}"
        sights = _sights(host)
        with opened(path) as browser:
            for sight in sights:  # the server's first answer of each page is its processes' warming up
                _looked_at(browser, host, sight)
            return [
                one
                for sight in sights
                for one in _figures(browser, host, sight, rounds=size or (2 if quick else 5))
            ]


def _figures(browser: Browser, host: str, sight: Sight, *, rounds: int) -> list[Figure]:
    looks = [_looked_at(browser, host, sight) for _ in range(rounds)]
    cold, warm = looks[0]
    seconds = [each.seconds for each, _ in looks]
    return [
        figure(f"{sight.name}_cold", cold.bytes, unit="bytes", limit=COLD_BYTES),
        figure(f"{sight.name}_requests", cold.requests, unit="", limit=COLD_REQUESTS),
        figure(f"{sight.name}_warm", warm.bytes, unit="bytes", limit=WARM_BYTES),
        figure(
            f"{sight.name}_usable",
            statistics.median(seconds),
            unit="s",
            limit=USABLE_SECONDS,
            spread=(min(seconds), max(seconds)),
        ),
    ]


def _sights(host: str) -> list[Sight]:
    """The demo's people, one of each role, by the words of the page on which one becomes them."""
    with urllib.request.urlopen(f"{host}/logga-in/") as answer:  # noqa: S310  # our own house
        found = [
            (each["role"].split(",")[0].strip(), each["action"]) for each in _PERSON.finditer(_text(answer))
        ]
    sights: list[Sight] = []
    for role, action in found:
        address, text, cookies = _signed_in(host, action)
        name = "_".join(words_of(role))
        if name in {sight.name for sight in sights}:
            continue
        sights.append(Sight(name, address, cookies))
        if (order := _ORDER_PAGE.search(text)) and not any(each.name == "order_page" for each in sights):
            sights.append(Sight("order_page", order[1], cookies))
    assert len(sights) > 1, "the demo has no people to be"
    return sights


def _signed_in(host: str, action: str) -> tuple[str, str, dict[str, str]]:
    """Where a person lands, the page there, and her cookies."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    with opener.open(f"{host}/logga-in/") as answer:
        token = _TOKEN.search(_text(answer))
    assert token is not None
    form = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], "next": ""}).encode()
    with opener.open(
        urllib.request.Request(f"{host}{action}", data=form, headers={"Referer": host})  # noqa: S310
    ) as answer:
        text, landed = _text(answer), urllib.parse.urlsplit(answer.url).path
    return landed, text, {cookie.name: cookie.value or "" for cookie in jar}


def _text(answer: Any) -> str:
    body: bytes = answer.read()
    return body.decode()


def _looked_at(browser: Browser, host: str, sight: Sight) -> tuple[Seen, Seen]:
    """Cold and warm, in a browser that has never been here but for its cookies."""
    context = browser.call("Target.createBrowserContext")["browserContextId"]
    target = browser.call("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
    session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    try:
        for domain in ("Network", "Page", "Runtime"):
            browser.call(f"{domain}.enable", session=session)
        browser.call("Emulation.setDeviceMetricsOverride", session=session, **PHONE)
        browser.call("Emulation.setCPUThrottlingRate", session=session, rate=SLOWER)
        browser.call(
            "Network.emulateNetworkConditions",
            session=session,
            offline=False,
            latency=DELAY_MS,
            downloadThroughput=KBIT_A_SECOND * 1000 / 8,
            uploadThroughput=KBIT_A_SECOND * 1000 / 8,
        )
        for name, value in sight.cookies.items():
            browser.call("Network.setCookie", session=session, name=name, value=value, url=host)
        cold = _opened(browser, f"{host}{sight.address}", session=session)
        browser.call("Page.navigate", session=session, url="about:blank")
        return cold, _opened(browser, f"{host}{sight.address}", session=session)
    finally:
        browser.call("Target.disposeBrowserContext", browserContextId=context)


def _opened(browser: Browser, address: str, *, session: str) -> Seen:
    browser.events.clear()
    browser.call("Page.navigate", session=session, url=address)
    until = time.monotonic() + 60
    while (seconds := _load_seconds(browser, address, session=session)) is None:
        assert time.monotonic() < until, f"{address} did not load"
        time.sleep(0.05)
    time.sleep(SETTLED_SECONDS)
    browser.call("Runtime.evaluate", session=session, expression="0")  # what came meanwhile is read
    mine = [each for each in browser.events if each.get("sessionId") == session]
    answers = [each["params"] for each in mine if each["method"] == "Network.responseReceived"]
    page = next(each["response"] for each in answers if each["type"] == "Document")
    assert (page["status"], page["url"]) == (200, address), (page["status"], page["url"])
    fetched = {
        each["requestId"]
        for each in answers
        if not each["response"].get("fromDiskCache") and not each["response"]["url"].startswith("data:")
    } - {each["params"]["requestId"] for each in mine if each["method"] == "Network.requestServedFromCache"}
    total = sum(
        each["params"]["encodedDataLength"]
        for each in mine
        if each["method"] == "Network.loadingFinished" and each["params"]["requestId"] in fetched
    )
    return Seen(bytes=round(total), requests=len(fetched), seconds=seconds)


_LOADED = """
(() => {
  const entry = performance.getEntriesByType("navigation")[0];
  return location.href === %s && entry && entry.loadEventEnd ? entry.loadEventEnd : 0;
})()
"""


def _load_seconds(browser: Browser, address: str, *, session: str) -> float | None:
    """From the click to the end of the load event; None while it has not come."""
    told = browser.call("Runtime.evaluate", session=session, expression=_LOADED % repr(address))
    milliseconds: float = told["result"].get("value") or 0
    return milliseconds / 1000 if milliseconds else None
