"""Hard cases of the trade about how a supplier stands, each by its number in the list (docs/cases.md)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError

from config.ground.models import OutboxMessage, User
from config.ground.outbox import write_letter
from config.ground.refusals import InvalidInput, NotAllowed
from config.ground.trail import Actor, acting
from market.actions.declarations import ask_for_declaration, receive_declaration
from market.actions.interests import declare_interest, withdraw_interest
from market.actions.matters import (
    Shown,
    decide_matter,
    hear_supplier,
    leave_unheard,
    record_answer,
    record_cleaning,
)
from market.actions.standing import lift_suspension, suspend_supplier
from market.models import Agreement, DeclarationRequest, Standing, StandingMatter
from market.refusals import ConflictOfInterest, DeclarationAsked, MatterDecided, SupplierExcluded
from market.rules.standing import Cleaning, Decision, DeclarationState, Ground, Outcome
from orders.actions.awards import sign_award
from orders.models import CallOff
from orders.queries.supplier_page import supplier_page
from tests.factories.awards import OWN_FIGURE, award_draft
from tests.factories.ceilings import raise_to
from tests.factories.officers import another_officer, matter_about
from tests.factories.world import World, make_world
from tests.orders.actions.test_placing import place
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 23)
ONE_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _on_the_worlds_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def world() -> World:
    return make_world()


def decide(
    matter: StandingMatter,
    outcome: Outcome,
    world: World,
    *,
    on: date = DAY,
    officer: User | None = None,
    **change: Any,
) -> StandingMatter:
    told: dict[str, Any] = {
        "outcome": outcome,
        "reason": "Skattekontot.",
        "clause": "",
        "first_day": on,
    } | change
    return decide_matter(
        matter=matter,
        decision=Decision(**told),
        today=on,
        officer=officer or world.officer,
        by=world.by_officer,
    )


def heard(matter: StandingMatter, world: World) -> StandingMatter:
    hear_supplier(
        matter=matter,
        text="Vi prövar om ni ska uteslutas.",
        due_on=DAY + 14 * ONE_DAY,
        today=DAY,
        officer=world.officer,
        by=world.by_officer,
    )
    return record_answer(
        matter=matter,
        answer="Skulden är gammal.",
        answered_on=DAY,
        today=DAY,
        officer=world.officer,
        by=world.by_officer,
    )


def award(world: World, **change: Any) -> Agreement:
    return sign_award(
        draft=award_draft(world, **change),
        basis=OWN_FIGURE,
        signer=world.officer,
        signed_at=world.now,
        by=world.by_officer,
    )


def test_case_31_a_tax_debt_with_a_payment_plan_does_not_exclude(world: World) -> None:
    matter = heard(matter_about(world, Ground.TAX_DECIDED), world)
    plan = Shown(Cleaning.PAYMENT_PLAN, "KFM 12-34", shown_on=DAY, valid_to=date(2027, 6, 30))
    record_cleaning(matter=matter, shown=plan, officer=world.officer, by=world.by_officer)
    with pytest.raises(InvalidInput) as refused:
        decide(matter, Outcome.EXCLUDE, world)
    assert "13 kap. 5 §" in refused.value.fields["outcome"][0]
    decide(matter, Outcome.KEEP, world)
    assert award(world).signed_at is not None


def test_case_31_without_a_plan_the_mandatory_ground_excludes_and_no_award_is_signed(world: World) -> None:
    matter = heard(matter_about(world, Ground.TAX_DECIDED), world)
    assert matter.paragraph == "13 kap. 2 § första stycket LOU"
    with pytest.raises(InvalidInput):
        decide(matter, Outcome.KEEP, world)
    decide(matter, Outcome.EXCLUDE, world)
    with pytest.raises(SupplierExcluded):
        award(world)
    assert place(world, 5)["order"] is not None  # exclusion stops no call-off of the running agreement


def test_case_31_below_the_threshold_the_same_debt_is_an_optional_ground() -> None:
    world = make_world(regime="national")
    matter = matter_about(world, Ground.TAX_DECIDED)
    assert matter.paragraph == "19 kap. 17 § LOU"
    assert decide(matter, Outcome.KEEP, world).outcome == "keep"


def test_case_33_a_bankruptcy_pauses_until_the_officers_decision_which_is_kept(world: World) -> None:
    place(world, 5)
    matter = matter_about(world, Ground.BANKRUPTCY)
    assert place(world, 5)["order"] is None
    assert CallOff.objects.filter(state="placed").count() == 1
    page = supplier_page(world.authority, world.supplier.pk, today=DAY)
    assert (page.paused, page.is_flagged, len(page.on_their_way)) == (True, True, 1)
    decide(matter, Outcome.KEEP, world, reason="Konkursboet driver gården vidare.")
    assert place(world, 5)["order"] is not None
    matter.refresh_from_db()
    assert (matter.decided_by, matter.decided_on) == (world.officer, DAY)


def test_case_33_the_decision_holds_for_one_authority_and_also_against_the_farms_own_state(
    world: World,
) -> None:
    other = make_world(beside=world)
    with acting(world.by_officer):
        type(world.supplier).objects.filter(pk=world.supplier.pk).update(is_bankrupt=True)
    decide(matter_about(world, Ground.BANKRUPTCY), Outcome.KEEP, world)
    assert place(world, 5)["order"] is not None
    assert place(other, 5)["order"] is None


def test_case_34_an_old_declaration_is_asked_for_anew_and_call_offs_go_on() -> None:
    world = make_world(kind="dis")
    receive_declaration(
        authority=world.authority,
        supplier=world.supplier,
        declared_on=date(2025, 10, 1),
        accepted_to=date(2026, 9, 30),
        reference="KS 2025/12",
        today=DAY,
        officer=world.officer,
        by=world.by_officer,
    )
    assert supplier_page(world.authority, world.supplier.pk, today=DAY).declared is DeclarationState.OLD
    asked = ask_for_declaration(
        authority=world.authority,
        supplier=world.supplier,
        due_on=None,
        today=DAY,
        officer=world.officer,
        by=world.by_officer,
    )
    assert (asked.due_on, asked.paragraph) == (date(2026, 11, 30), "8 kap. 13 § LOU")
    assert place(world, 5)["order"] is not None
    late = supplier_page(world.authority, world.supplier.pk, today=date(2026, 12, 1))
    assert late.declared is DeclarationState.OVERDUE
    letter = write_letter(OutboxMessage.objects.get(kind="declaration_request"))
    assert "30 november 2026" in letter.text
    with pytest.raises(DeclarationAsked):
        ask_for_declaration(
            authority=world.authority,
            supplier=world.supplier,
            due_on=None,
            today=DAY,
            officer=world.officer,
            by=world.by_officer,
        )
    receive_declaration(
        authority=world.authority,
        supplier=world.supplier,
        declared_on=DAY,
        accepted_to=DAY + 300 * ONE_DAY,
        reference="KS 2026/7",
        today=DAY,
        officer=world.officer,
        by=world.by_officer,
    )
    assert supplier_page(world.authority, world.supplier.pk, today=DAY).declared is DeclarationState.VALID
    assert not DeclarationRequest.objects.filter(answered_by=None).exists()


def test_case_34_outside_a_dis_the_officer_sets_the_day(world: World) -> None:
    told: dict[str, Any] = {
        "authority": world.authority,
        "supplier": world.supplier,
        "today": DAY,
        "officer": world.officer,
    }
    for too_soon in (None, DAY):
        with pytest.raises(InvalidInput):
            ask_for_declaration(due_on=too_soon, by=world.by_officer, **told)
    due = DAY + 10 * ONE_DAY
    assert ask_for_declaration(due_on=due, by=world.by_officer, **told).due_on == due


def test_case_41_the_farmers_sister_signs_nothing_and_another_takes_over(world: World) -> None:
    matter = matter_about(world)
    other = another_officer(world)
    with pytest.raises(InvalidInput) as unnamed:
        _declare(world, None)
    assert set(unnamed.value.fields) == {"hand_to"}
    _declare(world, other)
    matter.refresh_from_db()
    assert matter.handled_by == other
    for act in (
        lambda: award(world),
        lambda: decide(matter, Outcome.KEEP, world),
        lambda: matter_about(world),
        lambda: _suspend(world, world.officer),
        lambda: raise_to(world, world.lot.ceiling_sek + 1),
    ):
        with pytest.raises(ConflictOfInterest) as refused:
            act()
        assert refused.value.figures["other"] == other.name
    decide(matter, Outcome.KEEP, world, officer=other)
    standing = _suspend(world, other)
    with pytest.raises(ConflictOfInterest):
        lift_suspension(standing=standing, first_free_day=DAY, by=world.by_officer)


def test_case_41_only_another_officer_takes_a_conflict_away(world: World) -> None:
    other = another_officer(world)
    interest = _declare(world, other)
    reasoned = Actor.person(world.officer.pk, door="tests", reason="Gården är såld.")
    with pytest.raises(NotAllowed):
        withdraw_interest(interest=interest, today=DAY, officer=world.officer, by=reasoned)
    with pytest.raises(InvalidInput):
        withdraw_interest(interest=interest, today=DAY, officer=other, by=world.by_officer)
    withdraw_interest(interest=interest, today=DAY, officer=other, by=reasoned)
    assert award(world).signed_at is not None


def test_case_41_the_only_officer_declares_and_nobody_takes_over(world: World) -> None:
    assert _declare(world, None).handed_to is None
    with pytest.raises(InvalidInput):
        _declare(world, world.manager)


def _declare(world: World, hand_to: User | None) -> Any:
    return declare_interest(
        authority=world.authority,
        supplier=world.supplier,
        relation="syster",
        hand_to=hand_to,
        today=DAY,
        officer=world.officer,
        by=world.by_officer,
    )


def _suspend(world: World, officer: User) -> Standing:
    return suspend_supplier(
        authority=world.authority,
        supplier=world.supplier,
        clause="punkt 14",
        first_day=DAY,
        unheard_reason="Fara för eleverna.",
        officer=officer,
        by=world.by_officer,
    )


def test_nothing_is_decided_against_a_farm_that_was_not_heard(world: World) -> None:
    matter = matter_about(world)
    with pytest.raises(InvalidInput) as unheard:
        decide(matter, Outcome.EXCLUDE, world)
    assert "inte hörd" in unheard.value.fields["outcome"][0]
    hear_supplier(
        matter=matter,
        text="Vi prövar om ni ska uteslutas.",
        due_on=DAY + ONE_DAY,
        today=DAY,
        officer=world.officer,
        by=world.by_officer,
    )
    assert "Vi prövar" in write_letter(OutboxMessage.objects.get(kind="supplier_hearing")).text
    with pytest.raises(InvalidInput) as running:
        decide(matter, Outcome.SUSPEND, world, clause="punkt 14")
    assert "inte ute" in running.value.fields["outcome"][0]
    decide(matter, Outcome.SUSPEND, world, on=DAY + 2 * ONE_DAY, clause="punkt 14")
    assert Standing.objects.get().matter == matter
    with pytest.raises(MatterDecided):
        decide(matter, Outcome.KEEP, world)


def test_a_recorded_reason_stands_for_the_hearing(world: World) -> None:
    matter = matter_about(world, Ground.CONTRACT)
    with pytest.raises(InvalidInput):
        leave_unheard(matter=matter, reason=" ", officer=world.officer, by=world.by_officer)
    leave_unheard(matter=matter, reason="Fara för eleverna.", officer=world.officer, by=world.by_officer)
    decide(matter, Outcome.SUSPEND, world, clause="punkt 14")
    assert Standing.objects.get().unheard_reason == "Fara för eleverna."


def test_the_database_keeps_no_decision_against_who_was_not_heard(world: World) -> None:
    matter = matter_about(world)
    with pytest.raises(IntegrityError), acting(world.by_officer):
        StandingMatter.objects.filter(pk=matter.pk).update(
            outcome="exclude", decision_reason="x", decided_on=DAY, decided_by=world.officer, holds_from=DAY
        )


def test_a_matter_and_its_supplier_on_the_officers_pages(world: World) -> None:
    client = client_of(world.officer)
    client.post(
        address(world, "new_matter", world.supplier.pk),
        {"ground": "tax_shown", "facts": "Skatteverkets utdrag."},
    )
    matter = StandingMatter.objects.get()
    decision = {"outcome": "exclude", "reason": "Skulden", "first_day": "2026-11-23"}
    refused = client.post(address(world, "decide", matter.pk), decision)
    assert (refused.status_code, "inte hörd" in refused.content.decode()) == (422, True)
    client.post(address(world, "hear", matter.pk), {"text": "Vi prövar …", "due_on": "2026-12-07"})
    answer = {"answered_on": "2026-11-23", "answer": "Den är betald."}
    client.post(address(world, "matter_answer", matter.pk), answer)
    shown = {"kind": "paid", "proof": "Kvitto", "shown_on": "2026-11-23"}
    client.post(address(world, "cleaning", matter.pk), shown)
    assert "13 kap. 5 §" in client.post(address(world, "decide", matter.pk), decision).content.decode()
    kept = client.post(address(world, "decide", matter.pk), decision | {"outcome": "keep"})
    assert kept.status_code == 302
    again = client.post(address(world, "decide", matter.pk), decision | {"outcome": "keep"})
    assert again.status_code == 409
    page = client.get(address(world, "matter", matter.pk)).content.decode()
    for said in ("Den är betald.", "Kvitto", "Skulden", world.officer.name):
        assert said in page
    assert "ingen åtgärd" in client.get(address(world, "supplier", world.supplier.pk)).content.decode()


def test_declarations_and_conflicts_on_the_officers_pages(world: World) -> None:
    client, farm = client_of(world.officer), world.supplier.pk
    form = {"declared_on": "2025-11-23", "accepted_to": "2026-11-22", "reference": "KS 2025/3"}
    assert client.post(address(world, "declaration", farm), form).status_code == 302
    assert "för gammal" in client.get(address(world, "supplier", farm)).content.decode()
    client.post(address(world, "ask_declaration", farm), {"due_on": "2026-12-07"})
    assert "efterfrågad" in client.get(address(world, "supplier", farm)).content.decode()
    twice = client.post(address(world, "ask_declaration", farm), {"due_on": "2026-12-07"})
    assert twice.status_code == 409
    other = another_officer(world)
    conflict = {"relation": "syster", "hand_to": other.pk}
    assert client.post(address(world, "interest", farm), conflict | {"hand_to": ""}).status_code == 422
    assert client.post(address(world, "interest", farm), conflict).status_code == 302
    assert "har tagit över" in client.get(address(world, "supplier", farm)).content.decode()
    assert (
        client.post(address(world, "new_matter", farm), {"ground": "contract", "facts": "x"}).status_code
        == 403
    )
