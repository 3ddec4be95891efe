"""Hard cases of the trade about those who bid, each by its number in the list (docs/cases.md)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine

from config.ground.models import OutboxMessage
from config.ground.outbox import write_letter
from config.ground.refusals import InvalidInput, NotAllowed
from market.actions.bidders import tell_bidder
from market.models import Bidder
from market.refusals import BidderTold
from market.rules.notices import Channel, Standstill
from orders.queries.bidders import notices
from tests.factories.officers import bidder_of
from tests.factories.world import World, make_world
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _on_the_worlds_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        yield


def tell(world: World, bidder: Bidder, channel: Channel, *, on: date = DAY) -> Bidder:
    return tell_bidder(
        authority=world.authority,
        bidder=bidder,
        channel=channel,
        told_on=on,
        today=DAY,
        officer=world.officer,
        by=world.by_officer,
    )


def until(world: World) -> Standstill | None:
    return notices(world.authority, world.agreement.pk, reader=world.officer, today=DAY).until


def test_case_39_one_bidder_told_by_post_gives_fifteen_days_for_all() -> None:
    world = make_world()
    first, second = bidder_of(world), bidder_of(world, name="Backgården", email="")
    tell(world, first, Channel.EMAIL)
    assert until(world) is None  # the other does not know yet
    tell(world, second, Channel.POST)
    assert until(world) == Standstill(days=15, last_day=date(2026, 12, 8))
    found = notices(world.authority, world.agreement.pk, reader=world.officer, today=DAY)
    assert (found.binds, found.paragraph) == (True, "20 kap. 1 § LOU")


def test_case_39_all_told_electronically_gives_ten() -> None:
    world = make_world()
    tell(world, bidder_of(world), Channel.EMAIL)
    assert until(world) == Standstill(days=10, last_day=date(2026, 12, 3))
    letter = write_letter(OutboxMessage.objects.get(kind="award_notice"))
    assert world.supplier.name in letter.text
    assert "Till Ängsgården" in letter.text


@pytest.mark.parametrize(("kind", "regime"), [("dis", "directive"), ("direct_award", "direct_award")])
def test_case_39_a_dis_and_a_direct_award_have_no_compulsory_standstill(kind: str, regime: str) -> None:
    world = make_world(kind=kind, regime=regime)
    tell(world, bidder_of(world), Channel.POST)
    found = notices(world.authority, world.agreement.pk, reader=world.officer, today=DAY)
    assert (found.binds, found.signed_early) == (False, False)


def test_an_agreement_signed_within_its_standstill_says_so() -> None:
    world = make_world()
    world.agreement.refresh_from_db()
    signed_on = world.agreement.signed_at
    assert signed_on is not None
    tell(world, bidder_of(world), Channel.POST, on=signed_on.date())
    assert notices(world.authority, world.agreement.pk, reader=world.officer, today=DAY).signed_early


def test_a_bidder_is_told_once_and_only_by_a_way_that_there_is() -> None:
    world = make_world()
    bidder = bidder_of(world, email="")
    with pytest.raises(InvalidInput):
        tell(world, bidder, Channel.EMAIL)
    with pytest.raises(InvalidInput):
        tell(world, bidder, Channel.POST, on=date(2026, 11, 24))
    tell(world, bidder, Channel.BY_HAND, on=date(2026, 11, 20))
    with pytest.raises(BidderTold):
        tell(world, bidder, Channel.POST)
    assert not OutboxMessage.objects.filter(kind="award_notice").exists()
    for name in (" ", "Ängsgården"):
        with pytest.raises(InvalidInput):
            bidder_of(world, name=name)


def test_only_an_officer_of_the_authority_tells() -> None:
    world, other = make_world(), make_world()
    with pytest.raises(NotAllowed):
        tell(other, bidder_of(world), Channel.POST)


def test_bidders_on_the_officers_page() -> None:
    world = make_world()
    client, key = client_of(world.officer), world.agreement.pk
    form = {"name": "Ängsgården", "email": "bud@prov.example"}
    assert client.post(address(world, "new_bidder", key), form).status_code == 302
    assert client.post(address(world, "new_bidder", key), form).status_code == 422
    page = client.get(address(world, "bidders", key)).content.decode()
    assert "inte underrättad än" in page
    told = {"channel": "post", "told_on": "2026-11-23"}
    bidder = Bidder.objects.get().pk
    assert client.post(address(world, "tell_bidder", bidder), told).status_code == 302
    assert client.post(address(world, "tell_bidder", bidder), told).status_code == 409
    assert "15 dagar" in client.get(address(world, "bidders", key)).content.decode()
