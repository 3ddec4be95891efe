"""``priser`` out of the months' prices says what the days' tallies say, whatever was booked, taken back or tallied anew."""

import random
from datetime import date
from decimal import Decimal
from statistics import median

import pytest

from config.ground.trail import acting
from orders.actions.tallying import rebuild_prices
from orders.models import CallOff, Movement, Tally, TallyDirty, TallyPrice
from orders.queries.narrowed import Narrowed
from orders.queries.reports.prices import TIMES, prices_report
from orders.rules.periods import Period
from tests.factories.reports import asked_of
from tests.factories.walked import JOB, make_walked, tally
from tests.factories.world import World

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 15)
FIGURES = ("net_sek", "kg", "lowest", "highest", "outliers")
PERIODS = (Period(date(2026, 1, 1), date(2026, 12, 31)), Period(date(2027, 1, 1), date(2027, 12, 31)))


def of_days(world: World, basis: str, period: Period, narrowed: Narrowed) -> dict[str, tuple[object, ...]]:
    """By product: of the period its SEK, kg, lowest and highest price; the middle is of the year before, too."""
    days = Tally.objects.filter(authority=world.authority, basis=basis, kg__gt=0, day__lte=period.last)
    if narrowed.supplier_id:
        days = days.filter(supplier=narrowed.supplier_id)
    if narrowed.kitchen_id:
        days = days.filter(kitchen=narrowed.kitchen_id)
    if narrowed.marks:
        days = days.filter(marks=narrowed.keys["marks_told"])
    found: dict[str, tuple[object, ...]] = {}
    for product in set(days.values_list("product_id", flat=True)):
        rows = [
            (row, (row.net_sek - row.net_sek_without_kg) / row.kg)
            for row in days.filter(product=product)
            if row.net_sek > row.net_sek_without_kg
        ]
        now = [(row, price) for row, price in rows if row.day >= period.first]
        if not now:
            continue
        middle = median(price for _row, price in rows)
        found[str(product)] = (
            sum(row.net_sek - row.net_sek_without_kg for row, _price in now),
            sum(row.kg for row, _price in now),
            close(min(price for _row, price in now)),
            close(max(price for _row, price in now)),
            sum(
                row.lines - row.lines_without_kg
                for row, price in now
                if price >= middle * TIMES or price * TIMES <= middle
            ),
        )
    return found


def close(price: object) -> Decimal:
    return Decimal(str(price)).quantize(Decimal("0.000000000001"))


def told(world: World, basis: str, period: Period, narrowed: Narrowed) -> dict[str, tuple[object, ...]]:
    report = prices_report(asked_of(world, "priser", basis=basis, period=period, narrowed=narrowed))
    places = [report.column(key) for key in FIGURES]
    found = {part.key: [part.cells[n] for n in places] for part in report.parts}
    return {key: (sek, kg, close(low), close(high), n) for key, (sek, kg, low, high, n) in found.items()}


def agrees(world: World) -> int:
    """How many products were told of, in all the questions."""
    asked = 0
    for narrowed in (
        Narrowed(),
        Narrowed(supplier_id=world.suppliers[0].pk),
        Narrowed(kitchen_id=world.kitchens[0].pk),
        Narrowed(marks="-"),
    ):
        for basis in ("ordered", "delivered"):
            for period in PERIODS:
                found = told(world, basis, period, narrowed)
                assert found == of_days(world, basis, period, narrowed)
                asked += len(found)
    return asked


def something_happens(chance: random.Random, call_off: CallOff, number: int) -> None:
    """Goods came at another price or weight, were sent back, or what was booked is taken back."""
    Movement.objects.create(
        call_off=call_off,
        kind=chance.choice(["delivered", "returned"]),
        packs=1,
        kg=None if call_off.kg is None else Decimal(chance.randint(-30, 60)) / 10,
        net_sek=Decimal(chance.randint(-5000, 20000)) / 100,
        delivery_date=call_off.delivery_date,
        source=f"test-{number}",
    )
    TallyDirty.objects.create(day=call_off.delivery_date, kitchen_id=call_off.kitchen_id)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in (1, 2))])
def test_the_months_prices_tell_what_the_days_do(seed: int) -> None:
    world = make_walked(seed, delivery_date=DAY)
    assert agrees(world)
    chance = random.Random(seed)
    call_offs = list(CallOff.objects.filter(authority=world.authority).order_by("pk"))
    with acting(JOB):
        for number in range(24):
            something_happens(chance, chance.choice(call_offs), number)
            if number % 8 == 7:
                tally(world)
                assert agrees(world)
    again = rebuild_prices(by=JOB)
    assert (again.rows, again.written, again.dropped) == (TallyPrice.objects.count(), 0, 0)


def test_prices_that_went_astray_are_set_right() -> None:
    world = make_walked(1, delivery_date=DAY)
    TallyPrice.objects.filter(pk=TallyPrice.objects.earliest("pk").pk).update(days=99)
    TallyPrice.objects.latest("pk").delete()
    again = rebuild_prices(by=JOB)
    assert (again.written, again.dropped) == (2, 1)
    assert agrees(world)


def test_a_price_that_nothing_has_any_more_is_gone() -> None:
    world = make_walked(1, delivery_date=DAY)
    with acting(JOB):
        CallOff.objects.update(state="cancelled")
        for call_off in CallOff.objects.all():
            TallyDirty.objects.create(day=call_off.delivery_date, kitchen_id=call_off.kitchen_id)
    tally(world)
    assert not TallyPrice.objects.exists()
