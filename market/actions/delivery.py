"""Planning delivery: each hub's days, and each farm's cut-off in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from config.ground.trail import Actor, acting
from market.models import DeliveryRun, Hub, HubClosure, SupplierHubTerms, SupplierPause, SupplierRun
from market.rules.calendar import Pause, cut_off_at, delivery_days, swedish_holidays


@dataclass(frozen=True, slots=True)
class Planned:
    """How many runs were new."""

    delivery_runs: int
    supplier_runs: int


@dataclass(frozen=True, slots=True)
class Days:
    """The period that is planned, both days included, with its Swedish holidays."""

    first: date
    last: date
    holidays: frozenset[date]


def plan_runs(*, today: date, days_ahead: int, by: Actor) -> Planned:
    """Lay the runs from today to ``days_ahead`` days on, in a fixed number of statements.

    A run that exists stays as it is: its cut-off has been told to people. A day that has been closed or paused
    since keeps its run too, and whoever closed it must speak with those who ordered.
    """
    days = _days(today, today + timedelta(days=days_ahead))
    with acting(by):
        delivery_runs = _plan_delivery_runs(days)
        supplier_runs = _plan_supplier_runs(days)
    return Planned(delivery_runs=delivery_runs, supplier_runs=supplier_runs)


def _days(first: date, last: date) -> Days:
    holidays = frozenset(day for year in range(first.year, last.year + 1) for day in swedish_holidays(year))
    return Days(first=first, last=last, holidays=holidays)


def _plan_delivery_runs(days: Days) -> int:
    closures = _closures(days)
    wanted = {
        (hub.pk, day)
        for hub in Hub.objects.all()
        for day in _days_of(hub.weekdays, days, closures.get(hub.pk, frozenset()))
    }
    laid = DeliveryRun.objects.filter(delivery_date__range=(days.first, days.last))
    missing = sorted(wanted - set(laid.values_list("hub", "delivery_date")))
    if missing:
        DeliveryRun.objects.bulk_create(
            (DeliveryRun(hub_id=hub, delivery_date=day) for hub, day in missing),
            ignore_conflicts=True,  # another planner may have laid the same in the meantime
        )
    return len(missing)


def _closures(days: Days) -> dict[int, frozenset[date]]:
    closed: dict[int, set[date]] = {}
    for hub, day in HubClosure.objects.filter(day__range=(days.first, days.last)).values_list("hub", "day"):
        closed.setdefault(hub, set()).add(day)
    return {hub: frozenset(its_days) for hub, its_days in closed.items()}


def _days_of(
    weekdays: str, days: Days, closures: frozenset[date], pauses: tuple[Pause, ...] = ()
) -> tuple[date, ...]:
    return delivery_days(
        weekdays=frozenset(int(day) - 1 for day in weekdays),
        closures=closures,
        holidays=days.holidays,
        start=days.first,
        end=days.last,
        pauses=pauses,
    )


def _plan_supplier_runs(days: Days) -> int:
    laid = set(
        SupplierRun.objects.filter(delivery_date__range=(days.first, days.last)).values_list(
            "delivery_run", "supplier"
        )
    )
    missing = [
        run for run in _wanted_supplier_runs(days) if (run.delivery_run_id, run.supplier_id) not in laid
    ]
    if missing:
        SupplierRun.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)


def _wanted_supplier_runs(days: Days) -> Iterator[SupplierRun]:
    """A run of each farm on each of its own days that is a day of the hub."""
    closures = _closures(days)
    runs = {
        (run.hub_id, run.delivery_date): run
        for run in DeliveryRun.objects.filter(delivery_date__range=(days.first, days.last)).order_by("pk")
    }
    pauses: dict[int, list[Pause]] = {}
    for pause in SupplierPause.objects.filter(first_day__lte=days.last, last_day__gte=days.first):
        pauses.setdefault(pause.supplier_id, []).append(Pause(first=pause.first_day, last=pause.last_day))
    for terms in SupplierHubTerms.objects.filter(supplier__is_bankrupt=False).order_by("supplier", "hub"):
        its_pauses = tuple(pauses.get(terms.supplier_id, ()))
        for day in _days_of(terms.weekdays, days, closures.get(terms.hub_id, frozenset()), its_pauses):
            if run := runs.get((terms.hub_id, day)):
                yield SupplierRun(
                    delivery_run=run,
                    supplier_id=terms.supplier_id,
                    delivery_date=day,
                    cut_off=cut_off_at(
                        delivery_date=day, lead_working_days=terms.lead_working_days, at=terms.cut_off_time
                    ),
                )
