"""The desk: ceilings that will be reached, goods turned away and not credited, letters that came back, a year of months."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pytest
import time_machine

from config.ground.models import OutboxMessage
from config.ground.trail import Actor, acting
from orders.actions.invoicing import book_invoice
from orders.actions.papers import BilledLine, InvoiceDraft
from orders.models import Movement, PurchaseOrder, ReportGoal
from orders.queries.attention import LatePaper, late_papers
from orders.queries.desk import (
    coming_ceilings,
    returned_letters,
    year_of_months,
)
from orders.queries.lots import agreements_of
from orders.queries.reports.asked import Asked
from orders.queries.reports.register import REPORTS
from orders.rules.periods import year_of
from tests.factories.officers import bidder_of
from tests.factories.report_files import made_file
from tests.factories.walked import make_walked
from tests.factories.world import World, make_world
from tests.orders.queries.test_ceiling_forecasts import MONDAY, weekly
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db
JOB = Actor.job("tests")


@pytest.fixture
def world() -> World:
    return make_walked(1, kitchens=2)


def test_a_ceiling_that_will_be_reached_is_told_with_its_day() -> None:
    world = make_world(ceiling_sek=600)
    weekly(world, 10)
    (agreement,) = agreements_of(world.authority)
    (coming,) = coming_ceilings((agreement,), today=MONDAY)
    assert (coming.lot.lot_id, coming.day) == (world.lot.pk, MONDAY + timedelta(days=14))
    shared = replace(agreement, lots=(replace(agreement.lots[0], shared=True),))
    assert coming_ceilings((shared,), today=MONDAY) == ()
    ends = replace(agreement, terminated_on=MONDAY)
    assert coming_ceilings((ends,), today=MONDAY) == ()


def waiting(world: World, now: datetime) -> list[LatePaper]:
    """The papers that wait for a credit."""
    papers = late_papers(world.authority, now=now, today=now.date())
    return [paper for paper in papers if paper.what == "uncredited"]


def test_goods_turned_away_and_invoiced_wait_for_a_credit(world: World) -> None:
    today = world.delivery_date + timedelta(days=1)
    now = datetime.combine(today, time(9), UTC)
    assert waiting(world, now) == []
    turned = Movement.objects.filter(kind__in=["rejected", "returned"], packs__gt=0).first()
    assert turned is not None
    order = PurchaseOrder.objects.filter(lines__links__call_off=turned.call_off).first()
    assert order is not None
    line = order.lines.get(links__call_off=turned.call_off)
    handed = Movement.objects.filter(kind="handed_over", call_off__in=line.links.values("call_off"))
    brought = sum(handed.values_list("net_sek", flat=True), Decimal(0))
    draft = InvoiceDraft(
        supplier_id=order.supplier_id,
        authority_id=order.authority_id,
        order_reference=order.number,
        number="1",
        issued_on=today,
        due_on=today,
        lines=[BilledLine(line_id=line.pk, packs=line.packs, net_sek=brought)],
    )
    book_invoice(draft=draft, now=datetime.combine(today, time(9), UTC), by=world.by_officer)
    (found,) = waiting(world, now)
    assert found.number == order.number
    assert found.net_sek > 0
    with time_machine.travel(datetime.combine(today, time(9), UTC), tick=False):
        page = client_of(world.officer).get(address(world, "home")).content.decode()
    assert "har inte krediterat det som avvisades" in page


def test_a_letter_that_came_back_is_the_authoritys_own(world: World) -> None:
    bidder, other = bidder_of(world), make_world()
    for number, state in enumerate(("bounced", "failed", "done")):
        OutboxMessage.objects.create(
            kind="award_notice",
            recipient=f"b{number}@example.org",
            cause_table="market_bidder",
            cause_id=bidder.pk,
            dedupe_key=f"x{number}",
            state=state,
            created_at=world.now,
        )
    file = made_file(world, mailed=True)
    OutboxMessage.objects.filter(cause_table="orders_reportfile", cause_id=file.pk).update(
        state="bounced", created_at=world.now
    )
    found = returned_letters(world.authority, now=world.now)
    assert {(each.recipient, each.has_bounced) for each in found} == {
        ("b0@example.org", True),
        ("b1@example.org", False),
        (file.owner.email, True),
    }
    assert returned_letters(other.authority, now=world.now) == ()
    assert returned_letters(world.authority, now=world.now + timedelta(days=61)) == ()


def test_the_months_are_the_reports_own_and_a_silent_month_knows_nothing(world: World) -> None:
    months = year_of_months(world.authority, today=world.delivery_date).months
    assert len(months) == 12
    assert (months[-1].first.year, months[-1].first.month) == (
        world.delivery_date.year,
        world.delivery_date.month,
    )
    assert [(month.net_sek, month.per_kg, month.organic) for month in months[:-1]] == [
        (Decimal(0), None, None)
    ] * 11
    asked = Asked(
        authority=world.authority,
        period=year_of(world.delivery_date),
        today=world.today,
        basis="delivered",
        by="month",
    )
    spend = REPORTS["inkop"].make(asked)
    assert spend.whole is not None
    assert months[-1].net_sek == spend.whole.cells[spend.column("net_sek")]
    assert months[-1].per_kg is not None
    assert months[-1].organic is not None
    assert 0 <= months[-1].organic <= 1


def test_the_first_page_draws_the_year_with_the_goal_and_has_the_table_beside(world: World) -> None:
    with acting(JOB):
        ReportGoal.objects.create(
            authority=world.authority,
            measure="co2e_per_kg",
            value=Decimal("1.7"),
            decision="KF § 9",
            entered_by=world.officer,
            valid_from=world.today - timedelta(days=400),
        )
    assert year_of_months(world.authority, today=world.today).goal == Decimal("1.7")
    with time_machine.travel(datetime.combine(world.delivery_date, time(18), UTC), tick=False):
        page = client_of(world.officer).get(address(world, "home")).content.decode()
    assert page.count('<figure class="chart">') == 3
    assert "mål 1,7" in page
    assert page.count('<th scope="row">') == 12
