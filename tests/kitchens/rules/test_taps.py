"""Taps: quarter-hours, how fast they may come, when they are gone."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from kitchens.rules.taps import BURST, Bucket, filled, may_be_summed, quarter_of, taken, wait_seconds

NOON = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(("minute", "kept"), [(0, 0), (14, 0), (15, 15), (44, 30), (59, 45)])
def test_a_tap_is_kept_under_its_quarter_hour_only(minute: int, kept: int) -> None:
    assert quarter_of(NOON.replace(minute=minute, second=59, microsecond=7)) == NOON.replace(minute=kept)


def test_a_whole_lunch_that_was_offline_may_come_at_once_and_then_it_must_wait() -> None:
    full = filled(None, now=NOON)
    rest = taken(full, BURST)
    assert rest == Bucket(Decimal(0), NOON)
    assert taken(rest, 1) is None
    assert wait_seconds(rest, 1) == 1
    assert wait_seconds(rest, 30) == 10
    assert wait_seconds(rest, BURST * 3) == 134  # never longer than a full bucket takes
    later = filled(rest, now=NOON + timedelta(seconds=10))
    assert later.tokens == 30
    assert filled(rest, now=NOON + timedelta(hours=1)).tokens == BURST
    assert filled(rest, now=NOON - timedelta(hours=1)) == rest


def test_a_clock_that_goes_back_gives_no_taps() -> None:
    assert filled(Bucket(Decimal(5), NOON), now=NOON - timedelta(seconds=9)) == Bucket(Decimal(5), NOON)


@pytest.mark.parametrize(("hours", "summed"), [(1, False), (47, False), (48, True), (500, True)])
def test_a_day_is_summed_when_late_taps_have_had_their_time(hours: int, summed: bool) -> None:
    assert may_be_summed(NOON, now=NOON + timedelta(hours=hours)) is summed
