"""The farm that is in turn is asked, answers or is silent; then the next one is asked (case 15)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from config.ground.models import OutboxMessage
from config.ground.outbox import write_letter
from config.ground.trail import acting
from market.models import Agreement, PartyQuestion
from market.queries.findings import told
from orders.models import CallOff
from tests.factories.parts import TESTS
from tests.factories.world import Farm, World, make_world
from tests.market.queries.test_day_range import read
from tests.orders.actions.test_placing import place
from tests.orders.views.desk import client_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _on_the_worlds_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def world_with(hours: int | None = 2, **change: Any) -> World:
    farms = [Farm(stock=2), Farm(name="Åsen", rank=2)]
    world = make_world(farms=farms, posted_stock_is_an_answer=False, **change)
    with acting(TESTS):
        Agreement.objects.filter(pk=world.agreement.pk).update(answer_hours=hours)
    return world


def ask(world: World, product: int | None = None) -> Any:
    pk = product or world.product.pk
    page = reverse("orders:order_new", args=[world.kitchen.pk, world.delivery_date])
    said = {f"antal-{pk}": "20", "version": "0", "fraga": f"{pk}:1"}
    return client_of(world.manager).post(page, said)


def answer(world: World, said: str, *, farm: int = 0) -> Any:
    question = PartyQuestion.objects.get()
    page = reverse("orders:question", args=[world.suppliers[farm].pk, question.pk])
    return client_of(world.people.farmers[farm]).post(page, {"svar": said})


def ordered_of(world: World, at: datetime) -> list[str]:
    with time_machine.travel(at, tick=False):
        place(replace(world, now=at), 20)
    return [each.supplier_run.supplier.name for each in CallOff.objects.order_by("pk")]


def test_case_15_silence_beyond_the_answer_time_opens_the_next_rank_with_its_reason() -> None:
    world = world_with()
    assert ask(world).status_code == 302
    assert ordered_of(world, NOW + timedelta(hours=2)) == []
    assert ordered_of(world, NOW + timedelta(hours=2, seconds=1)) == ["Åsen"]
    sentences = [each.sentence for each in told(CallOff.objects.get().finding, unit="kg") if not each.ok]
    assert any("hade inte svarat" in sentence for sentence in sentences)


def test_case_15_without_a_question_no_time_runs() -> None:
    assert ordered_of(world_with(), NOW + timedelta(days=2)) == []


def test_case_15_a_no_opens_the_next_rank_at_once() -> None:
    world = world_with()
    ask(world)
    assert answer(world, "nej").status_code == 302
    assert ordered_of(world, NOW + timedelta(minutes=1)) == ["Åsen"]


def test_a_yes_keeps_the_next_rank_waiting_until_the_time_is_over() -> None:
    world = world_with()
    ask(world)
    answer(world, "ja")
    assert ordered_of(world, NOW + timedelta(hours=2)) == []
    assert ordered_of(world, NOW + timedelta(hours=3)) == ["Åsen"]


def test_the_range_shows_the_next_rank_once_it_may_be_asked() -> None:
    world = world_with()
    ask(world)
    assert read(world, arrived_at=NOW + timedelta(hours=2)).entries[0].supplier_id is None
    assert read(world, arrived_at=NOW + timedelta(hours=3)).entries[0].supplier == "Åsen"


def test_the_farm_is_told_by_letter_and_on_its_page_and_is_asked_once() -> None:
    world = world_with()
    ask(world)
    ask(world)
    message = OutboxMessage.objects.get(kind="party_question")
    letter = write_letter(message)
    assert f"/fraga/{PartyQuestion.objects.get().pk}/" in letter.text
    page = client_of(world.people.farmers[0]).get(reverse("orders:farm", args=[world.supplier.pk]))
    assert "Kan ni leverera" in page.content.decode()


@pytest.mark.parametrize("after", [timedelta(hours=2, seconds=1), timedelta(minutes=1)])
def test_an_answer_is_given_once_and_in_time(after: timedelta) -> None:
    world = world_with()
    ask(world)
    if after < timedelta(hours=2):
        answer(world, "nej")
    with time_machine.travel(NOW + after, tick=False):
        assert answer(world, "ja").status_code == 409
        page = reverse("orders:question", args=[world.supplier.pk, PartyQuestion.objects.get().pk])
        said = client_of(world.people.farmers[0]).get(page).content.decode()
    assert "nästa gård får frågan" in said


def test_the_farm_that_is_not_in_turn_cant_answer() -> None:
    world = world_with()
    ask(world)
    assert answer(world, "nej", farm=1).status_code == 404


def test_an_agreement_without_an_answer_time_has_nobody_asked() -> None:
    assert ask(world_with(None)).status_code == 409
    assert not PartyQuestion.objects.exists()


def test_nobody_is_asked_where_nobody_is_waited_for() -> None:
    world = make_world()
    assert ask(world).status_code == 404
    assert ask(world, product=world.product.pk + 999).status_code in {404, 422}
