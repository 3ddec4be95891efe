"""``leveranser`` out of the tallies says what call-offs and their movements say, whatever was booked and however late."""

import random
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from config.ground.trail import acting
from orders.actions.tallying import rebuild_tallies
from orders.models import CallOff, Movement, TallyDirty
from orders.queries.narrowed import Narrowed
from orders.queries.reports.deliveries import deliveries_report
from orders.rules.periods import month_of
from tests.factories.reports import asked_of
from tests.factories.walked import JOB, make_walked, tally
from tests.factories.world import World

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 15)
SWEDEN = ZoneInfo("Europe/Stockholm")
COUNTS = ("due", "answered", "received", "arrived", "on_time", "in_full", "rejected")
KINDS = ("confirmed", "declined", "handed_over", "delivered", "rejected", "returned")
PARTED: dict[str, Callable[[CallOff], object]] = {
    "supplier": lambda call_off: call_off.supplier_id,
    "kitchen": lambda call_off: call_off.kitchen_id,
    "lot": lambda call_off: call_off.agreement_lot_id,
    "category": lambda call_off: call_off.product.category_id,
    "month": lambda call_off: f"{call_off.delivery_date:%Y%m}",
}


def counted(call_off: CallOff) -> tuple[int, ...]:
    """How one call-off came, by its rows."""
    packs: defaultdict[str, Decimal] = defaultdict(Decimal)
    days: defaultdict[str, list[date]] = defaultdict(list)
    for row in Movement.objects.filter(call_off=call_off):
        packs[row.kind] += row.packs
        days[row.kind].append(row.at.astimezone(SWEDEN).date())
    came = min(days["handed_over"] or days["delivered"], default=None)
    received = packs["delivered"] > 0 or packs["rejected"] > 0
    return (
        1,
        int(packs["confirmed"] > 0 or packs["declined"] > 0),
        int(received),
        int(came is not None),
        int(came is not None and came <= call_off.delivery_date),
        int(received and packs["delivered"] >= call_off.packs),
        int(packs["rejected"] > 0),
    )


def by_hand(world: World, by: str, *, kitchen: int | None = None) -> dict[str, tuple[object, ...]]:
    """By part, and the whole under no key: SEK and the seven counts."""
    found: defaultdict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * (1 + len(COUNTS)))
    placed = CallOff.objects.filter(authority=world.authority, state="placed").select_related("product")
    for call_off in placed if kitchen is None else placed.filter(kitchen_id=kitchen):
        sums = [call_off.net_sek, *map(Decimal, counted(call_off))]
        for key in ("", str(PARTED[by](call_off))):
            found[key] = [old + new for old, new in zip(found[key], sums, strict=True)]
    return {key: tuple(sums) for key, sums in found.items()}


def told(world: World, by: str, *, today: date, kitchen: int | None = None) -> dict[str, tuple[object, ...]]:
    report = deliveries_report(
        asked_of(
            world,
            "leveranser",
            by=by,
            today=today,
            period=month_of(DAY),
            narrowed=Narrowed(kitchen_id=kitchen),
        )
    )
    assert report.whole is not None
    places = [report.column(key) for key in ("net_sek", *COUNTS)]
    return {part.key: tuple(part.cells[n] for n in places) for part in (*report.parts, report.whole)}


def agrees(world: World) -> None:
    kitchen = world.kitchens[0].pk
    for by in PARTED:
        for today in (
            DAY,
            DAY + timedelta(days=1),
            month_of(DAY).last,
        ):  # by day, and by month when it is over
            assert told(world, by, today=today) == by_hand(world, by)
            assert told(world, by, today=today, kitchen=kitchen) == by_hand(world, by, kitchen=kitchen)


def about(day: date, chance: random.Random) -> datetime:
    """Within two days of it; half past eleven at night in UTC is the next day in Sweden."""
    near = day + timedelta(days=chance.randint(-2, 2))
    return datetime.combine(near, time(chance.choice([6, 22, 23]), 30), tzinfo=UTC)


def goods_come_early_and_late(world: World, chance: random.Random) -> None:
    """The walked goods all came on the day on which the test is run: moved past the guard of what is only added to."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for row in Movement.objects.filter(call_off__authority=world.authority).order_by("pk"):
            at = about(row.delivery_date, chance)
            cursor.execute("UPDATE orders_movement SET at = %s WHERE id = %s", [at, row.pk])
        cursor.execute("SET LOCAL session_replication_role = origin")
    for kitchen in world.kitchens:
        TallyDirty.objects.create(day=DAY, kitchen=kitchen)
    tally(world)


def something_happens(chance: random.Random, call_off: CallOff, number: int) -> None:
    """A paper is booked, early or late by days, or an earlier one is taken back in part."""
    Movement.objects.create(
        call_off=call_off,
        kind=chance.choice(KINDS),
        packs=chance.choice([-1, 1, 1, call_off.packs]),
        kg=None,
        net_sek=Decimal(chance.randint(-5, 5)),
        delivery_date=call_off.delivery_date,
        at=about(call_off.delivery_date, chance),
        source=f"test-{number}",
    )
    TallyDirty.objects.create(day=call_off.delivery_date, kitchen_id=call_off.kitchen_id)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in (1, 2, 3))])
def test_the_tallies_count_what_the_rows_do(seed: int) -> None:
    world = make_walked(seed, delivery_date=DAY)
    agrees(world)
    chance = random.Random(seed)
    with acting(JOB):
        goods_come_early_and_late(world, chance)
    agrees(world)
    call_offs = list(CallOff.objects.filter(authority=world.authority).order_by("pk"))
    with acting(JOB):
        for number in range(24):
            something_happens(chance, chance.choice(call_offs), number)
            if number % 8 == 7:
                tally(world)
                agrees(world)
    again = rebuild_tallies(by=JOB)
    assert (again.written, again.dropped) == (0, 0)
    assert {sums[1] for sums in by_hand(world, "supplier").values()} != {0}


def test_what_is_due_tomorrow_is_not_counted() -> None:
    world = make_walked(1, delivery_date=DAY)
    before = told(world, "supplier", today=DAY - timedelta(days=1))
    assert before == {"": (Decimal(0), *[0] * len(COUNTS))}


def test_days_that_wait_to_be_counted_are_told() -> None:
    world = make_walked(1, delivery_date=DAY)
    asked = asked_of(world, "leveranser", today=DAY)
    assert deliveries_report(asked).told.notes == ()
    with acting(JOB):
        TallyDirty.objects.create(day=DAY, kitchen=world.kitchen)
    assert "1" in deliveries_report(asked).told.notes[0]
