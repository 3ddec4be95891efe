"""Why an order, an award, a suspension was allowed, as one tagged PDF: word for word the page, in the page's language."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
import time_machine
from django.conf import settings
from django.test import Client, override_settings

from config.ground.refusals import NotFound
from deploy.local import messages
from market.actions.standing import suspend_supplier
from orders.actions.awards import sign_award
from orders.models import CallOff, Order
from orders.queries.why import why_order
from tests.config.ground.reading_pdf import pages, reader, root, tags, words
from tests.factories.awards import OWN_FIGURE, award_draft
from tests.factories.walked import FARMS, GOODS, make_walked
from tests.factories.world import Farm, World, make_world
from tests.orders.actions.test_placing import place
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db
TOLD = {"h1", "h2", "h3", "dt", "dd", "th", "td"}


@pytest.fixture(autouse=True)
def _on_the_worlds_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def world() -> World:
    """A call-off at rank 2, since rank 1 is suspended."""
    world = make_world(farms=(Farm(suspended="punkt 14"), Farm(name="Åkerbo", rank=2)))
    place(world, 20)
    return world


class Told(HTMLParser):
    """What a page's main part tells: its headings, facts and cells, each as one text."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._in: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  # the parser calls it so
        if tag in TOLD:
            self._in.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in TOLD:
            self.texts.append(" ".join(self._in.pop().split()))

    def handle_data(self, data: str) -> None:
        if self._in:
            self._in[-1] += data


def told_by(page: str) -> list[str]:
    parser = Told()
    parser.feed(page.partition("<main")[2].partition("</main")[0])
    return [text for text in parser.texts if text]


def paper(world: World, name: str, key: int, *, client: Client | None = None) -> bytes:
    answer = (client or client_of(world.officer)).get(address(world, name, key), {"format": "pdf"})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    return answer.content


def suspended(world: World) -> int:
    return suspend_supplier(
        authority=world.authority,
        supplier=world.suppliers[1],
        clause="punkt 14.2",
        first_day=world.today + timedelta(days=3),
        unheard_reason="Fara för eleverna.",
        officer=world.officer,
        by=world.by_officer,
    ).pk


def awarded(world: World) -> int:
    return sign_award(
        draft=award_draft(world, ceiling_sek=150_000),
        basis=OWN_FIGURE,
        signer=world.officer,
        signed_at=world.now,
        by=world.by_officer,
    ).pk


PAPERS: dict[str, Callable[[World], int]] = {
    "call_off": lambda _world: CallOff.objects.get().pk,
    "order_why": lambda _world: Order.objects.get().pk,
    "standing_why": suspended,
    "award_why": awarded,
}


@pytest.mark.parametrize("name", PAPERS)
def test_the_paper_says_all_that_the_page_says(world: World, name: str) -> None:
    key = PAPERS[name](world)
    page = client_of(world.officer).get(address(world, name, key)).content.decode()
    assert 'href="?format=pdf"' in page
    told, said = told_by(page), words(paper(world, name, key))
    assert len(told) > 8
    assert [text for text in told if text.replace(" ej bekräftad", " (ej bekräftad)") not in said] == []


@pytest.mark.parametrize("name", PAPERS)
def test_the_paper_is_tagged_in_its_language(world: World, name: str) -> None:
    made = paper(world, name, PAPERS[name](world))
    assert root(made)["/Lang"] == "sv"
    assert {"/H1", "/P", "/L", "/Table", "/TH", "/TD"} <= set(tags(made))


def test_the_paper_follows_the_readers_language(world: World) -> None:
    client = client_of(world.officer)
    messages.compile_all()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    english = paper(world, "call_off", CallOff.objects.get().pk, client=client)
    assert root(english)["/Lang"] == "en"
    assert reader(english).metadata.title == "Why was this allowed?"
    assert "punkt 14" in words(english)


def test_a_demos_paper_says_so_on_each_page_and_a_real_one_never(world: World) -> None:
    key = Order.objects.get().pk
    with override_settings(DEMO=True):
        assert all("Påhittade siffror" in page for page in pages(paper(world, "order_why", key)))
    with override_settings(DEMO=False):
        assert "Påhittade" not in words(paper(world, "order_why", key))


def test_the_papers_figures_are_those_that_were_judged(world: World) -> None:
    said = words(paper(world, "call_off", CallOff.objects.get().pk))
    assert "Takvärde" in said
    assert "Åkerbo" in said
    assert "punkt 14" in said
    assert world.manager.name in said


def test_an_order_tells_each_of_its_call_offs(world: World) -> None:
    found = why_order(world.authority, Order.objects.get().pk)
    assert [each.call_off for each in found.call_offs] == list(CallOff.objects.order_by("pk"))
    assert [each.what for each in found.trail] == ["Skrivet"] * 2
    assert all(each.trail and each.passed for each in found.call_offs)


def test_another_authoritys_order_is_not_there() -> None:
    world = make_walked(1)
    other = make_world(beside=world, farms=FARMS, products=GOODS)
    with pytest.raises(NotFound):
        why_order(other.authority, Order.objects.earliest("pk").pk)
