"""A menu file through the door: a look, reading in, undoing; odd files are told in a sentence."""

import json
from collections.abc import Iterator

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kitchens.actions.menus import DishPlan, plan_day
from kitchens.actions.recipes import LineDraft, RecipeDraft, save_recipe
from kitchens.models import DishRole, Recipe, RecipeVersion
from kitchens.queries.imports import imports_done
from tests.factories.school import DAY, School, at, make_school
from tests.factories.world import make_world
from tests.kitchens.interchange.test_published import D, course, menu_file

pytestmark = pytest.mark.django_db

MENU = menu_file(
    ("2021-10-01", course("Klimatsmart lasagne", 0.23)),
    ("2021-10-02", course("Klimatsmart lasagne", 0.23)),
    ("2021-10-04", course("Pytt", 0.5)),
    ("2021-10-05", course("Köttbullar", 0.9)),
)


@pytest.fixture
def school() -> Iterator[School]:
    with time_machine.travel(at(9), tick=False):
        yield make_school()


@pytest.fixture
def cook(school: School) -> Client:
    client = Client()
    client.force_login(school.world.manager)
    return client


def path(school: School) -> str:
    return f"/kok/{school.world.kitchen.pk}/recept/import/"


def upload(content: bytes) -> dict[str, object]:
    return {"file": SimpleUploadedFile("meny.json", content)}


def read_in(school: School, cook: Client, source: str = "Mashie, oktober 2021") -> int:
    sent = {"do": "in", "content": MENU.decode(), "source": source}
    return cook.post(path(school), sent).status_code


def names(school: School) -> set[str]:
    shown = Recipe.objects.filter(authority=school.world.authority, hidden_at=None)
    return set(shown.values_list("name", flat=True))


def test_a_look_tells_names_and_published_figures_and_writes_nothing(school: School, cook: Client) -> None:
    page = cook.post(path(school), upload(MENU)).content.decode()
    for words in (
        "Lasagne",
        "utan ordet Klimatsmart",
        "0,23",
        "finns redan och lämnas",
        "4 måltider, 3 rätter",
    ):
        assert words in page
    assert names(school) == {"Köttbullar", "Linsbiffar"}


def test_what_is_read_in_keeps_the_publishers_figure_and_source(school: School, cook: Client) -> None:
    assert read_in(school, cook) == 302
    assert names(school) == {"Köttbullar", "Linsbiffar", "Lasagne", "Pytt"}
    version = RecipeVersion.objects.get(recipe__name="Pytt")
    assert (version.published_co2e_kg, version.published_source) == (D("0.5"), "Mashie, oktober 2021")
    assert not version.lines.exists()
    (done,) = imports_done(school.world.authority)
    assert (done.dishes, done.undoable) == (2, 2)


def test_undoing_leaves_what_somebody_weighed_or_planned(school: School, cook: Client) -> None:
    read_in(school, cook)
    pytt = RecipeVersion.objects.get(recipe__name="Pytt")
    plan_day(
        kitchen=school.world.kitchen,
        day=DAY,
        dishes=[DishPlan(DishRole.STANDARD, pytt.pk, 10)],
        by=school.world.by,
    )
    (done,) = imports_done(school.world.authority)
    assert cook.post(path(school), {"do": f"angra:{done.key}"}).status_code == 302
    assert names(school) == {"Köttbullar", "Linsbiffar", "Pytt"}
    assert "Lasagne" not in cook.get(f"/kok/{school.world.kitchen.pk}/recept/").content.decode()
    assert "vägda eller planerade" in cook.get(path(school)).content.decode()
    lines = [LineDraft("Pasta", kg=D(10))]
    save_recipe(
        authority=school.world.authority, draft=RecipeDraft("Lasagne", D(100), lines), by=school.world.by
    )
    assert "Lasagne" in names(school)  # whoever writes it anew has it back


@pytest.mark.parametrize(
    "content",
    [
        b"{}",
        b"\xff\xfe",
        menu_file(("2021-10-01", course("Pytt", "x"))),
        menu_file(("2021-10-01", course("Pytt", -1))),
        menu_file(("2021-10-01", course("Pytt", 1001))),
        json.dumps({"meals": [{"date": "2021-10-01", "courses": [course("Pytt", float("nan"))]}]}).encode(),
        b"[" * 100_000,
    ],
)
def test_an_odd_file_is_told_in_a_sentence(school: School, cook: Client, content: bytes) -> None:
    reply = cook.post(path(school), upload(content))
    assert reply.status_code == 422
    assert "OpenMeal" in reply.content.decode()
    sent = {"do": "in", "content": content.decode(errors="replace"), "source": "x"}
    assert cook.post(path(school), sent).status_code == 422
    assert len(names(school)) == 2


def test_without_file_or_source_nothing_is_read(school: School, cook: Client) -> None:
    assert cook.post(path(school), {}).status_code == 422
    assert cook.post(path(school), upload(b"x" * (5 * 1024 * 1024 + 1))).status_code == 422
    assert read_in(school, cook, source="") == 422
    assert len(names(school)) == 2


def test_another_authoritys_import_is_not_found(school: School, cook: Client) -> None:
    read_in(school, cook)
    (done,) = imports_done(school.world.authority)
    other = make_world(beside=school.world)
    stranger = Client()
    stranger.force_login(other.manager)
    reply = stranger.post(f"/kok/{other.kitchen.pk}/recept/import/", {"do": f"angra:{done.key}"})
    assert reply.status_code == 404
    assert cook.post(path(school), {"do": "angra:nonsens"}).status_code == 404
    assert len(names(school)) == 4
