"""What waits for the officer: near ceilings, silent farms, lost letters, papers that end, refused lines."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from config.ground.models import OutboxMessage
from config.ground.trail import acting
from market.models import Agreement, AgreementLot, LotBalance, SupplierRun
from market.rules.ceilings import Nearness
from orders.actions.closing import close_supplier_run
from orders.models import PurchaseOrder
from orders.queries.attention import Attention, attention
from orders.queries.refused import refused_rows
from suppliers.actions import add_certificate
from tests.factories.walked import FARMS, GOODS, JOB, make_walked
from tests.factories.world import Farm, World, make_world
from tests.orders.actions.test_placing import place

pytestmark = pytest.mark.django_db


def now_in(world: World, *, today: date | None = None) -> Attention:
    return attention(world.authority, now=world.now, today=today or world.today)


def closed(**extra: object) -> World:
    world = make_world(**extra)  # type: ignore[arg-type]
    place(world, 20)
    close_supplier_run(
        run_id=world.supplier_run.pk, now=world.supplier_run.cut_off + timedelta(seconds=1), by=JOB
    )
    return world


def test_a_quiet_house_asks_for_nothing() -> None:
    assert now_in(make_world()).is_empty


def test_a_lot_near_its_ceiling_is_told() -> None:
    world = make_world(ceiling_sek=250)
    place(world, 20)
    near = now_in(world).near_lots[0]
    assert (near.lot.room_sek, near.lot.nearness) == (Decimal(50), Nearness.NEAR)


def test_a_lot_that_weighing_took_over_its_ceiling_is_told_first() -> None:
    world = make_world(ceiling_sek=250)
    place(world, 20)
    LotBalance.objects.filter(agreement_lot=world.lot, authority=None, supplier=None).update(
        committed_sek=260, overshoot_sek=10
    )
    assert now_in(world).near_lots[0].lot.nearness is Nearness.OVER


def test_an_unanswered_order_waits_and_is_late_the_day_before_delivery() -> None:
    world = closed()
    paper = now_in(world).late[0]
    assert (paper.what, paper.number, paper.is_late) == (
        "unanswered",
        PurchaseOrder.objects.get().number,
        False,
    )
    assert now_in(world, today=world.delivery_date - timedelta(days=1)).late[0].is_late


def test_goods_that_did_not_come_are_told_when_the_day_has_passed() -> None:
    world = closed()
    with acting(JOB):
        PurchaseOrder.objects.update(answer="full", answered_at=world.now)
    assert not now_in(world, today=world.delivery_date).late
    late = now_in(world, today=world.delivery_date + timedelta(days=1)).late
    assert [paper.what for paper in late] == ["not_handed_over"]


def test_a_letter_that_failed_is_told_with_its_error() -> None:
    world = closed()
    OutboxMessage.objects.update(state="bounced", last_error="550 No such user")
    paper = next(paper for paper in now_in(world).late if paper.what == "mail")
    assert paper.detail == "550 No such user"
    assert paper.supplier == world.supplier.name


def test_a_letter_that_failed_no_longer_matters_when_the_farm_has_answered() -> None:
    world = closed()
    OutboxMessage.objects.update(state="failed")
    with acting(JOB):
        PurchaseOrder.objects.update(answer="full", answered_at=world.now)
    assert now_in(world).late == ()


def test_a_run_that_nobody_closed_is_told_ten_minutes_after_its_cut_off() -> None:
    world = make_world()
    place(world, 20)
    cut_off = world.supplier_run.cut_off
    soon = attention(world.authority, now=cut_off + timedelta(minutes=9), today=world.today)
    later = attention(world.authority, now=cut_off + timedelta(minutes=11), today=world.today)
    assert not soon.late
    assert [paper.what for paper in later.late] == ["not_closed"]
    assert SupplierRun.objects.get().state == "open"


def test_an_agreement_is_told_sixty_days_before_its_end() -> None:
    world = make_world(valid_to=date(2027, 1, 22))
    assert now_in(world).ending_agreements[0].title == world.agreement.title
    assert not now_in(world, today=date(2026, 11, 22)).ending_agreements


def test_a_permit_that_ends_is_told_and_a_renewed_one_is_not() -> None:
    world = make_world(farms=(Farm(permits=("registration",), permits_to=date(2026, 12, 31)),))
    ending = now_in(world).ending_certificates
    assert [(each.kind, each.is_permit, each.has_ended) for each in ending] == [("registration", True, False)]
    add_certificate(
        supplier=world.supplier,
        kind="registration",
        number="ny",
        issuer="Provorganet",
        group_codes=["food"],
        valid_from=date(2027, 1, 1),
        valid_to=None,
        by=JOB,
    )
    assert not now_in(world).ending_certificates


def test_refused_lines_are_counted_by_the_rule_that_decided_and_open_to_their_rows() -> None:
    world = make_world(farms=(Farm(stock=15),))
    place(world, 20)
    reason = now_in(world).refused[0]
    page = refused_rows(world.authority, since=world.now - timedelta(days=7), rule=reason.rule)
    assert (reason.rule, reason.lines, len(page.rows)) == ("stock", 1, 1)
    assert page.rows[0].verdicts[0].sentence
    assert not refused_rows(world.authority, since=world.now - timedelta(days=7), rule="standing").rows


def test_more_than_is_shown_is_said() -> None:
    world = make_world(farms=(Farm(stock=5),))
    place(world, 20)
    place(world, 30)
    since = world.now - timedelta(days=7)
    assert refused_rows(world.authority, since=since, most=1).cut
    assert not refused_rows(world.authority, since=since, most=None).cut


def test_nothing_of_one_authority_waits_for_the_other() -> None:
    world = closed(ceiling_sek=250, valid_to=date(2027, 1, 1), farms=FARMS, products=GOODS)
    OutboxMessage.objects.update(state="failed")
    other = make_world(beside=world, farms=FARMS, products=GOODS)
    assert now_in(other).is_empty
    assert not now_in(world).is_empty


def test_an_ended_agreement_has_no_ceiling_to_be_near() -> None:
    world = make_walked(1, ceiling_sek=100_000)
    with acting(JOB):
        AgreementLot.objects.update(ceiling_sek=1_000_000)
        Agreement.objects.update(terminated_on=world.today - timedelta(days=1))
    LotBalance.objects.filter(authority=None, supplier=None).update(ceiling_sek=1_000_000)
    assert not now_in(world).near_lots
