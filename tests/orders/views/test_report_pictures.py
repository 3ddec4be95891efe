"""A report's picture draws the report's own figures; the year on a sheet tells them with what they are."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import time_machine

from orders.queries.reports.asked import Asked
from orders.queries.reports.register import REPORTS
from orders.rules.periods import year_of
from orders.rules.reporting import Column, Kind, Part, Report, Told, Whole
from orders.views.officer.report_pictures import MOST, picture_of
from tests.config.ground.test_charts import drawn
from tests.factories.walked import make_walked
from tests.factories.world import World
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_walked(1, kitchens=2)


def asked_of(world: World, slug: str, by: str) -> Asked:
    sort = REPORTS[slug]
    basis = sort.bases[0] if sort.bases else ""
    return Asked(world.authority, year_of(world.delivery_date), world.today, basis=basis, by=by)


def test_each_bar_is_as_long_as_its_parts_figure(world: World) -> None:
    report = REPORTS["inkop"].make(asked_of(world, "inkop", "product"))
    picture = picture_of(report, by="product")
    assert picture is not None
    for part in report.parts:
        (corners,) = drawn(picture, str(part.cells[0]))
        value = part.cells[report.column("net_sek")]
        assert isinstance(value, Decimal)
        assert abs(picture.scale.value(corners[1][0]) - value) < 1 + picture.scale.high / 10_000


def test_a_share_is_split_in_what_is_so_what_is_not_and_what_is_unknown(world: World) -> None:
    report = REPORTS["ekologiskt"].make(asked_of(world, "ekologiskt", "product"))
    picture = picture_of(report, by="product")
    assert picture is not None
    part = report.parts[0]
    yes, known, unknown = (part.cells[report.column(key)] for key in ("yes_sek", "known_sek", "unknown_sek"))
    assert isinstance(yes, Decimal)
    assert isinstance(known, Decimal)
    assert isinstance(unknown, Decimal)
    for name, value in (("ekologiskt", yes), ("inte", known - yes), ("okänt", unknown)):
        if value:
            (corners,) = drawn(picture, f"{part.cells[0]}: {name}")
            share = (corners[1][0] - corners[0][0]) / picture.width
            assert abs(share - value / (known + unknown)) < Decimal("0.001")


def made(parts: int, **change: object) -> Report:
    told = Told("T", "", year_of(date(2026, 1, 1)), "", "")
    columns = (Column("name", "Namn", Kind.WORDS), Column("sek", "Värde", Kind.SEK, Whole.SUM))
    rows = tuple(Part(f"2026{n:02}", (f"r{n}", Decimal(n))) for n in range(1, parts + 1))
    return replace(Report("x", told, columns, rows), **change)  # type: ignore[arg-type]


def test_few_parts_and_parts_without_figures_have_no_picture_and_many_have_the_largest() -> None:
    assert picture_of(made(1), by="supplier") is None
    assert (
        picture_of(made(3, columns=(Column("a", "A", Kind.WORDS), Column("b", "B", Kind.SEK))), by="") is None
    )
    many = picture_of(made(MOST + 3), by="supplier")
    assert many is not None
    assert "de 12 största" in many.title
    assert next(shape.tells for shape in many.shapes if shape.tone is not None) == f"r{MOST + 3}"
    months = picture_of(made(4), by="month")
    assert months is not None
    assert "26-01" in [caption.text for caption in months.captions]


def test_the_year_on_a_sheet_has_the_reports_wholes_and_what_they_are(world: World) -> None:
    with time_machine.travel(world.now, tick=False):
        page = client_of(world.officer).get(address(world, "year_page")).content.decode()
    report = REPORTS["inkop"].make(replace(asked_of(world, "inkop", "category"), basis="delivered"))
    assert report.whole is not None
    whole = report.whole.cells[report.column("net_sek")]
    assert isinstance(whole, Decimal)
    assert f"{whole:,.2f}".replace(",", "\u00a0").replace(".", ",") in page
    assert report.told.definition in page
    assert page.count("Källa") == 4
    assert 'class="chart"' in page
