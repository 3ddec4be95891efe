"""The trade's cases of openness and secrecy: who learns how many bid, and what a journalist is handed."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import override_settings

from config.ground.models import TrailEntry
from config.ground.trail import Actor, acting
from market.models import Agreement, AgreementPrice
from orders.actions.awards import countersign_award, sign_award
from orders.models import CallOff, CaseExport, CaseMask, Order
from suppliers.models import Supplier
from tests.config.ground.reading_pdf import words
from tests.factories.awards import OWN_FIGURE, award_draft
from tests.factories.officers import another_officer, waiting_award
from tests.factories.world import Farm, World, make_world
from tests.orders.actions.test_placing import place
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db
REASON = "Åkerbo begärde det 2026-11-20 och visade skadan."


@pytest.fixture(autouse=True)
def _on_the_worlds_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def world() -> World:
    """Two farms in one lot, each with a call-off."""
    world = make_world(farms=(Farm(stock=10), Farm(name="Åkerbo", rank=2)))
    place(world, 20)
    return world


def hand_out(world: World, name: str, key: int, **told: str) -> Any:
    return client_of(world.officer).post(address(world, name, key), {"checked": "on", **told})


def files(answer: Any) -> dict[str, bytes]:
    assert answer.status_code == 200, answer.content.decode()[:400]
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def withhold(secret: str, supplier: int = 0, *, ground: str = "business") -> dict[str, str]:
    return {f"ground-{secret}-{supplier}": ground, f"reason-{secret}-{supplier}": REASON}


def unsigned(world: World) -> Agreement:
    with acting(world.by_officer):
        Agreement.objects.filter(pk=world.agreement.pk).update(signed_at=None, signed_by=None)
    return world.agreement


def test_case_36_before_the_award_nobody_but_the_authoritys_staff_learns_of_the_bids(world: World) -> None:
    """Whoever is neither officer nor auditor of the authority gets 404 for all of it."""
    agreement = unsigned(world)
    outside = [world.manager, world.people.farmers[0], world.people.hub_worker, world.people.outsider]
    for user in outside:
        client = client_of(user)
        for name, keys in (("home", ()), ("agreements", ()), ("lot", (world.lot.pk,))):
            assert client.get(address(world, name, *keys)).status_code == 404
        assert client.get(address(world, "agreement_case", agreement.pk)).status_code == 404


def test_case_36_before_the_award_only_who_handles_it_learns_of_the_bids(world: World) -> None:
    """Not another officer, not an auditor; the first who signed handles it, and assigns another."""
    agreement, other = waiting_award(world), another_officer(world)
    assert client_of(world.officer).post(
        address(world, "new_bidder", agreement.pk), {"name": "Åkerbo", "email": ""}
    )
    page = address(world, "bidders", agreement.pk)
    assert "Åkerbo" in client_of(world.officer).get(page).content.decode()
    for user in (other, world.people.auditor):
        sealed = client_of(user).get(page)
        said = sealed.content.decode()
        assert sealed.status_code == 403
        assert "19 kap. 3 § andra stycket OSL" in said
        assert "Åkerbo" not in said
        assert world.officer.name in said
    bidder = agreement.bidders.get()
    for name, key in (("new_bidder", agreement.pk), ("tell_bidder", bidder.pk)):
        asked = client_of(other).get(address(world, name, key))
        assert "Åkerbo" not in asked.content.decode()
    refused = client_of(other).post(address(world, "new_bidder", agreement.pk), {"name": "Ängsgården"})
    assert refused.status_code == 403
    assert agreement.bidders.count() == 1
    take = {"handler": other.pk}
    assert client_of(other).post(address(world, "new_handler", agreement.pk), take).status_code == 403
    assert client_of(world.officer).post(address(world, "new_handler", agreement.pk), take).status_code == 302
    assert "Åkerbo" in client_of(other).get(page).content.decode()
    assert client_of(world.people.auditor).get(page).status_code == 403


def test_case_36_when_the_award_is_decided_the_authoritys_staff_see_who_bid(world: World) -> None:
    agreement, other = waiting_award(world), another_officer(world)
    client_of(world.officer).post(address(world, "new_bidder", agreement.pk), {"name": "Åkerbo"})
    countersign_award(
        agreement=agreement, signer=other, signed_at=world.now, by=Actor.person(other.pk, door="tests")
    )
    for user in (other, world.people.auditor):
        assert "Åkerbo" in client_of(user).get(address(world, "bidders", agreement.pk)).content.decode()


def test_case_36_an_award_that_nobody_handles_is_taken_by_the_first(world: World) -> None:
    agreement, other = unsigned(world), another_officer(world)
    assert client_of(other).get(address(world, "bidders", agreement.pk)).status_code == 403
    take = {"handler": other.pk}
    assert client_of(other).post(address(world, "new_handler", agreement.pk), take).status_code == 302
    assert client_of(other).get(address(world, "bidders", agreement.pk)).status_code == 200
    assert client_of(world.officer).get(address(world, "bidders", agreement.pk)).status_code == 403


def test_case_37_before_the_award_a_journalist_is_refused_by_the_secrecy_rule(world: World) -> None:
    agreement = unsigned(world)
    for answer in (
        client_of(world.officer).get(address(world, "agreement_case", agreement.pk)),
        hand_out(world, "agreement_case", agreement.pk),
    ):
        said = answer.content.decode()
        assert answer.status_code == 403
        assert "19 kap. 3 § andra stycket OSL" in said
        assert "Åkerbo" not in said
    assert not CaseExport.objects.exists()


def test_case_37_after_the_award_the_case_is_handed_out_with_what_is_secret_masked(world: World) -> None:
    other = world.suppliers[1]
    found = files(hand_out(world, "agreement_case", world.agreement.pk, **withhold("prices", other.pk)))
    told = json.loads(found["arende.json"])
    prices = {row["supplier"]: row["price_sek"] for row in told["sheets"]["priser"]}
    assert prices[other.name] == {"masked": "31 kap. 16 § OSL"}
    assert prices[world.supplier.name] == str(
        AgreementPrice.objects.filter(supplier=world.supplier).values_list("price_sek", flat=True)[0]
    )
    values = {row["supplier"]: row["net_sek"] for row in told["sheets"]["avrop"]}
    assert values[other.name] == {"masked": "31 kap. 16 § OSL"}
    assert values[world.supplier.name] == "100.00"
    for content in (found["priser.csv"].decode(), words(found["arende.pdf"])):
        assert "[maskat: 31 kap. 16 § OSL]" in content
    assert REASON in words(found["arende.pdf"])
    assert "31 kap. 16 § OSL (ej bekräftad)" in found["maskat.csv"].decode()


def test_the_decision_to_mask_is_kept_and_the_rows_are_as_they_were(world: World) -> None:
    before = list(AgreementPrice.objects.values()), list(CallOff.objects.values())
    other = world.suppliers[1]
    files(hand_out(world, "agreement_case", world.agreement.pk, **withhold("prices", other.pk)))
    export, mask = CaseExport.objects.get(), CaseMask.objects.get()
    assert (export.made_by, export.agreement, export.order) == (world.officer, world.agreement, None)
    assert (mask.supplier, mask.ground, mask.paragraph, mask.reason) == (
        other,
        "business",
        "31 kap. 16 § OSL",
        REASON,
    )
    assert (list(AgreementPrice.objects.values()), list(CallOff.objects.values())) == before
    assert TrailEntry.objects.filter(table_name__in=["orders_caseexport", "orders_casemask"]).count() == 2
    page = client_of(world.officer).get(address(world, "agreement_case", world.agreement.pk))
    assert REASON in page.content.decode()
    with pytest.raises(DatabaseError), transaction.atomic(), acting(world.by_officer):
        CaseMask.objects.all().delete()


def test_no_mask_hands_all_out_and_a_mask_without_a_reason_is_refused(world: World) -> None:
    told = json.loads(files(hand_out(world, "agreement_case", world.agreement.pk))["arende.json"])
    assert "masked" not in json.dumps(told["sheets"])
    answer = hand_out(world, "agreement_case", world.agreement.pk, **{"ground-people-0": "person"})
    assert answer.status_code == 422
    assert "Skriv varför uppgiften är hemlig" in answer.content.decode()
    unchecked = client_of(world.officer).post(address(world, "agreement_case", world.agreement.pk), {})
    assert unchecked.status_code == 422
    assert CaseExport.objects.count() == 1


def test_case_81_a_sole_traders_personal_number_is_in_no_file(world: World) -> None:
    number = "8507099805"
    with acting(world.by_officer):
        Supplier.objects.filter(pk=world.supplier.pk).update(
            legal_form="sole_trader", org_number=None, personal_number=number
        )
    for name, key in (("agreement_case", world.agreement.pk), ("order_case", Order.objects.get().pk)):
        found = files(hand_out(world, name, key))
        everything = b"".join(found.values()).decode("latin-1") + words(found["arende.pdf"])
        assert number not in everything
        assert number[2:] not in everything
    assert (
        "enskild firma"
        in files(hand_out(world, "agreement_case", world.agreement.pk))["leverantorer.csv"].decode()
    )


def test_an_orders_case_masks_what_a_price_could_be_reckoned_from(world: World) -> None:
    other = world.suppliers[1]
    found = files(
        hand_out(
            world,
            "order_case",
            Order.objects.get().pk,
            **withhold("prices", other.pk),
            **withhold("people", ground="person"),
        )
    )
    sheets = json.loads(found["arende.json"])["sheets"]
    mine = {row["call_off"] for row in sheets["avrop"] if row["supplier"] == other.name}
    assert all(isinstance(row["rule"], dict) for row in sheets["regler"] if row["call_off"] in mine)
    assert all(isinstance(row["net_sek"], dict) for row in sheets["handelser"] if row["call_off"] in mine)
    assert any(isinstance(row["rule"], str) for row in sheets["regler"])
    assert world.manager.name not in found["arende.json"].decode()
    assert world.manager.name not in words(found["arende.pdf"])
    assert {row["who"]["masked"] for row in sheets["spar"]} == {"21 kap. 7 § OSL"}


def test_an_award_is_handed_out_with_its_value_and_documentation(world: World) -> None:
    award = sign_award(
        draft=award_draft(world, ceiling_sek=150_000),
        basis=OWN_FIGURE,
        signer=world.officer,
        signed_at=world.now,
        by=world.by_officer,
    )
    with override_settings(DEMO=True):
        found = files(hand_out(world, "agreement_case", award.pk, **withhold("texts")))
    (row,) = json.loads(found["arende.json"])["sheets"]["avtal"]
    assert (row["value_sek"], row["paragraph"]) == ("150000.00", "19 a kap. 2 § LOU")
    assert row["reason"] == {"masked": "31 kap. 16 § OSL"}
    assert "Påhittade siffror" in found["avtal.csv"].decode()
    assert "Påhittade siffror" in words(found["arende.pdf"])


def test_another_authoritys_case_is_not_there(world: World) -> None:
    other = make_world(beside=world, farms=(Farm(), Farm(rank=2)))
    for name, key in (("agreement_case", world.agreement.pk), ("order_case", Order.objects.get().pk)):
        assert client_of(other.officer).get(address(other, name, key)).status_code == 404
