"""Sustainability criteria as rows: a version keeps its text, an agreement says which it took up, wording that would not stand is refused."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from config.ground.models import TrailEntry
from config.ground.refusals import InvalidInput, NotAllowed
from config.ground.trail import acting
from market.actions.reference import load_criteria
from market.actions.sustainability import choose_criterion
from market.models import AgreementCriterion, SustainabilityCriterion
from tests.factories.criteria import demand_organic
from tests.factories.world import World, make_world
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db
TEXT = "Grisarna ska ha sysselsättningsmaterial under hela uppfödningen, eller likvärdigt."


@pytest.fixture(autouse=True)
def _on_the_worlds_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def world() -> World:
    world = make_world()
    load_criteria(by=world.by_officer)
    return world


def enter(world: World, **change: Any) -> Any:
    told = {
        "code": "10615",
        "version": "2",
        "level": "advanced",
        "kind": "specification",
        "title": "Griskött: sysselsättning",
        "text": TEXT,
        "proof": "Intyg från uppfödaren.",
        "source": "Upphandlingsmyndighetens kriterietjänst, läst 2026-11-20",
        "valid_from": "2026-01-01",
    } | change
    return client_of(world.officer).post(address(world, "new_criterion"), told)


def entered(world: World) -> SustainabilityCriterion:
    assert enter(world).status_code == 302
    return SustainabilityCriterion.objects.get(code="10615")


def test_what_is_shipped_is_not_confirmed_and_says_its_level_and_source(world: World) -> None:
    rows = SustainabilityCriterion.objects.all()
    assert rows
    assert {row.confirmed_by for row in rows} == {None}
    assert all(row.source and row.text and row.proof for row in rows)
    page = client_of(world.people.auditor).get(address(world, "sustainability")).content.decode()
    assert page.count("ej bekräftat") == len(rows)
    assert "avancerad" in page
    assert load_criteria(by=world.by_officer).new == 0


def test_a_version_is_entered_word_for_word_and_confirmed_by_who_copied_it(world: World) -> None:
    row = entered(world)
    assert (row.text, row.level, row.confirmed_by) == (TEXT, "advanced", world.officer)
    assert TrailEntry.objects.filter(table_name="market_sustainabilitycriterion", row_id=row.pk).count() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": ""}, "Kravtext"),
        ({"text": "Köttet ska vara närproducerat inom 50 km."}, "får inte krävas"),
        ({"valid_to": "2025-01-01"}, "Sista dagen ligger före den första"),
    ],
)
def test_what_can_not_stand_is_refused(world: World, change: dict[str, str], said: str) -> None:
    answer = enter(world, **change)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not SustainabilityCriterion.objects.filter(code="10615").exists()


def test_a_changed_text_is_a_new_version_and_the_old_one_stays(world: World) -> None:
    row = entered(world)
    assert enter(world, text="En annan text.").status_code == 422
    assert enter(world, text="En annan text.", version="3").status_code == 302
    row.refresh_from_db()
    assert row.text == TEXT
    with pytest.raises(IntegrityError), transaction.atomic(), acting(world.by_officer):
        SustainabilityCriterion.objects.filter(version="3").update(version="2")


def test_an_agreement_takes_up_a_version_once_and_a_mistake_is_marked(world: World) -> None:
    row, url = entered(world), address(world, "agreement_criteria", world.agreement.pk)
    client = client_of(world.officer)
    for _ in range(2):
        assert client.post(url, {"criterion": row.pk}).status_code == 302
    chosen = AgreementCriterion.objects.get()
    assert (chosen.agreement, chosen.criterion, chosen.chosen_by) == (world.agreement, row, world.officer)
    assert TEXT in client.get(url).content.decode()
    assert client.post(url, {"remove": chosen.pk}).status_code == 302
    chosen.refresh_from_db()
    assert chosen.removed_by == world.officer
    assert TEXT not in client.get(url).content.decode()
    assert client.post(url, {"remove": chosen.pk}).status_code == 404
    assert client.post(url, {"remove": "x"}).status_code == 404


def test_a_version_that_no_longer_holds_can_not_be_taken_up(world: World) -> None:
    row = entered(world)
    with acting(world.by_officer):
        SustainabilityCriterion.objects.filter(pk=row.pk).update(valid_to=date(2026, 6, 30))
    row.refresh_from_db()
    answer = client_of(world.officer).post(
        address(world, "agreement_criteria", world.agreement.pk), {"criterion": row.pk}
    )
    assert answer.status_code == 422
    with pytest.raises(InvalidInput):
        choose_criterion(
            agreement=world.agreement,
            criterion=row,
            officer=world.officer,
            on=world.today,
            by=world.by_officer,
        )


def test_only_an_officer_of_a_named_authority_takes_one_up(world: World) -> None:
    row, other = entered(world), make_world(beside=world)
    for officer in (other.officer, world.people.auditor, world.manager):
        with pytest.raises(NotAllowed):
            choose_criterion(
                agreement=world.agreement, criterion=row, officer=officer, on=world.today, by=world.by_officer
            )
    url = address(other, "agreement_criteria", world.agreement.pk)
    assert client_of(other.officer).get(url).status_code == 404


def test_the_api_tells_the_rows(world: World) -> None:
    entered(world)
    answer = client_of(world.manager).get(
        reverse("api_sustainability_criteria"), {"code": "10615", "on": "2026-11-23", "level": "advanced"}
    )
    (row,) = answer.json()["results"]
    assert (row["version"], row["text"], row["confirmed"], row["valid_to"]) == ("2", TEXT, True, None)


def test_a_version_tells_which_goods_must_be_organic_by_it(world: World) -> None:
    assert enter(world, organic_groups=["vegetables", "eggs"]).status_code == 302
    row = SustainabilityCriterion.objects.get(code="10615")
    assert row.organic_groups == ["vegetables", "eggs"]
    page = client_of(world.officer).get(address(world, "sustainability")).content.decode()
    assert "Måste vara ekologiskt" in page
    assert "Grönsaker, Ägg" in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "award", "organic_groups": ["eggs"]}, "det kräver inget"),
        ({"organic_groups": ["moon"]}, "moon"),
    ],
)
def test_what_demands_nothing_or_nothing_known_is_refused(
    world: World, change: dict[str, Any], said: str
) -> None:
    answer = enter(world, **change)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_the_database_holds_that_an_award_criterion_demands_nothing(world: World) -> None:
    row = entered(world)
    with pytest.raises(IntegrityError), transaction.atomic(), acting(world.by_officer):
        SustainabilityCriterion.objects.filter(pk=row.pk).update(kind="award", organic_groups=["eggs"])


def test_an_agreements_page_says_which_farm_has_no_certificate_for_what_must_be_organic(world: World) -> None:
    url = address(world, "agreement_criteria", world.agreement.pk)
    client = client_of(world.officer)
    assert "inget ekologiskt certifikat" not in client.get(url).content.decode()
    demand_organic(world, "plants")
    said = client.get(url).content.decode()
    assert "Björkhaga gård har inget ekologiskt certifikat som gäller i dag för Potatis" in said
