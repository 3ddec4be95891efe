"""The cases of docs/rules/climate.md, "How sure"."""

from decimal import Decimal
from statistics import quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.rules.uncertainty import (
    Impact,
    PullsBothWays,
    Spread,
    drawn,
    grouped,
    gsd_of_quartiles,
    gsd_of_scores,
    how_sure,
    significant,
    spread,
)


def impact(factor: str, co2e_kg: str, gsd: str | None = "1.25") -> Impact:
    return Impact(factor, Decimal(co2e_kg), None if gsd is None else Decimal(gsd))


# 50 kg beef of 22.44 and 250 kg potato of 0.17: the two lines that give the method's published results.
BEEF = impact("beef", "1122", "1.25")
POTATO = impact("potato", "42.50", "1.5")


def found(*impacts: Impact) -> Spread:
    sure = spread(impacts)
    assert sure is not None
    return sure


def test_e32_two_independent_lines() -> None:
    sure = found(BEEF, POTATO)
    assert BEEF.co2e_kg + POTATO.co2e_kg == Decimal("1164.50")
    assert round(sure.mean, 1) == Decimal("1196.4")
    assert round(sure.median, 1) == Decimal("1169.0")
    assert (round(sure.low), round(sure.high)) == (767, 1783)


def test_e32_by_draws() -> None:
    told = drawn([BEEF, POTATO], seed=32, draws=20_000)
    assert told is not None
    assert abs(told.mean / Decimal("1196.4") - 1) < Decimal("0.01")
    assert abs(told.low / 769 - 1) < Decimal("0.02")
    assert abs(told.high / 1785 - 1) < Decimal("0.02")
    assert told.above_zero == 1


def test_lines_of_one_factor_are_wrong_together() -> None:
    halves = found(impact("beef", "561"), impact("beef", "561"))
    assert halves == found(impact("beef", "1122"))
    apart = found(impact("beef", "561"), impact("pork", "561"))
    assert apart.high - apart.low < halves.high - halves.low


def test_one_factor_alone_is_its_own_lognormal() -> None:
    sure = found(BEEF)
    assert round(sure.median, 9) == 1122
    assert round(sure.gsd, 9) == Decimal("1.25")


def test_what_is_sent_back_leaves_nothing_unsure() -> None:
    assert grouped([BEEF, impact("beef", "-1122")]) == ()
    assert found(BEEF, impact("beef", "-1122")) == found()
    assert found().high == 0


def test_an_exact_figure_has_no_width() -> None:
    sure = found(impact("weighed", "10", "1"))
    assert {sure.low, sure.median, sure.high} == {Decimal(10)}


def test_no_interval_is_better_than_one_too_narrow() -> None:
    assert spread([BEEF, impact("stew", "1", None)]) is None
    assert drawn([BEEF, impact("stew", "-1", None)], seed=1) is None


def test_a_difference_is_not_summed_but_drawn() -> None:
    with pytest.raises(PullsBothWays):
        spread([BEEF, impact("potato", "-1")])


def test_what_pulls_both_ways_is_drawn_and_all_else_is_reckoned() -> None:
    both = [BEEF, impact("potato", "-1")]
    assert how_sure(both, seed=7) == drawn(both, seed=7)
    assert how_sure([BEEF], seed=7) == spread([BEEF])
    assert how_sure([], seed=7) == spread([])


def test_goods_sent_back_alone_are_as_sure_as_they_were_when_they_came() -> None:
    came = spread([BEEF, impact("potato", "3")])
    back = how_sure([impact("beef", str(-BEEF.co2e_kg)), impact("potato", "-3")], seed=7)
    assert came is not None
    assert back == Spread(median=-came.median, mean=-came.mean, low=-came.high, high=-came.low, gsd=came.gsd)
    assert how_sure([impact("stew", "-1", None)], seed=7) is None


def test_a_difference_of_dishes_with_the_same_factor_is_as_sure_as_that_factor() -> None:
    shared = drawn([impact("beef", "1122"), impact("beef", "-1000")], seed=7)
    apart = drawn([impact("beef", "1122"), impact("veal", "-1000")], seed=7)
    assert shared is not None
    assert apart is not None
    assert shared.above_zero == 1
    assert apart.above_zero < Decimal("0.8")


def test_the_same_seed_draws_the_same() -> None:
    sides = [BEEF, impact("potato", "-300", "1.5")]
    assert drawn(sides, seed=5) == drawn(list(reversed(sides)), seed=5)
    assert drawn(sides, seed=5) != drawn(sides, seed=6)


@pytest.mark.parametrize(
    ("impacts", "why"),
    [
        ([impact("beef", "1"), impact("beef", "1", "1.3")], "two uncertainties"),
        ([impact("beef", "1", "0.9")], "from 1"),
    ],
)
def test_a_factor_has_one_uncertainty_and_none_below_one(impacts: list[Impact], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        spread(impacts)


@pytest.mark.parametrize(
    ("scores", "gsd"),
    [
        ([1, 1, 1, 1, 1], "1.183"),
        ([2, 3, 4, 1, 2], "1.349"),
        ([3, 3, 3, 3, 3], "1.476"),
        ([5, 5, 5, 5, 5], "1.856"),
    ],
)
def test_the_pedigree_matrix_by_hand(scores: list[int], gsd: str) -> None:
    assert round(gsd_of_scores(scores, basic=Decimal("1.4")), 3) == Decimal(gsd)


@pytest.mark.parametrize(
    ("scores", "basic"), [([1, 1, 1, 1], "1.4"), ([0, 1, 1, 1, 1], "1"), ([1] * 5, "0.9")]
)
def test_scores_that_are_none_are_refused(scores: list[int], basic: str) -> None:
    with pytest.raises(ValueError, match="five scores"):
        gsd_of_scores(scores, basic=Decimal(basic))


def test_quartiles_give_the_lognormal_that_has_them() -> None:
    gsd = gsd_of_quartiles(q1=Decimal(1), q3=Decimal(4), studies=12)
    assert gsd is not None
    half = (Decimal("0.674489750") * gsd.ln()).exp()
    assert [round(2 / half, 6), round(2 * half, 6)] == [Decimal(1), Decimal(4)]


@pytest.mark.parametrize(
    ("q1", "q3", "studies"), [("1", "2", 4), ("0", "2", 9), ("3", "2", 9), (None, "2", 9), ("1", None, 9)]
)
def test_quartiles_that_say_little_give_none(q1: str | None, q3: str | None, studies: int) -> None:
    low, high = (None if each is None else Decimal(each) for each in (q1, q3))
    assert gsd_of_quartiles(q1=low, q3=high, studies=studies) is None


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1196.4", "1200"), ("0.17", "0.17"), ("0.0846", "0.085"), ("0", "0"), ("9.96", "10"), ("99.5", "100"),
        ("-1250", "-1300"), ("42.5", "43"), ("1.0", "1.0"), ("9.94", "9.9"),
    ],
)  # fmt: skip
def test_two_significant_figures(value: str, shown: str) -> None:
    assert str(significant(Decimal(value))) == shown


@given(
    kilograms=st.lists(st.decimals("0.01", "10000", places=2), min_size=1, max_size=8),
    gsd=st.decimals("1.01", "2.5", places=2),
)
def test_a_sum_is_never_less_sure_than_its_parts_would_be_together(
    kilograms: list[Decimal], gsd: Decimal
) -> None:
    apart = spread(Impact(str(number), kg, gsd) for number, kg in enumerate(kilograms))
    assert apart is not None
    assert apart.low <= apart.median <= apart.mean
    assert apart.median <= apart.high
    assert apart.gsd <= gsd * Decimal("1.000001")


def test_draws_have_the_quartiles_of_their_lognormal() -> None:
    cut = quantiles(
        [float(told.median) for seed in range(30) if (told := drawn([BEEF], seed=seed, draws=101))], n=4
    )
    assert cut[0] < 1122 < cut[2]
