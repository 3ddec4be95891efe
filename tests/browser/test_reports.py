"""An officer's reports in a real browser: asked, narrowed, opened to their rows, taken as files, kept, mailed, printed."""

import csv
import email
import io
import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from email import policy
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.test import override_settings
from playwright.sync_api import Browser, Page
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from config.ground.coordinates import Coordinates
from config.ground.tasks import deliver_outbox
from kitchens.actions.kitchens import locate_kitchen
from market.actions.parties import locate_hub
from market.rules.calendar import STOCKHOLM
from orders.models import CallOff, SavedReport
from orders.queries.reports.register import REPORTS
from orders.tasks import ask_reports, make_report_files
from suppliers.actions import locate_supplier
from tests.browser.test_week import DESK, PHONE, WORDS, Visit, by_name
from tests.factories.walked import make_walked
from tests.factories.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
# A4 less the margins of the print styles, in CSS pixels; a report of many columns lies down.
PAPER, LYING = {"width": 688, "height": 1001}, {"width": 1001, "height": 688}
SAVED_AS = "Potatis till ett kök"
# What stands outside the paper or the screen; a region that scrolls is asked about its content.
CUT = """() => [...document.querySelectorAll('main *')].filter(each => {
  const box = each.getBoundingClientRect();
  return box.width > 0 && getComputedStyle(each).position !== 'absolute'
    && !each.closest('.visually-hidden')
    && (box.right > innerWidth + 1 || box.left < -1 || each.matches('.scroll') && each.scrollWidth > each.clientWidth + 1);
}).map(each => each.outerHTML.slice(0, 120))"""


@pytest.fixture
def world() -> Iterator[World]:
    made = make_walked(1, kitchens=2)
    for number, kitchen in enumerate(made.kitchens):
        locate_kitchen(
            kitchen=kitchen, at=Coordinates(Decimal("59.04") + number, Decimal("15.87")), by=made.by
        )
    locate_hub(hub=made.hub, at=Coordinates(Decimal("59.3"), Decimal("16.2")), by=made.by)
    locate_supplier(supplier=made.supplier, at=Coordinates(Decimal("58.9"), Decimal("15.4")), by=made.by)
    with override_settings(WHITENOISE_AUTOREFRESH=True):
        yield made


@pytest.mark.long
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_question_is_asked_narrowed_opened_taken_kept_and_mailed(
    chromium: Browser, live_server: Any, world: World, language: str, tmp_path: Path
) -> None:
    words = WORDS[language]
    kitchen = world.kitchens[0]
    summed = sum(
        CallOff.objects.filter(kitchen=kitchen, state="placed").values_list("net_sek", flat=True), Decimal(0)
    )
    with time_machine.travel(world.now, tick=True) as clock:
        officer = Visit(chromium, live_server.url, world.officer, language=language, size=DESK)
        page = officer.open(f"/myndighet/{world.authority.pk}/", words=words)
        follow(
            page,
            page.locator(
                f'main a[href="/myndighet/{world.authority.pk}/rapporter/"], .tabs a[href$="/rapporter/"]'
            ).first,
        )
        officer.look(words=words)
        follow(page, page.locator('main a[href$="/rapporter/inkop/"]'))
        narrow_to(page, kitchen=str(kitchen.pk), year=str(world.delivery_date.year))
        officer.look(words=words)
        address = page.url
        assert amount(page.locator("tfoot td").first.inner_text()) == summed
        parts = [amount(text) for text in page.locator("tbody tr td:nth-of-type(1)").all_inner_texts()]
        assert sum(parts) == summed
        opened_to_rows(officer, page, parts[0], words=words)

        for form in ("csv", "xlsx", "pdf"):
            page.goto(address)
            assert summed in figures_of(taken(page, form, tmp_path), form), form
        keep(page, address)
        officer.look(words=words)
        saved = SavedReport.objects.get()
        assert saved.next_on is not None
        officer.close()

        clock.move_to(datetime.combine(saved.next_on, time(8), tzinfo=STOCKHOLM))
        ask_reports()
        make_report_files()
        assert summed in figures_of(mailed(tmp_path / "post", to=str(world.officer.email)), "xlsx")

        officer = Visit(chromium, live_server.url, world.officer, language=language, size=DESK)
        page = officer.open(f"/myndighet/{world.authority.pk}/rapporter/filer/", words=words)
        follow(page, page.get_by_role("link", name=SAVED_AS, exact=True).last)
        assert asked_of(page.url) == asked_of(address) | {"basis": ["ordered"]}
        assert amount(page.locator("tfoot td").first.inner_text()) == summed
        officer.close()


def narrow_to(page: Page, *, kitchen: str, year: str) -> None:
    """A period and a kitchen by the form, a way of parting by its chip; all of it stands in the address."""
    page.locator("#from").fill(f"{year}-01")
    page.locator("#to").fill(f"{year}-12")
    page.locator("main form[method=get] summary").click()
    page.locator("#kitchen").select_option(kitchen)
    follow(page, page.locator("main form:has(#from) > button"))
    follow(page, page.locator('main .chips a[href*="by=category"]'))
    asked = asked_of(page.url)
    assert (asked["from"], asked["to"]) == ([f"{year}-01"], [f"{year}-12"])
    assert (asked["kitchen"], asked["by"]) == ([kitchen], ["category"])


def opened_to_rows(officer: Visit, page: Page, figure: Decimal, *, words: dict[str, str]) -> None:
    follow(page, page.locator("tbody th a").first)
    officer.look(words=words)
    assert page.locator("table tbody tr").count() > 0
    assert amount(page.locator("dl.facts dd").first.inner_text()) == figure


def taken(page: Page, form: str, folder: Path) -> bytes:
    """The report's file as the browser saves it; made in the background while she waits on the page of files."""
    page.locator("details:has(#keep-format) > summary").click()
    page.locator("#keep-format").select_option(form)
    follow(page, page.locator("form:has(#keep-format) button"))
    make_report_files()
    link = page.locator("#files li:first-child a")
    link.wait_for()  # the page asks again by itself
    with page.expect_download() as waited:
        link.click()
    saved = folder / f"report.{form}"
    waited.value.save_as(saved)
    assert waited.value.suggested_filename.endswith(f".{form}")
    return saved.read_bytes()


def figures_of(content: bytes, form: str) -> set[Decimal]:
    if form == "csv":
        lines = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
        return {found for line in lines for cell in line if (found := number(cell)) is not None}
    if form == "xlsx":
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
        return {Decimal(str(cell)) for line in sheet for cell in line if isinstance(cell, float)}
    text = " ".join(each.extract_text() for each in PdfReader(io.BytesIO(content)).pages)
    return {
        Decimal(f"{re.sub(r'[^0-9]', '', whole)}.{ore}")
        for whole, ore in re.findall(r"(\d[\d\s,]*)[,.](\d\d)\b", text)
    }


def keep(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("details:has(#keep-format) > summary").click()
    follow(page, page.locator('form[action$="/spara/"] button'))
    by_name(page, "name").fill(SAVED_AS)
    by_name(page, "rhythm").select_option("monthly")
    by_name(page, "file_format").select_option("xlsx")
    follow(page, page.locator("main form button.primary"))


def mailed(folder: Path, *, to: str) -> bytes:
    """The file that one person's letter carries."""
    with override_settings(OUTBOX_TRANSPORT="file", OUTBOX_DIR=folder):
        deliver_outbox()
    letters = [
        email.message_from_bytes(each.read_bytes(), policy=policy.default) for each in folder.glob("*.eml")
    ]
    [attached] = [each for letter in letters if letter["To"] == to for each in letter.iter_attachments()]
    content = attached.get_content()
    assert isinstance(content, bytes)
    return content


@pytest.mark.long
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_report_and_the_map_are_whole_on_paper_and_fit_a_phone(
    chromium: Browser, live_server: Any, world: World, language: str
) -> None:
    year, words = world.delivery_date.year, WORDS[language]
    with time_machine.travel(world.now + timedelta(days=10), tick=True):
        officer = Visit(chromium, live_server.url, world.officer, language=language, size=PHONE)
        for slug in [*REPORTS, "karta"]:
            page = officer.open(
                f"/myndighet/{world.authority.pk}/rapporter/{slug}/?from={year}&to={year}", words=words
            )
            printed(page)
            page.emulate_media(media="screen")
            page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        officer.close()


def printed(page: Page) -> None:
    """Nothing is cut off the paper, nothing on it leads elsewhere, and all that stands with the figures is there."""
    page.emulate_media(media="print")
    lies = page.locator("table.wide").count() > 0
    page.set_viewport_size(LYING if lies else PAPER)  # type: ignore[arg-type]
    assert page.evaluate(CUT) == [], page.url
    for away in ("header nav", ".tabs", "form", "button", "summary", ".chips"):
        assert not any(each.is_visible() for each in page.locator(away).all()), (page.url, away)
    assert page.locator("h1").is_visible()
    assert all(told.is_visible() for told in page.locator("dl.facts dt").all())
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert all((sheet.mediabox.width > sheet.mediabox.height) == lies for sheet in sheets), page.url


def follow(page: Page, what: Any) -> None:
    with page.expect_navigation():
        what.click()


def asked_of(url: str) -> dict[str, list[str]]:
    return {name: values for name, values in parse_qs(urlsplit(url).query).items() if values != [""]}


def number(cell: str) -> Decimal | None:
    return Decimal(cell.replace(",", ".")) if re.fullmatch(r"-?\d+([,.]\d+)?", cell) else None


def amount(text: str) -> Decimal:
    """The first amount of a text as a page tells it: ``1 234,50 kr`` or ``1,234.50 SEK``."""
    found = re.search(r"(\d[\d\s,]*)[,.](\d\d)\s(?:kr|SEK)", text)
    assert found is not None, text
    return Decimal(f"{re.sub(r'[^0-9]', '', found[1])}.{found[2]}")
