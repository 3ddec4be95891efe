"""A floor writes the very rows that our action writes; else its ratio would say nothing."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.forms.models import model_to_dict

from benchmarks.floors import close as close_floor
from benchmarks.floors import place_order as place_floor
from benchmarks.floors import tally as tally_floor
from benchmarks.generator import CUT_OFF, FIRST_OPEN_DAY
from benchmarks.judge import exponent
from benchmarks.ours import ordering
from config.ground.models import IdempotencyRecord, OutboxMessage, TrailEntry
from config.ground.trail import Actor
from kitchens.models import Basket
from market.models import Commitment, SupplierRun
from orders.actions.closing import close_supplier_run
from orders.actions.tallying import rebuild_tallies, tally_dirty
from orders.models import (
    CallOff,
    Movement,
    Order,
    OrderLine,
    PurchaseOrder,
    PurchaseOrderLine,
    Tally,
    TallyDirty,
    TallyMonth,
    TallyPrice,
)
from orders.queries.balances import unproven_balances

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("world"), pytest.mark.django_db]

TALLY_COLUMNS = [
    "day",
    "authority_id",
    "kitchen_id",
    "supplier_id",
    "product_id",
    "agreement_lot_id",
    "marks",
    "origin_country",
    "origin_place",
    "passed_over",
    "kg",
    "net_sek",
    "net_sek_without_kg",
    "lines",
    "lines_without_kg",
    "answered",
    "received",
    "arrived",
    "on_time",
    "in_full",
    "rejected",
]
OWN = {"id", "order", "order_line", "call_off_id", "placed_at", "made_at"}  # what no two orders share


def raw() -> psycopg.Connection:
    """Django's own connection as the driver sees it: within the test's transaction."""
    connection.ensure_connection()
    driver = connection.connection
    assert isinstance(driver, psycopg.Connection)
    return driver


def written(order_id: int) -> list[dict[str, Any]]:
    call_offs = CallOff.objects.filter(order=order_id).order_by("order_line__position")
    rows = [
        Order.objects.get(pk=order_id),
        *OrderLine.objects.filter(order=order_id).order_by("position"),
        *call_offs,
        *(Commitment.objects.get(call_off_id=each.pk) for each in call_offs),
    ]
    return [{name: value for name, value in model_to_dict(row).items() if name not in OWN} for row in rows]


def test_the_floor_of_placing_writes_what_placing_writes() -> None:
    kitchen = ordering.first_kitchen()
    placed = ordering.place(kitchen, ordering.asked_lines(40))
    trailed = TrailEntry.objects.count()
    order = place_floor.prepared(raw(), order_id=placed.order_id, key=placed.key)
    place_floor.place(raw(), order, key="floor")
    floor, ours = Order.objects.order_by("-id")[:2]
    assert len(written(ours.pk)) == 1 + 3 * 40
    assert written(floor.pk) == written(ours.pk)
    assert IdempotencyRecord.objects.filter(reply__order=ours.pk).count() == 2
    assert TallyDirty.objects.count() == 2
    assert Basket.objects.get().version == 2
    assert TrailEntry.objects.count() == 2 * trailed == 2 * (1 + 2 * 40)
    assert unproven_balances() == []


def test_the_floor_of_closing_writes_what_closing_writes(world: str) -> None:
    ours, floor = (
        SupplierRun.objects.filter(call_offs__delivery_date=FIRST_OPEN_DAY).distinct().order_by("id")
    )
    close_floor.prepare(world, [FIRST_OPEN_DAY])
    close_supplier_run(run_id=ours.pk, now=CUT_OFF + timedelta(minutes=1), by=Actor.job("tests"))
    trailed = TrailEntry.objects.count()
    mails = OutboxMessage.objects.count()
    close_floor.close([raw()], [floor.pk])
    assert unproven_balances() == []  # among them: every call-off of a closed run has its line
    assert Movement.objects.filter(call_off__supplier_run=floor, kind="ordered").count() == 45
    assert [lines_of(run) > 0 for run in (ours, floor)] == [True, True]
    assert TrailEntry.objects.count() == 2 * trailed
    assert OutboxMessage.objects.count() == 2 * mails


def lines_of(run: SupplierRun) -> int:
    orders = PurchaseOrder.objects.filter(supplier_run=run)
    return PurchaseOrderLine.objects.filter(purchase_order__in=orders).count()


@pytest.mark.parametrize(("larger", "slope"), [(1, 0), (10, 1), (100, 2)])
def test_the_exponent_tells_how_time_grows_with_size(larger: float, slope: float) -> None:
    assert exponent({10: 2.0, 100: 2.0 * larger}) == pytest.approx(slope)


def tallies() -> set[tuple[Any, ...]]:
    return set(Tally.objects.filter(basis="ordered").values_list(*TALLY_COLUMNS))


def months() -> set[tuple[Any, ...]]:
    columns = [name for name in TALLY_COLUMNS if name != "kitchen_id"]
    return set(TallyMonth.objects.filter(basis="ordered").values_list(*columns))


def prices() -> set[tuple[Any, ...]]:
    rows = TallyPrice.objects.filter(basis="ordered").values()
    return {tuple(value for name, value in row.items() if name != "id") for row in rows}


def test_the_floor_of_tallying_writes_what_tallying_writes() -> None:
    rebuilt = rebuild_tallies(by=Actor.job("tests"))
    ours, our_months, our_prices = tallies(), months(), prices()
    assert our_prices
    again = rebuild_tallies(by=Actor.job("tests"))
    assert (again.rows, again.written, again.dropped) == (rebuilt.rows, 0, 0)
    raw().execute("SET CONSTRAINTS ALL IMMEDIATE")
    raw().execute(tally_floor.EMPTY)
    tally_floor.all_rows(raw())
    assert tallies() == ours
    assert months() == our_months
    assert prices() == our_prices
    keys = sorted({(row[0], row[2]) for row in ours})[:5]
    days, kitchens = [day for day, _ in keys], [kitchen for _, kitchen in keys]
    mine = {row for row in ours if (row[0], row[2]) in keys}
    tally_floor.forget_keys(raw(), days=days, kitchens=kitchens)
    assert tallies() == ours - mine
    assert months() != our_months
    assert prices() != our_prices
    tally_floor.rows_of_keys(raw(), days=days, kitchens=kitchens)
    assert tallies() == ours
    assert months() == our_months
    assert prices() == our_prices


def test_dirty_days_are_mended_by_what_differs() -> None:
    by = Actor.job("tests")
    rebuild_tallies(by=by)
    ours, our_months, our_prices = tallies(), months(), prices()
    keys = sorted({(row[0], row[2]) for row in ours})[:5]
    tally_floor.forget_keys(raw(), days=[keys[0][0]], kitchens=[keys[0][1]])
    astray = Tally.objects.filter(day=keys[1][0], kitchen=keys[1][1])
    assert astray.update(marks="of yore") > 1
    TallyDirty.objects.bulk_create(TallyDirty(day=day, kitchen_id=kitchen) for day, kitchen in keys)
    untouched = set(Tally.objects.filter(day=keys[2][0], kitchen=keys[2][1]).values_list("pk", flat=True))
    assert tally_dirty(by=by) == len(keys)
    assert tallies() == ours
    assert untouched == set(
        Tally.objects.filter(day=keys[2][0], kitchen=keys[2][1]).values_list("pk", flat=True)
    )
    rebuild_tallies(by=by)
    assert months() == our_months
    assert prices() == our_prices
