"""Hard cases of the trade about what may be asked for, each by its number in the list (docs/cases.md)."""

from datetime import date

import pytest

from market.models import LawParagraph
from market.queries.criteria import known_names, pieces, read_criteria
from market.rules.criteria import read_text
from market.rules.criteria_matters import Lever, Matter, Use, Verdict
from tests.api.program import Program
from tests.factories.world import make_world
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 25)


@pytest.mark.parametrize("use", [Use.REQUIREMENT, Use.CRITERION])
def test_case_22_locally_produced_within_50_km_is_blocked_with_lawful_levers(use: Use) -> None:
    make_world()
    reading = read_criteria("närproducerat inom 50 km", use=use, regime="directive", on=DAY)
    assert reading.blocks
    assert {each.matter: each.paragraph for each in reading.findings} == {
        "local_origin": "9 kap. 6 § och 4 kap. 1 § LOU",
        "distance": "4 kap. 1 § LOU (likabehandling, proportionalitet)",
    }
    assert {"small_lots", "goods_and_transport_apart"} <= {
        code for each in reading.findings for code, _words in each.levers
    }


def test_case_22_below_the_threshold_rests_on_the_principles() -> None:
    make_world()
    reading = read_criteria("närproducerat", use=Use.REQUIREMENT, regime="national", on=DAY)
    assert [each.paragraph for each in reading.findings] == ["19 kap. 2 § LOU (principerna)"]
    assert (reading.needs_reason, reading.findings[0].confirmed) == (True, False)


def test_case_23_a_sort_order_by_distance_is_blocked() -> None:
    reading = read_text("avstånd till köket, kortast först", use=Use.SORT_ORDER, known=known_names())
    assert reading.verdict is Verdict.BLOCK
    assert Lever.REPORT_ONLY in reading.findings[0].levers


def test_case_24_swedish_animal_law_warns_and_names_level_and_equivalent() -> None:
    reading = read_text("Svensk djurskyddslag ska följas.", use=Use.CRITERION, known=known_names())
    assert [(each.matter, each.verdict, each.levers[0]) for each in reading.findings] == [
        (Matter.NATIONAL_LAW, Verdict.WARN, Lever.LEVEL_OR_EQUIVALENT)
    ]
    mended = "Djuromsorgen ska vara i nivå med svensk djurskyddslag eller likvärdig."
    assert read_text(mended, use=Use.CRITERION, known=known_names()).verdict is Verdict.NOTHING


def test_a_paragraph_is_that_of_the_day_and_says_when_a_person_has_confirmed_it() -> None:
    make_world()
    row = LawParagraph.objects.get(rule="criteria_brand", regime="directive")
    assert read_criteria("Felix", use=Use.REQUIREMENT, regime="directive", on=DAY).findings[0].paragraph
    before = read_criteria("Felix", use=Use.REQUIREMENT, regime="directive", on=date(2016, 1, 1))
    assert (before.findings[0].paragraph, row.confirmed_by) == ("", None)


def test_the_text_is_cut_at_its_findings() -> None:
    text = "Ska vara närodlat, tack."
    reading = read_criteria(text, use=Use.REQUIREMENT, regime="directive", on=DAY)
    assert [(piece.text, piece.finding is not None) for piece in pieces(text, reading)] == [
        ("Ska vara ", False),
        ("närodlat", True),
        (", tack.", False),
    ]


def test_the_api_reads_a_text() -> None:
    world = make_world()
    told = Program(world.manager).post("criteria/check/", {"text": "närproducerat", "use": "formula"}).json()
    assert (told["verdict"], told["needs_reason"], told["findings"][0]["start"]) == ("block", False, 0)
    assert told["findings"][0]["levers"][0]["code"] == "small_lots"
    assert Program(world.manager).post("criteria/check/", {"text": "x" * 10_001}).status_code == 422


@pytest.mark.parametrize(
    ("text", "use", "said"),
    [
        ("Närproducerat inom 50 km.", "requirement", "Texten kan inte användas så"),
        ("<b>Närodlat</b>", "criterion", "Texten behöver ett skäl, eller andra ord"),
        ("Minst fem sorters äpplen.", "requirement", "Inga sådana ord hittades"),
    ],
)
def test_the_officers_page_says_what_was_found_and_escapes_the_text(text: str, use: str, said: str) -> None:
    world = make_world()
    form = {"text": text, "use": use, "regime": "directive"}
    page = client_of(world.officer).post(address(world, "criteria"), form).content.decode()
    assert said in page
    assert "<b>När" not in page
