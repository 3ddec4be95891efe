"""Tomorrow by the middle of what was counted before."""

from datetime import date, timedelta
from decimal import Decimal

from kitchens.rules.forecast import PastDay, Range, forecast

D = Decimal
THURSDAY = date(2026, 11, 26)


def weeks_ago(
    weeks: int, *, guests: int | None = None, payback: int | None = None, pair: str = "", **more: D
) -> PastDay:
    standard = None if guests is None or payback is None else guests - payback
    return PastDay(THURSDAY - timedelta(weeks=weeks), guests, standard, payback, pair, more.get("waste_g"))


def test_the_same_weekday_and_the_same_dishes_tell_best() -> None:
    past = [
        weeks_ago(number, guests=guests, payback=payback, pair="1:2")
        for number, guests, payback in ((1, 300, 150), (2, 310, 186), (3, 200, 80), (4, 305, 183))
    ]
    other_days = [PastDay(THURSDAY - timedelta(days=number), 100, 90, 10, "3:4") for number in (1, 2, 3)]
    found = forecast(on=THURSDAY, pair="1:2", past=[*other_days, *past])
    assert found.guests == Range(D("302.5"), D(200), D(310), 4)
    assert found.same_pair
    assert found.payback_share == Range(D("0.55"), D("0.4"), D("0.6"), 4)
    assert (found.payback_portions, found.standard_portions) == (167, 137)  # 166.375 and 136.125, up
    assert found.waste_g is None


def test_otherwise_all_days_tell_and_it_is_said() -> None:
    past = [
        PastDay(THURSDAY - timedelta(days=number), guests, 60, 40, "9:9", D(waste))
        for number, guests, waste in ((1, 90, 30), (2, 110, 44), (3, 100, 36))
    ]
    found = forecast(on=THURSDAY, pair="1:2", past=past)
    assert found.guests == Range(D(100), D(90), D(110), 3)
    assert not found.same_pair
    assert found.payback_share is not None
    assert found.payback_share.middle == D("0.4")
    assert found.waste_g == Range(D(36), D(30), D(44), 3)


def test_too_few_days_tell_nothing() -> None:
    past = [weeks_ago(1, guests=300, payback=100), weeks_ago(2, guests=300), PastDay(THURSDAY, 9, 9, 9)]
    past += [PastDay(THURSDAY - timedelta(days=1), 0, 0, 0)]
    found = forecast(on=THURSDAY, pair="", past=past)
    assert (found.guests, found.payback_share) == (Range(D(300), D(0), D(300), 3), None)
    assert (found.payback_portions, found.standard_portions) == (None, None)
    assert forecast(on=THURSDAY, pair="", past=[]).payback_portions is None


def test_only_the_latest_days_count() -> None:
    past = [weeks_ago(number, guests=100 if number <= 6 else 900) for number in range(1, 20)]
    assert forecast(on=THURSDAY, pair="", past=past).guests == Range(D(100), D(100), D(100), 6)
