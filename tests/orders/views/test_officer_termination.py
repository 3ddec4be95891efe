"""An agreement is ended in time: who, from when, why; what is ordered stands, flagged."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from market.models import Agreement, Termination
from orders.models import CallOff
from tests.factories.world import World, make_world
from tests.orders.actions.test_placing import place
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db
ASKED = {
    "side": "buyer",
    "told_on": "2026-11-23",
    "last_day": "2026-11-30",
    "clause": "punkt 20.2, hävning",
    "notice_days": "",
    "reason": "Upprepade brister.",
}


@pytest.fixture(autouse=True)
def _on_the_worlds_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def world() -> World:
    return make_world()


def test_what_is_ordered_for_later_stands_and_is_flagged_and_nothing_new_is_ordered(world: World) -> None:
    place(world, 5)
    officer = client_of(world.officer)
    answer = officer.post(address(world, "terminate", world.agreement.pk), ASKED, follow=True)
    page = answer.content.decode()
    assert "De här avropen står kvar" in page
    assert "punkt 20.2, hävning" in page
    assert "17 kap. 17 § LOU" in page
    assert CallOff.objects.get().state == "placed"
    assert Agreement.objects.get(pk=world.agreement.pk).terminated_on == Termination.objects.get().last_day
    assert place(world, 5)["order"] is None


def test_faults_stand_at_their_fields_and_an_agreement_ends_once(world: World) -> None:
    officer, url = client_of(world.officer), address(world, "terminate", world.agreement.pk)
    answer = officer.post(url, ASKED | {"notice_days": "30"})
    assert answer.status_code == 422
    assert "Uppsägningstiden i klausulen" in answer.content.decode()
    assert not Termination.objects.exists()
    assert officer.post(url, ASKED).status_code == 302
    assert officer.post(url, ASKED).status_code == 409
