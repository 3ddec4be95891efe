"""Reports: parts sum to wholes in every slice, rows come to the figures, and nothing sealed is in them."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from statistics import median

import pytest

from config.ground.trail import Actor, acting
from orders.actions.tallying import rebuild_prices
from orders.forms.reporting import read_asked
from orders.models import Tally
from orders.queries.call_off_rows import WantedRows, all_rows
from orders.queries.narrowed import Narrowed
from orders.queries.reports.asked import Asked
from orders.queries.reports.register import REPORTS, ReportSort
from orders.rules.periods import month_of, year_of
from orders.rules.reporting import Report, Whole, whole_of
from tests.factories.reports import asked_of
from tests.factories.walked import FARMS, GOODS, make_walked
from tests.factories.world import World, make_world

pytestmark = pytest.mark.django_db
SEEDS = range(3)
EXACT = Decimal("0.000000001")


def slices_of(world: World, sort: ReportSort) -> Iterator[Asked]:
    """Every basis and way of parting, whole and narrowed by each key that the report takes."""
    keys: dict[str, Narrowed] = {
        "kitchen": Narrowed(kitchen_id=world.kitchens[0].pk),
        "supplier": Narrowed(supplier_id=world.suppliers[1].pk),
        "category": Narrowed(category_id=world.products[0].category_id),
        "agreement": Narrowed(agreement_id=world.agreement.pk),
        "mark": Narrowed(mark="organic"),
    }
    periods = [year_of(world.delivery_date), month_of(world.delivery_date)]
    for basis in sort.bases or ("",):
        for by in sort.bys or ("",):
            for narrowed in [Narrowed(), *(keys[name] for name in sort.narrowing)]:
                for period in periods:
                    yield asked_of(world, sort.slug, basis=basis, by=by, narrowed=narrowed, period=period)


def check_sums(report: Report) -> None:
    if report.whole is None:
        return
    summed = whole_of(report.columns, report.parts, name=str(report.whole.cells[0]))
    for place, column in enumerate(report.columns):
        told, found = report.whole.cells[place], summed.cells[place]
        if column.whole is Whole.SUM and report.parts:
            assert (told or 0) == (found or 0), (report.slug, column.key)
        if column.whole is Whole.RATIO and report.parts and told is not None:
            assert isinstance(told, Decimal)
            assert isinstance(found, Decimal)
            assert abs(told - found) < EXACT, (report.slug, column.key)


@pytest.mark.long
@pytest.mark.parametrize("seed", SEEDS)
def test_parts_sum_to_wholes_in_every_slice(seed: int) -> None:
    world = make_walked(seed)
    for sort in REPORTS.values():
        for asked in slices_of(world, sort):
            report = sort.make(asked)
            assert report.slug == sort.slug
            assert all(len(part.cells) == len(report.columns) for part in report.parts)
            check_sums(report)


def test_every_slice_of_spend_opens_to_rows_that_sum_to_it() -> None:
    world = make_walked(1)
    sort = REPORTS["inkop"]
    for asked in slices_of(world, sort):
        for part in sort.make(asked).parts:
            wanted = narrowed_by(asked, part.opens)
            rows = list(all_rows(world.authority, wanted, now=world.now))
            assert sum(row.net_sek for row in rows) == part.cells[asked_column(asked)]
            assert rows


def asked_column(asked: Asked) -> int:
    return 2 if asked.by in ("supplier", "lot") else 1


def narrowed_by(asked: Asked, opens: object) -> WantedRows:

    read = read_asked(
        dict(opens),  # type: ignore[call-overload]
        REPORTS["inkop"],
        authority=asked.authority,
        today=asked.today,
        language="sv",
    )
    return WantedRows(
        **{name: getattr(read.narrowed, name) for name in Narrowed.__slots__},
        basis=read.basis,
        first=read.period.first,
        last=read.period.last,
    )


def test_another_authority_has_nothing_of_it() -> None:
    world = make_walked(1)

    other = make_world(beside=world, farms=FARMS, products=GOODS)
    for sort in REPORTS.values():
        for narrowed in (Narrowed(), Narrowed(kitchen_id=world.kitchen.pk)):
            report = sort.make(asked_of(other, sort.slug, narrowed=narrowed))
            if any(column.key == "net_sek" for column in report.columns):
                assert report.parts == ()
            assert world.agreement.title not in [cell for part in report.parts for cell in part.cells]


def test_outliers_are_told_by_the_middle_price_of_the_days() -> None:
    world = make_walked(1, kitchens=6)
    ordered = Tally.objects.filter(authority=world.authority, basis="ordered", kg__gt=0)
    with acting(Actor.job("tests")):
        dear = ordered.filter(product=world.products[0]).earliest("pk")
        Tally.objects.filter(pk=dear.pk).update(net_sek=dear.net_sek * 3)
    rebuild_prices(by=Actor.job("tests"))
    report = REPORTS["priser"].make(asked_of(world, "priser"))
    for part in report.parts:
        prices = [
            ((row.net_sek - row.net_sek_without_kg) / row.kg, row.lines - row.lines_without_kg)
            for row in ordered.filter(product=int(part.key))
        ]
        middle = median(price for price, _lines in prices)
        lines = sum(lines for price, lines in prices if price >= 2 * middle or 2 * price <= middle)
        assert part.cells[report.column("outliers")] == lines
        assert part.cells[report.column("lowest")] == pytest.approx(min(price for price, _lines in prices))
    assert sum(report.cells_of("outliers")) > 0  # type: ignore[arg-type]


def test_a_report_that_reads_lines_or_kitchens_days_is_opened_with_the_latest_months() -> None:
    world = make_walked(1)
    for sort in REPORTS.values():
        asked = read_asked({}, sort, authority=world.authority, today=date(2027, 1, 15), language="sv")
        first = date(2026, 11, 1) if sort.slug in {"kok", "leveranser"} else date(2027, 1, 1)
        assert asked.period.first == first
    told = {"from": "2026"}
    asked = read_asked(
        told, REPORTS["leveranser"], authority=world.authority, today=date(2027, 1, 15), language="sv"
    )
    assert asked.period == year_of(date(2026, 6, 1))
