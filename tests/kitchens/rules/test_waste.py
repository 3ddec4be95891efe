"""Waste per guest and when a survey of it holds: the cases of docs/rules/menus.md."""

from datetime import date
from decimal import Decimal

import pytest

from kitchens.rules.waste import (
    Doubt,
    WasteDay,
    WastePerGuest,
    doubts,
    longest_row,
    normal_surplus,
    survey_holds,
    waste_per_guest,
)

D = Decimal


def weighed(guests: int, kitchen: str, serving: str, plate: str, total: str | None = None) -> WasteDay:
    return WasteDay(guests, D(kitchen), D(serving), D(plate), None if total is None else D(total))


def test_waste_per_guest_is_a_ratio_of_sums() -> None:
    found = waste_per_guest(
        [weighed(300, "3", "4.5", "6"), weighed(100, "1", "0.5", "2"), weighed(0, "9", "9", "9")]
    )
    assert found is not None
    assert (found.kitchen_g, found.serving_g, found.plate_g) == (D(10), D("12.5"), D(20))
    assert (found.total_g, found.guests, found.days) == (D("42.5"), 400, 2)
    assert waste_per_guest([weighed(0, "1", "1", "1")]) is None


@pytest.mark.parametrize(
    ("total", "adds_up"),
    [(None, True), ("13.5", True), ("13.5005", True), ("13.501", False), ("12", False), ("25.9", False)],
)
def test_a_written_sum_that_is_none_is_marked_and_not_believed(total: str | None, adds_up: bool) -> None:
    day = weighed(300, "3", "4.5", "6", total)
    assert day.adds_up is adds_up
    found = waste_per_guest([day])
    assert found is not None
    assert found.total_g == D(45)
    assert found.days_that_do_not_add_up == int(not adds_up)


MONDAY = date(2026, 11, 2)


def days(*numbers: int) -> list[date]:
    return [MONDAY.replace(day=number) for number in numbers]


@pytest.mark.parametrize(
    ("weighed_on", "closed", "row", "holds"),
    [
        (days(2, 3, 4, 5, 6), [], 5, True),
        (days(5, 6, 9, 10, 11), [], 5, True),  # a weekend is no gap
        (days(2, 3, 4, 5), [], 4, False),
        (days(2, 3, 5, 6, 9, 10), [], 4, False),
        (days(2, 3, 5, 6, 9), days(4), 5, True),  # nor is a day on which the kitchen was closed
        (days(2, 3, 4, 7, 8), [], 3, False),  # Saturday and Sunday are no weekdays
        (days(2, 2, 3), [], 2, False),
        ([], [], 0, False),
    ],
)
def test_a_survey_takes_five_weekdays_in_a_row(
    weighed_on: list[date], closed: list[date], row: int, holds: bool
) -> None:
    assert len(longest_row(weighed_on, closed=closed)) == row
    assert survey_holds(weighed_on, closed=closed) is holds


def test_normal_surplus_is_a_share_of_what_is_eaten() -> None:
    assert normal_surplus(cooked_kg=D(110), left_kg=D(10)) == D("0.1")
    assert normal_surplus(cooked_kg=D(110), left_kg=D(0)) == 0
    for cooked, left in (("10", "10"), ("10", "11"), ("10", "-1"), ("0", "0")):
        with pytest.raises(ValueError, match="left"):
            normal_surplus(cooked_kg=D(cooked), left_kg=D(left))


USUAL = WastePerGuest(D(10), D(20), D(25), guests=3000, days=10, days_that_do_not_add_up=0)


@pytest.mark.parametrize(
    ("kitchen", "serving", "plate", "usual", "doubted"),
    [
        ("3", "6", "7.5", None, {}),  # 300 guests: 10, 20 and 25 g
        ("3000", "6", "7.5", None, {"kitchen": Doubt.GRAMS}),  # grams typed as kilograms
        ("3", "6000", "7500", None, {"serving": Doubt.GRAMS, "plate": Doubt.GRAMS}),
        ("150", "6", "7.5", None, {}),  # half a kilo a guest exactly
        ("150.001", "6", "7.5", None, {"kitchen": Doubt.GRAMS}),
        ("30", "6", "7.5", USUAL, {"kitchen": Doubt.GRAMS}),  # 100 g and ten times the usual
        ("29.9", "6", "7.5", USUAL, {}),
        ("3", "59", "7.5", USUAL, {}),  # 197 g is less than ten times 20
        ("0.03", "6", "7.5", USUAL, {"kitchen": Doubt.TONNES}),  # a hundredth of the usual
        ("0.031", "6", "7.5", USUAL, {}),
        ("0", "0", "0", USUAL, {}),
    ],
)
def test_a_weight_in_another_unit_is_doubted(
    kitchen: str, serving: str, plate: str, usual: WastePerGuest | None, doubted: dict[str, Doubt]
) -> None:
    assert doubts(WasteDay(300, D(kitchen), D(serving), D(plate)), usual=usual) == doubted


def test_what_is_usually_next_to_nothing_tells_nothing_of_too_little() -> None:
    usual = WastePerGuest(D("4.9"), D(0), D(25), guests=3000, days=10, days_that_do_not_add_up=0)
    assert doubts(WasteDay(300, D("0.001"), D("0.001"), D(7)), usual=usual) == {}
