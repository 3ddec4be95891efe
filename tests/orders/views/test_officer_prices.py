"""The officer changes a price of an agreement."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from market.models import AgreementPrice
from tests.factories.world import World, make_world
from tests.orders.actions.test_placing import place
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_worlds_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def world() -> World:
    return make_world()


def asked(world: World, **other: str) -> dict[str, str]:
    price = world.prices[world.supplier.pk, world.pack.pk]
    return {
        "price": str(price.pk),
        "price_sek": "52",
        "first_day": world.delivery_date.isoformat(),
        "ground": "index",
        "clause": "punkt 7.3",
        "index_name": "KPI",
        "index_before": "400",
        "index_now": "416",
        **other,
    }


def test_a_price_is_changed_and_the_lots_page_tells_why_and_who_must_approve(world: World) -> None:
    place(world, 5)
    officer = client_of(world.officer)
    answer = officer.post(address(world, "adjust_price", world.lot.pk), asked(world), follow=True)
    page = answer.content.decode()
    assert "50,00\xa0kr → 52,00\xa0kr" in page
    assert "index enligt avtalet, punkt 7.3" in page
    assert "1 beställd rad väntar" in page


def test_faults_stand_at_their_fields(world: World) -> None:
    officer = client_of(world.officer)
    answer = officer.post(address(world, "adjust_price", world.lot.pk), asked(world, index_now="410"))
    assert answer.status_code == 422
    assert "följer inte indexvärdena" in answer.content.decode()
    assert AgreementPrice.objects.filter(adjusted_at__isnull=False).count() == 0


def test_an_agreement_in_writing_needs_its_day(world: World) -> None:
    officer = client_of(world.officer)
    url = address(world, "adjust_price", world.lot.pk)
    assert "vilken dag" in officer.post(url, asked(world, ground="agreed")).content.decode()
    assert officer.post(url, asked(world, ground="agreed", agreed_on="2026-11-20")).status_code == 302
