"""Served, wasted and stock: weighed at their own grain, never mixed, balanced only between two stock counts."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.db.models import Sum

from config.ground.refusals import InvalidInput, NotAllowed
from config.ground.trail import Actor, acting
from market.models import SupplierRun
from market.rules.climate import Footprint
from orders.actions.publishing import publish_tally
from orders.actions.weighing import WeighingDraft, record_weighing
from orders.models import PublishedTally, Tally, Weighing
from orders.queries.climate import climate_report
from orders.queries.published import verify
from orders.queries.weighings import Unasked, balances, products_by_name
from orders.refusals import NothingNewToPublish, WeighedAlready
from orders.rules.periods import month_of
from tests.factories.walked import FARMS, make_walked
from tests.factories.world import World
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db
JOB = Actor.job("tests")
LATER = date(2026, 12, 31)


@pytest.fixture
def world() -> World:
    """Kitchens that ordered potato and mince alone: both have weight and factor."""
    world = make_walked(1)
    with acting(JOB):
        SupplierRun.objects.filter(state="open").update(state="closed", closed_at=world.now)
    return world


def weigh(
    world: World, kind: str, day: date, *kg: str, until: date | None = None, today: date = LATER
) -> Weighing:
    goods = {world.products[number].pk: Decimal(each) for number, each in enumerate(kg)}
    draft = WeighingDraft(kind=kind, first_day=day, last_day=until or day, kg=goods)
    return record_weighing(kitchen=world.kitchen, draft=draft, today=today, by=world.by_officer)


def delivered(world: World) -> Decimal:
    rows = Tally.objects.filter(kitchen=world.kitchen, basis="delivered")
    return rows.aggregate(kg=Sum("kg"))["kg"] or Decimal(0)


def test_delivered_is_served_wasted_and_stock_between_two_counts(world: World) -> None:
    day = world.delivery_date
    assert balances(world.authority, today=LATER) == ()
    weigh(world, "stock", day - timedelta(days=1), "5")
    weigh(world, "served", day, "20")
    weigh(world, "wasted", day, "1.5")
    assert balances(world.authority, today=LATER) == ()
    weigh(world, "stock", day + timedelta(days=3), "12")
    (found,) = balances(world.authority, today=LATER)
    assert (found.first_day, found.last_day) == (day, day + timedelta(days=3))
    bare = Tally.objects.filter(kitchen=world.kitchen, basis="delivered", lines_without_kg__gt=0).exists()
    if bare:
        assert (found.kg.balance, found.kg.why) == (None, Unasked.NO_WEIGHT)
        return
    assert found.kg.views.delivered == delivered(world) > 0
    assert found.kg.balance is not None
    assert found.kg.balance.stock_change == Decimal(7)
    assert found.kg.balance.unexplained == delivered(world) - 20 - Decimal("1.5") - 7


def test_e20_in_kg_co2e(world: World) -> None:
    """Potato at 0.17: 500 kg come, 430 are served, 30 wasted, 40 more in stock; 85.00 = 73.10 + 5.10 + 6.80."""
    day = world.delivery_date
    with acting(JOB):
        rows = Tally.objects.filter(kitchen=world.kitchen, basis="delivered")
        rows.exclude(product=world.product).delete()
        Tally.objects.filter(kitchen=world.kitchen, product=world.product, basis="delivered").delete()
        made = Tally.objects.filter(basis="ordered", product=world.product)[0]
        made.pk, made.kitchen, made.day, made.basis, made.kg = (
            None,
            world.kitchen,
            day,
            "delivered",
            Decimal(500),
        )
        made.lines_without_kg = 0
        made.save()
    weigh(world, "stock", day - timedelta(days=1), "10")
    weigh(world, "served", day, "430")
    weigh(world, "wasted", day, "30")
    weigh(world, "stock", day + timedelta(days=3), "50")
    (found,) = balances(world.authority, today=LATER)
    views = found.co2e.views
    assert (views.delivered, views.served, views.wasted) == (
        Decimal("85.00"),
        Decimal("73.10"),
        Decimal("5.10"),
    )
    assert found.co2e.balance is not None
    assert (found.co2e.balance.stock_change, found.co2e.balance.holds) == (Decimal("6.80"), True)
    with time_machine.travel(datetime(2026, 12, 31, 9, tzinfo=UTC), tick=False):
        page = client_of(world.officer).get(f"{address(world, 'weighings')}?from=2026").content.decode()
    assert "163,2" not in page  # purchased and served are never added
    assert "73,1" in page


def test_an_open_period_or_a_weighing_across_its_end_says_nothing(world: World) -> None:
    day = world.delivery_date
    weigh(world, "stock", day - timedelta(days=1))
    weigh(world, "stock", day + timedelta(days=3))
    (found,) = balances(world.authority, today=day + timedelta(days=3))
    assert found.kg.balance is None
    weigh(world, "served", day + timedelta(days=2), "1", until=day + timedelta(days=5))
    (found,) = balances(world.authority, today=LATER)
    assert (found.kg.balance, found.kg.why) == (None, Unasked.CROSSES)
    page = client_of(world.officer).get(address(world, "weighings")).content.decode()
    assert "sträcker sig över en lagerräkning" in page


@pytest.mark.parametrize("basis", ["served", "wasted"])
def test_a_published_figure_of_what_was_weighed_is_of_that_alone_and_comes_out_the_same(
    world: World, basis: str
) -> None:
    period = month_of(world.delivery_date)
    other = "wasted" if basis == "served" else "served"
    weigh(world, basis, world.delivery_date, "100", "10")
    weigh(world, other, world.delivery_date, "7")

    def publish(reason: str = "") -> PublishedTally:
        return publish_tally(
            authority=world.authority,
            period=period,
            basis=basis,
            today=period.last + timedelta(days=1),
            reason=reason,
            by=world.by_officer,
        )

    row = publish()
    report = climate_report(world.authority, period, basis=basis)
    assert (row.kg_total, row.lines, row.net_sek_total) == (Decimal(110), 2, Decimal(0))
    assert row.co2e_kg == report.whole.co2e_kg > 0
    assert verify(row).found.sums == report.whole
    with pytest.raises(NothingNewToPublish):
        publish("igen")
    weigh(world, basis, world.delivery_date, "90", "10")
    assert verify(row).holds
    again = publish("felvägd potatis")
    assert row.co2e_kg - again.co2e_kg == Decimal("1.70")
    assert verify(row).holds
    assert verify(again).holds
    client = client_of(world.officer)
    page = client.get(address(world, "published_figure", again.pk)).content.decode()
    assert address(world, "weighings") in page
    month = f"{world.delivery_date:%Y-%m}"
    climate = client.get(f"{address(world, 'climate')}?basis={basis}&from={month}&to={month}")
    assert climate.status_code == 200
    assert client.get(f"{address(world, 'climate')}?basis=eaten").status_code == 422
    assert client.get(f"{address(world, 'spend')}?basis={basis}").status_code == 422


def test_no_basis_has_anothers_goods(world: World) -> None:
    period = month_of(world.delivery_date)
    before = climate_report(world.authority, period, basis="delivered").whole
    weigh(world, "served", world.delivery_date, "100")
    assert climate_report(world.authority, period, basis="delivered").whole == before
    assert climate_report(world.authority, period, basis="wasted").whole == Footprint()


def test_days_are_weighed_once_and_what_is_told_again_takes_the_old_ones_place(world: World) -> None:
    day = world.delivery_date
    first = weigh(world, "served", day, "1", until=day + timedelta(days=4))
    with pytest.raises(WeighedAlready):
        weigh(world, "served", day + timedelta(days=1), "1")
    again = weigh(world, "served", day, "2", until=day + timedelta(days=4))
    first.refresh_from_db()
    assert first.retired_at == again.recorded_at
    assert first.lines.get().kg == 1


@pytest.mark.parametrize(
    ("kind", "first", "last", "kg"),
    [
        ("served", "2026-12-02", "2026-12-01", "1"),
        ("served", "2026-11-30", "2026-12-01", "1"),
        ("served", "2027-01-01", "2027-01-01", "1"),
        ("stock", "2026-12-01", "2026-12-02", "1"),
        ("served", "2026-12-01", "2026-12-01", "-1"),
        ("served", "2026-12-01", "2026-12-01", "NaN"),
        ("served", "2026-12-01", "2026-12-01", "1e400"),
        ("served", "2026-12-01", "2026-12-01", ""),
    ],
)
def test_what_can_not_have_been_weighed_is_refused(
    world: World, kind: str, first: str, last: str, kg: str
) -> None:
    goods = [kg] if kg else []
    with pytest.raises(InvalidInput):
        weigh(world, kind, date.fromisoformat(first), *goods, until=date.fromisoformat(last))
    assert not Weighing.objects.exists()


def test_a_job_weighs_nothing_and_the_table_holds_it_too(world: World) -> None:
    draft = WeighingDraft("served", LATER, LATER, {world.product.pk: Decimal(1)})
    with pytest.raises(NotAllowed):
        record_weighing(kitchen=world.kitchen, draft=draft, today=LATER, by=JOB)
    row = weigh(world, "served", LATER, "1")
    with pytest.raises(IntegrityError), transaction.atomic(), acting(JOB):
        Weighing.objects.filter(pk=row.pk).update(first_day=date(2026, 11, 30))


def test_an_officer_writes_a_weighing_on_the_page() -> None:
    world = make_walked(1, kitchens=2, farms=FARMS)
    client = client_of(world.officer)
    url = address(world, "new_weighing")
    names = products_by_name(world.authority)
    assert names[world.product.name_sv.casefold()] == world.product.pk
    name = world.product.name_sv
    body: dict[str, object] = {
        "kitchen": world.kitchen.pk,
        "kind": "served",
        "first_day": "2026-11-02",
        "last_day": "2026-11-06",
        "goods": f"Vara;Vikt\n{name};12,5 kg\n{name}\t500 g\n",
    }
    faults: list[dict[str, object]] = [
        {"goods": "Månsten; 3 kg"},
        {"goods": f"{name}; 3 st"},
        {"goods": f"{name}; 2 säckar"},
        {"goods": f"{name}"},
        {"goods": ""},
        {"first_day": "2026-11-09"},
        {"last_day": "2999-01-01"},
        {"kitchen": 2**40},
        {"kind": "eaten"},
    ]
    for fault in faults:
        assert client.post(url, body | fault).status_code == 422, fault
    assert not Weighing.objects.exists()
    assert client.post(url, body).status_code == 302
    assert Weighing.objects.get().lines.get().kg == Decimal("13.000")
    assert client.post(url, body | {"first_day": "2026-11-03"}).status_code == 409
    page = client.get(f"{address(world, 'weighings')}?from=2026").content.decode()
    assert name in page
