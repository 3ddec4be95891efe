"""The cases of docs/rules/calendar.md; the number in brackets is that of the trade's hard case."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.rules.calendar import (
    STOCKHOLM,
    Pause,
    add_working_days,
    cut_off_at,
    delivery_days,
    is_before_cut_off,
    is_working_day,
    local_instant,
    subtract_working_days,
    swedish_holidays,
)

MONDAY, TUESDAY, THURSDAY, FRIDAY, SUNDAY = 0, 1, 3, 4, 6
TWO_O_CLOCK = time(14, 0)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        pytest.param(date(2026, 6, 19), "Midsommarafton", id="Midsommarafton"),
        pytest.param(date(2026, 12, 24), "Julafton", id="Julafton"),
        pytest.param(date(2026, 12, 31), "Nyårsafton", id="Nyårsafton"),
        pytest.param(date(2026, 5, 14), "Kristi himmelsfärdsdag", id="Kristi himmelsfärdsdag"),
        pytest.param(date(2026, 10, 31), "Alla helgons dag", id="Alla helgons dag"),
    ],
)
def test_holidays_are_known_by_their_swedish_names(day: date, name: str) -> None:
    assert swedish_holidays(2026)[day] == name


def test_plain_sundays_are_no_holidays() -> None:
    assert date(2026, 6, 14) not in swedish_holidays(2026)


def test_a_year_s_holidays_can_be_changed_by_the_caller_without_harm() -> None:
    swedish_holidays(2026).clear()
    assert swedish_holidays(2026)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        pytest.param(date(2026, 6, 18), True, id="Thursday before Midsummer"),
        pytest.param(date(2026, 6, 19), False, id="Midsommarafton"),
        pytest.param(date(2026, 6, 21), False, id="Sunday"),
        pytest.param(date(2026, 6, 22), True, id="Monday after"),
        pytest.param(date(2026, 5, 15), True, id="the squeezed Friday after Ascension"),
    ],
)
def test_working_days_are_monday_to_friday_without_holidays(*, day: date, working: bool) -> None:
    assert is_working_day(day) is working


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        pytest.param(date(2026, 6, 23), 0, date(2026, 6, 23), id="none"),
        pytest.param(date(2026, 6, 23), 1, date(2026, 6, 22), id="Tuesday to Monday"),
        pytest.param(date(2026, 6, 23), 2, date(2026, 6, 18), id="over Midsummer"),
        pytest.param(date(2027, 1, 7), 2, date(2027, 1, 4), id="over Trettondedag jul"),
        pytest.param(date(2027, 1, 4), 2, date(2026, 12, 29), id="over New Year"),
        pytest.param(date(2026, 6, 21), 1, date(2026, 6, 18), id="from a Sunday"),
    ],
)
def test_working_days_are_counted_back(day: date, days: int, expected: date) -> None:
    assert subtract_working_days(day, days=days) == expected


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        pytest.param(date(2026, 6, 20), 0, date(2026, 6, 20), id="none, even from a Saturday"),
        pytest.param(date(2026, 6, 18), 1, date(2026, 6, 22), id="over Midsummer"),
        pytest.param(date(2026, 12, 23), 2, date(2026, 12, 29), id="over Christmas"),
    ],
)
def test_working_days_are_counted_forward(day: date, days: int, expected: date) -> None:
    assert add_working_days(day, days=days) == expected


@pytest.mark.parametrize("count", [add_working_days, subtract_working_days])
def test_working_days_are_not_counted_below_zero(count: Callable[..., date]) -> None:
    with pytest.raises(ValueError, match="counted from 0"):
        count(date(2026, 6, 18), days=-1)


WEEKS_OF_MIDSUMMER = {"start": date(2026, 6, 15), "end": date(2026, 6, 26)}
TUESDAYS_AND_FRIDAYS = frozenset({TUESDAY, FRIDAY})


@pytest.mark.parametrize(
    ("closures", "pauses", "days"),
    [
        pytest.param(set(), [], [16, 23, 26], id="Midsommarafton is a Friday and falls away"),
        pytest.param({date(2026, 6, 23)}, [], [16, 26], id="the hub is closed"),
        pytest.param(set(), [Pause(date(2026, 6, 16), date(2026, 6, 23))], [26], id="the farm pauses"),
        pytest.param(
            set(), [Pause(date(2026, 6, 23), None)], [16], id="the farm pauses until further notice"
        ),
        pytest.param(
            set(), [Pause(date(2026, 6, 17), date(2026, 6, 22))], [16, 23, 26], id="between deliveries"
        ),
    ],
)
def test_delivery_days_are_the_weekdays_that_nothing_takes_away(
    closures: set[date],
    pauses: list[Pause],
    days: list[int],
) -> None:
    found = delivery_days(
        weekdays=TUESDAYS_AND_FRIDAYS,
        closures=frozenset(closures),
        holidays=swedish_holidays(2026),
        pauses=pauses,
        **WEEKS_OF_MIDSUMMER,
    )
    assert found == tuple(date(2026, 6, day) for day in days)


def test_a_period_that_ends_before_it_starts_has_no_delivery_days() -> None:
    found = delivery_days(
        weekdays=TUESDAYS_AND_FRIDAYS,
        closures=frozenset(),
        holidays=(),
        start=date(2026, 6, 16),
        end=date(2026, 6, 15),
    )
    assert found == ()


@pytest.mark.parametrize(
    ("delivery_date", "lead", "at", "utc"),
    [
        pytest.param(date(2026, 6, 25), 2, TWO_O_CLOCK, datetime(2026, 6, 23, 12, tzinfo=UTC), id="summer"),
        pytest.param(date(2026, 12, 3), 2, TWO_O_CLOCK, datetime(2026, 12, 1, 13, tzinfo=UTC), id="winter"),
        pytest.param(
            date(2026, 6, 23), 2, TWO_O_CLOCK, datetime(2026, 6, 18, 12, tzinfo=UTC), id="Midsummer"
        ),
        pytest.param(
            date(2026, 3, 31), 3, TWO_O_CLOCK, datetime(2026, 3, 26, 13, tzinfo=UTC), id="over March"
        ),
        pytest.param(
            date(2026, 6, 25), 0, time(5, 30), datetime(2026, 6, 25, 3, 30, tzinfo=UTC), id="same day"
        ),
    ],
)
def test_the_cut_off_is_so_many_working_days_before_at_local_time(
    delivery_date: date,
    lead: int,
    at: time,
    utc: datetime,
) -> None:
    cut_off = cut_off_at(delivery_date=delivery_date, lead_working_days=lead, at=at)
    assert cut_off.tzinfo is STOCKHOLM
    assert cut_off.astimezone(UTC) == utc
    assert cut_off.time() == at


@pytest.mark.parametrize(
    ("day", "at", "utc"),
    [
        pytest.param(date(2026, 3, 29), time(1, 59, 59), "2026-03-29T00:59:59", id="before the gap"),
        pytest.param(date(2026, 3, 29), time(2, 0), "2026-03-29T01:00:00", id="where the gap begins"),
        pytest.param(date(2026, 3, 29), time(2, 30, 15, 7), "2026-03-29T01:00:00", id="in the gap"),
        pytest.param(date(2026, 3, 29), time(3, 0), "2026-03-29T01:00:00", id="after the gap"),
        pytest.param(date(2026, 10, 25), time(2, 30), "2026-10-25T00:30:00", id="the doubled hour"),
        pytest.param(
            date(2026, 10, 25), time(2, 30, fold=1), "2026-10-25T00:30:00", id="and never its second"
        ),
        pytest.param(date(2026, 10, 25), time(3, 0), "2026-10-25T02:00:00", id="after the doubled hour"),
    ],
)
def test_a_local_time_that_is_not_or_is_twice_has_one_instant(day: date, at: time, utc: str) -> None:
    assert local_instant(day=day, at=at).astimezone(UTC) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


CUT_OFF = cut_off_at(delivery_date=date(2026, 6, 25), lead_working_days=2, at=TWO_O_CLOCK)


@pytest.mark.parametrize(
    ("after", "in_time"),
    [
        pytest.param(timedelta(seconds=-1), True, id="13:59:59"),
        pytest.param(timedelta(0), True, id="14:00:00 [42]"),
        pytest.param(timedelta(microseconds=1), False, id="14:00:00.000001"),
        pytest.param(timedelta(seconds=1), False, id="14:00:01 [42]"),
    ],
)
def test_the_instant_of_the_cut_off_is_the_last_in_time(*, after: timedelta, in_time: bool) -> None:
    assert is_before_cut_off(CUT_OFF.astimezone(UTC) + after, CUT_OFF) is in_time


def test_the_second_half_past_two_of_october_is_after_the_first() -> None:
    first = local_instant(day=date(2026, 10, 25), at=time(2, 30))
    assert not is_before_cut_off(first.replace(fold=1), first)


@pytest.mark.parametrize(
    ("arrived_at", "cut_off"),
    [(CUT_OFF.replace(tzinfo=None), CUT_OFF), (CUT_OFF, CUT_OFF.replace(tzinfo=None))],
)
def test_times_without_a_zone_are_not_compared(arrived_at: datetime, cut_off: datetime) -> None:
    with pytest.raises(ValueError, match="with a zone"):
        is_before_cut_off(arrived_at, cut_off)


days_made = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@given(day=days_made, lead=st.integers(0, 15), at=st.times())
def test_every_cut_off_is_an_instant_that_is_on_the_clock(day: date, lead: int, at: time) -> None:
    cut_off = cut_off_at(delivery_date=day, lead_working_days=lead, at=at)
    assert cut_off.astimezone(UTC).astimezone(STOCKHOLM).replace(fold=0) == cut_off
    assert cut_off.time() >= at
    assert cut_off.date() == subtract_working_days(day, days=lead)


@given(day=days_made.filter(is_working_day), days=st.integers(0, 30))
def test_working_days_there_and_back_end_where_they_began(day: date, days: int) -> None:
    assert subtract_working_days(add_working_days(day, days=days), days=days) == day


@given(
    weekdays=st.frozensets(st.integers(MONDAY, SUNDAY)),
    start=days_made,
    length=st.integers(0, 60),
    pause=st.builds(Pause, first=days_made, last=st.none() | days_made),
)
def test_a_pause_takes_exactly_its_own_days(
    weekdays: frozenset[int],
    start: date,
    length: int,
    pause: Pause,
) -> None:
    end = start + timedelta(days=length)
    kept = delivery_days(
        weekdays=weekdays,
        closures=frozenset(),
        holidays=(),
        start=start,
        end=end,
        pauses=[pause],
    )
    every_day = [start + timedelta(days=number) for number in range(length + 1)]
    assert kept == tuple(day for day in every_day if day.weekday() in weekdays and not pause.holds(day))
