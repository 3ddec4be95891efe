"""When a ceiling is reached; the examples of docs/rules/agreements.md."""

from datetime import date
from decimal import Decimal

import pytest

from market.rules.ceiling_forecast import CeilingForecast, Reach, forecast_ceiling

MONDAY = date(2026, 11, 30)
END = date(2027, 12, 31)


def told(
    room: object,
    taken: list[int],
    *,
    free_from: date = MONDAY,
    last_day: date = END,
    planned: dict[date, Decimal] | None = None,
) -> CeilingForecast:
    return forecast_ceiling(
        room=Decimal(str(room)),
        taken=[Decimal(each) for each in taken],
        free_from=free_from,
        last_day=last_day,
        planned=planned,
    )


def test_an_even_pace_gives_one_day() -> None:
    """Ten weeks of 70: 140 lasts two weeks from the first Monday that nothing is ordered for."""
    found = told(140, [70] * 10)
    assert found == CeilingForecast(
        reach=Reach.WITHIN,
        weeks=10,
        earliest=date(2026, 12, 14),
        likely=date(2026, 12, 14),
        latest=date(2026, 12, 14),
        pace=Decimal(70),
    )


def test_an_uneven_pace_gives_an_interval() -> None:
    found = told(280, [0, 0, 70, 70, 70, 70, 140, 140, 140, 140])
    assert (found.earliest, found.likely, found.latest) == (
        date(2026, 12, 14),  # 140 a week
        date(2026, 12, 23),  # 84 a week: 3.33 weeks
        date(2027, 1, 25),  # 35 a week
    )


def test_a_week_begins_where_nothing_is_ordered_yet() -> None:
    assert told(35, [70] * 8, free_from=date(2026, 12, 3)).likely == date(2026, 12, 6)
    assert told(45, [70] * 8, free_from=date(2026, 12, 3)).likely == date(2026, 12, 7)


def test_what_is_planned_counts_where_it_is_more_than_the_pace() -> None:
    assert told(140, [70] * 8, planned={MONDAY: Decimal(140)}).likely == date(2026, 12, 7)
    assert told(140, [70] * 8, planned={MONDAY: Decimal(7)}).likely == date(2026, 12, 14)


@pytest.mark.parametrize("room", [0, -5])
def test_a_ceiling_that_is_reached_needs_no_forecast(room: int) -> None:
    assert told(room, [70] * 8).reach is Reach.REACHED


@pytest.mark.parametrize("taken", [[70] * 7, [0, 0, 0, 0, 0, 70, 70, 70], []])
def test_too_little_to_tell(taken: list[int]) -> None:
    assert told(100, taken) == CeilingForecast(reach=Reach.CANT_TELL, weeks=len(taken))


def test_not_before_the_agreement_ends() -> None:
    assert told(1_000_000, [70] * 8).reach is Reach.NOT_WITHIN
    assert told(72, [70] * 8, last_day=date(2026, 12, 6)).reach is Reach.NOT_WITHIN
    assert told(70, [70] * 8, last_day=date(2026, 12, 6)).reach is Reach.NOT_WITHIN
    slow = told(280, [0, 0, 0, 0, 70, 70, 70, 70], last_day=date(2027, 1, 3))
    assert (slow.reach, slow.earliest, slow.likely, slow.latest) == (
        Reach.WITHIN,
        date(2026, 12, 28),
        None,
        None,
    )


@pytest.mark.parametrize("room", ["0.053", "699", "700.5", "701", "12345.67", "99999999"])
@pytest.mark.parametrize("free_from", [date(2026, 11, 30), date(2026, 12, 3), date(2026, 12, 6)])
@pytest.mark.parametrize("pace", ["100", "33.33", "0.01"])
def test_weeks_behind_all_plans_are_reckoned_at_once_as_one_by_one(
    room: str, free_from: date, pace: str
) -> None:
    last_day = date(2031, 6, 30)
    told = {
        "room": Decimal(room),
        "taken": [Decimal(pace)] * 16,
        "free_from": free_from,
        "last_day": last_day,
    }
    at_once = forecast_ceiling(**told)  # type: ignore[arg-type]
    one_by_one = forecast_ceiling(**told, planned={date(2031, 6, 30): Decimal(0)})  # type: ignore[arg-type]
    assert at_once == one_by_one
