"""Rows are read page by page, newest first, there and back, none twice and none left out."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from config.ground import figures
from config.ground.refusals import InvalidInput
from market.models import Commitment
from orders.models import CallOff
from orders.queries.call_off_rows import Cursor, Place, WantedRows, all_rows, rows_page
from orders.queries.lots import agreements_of
from orders.queries.reports.row_columns import row_parts
from orders.templatetags.rows import call_off_cells
from tests.factories.walked import make_walked

pytestmark = pytest.mark.django_db


def test_the_pages_hold_every_row_once_newest_first() -> None:
    world = make_walked(4)
    wanted, seen = WantedRows(), []
    page = rows_page(world.authority, wanted, now=world.now, size=2)
    assert page.newer is None
    while True:
        seen += [row.call_off.pk for row in page.rows]
        if page.older is None:
            break
        page = rows_page(world.authority, wanted, now=world.now, place=Place(page.older), size=2)
    newest_first = CallOff.objects.order_by("-delivery_date", "-pk")
    assert seen == list(newest_first.values_list("pk", flat=True))
    assert len(seen) > 4


def test_the_way_back_leads_to_the_same_page() -> None:
    world = make_walked(4)
    first = rows_page(world.authority, WantedRows(), now=world.now, size=2)
    assert first.older is not None
    second = rows_page(world.authority, WantedRows(), now=world.now, place=Place(first.older), size=2)
    assert second.newer is not None
    back = rows_page(
        world.authority, WantedRows(), now=world.now, place=Place(second.newer, newer=True), size=2
    )
    assert [row.call_off.pk for row in back.rows] == [row.call_off.pk for row in first.rows]
    assert back.newer is None
    assert back.older == first.older


def test_what_the_rows_hold_of_a_lot_is_what_the_lot_has_bound() -> None:
    world = make_walked(5)
    lot = agreements_of(world.authority)[0].lots[0]
    rows = list(all_rows(world.authority, WantedRows(lot_id=world.lot.pk), now=world.now))
    assert sum(row.bound_sek for row in rows) == lot.committed_sek
    assert len(rows) == Commitment.objects.count()


def test_a_cursor_is_read_as_it_was_written() -> None:
    cursor = Cursor(day=date(2026, 12, 1), call_off_id=12)
    assert Cursor.read(str(cursor)) == cursor


@pytest.mark.parametrize("text", ["", "2026-12-01", "2026-13-01.4", "2026-12-01.x"])
def test_nonsense_is_no_cursor(text: str) -> None:
    with pytest.raises(InvalidInput):
        Cursor.read(text)


def test_a_rows_figure_tells_its_factor_with_grade_and_source() -> None:
    world = make_walked(5)
    rows = list(all_rows(world.authority, WantedRows(), now=world.now))
    known = [row for row in rows if row.co2e_kg is not None and row.kg is not None]
    assert known
    assert all(row.co2e_kg == (row.kg or 0) * (row.factor or 0) for row in known)
    assert all(row.grade and row.source for row in known)
    assert {row.source for row in rows if row.factor is None} <= {""}


def test_a_page_of_rows_takes_two_statements_however_many_rows(
    django_assert_num_queries: Any,
) -> None:
    """What is shown of a row is read with it: none asks for more."""
    world = make_walked(4)
    with django_assert_num_queries(2):
        page = rows_page(world.authority, WantedRows(), now=world.now)
        shown = [call_off_cells(row, url="/avrop/0/", bound=True, climate=True) for row in page.rows]
        told = [part.cells for part in row_parts(page.rows)]
    assert len(shown) == len(told) == CallOff.objects.filter(state="placed").count()


def test_cells_lead_to_their_call_off_and_tell_names_as_text() -> None:
    world = make_walked(4)
    row = rows_page(world.authority, WantedRows(), now=world.now).rows[0]
    call_off = row.call_off
    call_off.promise["product"] = "<b>Potatis & lök</b>"
    call_off.kitchen.name = 'Köket "Ekens"'
    cells = call_off_cells(row, url="/avrop/0/", climate=True)
    assert f'<a href="/avrop/{call_off.pk}/">&lt;b&gt;Potatis &amp; lök&lt;/b&gt;</a>' in cells
    assert '<td data-label="Kök">Köket &quot;Ekens&quot;</td>' in cells
    assert figures.money(row.net_sek) in cells
    assert "Bundet" not in cells
    assert 'data-label="Bundet"' in call_off_cells(row, url="/avrop/0/", bound=True)


def test_a_long_source_may_go_on_in_the_next_line() -> None:
    world = make_walked(4)
    row = rows_page(world.authority, WantedRows(), now=world.now).rows[0]
    cells = call_off_cells(replace(row, source="formula:pulses_se<dry"), url="/avrop/0/", climate=True)
    assert "formula:<wbr>pulses_<wbr>se&lt;dry" in cells
