"""Words that the house warns about may be used with a reason, which is kept; what is blocked may not."""

import pytest
from django.test import Client

from market.models import CriteriaReason
from tests.factories.world import World, make_world
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db
WARNED = {"text": "Grönsakerna ska vara dagsfärska.", "use": "requirement", "regime": "directive"}


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def officer(world: World) -> Client:
    return client_of(world.officer)


def test_a_reason_is_kept_with_the_text_and_what_was_found(world: World, officer: Client) -> None:
    url = address(world, "criteria")
    assert "Spara med skäl" in officer.post(url, WARNED).content.decode()
    assert not CriteriaReason.objects.exists()
    told = WARNED | {"do": "spara", "reason": "Sallad tappar kvalitet på två dagar."}
    page = officer.post(url, told, follow=True).content.decode()
    assert "Sallad tappar kvalitet" in page
    row = CriteriaReason.objects.get()
    assert (row.found[0]["matter"], row.found[0]["paragraph"]) == (
        "freshness",
        "4 kap. 1 § LOU (proportionalitet)",
    )
    assert row.decided_by == world.officer


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reason": " "}, "Skriv varför orden behövs."),
        ({"text": "Närproducerat", "use": "formula", "reason": "Bra"}, "Ett skäl hjälper inte här"),
        ({"text": "Potatis i säck", "reason": "Bra"}, "Texten behöver inget skäl."),
    ],
)
def test_what_can_not_be_kept_says_why(
    world: World, officer: Client, change: dict[str, str], sentence: str
) -> None:
    answer = officer.post(address(world, "criteria"), WARNED | {"do": "spara"} | change)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not CriteriaReason.objects.exists()
