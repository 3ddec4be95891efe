"""The menu and recipe editors in a real browser: figures follow what is typed, swaps come by themselves, nothing is saved."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import override_settings
from playwright.sync_api import Browser

from kitchens.models import MenuDish, RecipeVersion
from tests.browser.test_week import DESK, PHONE, WORDS, Visit, by_name
from tests.factories.school import DAY, School, at, make_school, serve

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def school() -> Iterator[School]:
    made = make_school()
    with override_settings(WHITENOISE_AUTOREFRESH=True), time_machine.travel(at(9), tick=True):
        serve(made, day=DAY + timedelta(days=7), locked=False)
        yield made


@pytest.mark.long
@pytest.mark.parametrize(("language", "size"), [("sv", DESK), ("en", PHONE)])
def test_figures_follow_what_is_typed_and_nothing_is_saved(
    chromium: Browser, live_server: Any, school: School, language: str, size: dict[str, int]
) -> None:
    kitchen, day = school.world.kitchen, DAY + timedelta(days=7)
    cook = Visit(chromium, live_server.url, school.world.manager, language=language, size=size)
    page = cook.open(f"/kok/{kitchen.pk}/recept/{school.standard.recipe_id}/", words=WORDS[language])
    by_name(page, "mangd-1").fill("200")
    page.wait_for_function(
        "() => /1[.,]9/.test(document.getElementById('siffror').textContent)"
    )  # twice 0.95
    cook.look(words=WORDS[language])

    cook.open(f"/kok/{kitchen.pk}/meny/{day}/", words=WORDS[language])
    page.locator("#byten, [hx-get] h3").first.wait_for()
    by_name(page, "payback_portions").fill("999")
    page.wait_for_function("() => document.getElementById('siffror').textContent.includes('999')")
    cook.look(words=WORDS[language])
    assert RecipeVersion.objects.count() == 2
    assert not MenuDish.objects.filter(portions=999).exists()
    cook.close()
