"""Goods that weigh more than ordered go over a ceiling: taken in, recorded, new call-offs stopped, an officer decides."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from config.ground.refusals import InvalidInput
from config.ground.trail import acting
from kitchens.models import BasketLine
from market.actions.overshoots import decide_overshoot
from market.models import AgreementChange, LotBalance, OvershootAssessment, SupplierRun
from market.refusals import OvershootDecided
from market.rules.changes import Ground
from orders.actions.answering import confirm
from orders.actions.closing import close_supplier_run
from orders.actions.handing_over import HandedLine, hand_over
from orders.models import CallOff, PurchaseOrder
from orders.queries.attention import attention
from orders.queries.balances import unproven_balances
from tests.factories.ceilings import by_reason, raise_to
from tests.factories.walked import JOB
from tests.factories.world import Goods, PackOf, World, make_world
from tests.orders.actions.test_placing import place
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db
ROAST = Goods(name="Stek", packs=(PackOf(base=10, tolerance=Decimal("0.2")),))


@pytest.fixture(autouse=True)
def _on_the_worlds_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def world() -> World:
    """Under a ceiling of 205 SEK 20 kg are ordered at 10 SEK a kg, and 21 kg come."""
    world = make_world(products=[ROAST], ceiling_sek=205)
    place(world, 20)
    after = world.supplier_run.cut_off + timedelta(seconds=1)
    close_supplier_run(run_id=world.supplier_run.pk, now=after, by=JOB)
    order = PurchaseOrder.objects.get()
    confirm(purchase_order_id=order.pk, packs=None, now=world.now, by=world.by)
    handed = [HandedLine(line_id=order.lines.get().pk, packs=2, kg=Decimal(21))]
    hand_over(purchase_order_id=order.pk, hub_id=world.hub.pk, lines=handed, by=world.by)
    return world


def decide(world: World, way: str = "stand") -> OvershootAssessment:
    row = OvershootAssessment.objects.get()
    decide_overshoot(assessment=row, way=way, now=world.now, by=by_reason(world, "Fem kronor."))
    row.refresh_from_db()
    return row


def test_what_came_over_the_ceiling_opens_an_assessment_and_stops_new_call_offs(world: World) -> None:
    row = OvershootAssessment.objects.get()
    assert (row.over_sek, row.over_kg, row.ceiling_sek, row.way) == (Decimal(5), Decimal(0), Decimal(205), "")
    assert LotBalance.objects.get(authority=None, supplier=None).overshoot_sek == 5
    assert CallOff.objects.get().state == "placed"
    assert not unproven_balances()
    near = attention(world.authority, now=world.now, today=world.today).near_lots
    assert [each.assessment for each in near] == [row]


def ordered_anew(world: World) -> object:
    """The number of an order that is tried as if the farm took orders again, or None."""
    with acting(world.by_officer):
        SupplierRun.objects.update(state="open", closed_at=None)
    return place(world, 10)["order"]


def test_nothing_more_is_ordered_from_the_lot(world: World) -> None:
    assert ordered_anew(world) is None
    refused = BasketLine.objects.get().refused
    assert refused is not None
    assert "ceiling_room" in {each["rule"] for each in refused["verdicts"] if not each["ok"]}


def test_it_may_stand_and_the_lot_stays_stopped(world: World) -> None:
    row = decide(world)
    assert (row.way, row.reason, row.decided_by) == ("stand", "Fem kronor.", world.officer)
    assert row.paragraph == "17 kap. 10 § LOU"
    assert ordered_anew(world) is None
    with pytest.raises(OvershootDecided):
        decide_overshoot(assessment=row, way="stand", now=world.now, by=by_reason(world))


@pytest.mark.parametrize(("way", "reason", "field"), [("raised", "x", "way"), ("stand", " ", "reason")])
def test_a_decision_has_a_way_and_a_reason(world: World, way: str, reason: str, field: str) -> None:
    row = OvershootAssessment.objects.get()
    with pytest.raises(InvalidInput) as refused:
        decide_overshoot(assessment=row, way=way, now=world.now, by=by_reason(world, reason))
    assert set(refused.value.fields) == {field}


def test_a_raised_ceiling_decides_it_once_all_fits(world: World) -> None:
    raise_to(world, 208)
    assert OvershootAssessment.objects.get().way == ""
    raise_to(world, 220, ground=Ground.MINOR)
    row = OvershootAssessment.objects.get()
    assert (row.way, row.paragraph) == ("raised", "17 kap. 9 § LOU")
    assert AgreementChange.objects.count() == 2


def test_the_officer_finds_it_among_what_to_decide_and_decides_on_its_page(world: World) -> None:
    officer, row = client_of(world.officer), OvershootAssessment.objects.get()
    url = address(world, "overshoot", world.lot.pk)
    assert url in officer.get(address(world, "home")).content.decode()
    page = officer.get(url).content.decode()
    assert "5,00\xa0kr" in page
    assert "2,4\xa0%" in page
    assert "nya avrop av 1 vara" in page
    form = address(world, "decide_overshoot", row.pk)
    assert officer.post(form, {"way": "stand", "reason": ""}).status_code == 422
    answer = officer.post(form, {"way": "new_agreement", "reason": "Nytt avtal i vår."}, follow=True)
    assert "nytt avtal; delkontraktet förblir stoppat" in answer.content.decode()
    assert url not in officer.get(address(world, "home")).content.decode()


@pytest.mark.parametrize("regime", ["national", "direct_award"])
def test_the_margin_is_told_by_the_regime(regime: str) -> None:
    world = make_world(regime=regime)
    page = client_of(world.officer).get(address(world, "overshoot", world.lot.pk)).content.decode()
    assert ("går inte att säga" in page) is (regime == "national")
    assert "Inget har gått över taket." in page
