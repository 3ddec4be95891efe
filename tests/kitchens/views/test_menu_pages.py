"""Recipes, the calendar, a day, the forecast through the door."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client

from kitchens.actions.counting import DayFacts, Weighed, count_portions, tell_day, weigh_waste
from kitchens.actions.recipes import LineDraft, RecipeDraft, save_recipe
from kitchens.models import MenuDay, MenuDish, RecipeVersion
from tests.factories.school import DAY, School, at, make_school, serve

pytestmark = pytest.mark.django_db

D = Decimal


@pytest.fixture
def school() -> Iterator[School]:
    with time_machine.travel(at(9), tick=False):
        yield make_school()


@pytest.fixture
def cook(school: School) -> Client:
    client = Client()
    client.force_login(school.world.manager)
    return client


def own(school: School, path: str) -> str:
    return f"/kok/{school.world.kitchen.pk}/{path}"


def typed(*lines: tuple[str, str], **more: str) -> dict[str, str]:
    fields = {"name": "Gryta", "portions": "100", "portion_kg": "0,35"}
    for number, (what, amount) in enumerate(lines, start=1):
        fields |= {f"vara-{number}": what, f"mangd-{number}": amount, f"vagd-{number}": "purchased"}
    return fields | more


def test_a_recipe_is_typed_by_names_of_goods_foods_and_recipes(school: School, cook: Client) -> None:
    sent = typed(
        ("POTATIS", "20"),
        ("payback", "5"),
        ("Köttbullar", "100"),
        ("Hemlig krydda", "0,1"),
        **{"vagd-1": "edible", "atlig-1": "80"},
    )
    assert cook.post(own(school, "recept/nytt/"), sent).status_code == 302
    version = RecipeVersion.objects.latest("pk")
    lines = list(version.lines.order_by("position"))
    assert lines[0].product == school.world.product
    assert (lines[0].edible_share, lines[0].weight_as) == (D("0.8"), "edible")
    assert lines[1].food == school.foods["payback"]
    assert (lines[2].part, lines[2].part_portions) == (school.standard, D(100))
    assert (lines[3].product, lines[3].food, lines[3].name) == (None, None, "Hemlig krydda")
    page = cook.get(own(school, f"recept/{version.recipe_id}/")).content.decode()
    assert 'value="20"' in page
    assert 'value="80"' in page
    assert "täcker" in page
    again = cook.post(own(school, f"recept/{version.recipe_id}/"), typed(("Potatis", "10")))
    assert again.status_code == 302
    assert version.recipe.versions.count() == 2


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (typed(("Potatis", "noll")), "Skriv ett tal"),
        (typed(("", "5")), "Skriv vad det är"),
        (typed(("Potatis", "0")), "mängd över noll"),
        (typed(("Potatis", "5"), portions="0"), "fler än noll portioner"),
        (typed(("Potatis", "5"), name=""), "receptets namn"),
        (typed(("Potatis", "5"), portion_kg="x"), "Skriv ett tal"),
        (typed(("Potatis", "5"), **{"atlig-1": "180"}), "Ätlig andel"),
        (typed(("Gryta", "5"), ("Köttbullar", "1"), name="Köttbullar"), "ingå i sig självt"),
    ],
)
def test_a_mistyped_recipe_is_kept_and_told(
    school: School, cook: Client, sent: dict[str, str], words: str
) -> None:
    reply = cook.post(own(school, "recept/nytt/"), sent)
    assert reply.status_code == 422
    assert words in reply.content.decode()
    assert RecipeVersion.objects.count() == 2


def test_a_published_figure_is_told_with_its_source_and_never_as_ours(school: School, cook: Client) -> None:
    draft = RecipeDraft(
        "Pannkakor", D(1), published_co2e_kg=D("0.42"), published_source="Mashie, publicerad oktober 2021"
    )
    version = save_recipe(authority=school.world.authority, draft=draft, by=school.world.by)
    page = cook.get(own(school, f"recept/{version.recipe_id}/")).content.decode()
    assert "0,42\u00a0kg\u00a0CO₂e" in page
    assert "ingen egen siffra" in page
    listed = cook.get(own(school, "recept/?q=pann")).content.decode()
    assert "Mashie" in listed
    assert "Köttbullar" not in listed


def test_the_calendar_plans_a_day_and_warns_before_the_week(school: School, cook: Client) -> None:
    day = DAY + timedelta(days=2)
    choice = {"standard": school.payback.pk, "standard_portions": "200", "payback": school.standard.pk}
    assert cook.post(own(school, f"meny/{day}/"), choice | {"payback_portions": "100"}).status_code == 302
    page = cook.get(own(school, f"meny/?vecka={day}")).content.decode()
    assert "högre klimatpåverkan" in page
    assert "0,38\u00a0kg" in page
    one = cook.get(own(school, f"meny/{day}/")).content.decode()
    assert "täcker 100\u00a0% av vikten" in one
    wrong = cook.post(own(school, f"meny/{day}/"), {"payback": school.standard.pk, "payback_portions": "1"})
    assert wrong.status_code == 422
    assert MenuDish.objects.filter(menu_day__day=day).count() == 2
    serve(school)
    assert cook.post(own(school, f"meny/{DAY}/"), choice).status_code == 422  # locked
    assert cook.get(own(school, "meny/?vecka=nonsens")).status_code == 200


def test_weeks_are_rolled_on_from_the_page(school: School, cook: Client) -> None:
    serve(school, day=DAY + timedelta(days=1), locked=False)
    sent = {"weeks": "1", "target": "2026-11-30"}
    assert cook.post(own(school, "meny/?vecka=2026-11-25"), sent).status_code == 302
    assert MenuDay.objects.filter(day=DAY + timedelta(days=8)).exists()
    assert (
        cook.post(own(school, "meny/?vecka=2026-11-25"), sent | {"target": "2026-12-01"}).status_code == 422
    )


def test_tomorrow_is_told_on_one_page(
    school: School, cook: Client, django_assert_max_num_queries: Any
) -> None:
    tomorrow = DAY + timedelta(days=1)
    serve(school, day=tomorrow, locked=False)
    empty = cook.get(own(school, f"meny/{tomorrow}/prognos/")).content.decode()
    assert "det behövs tre" in empty
    for number in range(1, 5):
        lunch = serve(school, day=DAY - timedelta(days=number * 7 - 1))
        tell_day(menu_day=lunch, facts=DayFacts(guests=300), by=school.world.by)
        count_portions(menu_day=lunch, portions={"standard": 120, "payback": 180}, by=school.world.by)
        weigh_waste(
            kitchen=lunch.kitchen, day=lunch.day, weighed=Weighed(300, D(3), D(3), D(6)), by=school.world.by
        )
    with django_assert_max_num_queries(32):
        page = cook.get(own(school, f"meny/{tomorrow}/prognos/")).content.decode()
    for words in ("300", "180", "120", "60\u00a0%", "40 g", "just de här rätterna"):
        assert words in page
    assert (
        "Planera dagens"
        in cook.get(own(school, f"meny/{tomorrow + timedelta(days=1)}/prognos/")).content.decode()
    )


def test_the_authority_reads_and_changes_nothing(school: School) -> None:
    officer = Client()
    officer.force_login(school.world.officer)
    version = school.standard
    assert officer.get(own(school, f"recept/{version.recipe_id}/")).status_code == 200
    assert (
        officer.post(own(school, f"recept/{version.recipe_id}/"), typed(("Potatis", "1"))).status_code == 403
    )


def test_the_calendar_asks_the_database_a_fixed_number_of_times(
    school: School, cook: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        serve(school, day=DAY + timedelta(days=number), locked=False)
    lines = [LineDraft("Potatis", kg=D(1), product_id=school.world.product.pk)]
    save_recipe(authority=school.world.authority, draft=RecipeDraft("Ny", D(1), lines), by=school.world.by)
    with django_assert_max_num_queries(24):
        cook.get(own(school, "meny/?vecka=2026-11-25"))
    with django_assert_max_num_queries(18):
        assert "Ny" in cook.get(own(school, "recept/")).content.decode()


def test_a_recipe_tells_its_figures_while_it_is_typed_and_writes_nothing(
    school: School, cook: Client
) -> None:
    sent = typed(("payback", "20"), ("Köttbullar", "50"), ("Salt", "5"), ("Halvt", ""), do="rakna")
    before = RecipeVersion.objects.count()
    for path in ("recept/nytt/", f"recept/{school.standard.recipe_id}/"):
        reply = cook.post(own(school, path), sent)
        page = reply.content.decode()
        assert reply.status_code == 200
        # 0.20 × 0.38 + 0.50 × 0.95 of 0.75 kg, of which the salt has no factor
        assert "0,55\u00a0kg\u00a0CO₂e" in page
        assert "täcker 93\u00a0% av vikten" in page
        assert "<html" not in page
    assert RecipeVersion.objects.count() == before
    for lines in ([], [("payback", "x")], [("payback", "5")]):
        empty = cook.post(
            own(school, "recept/nytt/"), typed(*lines, do="rakna", portions="0")
        ).content.decode()
        assert "medan ni skriver" in empty
    odd = typed(("payback", "5"), do="rakna", **{"vagd-1": "nonsense", "atlig-1": "0"})
    assert cook.post(own(school, "recept/nytt/"), odd).status_code == 200


def test_a_day_tells_its_figures_while_it_is_chosen_and_writes_nothing(school: School, cook: Client) -> None:
    day = DAY + timedelta(days=2)
    sent = {"standard": school.payback.pk, "standard_portions": "200", "payback": school.standard.pk}
    page = cook.post(own(school, f"meny/{day}/"), sent | {"payback_portions": "100", "do": "rakna"}).content
    told = page.decode()
    assert "200 portioner på dagen:" in told
    assert "76\u00a0kg\u00a0CO₂e" in told
    assert "högre klimatpåverkan" in told
    assert "<html" not in told
    assert not MenuDay.objects.filter(day=day).exists()
    assert cook.post(own(school, f"meny/{day}/"), {"standard": "999999", "do": "rakna"}).status_code == 200
    editor = cook.get(own(school, f"meny/{day}/")).content.decode()
    assert 'hx-trigger="input from:#dagen' in editor
