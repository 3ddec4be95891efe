"""Rows are read page by page, newest first, there and back, none twice and none left out."""

from datetime import date

import pytest

from config.ground.refusals import InvalidInput
from market.models import Commitment
from orders.models import CallOff
from orders.queries.call_off_rows import Cursor, Place, WantedRows, all_rows, rows_page
from orders.queries.lots import agreements_of
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
