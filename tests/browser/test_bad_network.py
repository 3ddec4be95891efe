"""A farm on a bad network: what is typed stays on the phone, is sent once, and the page says what is not sent yet."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import override_settings
from playwright.sync_api import Browser, expect

from market.models import Offer
from tests.browser.test_week import PHONE, WORDS, Visit
from tests.factories.world import Farm, World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
UNSENT = {"sv": "Inte skickat än", "en": "Not sent yet"}


@pytest.fixture
def world() -> Iterator[World]:
    made = make_world(farms=[Farm(stock=None)])
    with override_settings(WHITENOISE_AUTOREFRESH=True), time_machine.travel(made.now, tick=True):
        yield made


@pytest.mark.parametrize("language", ["sv", pytest.param("en", marks=pytest.mark.long)])
def test_an_offer_posted_without_network_is_sent_once(
    chromium: Browser, live_server: Any, world: World, language: str
) -> None:
    farmer = Visit(chromium, live_server.url, world.people.farmers[0], language=language, size=PHONE)
    address = f"/gard/{world.supplier.pk}/erbjudanden/nytt/?vara={world.product.pk}"
    page = farmer.open(address, words=WORDS[language])
    page.fill("[name=quantity]", "40")
    page.goto(f"{live_server.url}/gard/{world.supplier.pk}/erbjudanden/")
    page.goto(f"{live_server.url}{address}")
    assert page.input_value("[name=quantity]") == "40", "the draft is kept"
    expect(page.locator("[data-draft]")).to_be_visible()

    farmer.context.set_offline(True)
    page.click("main form button.primary")
    unsent = page.locator("[data-unsent]")
    expect(unsent).to_contain_text(UNSENT[language])
    expect(unsent).to_contain_text("Potatis")
    page.click("main form button.primary")  # a second tap is the same offer
    expect(unsent.locator("li")).to_have_count(1)
    assert not Offer.objects.exists()

    farmer.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(unsent).to_be_hidden()
    assert Offer.objects.get().pool.quantity == 40
    page.goto(f"{live_server.url}{address}")
    expect(page.locator("[data-draft]")).to_be_hidden()
    page.fill("[name=quantity]", "50")
    page.click("main form button.primary")
    page.wait_for_url("**/erbjudanden/?vecka=*")
    page.goto(f"{live_server.url}{address}")
    expect(page.locator("[data-draft]")).to_be_hidden()
    assert Offer.objects.filter(withdrawn_at=None).get().pool.quantity == 50
    farmer.faults.clear()  # the browser's own word on a failed request
    farmer.close()
