"""An agreement's own page: its value from the start, its options and changes."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from market.models import AgreementChange, AgreementOption
from tests.factories.ceilings import raise_to
from tests.factories.officers import award_with_option
from tests.factories.world import World, make_world
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_worlds_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def world() -> World:
    return make_world()


def test_value_changes_and_what_is_not_known_are_told(world: World) -> None:
    raise_to(world, 104_000)
    page = client_of(world.officer).get(address(world, "agreement", world.agreement.pk)).content.decode()
    assert "100\xa0000,00\xa0kr" in page
    assert "104\xa0000,00\xa0kr" in page
    assert "17 kap. 10 § LOU" in page
    assert "Tröskelvärdet i kronor saknas" in page


def test_a_change_is_written_and_a_fault_stands_at_its_field(world: World) -> None:
    officer, url = client_of(world.officer), address(world, "new_change", world.agreement.pk)
    told = {
        "what": "Leverans också fredagar",
        "first_day": "2026-12-01",
        "ground": "not_essential",
        "clause": "punkt 9",
        "less_sek": "",
        "reason": "Köken har bett om det.",
    }
    assert officer.post(url, told | {"first_day": "2026-11-01"}).status_code == 422
    page = officer.post(url, told, follow=True).content.decode()
    assert "Leverans också fredagar" in page
    assert AgreementChange.objects.get().value_sek == 0


def test_a_ceiling_is_raised_on_its_ground(world: World) -> None:
    officer, url = client_of(world.officer), address(world, "ceiling", world.lot.pk)
    told = {"ceiling_sek": "115000", "ground": "minor", "clause": "tillägg 1", "reason": "Fler elever"}
    answer = officer.post(url, told)
    assert answer.status_code == 409
    assert "17 kap. 9 §" in answer.content.decode()
    assert officer.post(url, told | {"ceiling_sek": "105000"}).status_code == 302
    assert AgreementChange.objects.get().value_sek == 5_000


def test_an_option_is_used_once(world: World) -> None:
    agreement = award_with_option(world)
    officer = client_of(world.officer)
    option = AgreementOption.objects.get()
    assert (
        "inte använd"
        in client_of(world.people.auditor).get(address(world, "agreement", agreement.pk)).content.decode()
    )
    url = address(world, "use_option", option.pk)
    page = officer.post(url, {"reason": "Leveranserna har gått bra."}, follow=True).content.decode()
    assert "Optionen är använd" in page
    assert officer.post(url, {"reason": "En gång till"}).status_code == 422
