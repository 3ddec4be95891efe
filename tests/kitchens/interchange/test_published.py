"""Other systems' files: what they hold, what contradicts itself, what is left alone."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kitchens.actions.importing import import_menu, match_menu
from kitchens.actions.recipes import LineDraft, RecipeDraft, save_recipe
from kitchens.interchange.published import PublishedFileOdd, read_menu, read_waste
from kitchens.models import Recipe, RecipeVersion
from kitchens.rules.waste import waste_per_guest
from tests.factories.world import World, make_world

D = Decimal
REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "real" / "helsingborg_meals_waste"
MENU = REAL / "mashie_one_months_meals.json"
WASTE = REAL / "vramlosa_waste.csv"
needs_real = pytest.mark.skipif(not REAL.exists(), reason=f"the real files are not at {REAL}")


def course(
    name: str, co2e: object, ingredients: str = "Potatis EKO 10 kg, Salt, Mellanmjölk 1,5%"
) -> dict[str, object]:
    return {"name": name, "co2Equivalents": co2e, "ingredientsLabel": ingredients}


def menu_file(*meals: tuple[str, dict[str, object]]) -> bytes:
    return json.dumps({"meals": [{"date": day, "courses": [each]} for day, each in meals]}).encode()


PLAIN = menu_file(
    ("2021-10-01", course("Klimatsmart lasagne", 0.23)),
    ("2021-10-02", course("Klimatsmart lasagne", 0.23)),
    ("2021-10-04", course("Pytt", 0.5)),
    ("2021-10-05", course("Pytt", 0.6)),
)


def test_dishes_are_read_by_name_and_a_comma_in_a_figure_parts_nothing() -> None:
    menu = read_menu(PLAIN)
    lasagne, pytt = menu.dishes
    assert (menu.meals, [day.day for day in menu.copied_days]) == (4, [2])
    assert (lasagne.co2e_kg, lasagne.contradicts, len(lasagne.days)) == (D("0.23"), False, 2)
    assert lasagne.ingredients == ["Potatis EKO 10 kg", "Salt", "Mellanmjölk 1,5%"]
    assert (pytt.co2e_kg, pytt.contradicts) == (None, True)


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b'{"meals": [{"date": "x", "courses": [{"name": "a"}]}]}']
)
def test_another_file_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(PublishedFileOdd, match="OpenMeal"):
        read_menu(content)


@pytest.mark.parametrize(
    "content", [b"a,b\n1,2\n", b"numStudents,kitchenWaste,servingWaste,plateWaste,totalWaste\n1,x,0,0,0\n"]
)
def test_another_waste_file_is_refused(content: bytes) -> None:
    with pytest.raises(PublishedFileOdd):
        read_waste(content)


@pytest.mark.django_db
def test_published_dishes_become_recipes_without_weights_and_ours_are_left() -> None:
    world: World = make_world()
    ours = RecipeDraft("Pytt", D(100), [LineDraft("Potatis", kg=D(20), product_id=world.product.pk)])
    save_recipe(authority=world.authority, draft=ours, by=world.by)
    matched = match_menu(world.authority, read_menu(PLAIN))
    assert [(each.name, each.claims, each.is_new) for each in matched] == [
        ("Lasagne", ("Klimatsmart",), True),
        ("Pytt", (), False),
    ]
    assert matched[0].known >= 1  # Potatis
    assert import_menu(authority=world.authority, matched=matched, source="Mashie 2021", by=world.by) == 1
    version = RecipeVersion.objects.get(recipe__name="Lasagne")
    assert (version.published_co2e_kg, version.published_source) == (D("0.23"), "Mashie 2021")
    assert not version.lines.exists()
    assert Recipe.objects.get(name="Pytt").versions.count() == 1


@needs_real
def test_the_real_month_is_read_whole() -> None:
    menu = read_menu(MENU.read_bytes())
    figures = [dish.co2e_kg for dish in menu.dishes if dish.co2e_kg is not None]
    assert (menu.meals, len(menu.dishes), len(figures)) == (54, 19, 19)
    assert (min(figures), max(figures)) == (D("0.07"), D("2.9"))


@needs_real
def test_the_real_waste_file_contradicts_itself_and_is_not_believed() -> None:
    file = read_waste(WASTE.read_bytes())
    waste = waste_per_guest(file.days)
    assert waste is not None
    assert (len(file.days), len(file.contradict)) == (282, 226)
    assert waste.days_that_do_not_add_up == 243
    assert round(waste.plate_g, 1) == D("9.4")  # a ratio of sums; the mean of the days is 9.3


@needs_real
@pytest.mark.django_db
def test_the_command_tells_and_writes_only_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    world = make_world()
    call_command("import_dishes", str(MENU), "--myndighet", world.authority.code)
    assert "54 måltider, 19 rätter" in capsys.readouterr().out
    assert not Recipe.objects.exists()
    for wrong in ([str(MENU)], [str(MENU), "--myndighet", world.authority.code, "--skriv"], ["finns.inte"]):
        with pytest.raises(CommandError):
            call_command("import_dishes", *wrong)
    call_command(
        "import_dishes", str(MENU), "--myndighet", world.authority.code, "--kalla", "Mashie", "--skriv"
    )
    assert Recipe.objects.count() == 19
    call_command("import_dishes", str(WASTE))
    assert "226 dagar" in capsys.readouterr().out
