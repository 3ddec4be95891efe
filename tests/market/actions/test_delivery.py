from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from config.ground.models import TrailEntry
from config.ground.trail import Actor, acting
from market.actions.delivery import Planned, plan_runs
from market.models import DeliveryRun, Hub, HubClosure, SupplierHubTerms, SupplierPause, SupplierRun
from suppliers.actions import register_supplier
from suppliers.models import Supplier

pytestmark = pytest.mark.django_db

BY = Actor.job("tests")
MONDAY = date(2026, 11, 30)


@pytest.fixture
def hub() -> Hub:
    with acting(BY):
        return Hub.objects.create(name="Navet", weekdays="24")


def farm(hub: Hub, *, number: str = "559900-0014", weekdays: str = "24", lead: int = 2) -> Supplier:
    supplier = register_supplier(name="Gården", legal_form="company", number=number, by=BY)
    with acting(BY):
        SupplierHubTerms.objects.create(
            supplier=supplier,
            hub=hub,
            weekdays=weekdays,
            lead_working_days=lead,
            cut_off_time=time(12),
            minimum_order_sek=Decimal(0),
        )
    return supplier


def plan(first: date = MONDAY, days_ahead: int = 6) -> Planned:
    return plan_runs(today=first, days_ahead=days_ahead, by=BY)


def days() -> list[str]:
    return [
        day.isoformat()
        for day in SupplierRun.objects.order_by("delivery_date").values_list("delivery_date", flat=True)
    ]


def test_a_week_has_the_hubs_days_with_each_farms_cut_off(hub: Hub) -> None:
    farm(hub)
    assert plan() == Planned(delivery_runs=2, supplier_runs=2)
    assert days() == ["2026-12-01", "2026-12-03"]
    tuesday = SupplierRun.objects.get(delivery_date=date(2026, 12, 1))
    assert tuesday.cut_off.isoformat() == "2026-11-27T11:00:00+00:00"


def test_planning_again_changes_nothing_and_writes_nothing(hub: Hub) -> None:
    farm(hub)
    plan()
    trailed = TrailEntry.objects.count()
    assert plan() == Planned(delivery_runs=0, supplier_runs=0)
    assert TrailEntry.objects.count() == trailed


def test_a_cut_off_that_was_told_is_never_moved(hub: Hub) -> None:
    supplier = farm(hub)
    plan()
    with acting(BY):
        SupplierHubTerms.objects.filter(supplier=supplier).update(lead_working_days=0)
    plan(days_ahead=13)
    hours = SupplierRun.objects.order_by("delivery_date").values_list("delivery_date", "cut_off")
    assert [(day - cut_off.date()) for day, cut_off in hours] == [
        timedelta(days=4),
        timedelta(days=2),
        timedelta(0),
        timedelta(0),
    ]


def test_no_run_on_a_holiday_a_closed_day_or_in_a_pause(hub: Hub) -> None:
    supplier = farm(hub)
    with acting(BY):
        HubClosure.objects.create(hub=hub, day=date(2026, 12, 15), reason="Inventering")
        SupplierPause.objects.create(
            supplier=supplier, first_day=date(2026, 12, 17), last_day=date(2026, 12, 22)
        )
    plan(date(2026, 12, 14), days_ahead=20)
    laid = DeliveryRun.objects.order_by("delivery_date").values_list("delivery_date", flat=True)
    assert [day.day for day in laid] == [17, 22, 29]  # 24 and 31 are Julafton and Nyårsafton
    assert days() == ["2026-12-29"]


def test_a_farm_comes_on_its_own_days_only(hub: Hub) -> None:
    farm(hub, weekdays="45")
    plan()
    assert days() == ["2026-12-03"]


def test_a_bankrupt_farm_gets_no_run(hub: Hub) -> None:
    supplier = farm(hub)
    with acting(BY):
        Supplier.objects.filter(pk=supplier.pk).update(is_bankrupt=True)
    assert plan() == Planned(delivery_runs=2, supplier_runs=0)


def test_the_number_of_statements_does_not_grow_with_days_and_farms(
    hub: Hub, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    farm(hub)
    farm(hub, number="559900-0022")
    with django_assert_max_num_queries(14):
        plan(days_ahead=90)
