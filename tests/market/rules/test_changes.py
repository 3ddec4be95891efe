"""Changes of an agreement added up; the examples of docs/rules/agreements.md."""

from decimal import Decimal

import pytest

from market.rules.changes import (
    Before,
    ChangeVerdict,
    Fault,
    Ground,
    Limits,
    judge_change,
    original_value,
    running_sums,
)

LIMITS = Limits(amount_sek=Decimal(2_400_000), minor_share=Decimal("0.10"), additional_share=Decimal("0.50"))
UNKNOWN = Limits(amount_sek=None, minor_share=None, additional_share=None)


def judged(
    ground: Ground,
    value: object,
    *,
    regime: str = "directive",
    original: object = 1_000_000,
    changed: object = 0,
    minor: object = 0,
    limits: Limits = LIMITS,
) -> ChangeVerdict:
    before = Before(
        original_sek=Decimal(str(original)), changed_sek=Decimal(str(changed)), minor_sek=Decimal(str(minor))
    )
    return judge_change(ground, Decimal(str(value)), regime=regime, before=before, limits=limits)


@pytest.mark.parametrize(
    ("minor", "value", "original", "faults"),
    [
        (0, "99999.99", 1_000_000, ()),
        (0, 100_000, 1_000_000, (Fault.OVER_THE_SHARE,)),
        (60_000, "39999.99", 1_000_000, ()),
        (60_000, 40_000, 1_000_000, (Fault.OVER_THE_SHARE,)),
        (-50_000, 149_999, 1_000_000, ()),
        (0, -100_000, 1_000_000, (Fault.OVER_THE_SHARE,)),
        (0, 2_400_000, 30_000_000, (Fault.OVER_THE_AMOUNT,)),
        (0, "2399999.99", 30_000_000, ()),
    ],
)
def test_small_changes_add_up_below_the_share_and_the_threshold(
    minor: int, value: object, original: int, faults: tuple[Fault, ...]
) -> None:
    verdict = judged(Ground.MINOR, value, minor=minor, original=original)
    assert verdict.faults == faults
    assert verdict.sum_sek == Decimal(minor) + Decimal(str(value))


def test_the_lowest_limit_is_told() -> None:
    assert judged(Ground.MINOR, 1).limit_sek == 100_000
    assert judged(Ground.MINOR, 1, original=30_000_000).limit_sek == 2_400_000


def test_an_unknown_amount_stops_nothing_by_itself_and_an_unknown_share_does() -> None:
    verdict = judged(Ground.MINOR, 1, limits=UNKNOWN)
    assert verdict == ChangeVerdict(
        faults=(Fault.SHARE_UNKNOWN, Fault.AMOUNT_UNKNOWN), sum_sek=Decimal(1), limit_sek=None
    )
    assert verdict.stops == (Fault.SHARE_UNKNOWN,)


@pytest.mark.parametrize("ground", [Ground.ADDITIONAL, Ground.UNFORESEEN])
def test_goods_that_became_needed_may_come_to_half_of_the_value_each_time(ground: Ground) -> None:
    assert judged(ground, 500_000).faults == ()
    assert judged(ground, 500_000, changed=400_000).faults == ()
    assert judged(ground, "500000.01").faults == (Fault.OVER_THE_SHARE,)
    assert judged(ground, 1, limits=UNKNOWN).stops == (Fault.SHARE_UNKNOWN,)


@pytest.mark.parametrize("ground", [Ground.SUPPLIER, Ground.NOT_ESSENTIAL])
def test_a_change_of_value_needs_a_ground_of_value(ground: Ground) -> None:
    assert judged(ground, 0).faults == ()
    assert judged(ground, 1).faults == (Fault.VALUE_NEEDS_ITS_GROUND,)


def test_a_clear_clause_has_no_limit_of_the_law() -> None:
    assert judged(Ground.CLAUSE, 900_000) == ChangeVerdict(
        faults=(), sum_sek=Decimal(900_000), limit_sek=None
    )


@pytest.mark.parametrize("ground", [Ground.MINOR, Ground.ADDITIONAL, Ground.UNFORESEEN])
@pytest.mark.parametrize("regime", ["national", "direct_award"])
def test_below_the_threshold_chapter_17_gives_no_ground(ground: Ground, regime: str) -> None:
    assert judged(ground, 1, regime=regime).faults == (Fault.GROUND_OF_ANOTHER_REGIME,)


@pytest.mark.parametrize(
    ("changed", "value", "faults"),
    [
        (0, "1399999.99", ()),
        (0, 1_400_000, (Fault.OVER_THE_AMOUNT,)),
        (400_000, 1_000_000, (Fault.OVER_THE_AMOUNT,)),
        (0, -1_000, ()),
    ],
)
def test_what_was_bought_below_the_threshold_stays_below_it(
    changed: int, value: object, faults: tuple[Fault, ...]
) -> None:
    assert judged(Ground.CLAUSE, value, regime="national", changed=changed).faults == faults


def test_below_an_unknown_threshold_the_house_cant_tell() -> None:
    assert judged(Ground.CLAUSE, 1, regime="national", limits=UNKNOWN).faults == (Fault.AMOUNT_UNKNOWN,)


def test_the_value_from_the_start_holds_every_option_and_no_later_change() -> None:
    found = original_value(
        ceilings_sek=[Decimal(100), Decimal(60)], changes_sek=[Decimal(10)], unused_options_sek=[Decimal(25)]
    )
    assert found == 175


def test_each_change_is_told_with_all_before_it() -> None:
    assert running_sums([]) == ()
    assert list(map(int, running_sums([Decimal(3), Decimal(-1), Decimal(4)]))) == [3, 2, 6]
