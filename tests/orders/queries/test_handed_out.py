"""What others ask for is the house's own reports' figures, with ids that say whether anybody has confirmed them."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from config.ground.trail import Actor, acting
from kitchens.models import WasteDay
from market.models import Agreement
from orders.queries.narrowed import Narrowed
from orders.queries.reports.asked import Asked
from orders.queries.reports.handed_out import measures_of
from orders.queries.reports.meals import waste_report
from orders.queries.reports.register import REPORTS
from orders.queries.reports.shares import organic_report
from orders.rules.periods import Period, year_of
from orders.rules.reporting import Report
from tests.factories.walked import make_walked
from tests.factories.world import World

pytestmark = pytest.mark.django_db
JOB = Actor.job("tests")
MONDAY = date(2026, 11, 2)


@pytest.fixture
def world() -> World:
    return make_walked(1, kitchens=2)


def report(world: World, slug: str, **more: object) -> Report:
    sort = REPORTS[slug]
    asked = Asked(
        authority=world.authority,
        period=Period(date(2026, 1, 1), date(2026, 12, 31)),
        today=date(2026, 12, 31),
        basis=sort.bases[0] if sort.bases else "",
        by=sort.bys[0] if sort.bys else "",
    )
    return sort.make(replace(asked, **more))  # type: ignore[arg-type]


def weigh(world: World, kitchen: int, days: int, *, plate: str) -> None:
    with acting(JOB):
        for number in range(days):
            WasteDay.objects.create(
                kitchen=world.kitchens[kitchen],
                day=MONDAY + timedelta(days=number),
                guests=100,
                kitchen_kg=Decimal(1),
                serving_kg=Decimal(2),
                plate_kg=Decimal(plate),
            )


def cell(found: Report, part: int, key: str) -> object:
    return found.parts[part].cells[found.column(key)]


def test_kolada_has_the_shares_of_the_houses_own_reports_whatever_is_narrowed(world: World) -> None:
    weigh(world, 0, 2, plate="3")
    found = report(world, "kolada", narrowed=Narrowed(kitchen_id=world.kitchens[0].pk))
    asked = Asked(
        authority=world.authority,
        period=found.told.period,
        today=date(2026, 12, 31),
        basis="delivered",
        by="source",
    )
    organic = organic_report(asked)
    assert organic.whole is not None
    assert cell(found, 0, "share") == organic.whole.cells[organic.column("share_sek")]
    waste = waste_report(replace(asked, by="kitchen"))
    assert waste.whole is not None
    assert cell(found, 1, "grams") == waste.whole.cells[waste.column("total_g")] == 60
    assert cell(found, 1, "base") == "200 gäster, 2 vägda dagar"


def test_an_id_that_nobody_read_in_the_receivers_register_says_so(world: World) -> None:
    found = report(world, "kolada")
    assert [cell(found, at, "id") for at in range(2)] == ["U07514", "inte uppslaget"]
    assert {cell(found, at, "state") for at in range(2)} == {"ej bekräftat"}
    assert not any(each.confirmed for each in measures_of("kolada"))
    assert "Organic food" in str(cell(report(world, "kolada", language="en"), 0, "name"))


def test_ekomatsligan_says_of_what_each_share_is(world: World) -> None:
    found = report(world, "ekomatsligan", basis="ordered")
    rows = {part.key: part.cells for part in found.parts}
    yes, known, unknown, share = (
        rows["organic_sek"][found.column(key)] for key in ("yes_sek", "known_sek", "unknown_sek", "share")
    )
    assert isinstance(yes, Decimal)
    assert isinstance(known, Decimal)
    assert share == yes / known
    spend = report(world, "inkop")
    assert spend.whole is not None
    assert known + unknown == spend.whole.cells[spend.column("net_sek")]  # type: ignore[operator]
    climate = report(world, "klimat")
    assert climate.whole is not None
    assert rows["climate"][-1] in climate.whole.cells


def test_only_five_weekdays_in_a_row_are_a_survey(world: World) -> None:
    weigh(world, 0, 5, plate="3")
    weigh(world, 1, 4, plate="9")
    found = report(world, "svinnundersokning")
    assert [cell(found, at, "holds") for at in range(2)] == ["håller", "för få dagar i rad"]
    assert [cell(found, at, "days") for at in range(2)] == [5, 4]
    assert found.whole is not None
    assert found.whole.cells[found.column("total_g")] == 60
    assert found.whole.cells[found.column("guests")] == 500
    assert found.told.coverage[0].share == Decimal("0.5")
    assert report(world, "svinnundersokning", period=year_of(date(2025, 1, 1))).whole is None


def test_what_is_not_signed_is_in_no_notice_and_a_value_stands_once(world: World) -> None:
    period = year_of(world.today)
    found = report(world, "efterannons", period=period)
    at = found.column("ceiling_sek")
    rows = [part.cells for part in found.parts if part.cells[0] == world.agreement.title]
    assert len(rows) == 2
    assert [row[at] for row in rows] == [sum(lot.ceiling_sek for lot in world.agreement.lots.all()), None]
    with acting(JOB):
        Agreement.objects.filter(pk=world.agreement.pk).update(signed_at=None, signed_by=None)
    hidden = report(world, "efterannons", period=period)
    assert world.agreement.title not in [part.cells[0] for part in hidden.parts]
