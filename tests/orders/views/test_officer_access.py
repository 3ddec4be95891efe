"""Who reaches the officer's pages: its officer acts, its auditor reads, nobody else knows of them."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.ground.trail import Actor, acting
from market.actions.standing import suspend_supplier
from market.models import (
    Agreement,
    AgreementOption,
    Bidder,
    InterestDeclaration,
    LawFigure,
    LawParagraph,
    SmallLotPot,
    Standing,
    StandingMatter,
    SupplierRun,
)
from orders.actions.awards import sign_award
from orders.actions.publishing import publish_tally
from orders.models import CallOff, Order, PublishedReport, PublishedTally, PurchaseOrder
from orders.rules.periods import month_of
from orders.urls_officer import pages
from tests.factories.awards import OWN_FIGURE, award_draft
from tests.factories.officers import (
    award_with_option,
    bidder_of,
    interest_of_another,
    ledger_import,
    ledger_of,
    matter_about,
    overshoot_of,
    pot_in,
    waiting_award,
)
from tests.factories.report_files import saved_report
from tests.factories.reports import report_published
from tests.factories.walked import FARMS, GOODS, make_walked
from tests.factories.world import World, make_world
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 12
OF_SEVERAL_REPORTS = {"year_page": 16, "home": 13, "lot": 14}  # pages with pictures beside their figures
ACTING = {
    *("new_bidder", "new_handler", "tell_bidder", "new_mandate", "countersign", "new_pot", "take_lot"),
    *("declaration", "ask_declaration", "new_matter", "interest", "withdraw_interest"),
    *("hear", "unheard", "matter_answer", "cleaning", "decide"),
    *("award", "take_over", "ceiling", "suspend", "lift", "criteria", "needs", "documentation"),
    *("adjust_price", "new_change", "use_option", "decide_overshoot", "terminate"),
    *("figure", "new_figure", "paragraph", "own_limit", "ledger_upload", "ledger_file"),
    *("map_product", "publish", "new_round", "new_weighing"),
    *("agreement_case", "order_case", "new_criterion", "agreement_criteria", "new_retention"),
    *("new_local", "new_goal", "publish_report", "save_report", "publish_open_data"),
}
# Buttons on other pages.
PRESSED = {"send_again", "undo_import", "ask_everything", "ask_report_file", "forget_report"}
NEEDS_AN_IMPORT = {"imported", "purchases"}
OWN = {"report_file"}  # of one person: tests/orders/views/test_report_files.py
READING = sorted({str(page.name) for page in pages} - ACTING - PRESSED - NEEDS_AN_IMPORT - OWN)
UNSAFE = ["post", "put", "patch", "delete"]


@pytest.fixture(autouse=True)
def _on_the_worlds_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def world() -> World:
    return make_walked(1, kitchens=2)


def keys_of(world: World, name: str) -> tuple[object, ...]:
    find: dict[str, Callable[[World], int]] = {
        "lot": lambda world: world.lot.pk,
        "ceiling": lambda world: world.lot.pk,
        "adjust_price": lambda world: world.lot.pk,
        "call_off": lambda _world: CallOff.objects.earliest("pk").pk,
        "order_case": lambda _world: Order.objects.earliest("pk").pk,
        "agreement_criteria": lambda world: _award(world).pk,
        "agreement_case": lambda world: _award(world).pk,
        "agreement": lambda world: world.agreement.pk,
        "overshoot": lambda world: world.lot.pk,
        "terminate": lambda world: world.agreement.pk,
        "ledger_file": lambda world: ledger_of(world).pk,
        "undo_import": lambda world: ledger_import(world).pk,
        "decide_overshoot": lambda world: overshoot_of(world).pk,
        "new_change": lambda world: world.agreement.pk,
        "use_option": lambda world: _option(world).pk,
        "order_why": lambda _world: Order.objects.earliest("pk").pk,
        "send_again": lambda _world: PurchaseOrder.objects.earliest("pk").pk,
        "suspend": lambda world: world.supplier.pk,
        **{
            name: lambda world: world.supplier.pk
            for name in ("supplier", "declaration", "ask_declaration", "new_matter", "interest")
        },
        **{
            name: lambda world: _matter(world).pk
            for name in ("matter", "hear", "unheard", "matter_answer", "cleaning", "decide")
        },
        "take_lot": lambda world: (SmallLotPot.objects.first() or pot_in(world)).pk,
        "countersign": lambda world: _waiting(world).pk,
        "bidders": lambda world: world.agreement.pk,
        "new_bidder": lambda world: world.agreement.pk,
        "new_handler": lambda world: world.agreement.pk,
        "tell_bidder": lambda world: (Bidder.objects.first() or bidder_of(world)).pk,
        "withdraw_interest": lambda world: _interest(world).pk,
        "lift": lambda world: _standing(world).pk,
        "standing_why": lambda world: _standing(world).pk,
        "figure": lambda _world: LawFigure.objects.get(code="documentation_days").pk,
        "new_figure": lambda _world: LawFigure.objects.get(code="documentation_days").pk,
        "paragraph": lambda _world: LawParagraph.objects.get(rule="stock", regime="directive").pk,
        "documentation": lambda world: _award(world).pk,
        "award_why": lambda world: _award(world).pk,
        "map_product": lambda world: world.product.pk,
        "forget_report": lambda world: saved_report(world).pk,
        "published_figure": lambda world: _published(world).pk,
        "published_report": lambda world: _published_report(world).pk,
    }
    if name in {"report", "report_rows", "publish_report", "save_report", "ask_report_file"}:
        return ("inkop",)
    return (find[name](world),) if name in find else ()


def _standing(world: World) -> Standing:
    return Standing.objects.first() or suspend_supplier(
        authority=world.authority,
        supplier=world.supplier,
        clause="punkt 14",
        first_day=world.today + timedelta(days=3),
        unheard_reason="Fara för eleverna.",
        officer=world.officer,
        by=world.by_officer,
    )


def _matter(world: World) -> StandingMatter:
    return StandingMatter.objects.first() or matter_about(world)


def _option(world: World) -> AgreementOption:
    if not AgreementOption.objects.exists():
        award_with_option(world)
    return AgreementOption.objects.earliest("pk")


def _waiting(world: World) -> Agreement:
    return Agreement.objects.filter(kind="direct_award", signed_at=None).first() or waiting_award(world)


def _interest(world: World) -> InterestDeclaration:
    return InterestDeclaration.objects.first() or interest_of_another(world)


def _award(world: World) -> Agreement:
    """A direct award that must be documented."""
    return Agreement.objects.filter(kind="direct_award", documentation__isnull=False).first() or sign_award(
        draft=award_draft(world, ceiling_sek=150_000),
        basis=OWN_FIGURE,
        signer=world.officer,
        signed_at=world.now,
        by=world.by_officer,
    )


def _published(world: World) -> PublishedTally:
    """A month's ordered goods; the month is over and its runs are closed."""
    month = month_of(world.delivery_date)
    with acting(Actor.job("tests")):
        SupplierRun.objects.filter(state="open").update(state="closed", closed_at=world.now)
    return PublishedTally.objects.first() or publish_tally(
        authority=world.authority,
        period=month,
        basis="ordered",
        today=month.last + timedelta(days=1),
        by=world.by_officer,
    )


def _published_report(world: World) -> PublishedReport:
    _published(world)
    return PublishedReport.objects.first() or report_published(world, basis="ordered")


def test_the_auditor_reads_each_page_and_has_no_button(world: World) -> None:
    client = client_of(world.people.auditor)
    for name in READING:
        answer = client.get(address(world, name, *keys_of(world, name)))
        page = answer.content.decode().partition("<main")[2]
        assert answer.status_code == 200, name
        assert 'method="post"' not in page, name
        assert not any(
            f"/{way}/" in page for way in ("direktupphandling", "ta-over", "tak", "stang-av", "lyft")
        ), name


def test_each_page_stays_within_its_statements(world: World) -> None:
    client = client_of(world.officer)
    sent = {}
    for name in READING:
        url = address(world, name, *keys_of(world, name))
        with CaptureQueriesContext(connection) as statements:
            client.get(url)
        sent[name] = len(statements)
    assert {
        name: count for name, count in sent.items() if count > OF_SEVERAL_REPORTS.get(name, MOST_STATEMENTS)
    } == {}


@pytest.mark.long
def test_the_auditor_changes_nothing(world: World) -> None:
    client = client_of(world.people.auditor)
    urls = [address(world, name, *keys_of(world, name)) for name in [*READING, *sorted(ACTING | PRESSED)]]
    before = (Agreement.objects.count(), Standing.objects.count())
    answered = {getattr(client, method)(url).status_code for url in urls for method in UNSAFE}
    assert answered == {403}
    assert (Agreement.objects.count(), Standing.objects.count()) == before


@pytest.mark.long
def test_the_auditor_is_shown_no_form(world: World) -> None:
    pressed = [address(world, name, *keys_of(world, name)) for name in sorted(PRESSED)]
    urls = [address(world, name, *keys_of(world, name)) for name in sorted(ACTING)]
    assert {client_of(world.people.auditor).post(url).status_code for url in pressed} == {403}
    assert {client_of(world.people.auditor).get(url).status_code for url in urls} == {403}
    assert {client_of(world.officer).get(url).status_code for url in urls} == {200}


def test_of_an_own_authority_anothers_rows_are_not_there(world: World) -> None:
    other = make_world(beside=world, farms=FARMS, products=GOODS)
    client = client_of(other.officer)
    for name in ("lot", "call_off", "ceiling", "lift", "matter", "decide", "withdraw_interest"):
        assert client.get(address(other, name, *keys_of(world, name))).status_code == 404


def test_who_is_not_signed_in_is_asked_to(world: World) -> None:
    answer = Client().get(address(world, "home"))
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/logga-in/")


def test_an_officer_may_not_post_to_what_is_read(world: World) -> None:
    assert client_of(world.officer).post(address(world, "home")).status_code == 405
