"""A new farm gets an agreement, in a real browser: it registers, an officer signs a direct award and documents it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import override_settings
from playwright.sync_api import Browser, Page

from market.models import Agreement
from suppliers.models import Certificate, Supplier
from tests.browser.test_week import DESK, PHONE, WORDS, Visit, by_name
from tests.factories.parts import valid_number
from tests.factories.world import World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
FARM = "Sparrisgården i Högsjö"
REASON = "Tre gårdar tillfrågades. Bara denna har sparris i maj."
SIGNED = {"sv": "undertecknad", "en": "signed"}
READY = {"sv": "färdig", "en": "ready"}


@pytest.fixture
def world() -> Iterator[World]:
    made = make_world()
    with override_settings(WHITENOISE_AUTOREFRESH=True), time_machine.travel(made.now, tick=True):
        yield made


@pytest.mark.long
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_farm_that_wants_in_gets_an_agreement(
    chromium: Browser, live_server: Any, world: World, language: str
) -> None:
    words = WORDS[language]
    newcomer = Visit(chromium, live_server.url, world.people.farmers[0], language=language, size=PHONE)
    farm_registers(newcomer, words)
    farm = Supplier.objects.get(name=FARM)
    assert Certificate.objects.get(supplier=farm).kind == "registration"

    officer = Visit(chromium, live_server.url, world.officer, language=language, size=DESK)
    page = officer.open(f"/myndighet/{world.authority.pk}/direktupphandling/", words=words)
    write_award(page, world, farm, ceiling="700000")
    press(page, "main form button.primary")
    officer.look(words=words)
    assert "19 a kap. 2 § LOU" in page.inner_text("main")
    assert by_name(page, "reason").input_value() == REASON, "what was typed is kept"
    assert not Agreement.objects.filter(kind="direct_award").exists()

    by_name(page, "ceiling_sek").fill("150000")
    press(page, "main form button.primary")
    officer.look(words=words)
    assert SIGNED[language] in page.inner_text("body")
    award = Agreement.objects.get(kind="direct_award")
    assert award.lots.get().ceiling_sek == 150_000
    assert award.lots.get().prices.get().price_sek == Decimal("47.5")

    address = f"/myndighet/{world.authority.pk}/direktupphandlingar/{award.pk}"
    page = officer.open(f"{address}/dokumentation/", words=words)
    told = {"object_text": "Sparris", "competition": "Fråga till tre gårdar", "asked": "Tre gårdar i länet"}
    for name, text in {**told, "bids": "1", "main_reason": REASON}.items():
        by_name(page, name).fill(text)
    by_name(page, "close").check()
    press(page, "main form button.primary")
    page = officer.open(f"{address}/dokumentation/", words=words)
    assert READY[language] in page.inner_text("main").lower()
    page = officer.open(f"{address}/", words=words)
    assert "19 a kap." in page.inner_text("main")
    officer.faults = [
        fault for fault in officer.faults if "409" not in fault
    ]  # the browser tells of the refusal
    officer.close()


def farm_registers(newcomer: Visit, words: dict[str, str]) -> None:
    """Three screens on a phone: the business, a certificate, where it delivers."""
    page = newcomer.open("/gard/ny/", words=words)
    by_name(page, "number").fill(valid_number("559988001"))
    by_name(page, "name").fill(FARM)
    by_name(page, "email").fill("sparris@gardar.example")
    by_name(page, "phone").fill("0151-12 34 56")
    press(page, "main form button.primary")
    newcomer.look(words=words)
    by_name(page, "kind").select_option("registration")
    by_name(page, "number").fill("R-1")
    by_name(page, "issuer").fill("Länsstyrelsen")
    by_name(page, "valid_from").fill("2026-01-01")
    page.locator("[name=group_codes]").first.check()
    press(page, "main form[enctype] button[type=submit]")
    newcomer.look(words=words)
    press(page, 'main a[href$="/villkor/"]')
    newcomer.look(words=words)
    newcomer.close()


def write_award(page: Page, world: World, farm: Supplier, *, ceiling: str) -> None:
    by_name(page, "need_category").select_option(str(world.need.pk))
    by_name(page, "supplier").select_option(str(farm.pk))
    by_name(page, "prices-0-pack").select_option(str(world.pack.pk))
    typed = {
        "title": "Direktupphandling sparris",
        "case_number": "KS 2026/99",
        "ceiling_sek": ceiling,
        "valid_from": "2026-11-23",
        "valid_to": "2027-11-22",
        "reason": REASON,
        "prices-0-price_sek": "47,50",
        "own_sek": "300000",
        "value_reason": "Grossistens statistik för förra året.",
        "covered_reason": "Ramavtalet tillåter köp av säsongens varor utanför det.",
    }
    for name, text in typed.items():
        by_name(page, name).fill(text)
    page.locator('[name=basis][value="own"]').check()


def press(page: Page, what: str) -> None:
    """Press what leads to a page, and wait for it."""
    with page.expect_navigation():
        page.locator(what).first.click()
