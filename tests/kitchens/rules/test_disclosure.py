"""What may be shown of a split: nothing by which one person's choice could be had."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitchens.rules.disclosure import K, Shown, live_counts, shown, shown_table


@pytest.mark.parametrize(
    ("counts", "total", "cells"),
    [
        ({"standard": 116, "payback": 184}, 300, {"standard": 116, "payback": 184}),
        ({"standard": 10, "payback": 10}, 20, {"standard": 10, "payback": 10}),
        ({"standard": 9, "payback": 291}, 300, {"standard": None, "payback": None}),
        ({"standard": 0, "payback": 300}, 300, {"standard": None, "payback": None}),
        ({"standard": 4, "payback": 5}, None, {"standard": None, "payback": None}),
        ({"standard": 5, "payback": 5}, 10, {"standard": None, "payback": None}),
        ({"a": 3, "b": 40, "c": 60}, 103, {"a": None, "b": None, "c": 60}),
        ({"a": 3, "b": 4, "c": 60}, 67, {"a": None, "b": None, "c": None}),  # a + b = 7 is too small a sum
        ({"a": 6, "b": 4, "c": 60}, 70, {"a": None, "b": None, "c": 60}),
        ({"only": 25}, 25, {"only": 25}),
    ],
)
def test_a_split(counts: dict[str, int], total: int | None, cells: dict[str, int | None]) -> None:
    assert shown(counts) == Shown(total, cells)


def test_a_table_is_hidden_in_rows_and_in_columns() -> None:
    found = shown_table(
        {
            "mon": {"a": 3, "b": 40, "c": 60},
            "tue": {"a": 50, "b": 45, "c": 70},
            "wed": {"a": 55, "b": 20, "c": 80},
        }
    )
    assert found["mon"].cells == {"a": None, "b": None, "c": 60}
    # With the columns' sums told, a and b of Monday could be had by subtraction: companions go too.
    assert found["tue"].cells["a"] is None
    assert found["wed"].cells["b"] is None
    assert found["tue"].total == 165


def _alone(names: Mapping[str, int | None]) -> bool:
    return sum(1 for told in names.values() if told is None) == 1


@given(
    st.lists(
        st.fixed_dictionaries({"a": st.integers(0, 60), "b": st.integers(0, 60), "c": st.integers(0, 60)}),
        min_size=1,
        max_size=5,
    )
)
def test_no_hidden_cell_stands_alone(rows: list[dict[str, int]]) -> None:
    groups = {str(number): row for number, row in enumerate(rows)}
    found = shown_table(groups)
    for name, row in found.items():
        assert not _alone(row.cells)
        told = [count for count in row.cells.values() if count is not None]
        assert all(count >= K for count in told)
        assert sum(told) == 0 or row.total is None or row.total - sum(told) in {0, *range(K, 200)}
        assert row.total is None or row.total == sum(groups[name].values())
    if len(groups) > 1:
        for key in ("a", "b", "c"):
            assert not _alone({name: row.cells[key] for name, row in found.items()})


def step(standard: int, payback: int) -> dict[str, int]:
    return {"standard": standard, "payback": payback}


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([], {}),
        ([step(5, 9)], {}),
        ([step(10, 10)], step(10, 10)),
        (
            [step(12, 39)],
            step(10, 30),
        ),  # in whole tens, or the day's own figure would tell the last three apart
        ([step(12, 30), step(0, 8)], step(10, 30)),  # the eight who came last can't be told apart
        ([step(12, 30), step(0, 8), step(11, 4)], step(20, 40)),
        ([{"standard": 40}], {}),
    ],
)
def test_a_live_figure_moves_in_safe_steps(steps: list[dict[str, int]], told: dict[str, int]) -> None:
    assert live_counts(steps) == told


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8))
def test_a_live_figure_is_in_whole_tens_and_never_more_than_was_chosen(taken: list[tuple[int, int]]) -> None:
    steps = [step(*each) for each in taken]
    for key, count in live_counts(steps).items():
        assert count % K == 0
        assert K <= count <= sum(each[key] for each in steps)
