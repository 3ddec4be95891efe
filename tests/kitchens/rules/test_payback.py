"""The cases of docs/rules/payback.md: what a day saved, and when nothing is told."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitchens.rules.payback import (
    Cooked,
    Count,
    Dish,
    Equivalent,
    LeftOut,
    MenuWarning,
    Method,
    Outcome,
    ServedDay,
    against_frozen,
    equivalent_of,
    menu_warning,
    outcome_of,
    taken_of_pan,
    total_of,
    two_figures,
)

D = Decimal
STANDARD, PAYBACK = Dish(D("0.95")), Dish(D("0.38"))
PLATES = Count(Method.PORTIONS, 116, 184)


def day(
    *counts: Count,
    standard: Dish = STANDARD,
    payback: Dish | None = PAYBACK,
    guests: int | None = 300,
    cooked: Cooked | None = None,
    surplus: str | None = None,
    real_choice: bool = True,
    locked: bool = True,
) -> ServedDay:
    return ServedDay(
        standard=standard,
        payback=payback,
        counts=counts,
        guests=guests,
        cooked=cooked,
        normal_surplus=None if surplus is None else D(surplus),
        real_choice=real_choice,
        locked=locked,
    )


def test_e24_a_plain_day() -> None:
    found = outcome_of(day(PLATES))
    assert found.saving_kg == D("104.88")
    assert found.emissions_kg == D("180.12")
    assert found.kg_per_portion == D("0.6004")
    assert found.before_waste
    assert not found.at_least


def test_e28_a_standard_that_got_better_saves_less_and_emits_less() -> None:
    first = outcome_of(day(PLATES))
    second = outcome_of(day(PLATES, standard=Dish(D("0.55"))))
    frozen = D("0.80")
    assert (first.saving_kg, second.saving_kg) == (D("104.88"), D("31.28"))
    assert (first.emissions_kg, second.emissions_kg) == (D("180.12"), D("133.72"))
    assert [
        against_frozen(emissions_kg=each.emissions_kg, portions=each.portions, frozen_kg_per_portion=frozen)
        for each in (first, second)
        if each.emissions_kg is not None
    ] == [D("59.88"), D("106.28")]


@pytest.mark.parametrize(
    ("surplus", "cooked", "saving"),
    [
        ("0.10", Cooked(130, 200), "114.00"),  # 300 × 1.10 × 0.95 − (130 × 0.95 + 200 × 0.38)
        ("0", Cooked(116, 184), "104.88"),  # nothing left over: as before waste
        ("0", Cooked(150, 220), "58.90"),  # cooked too much of both: the waste eats the saving
        ("0.05", Cooked(315, 0), "0.00"),  # all cooked as standard, with the normal surplus
        ("0", Cooked(300, 60), "-22.80"),  # the payback dish came on top: a losing day
    ],
)
def test_with_measured_surplus_all_that_was_cooked_counts(surplus: str, cooked: Cooked, saving: str) -> None:
    found = outcome_of(day(PLATES, cooked=cooked, surplus=surplus))
    assert found.saving_kg == D(saving)
    assert not found.before_waste


def test_measured_surplus_needs_guests_and_what_was_cooked() -> None:
    assert outcome_of(day(PLATES, surplus="0.1")).before_waste
    assert outcome_of(day(PLATES, surplus="0.1", cooked=Cooked(130, 200), guests=None)).saving_kg == D(
        "104.88"
    )
    assert outcome_of(day(surplus="0", cooked=Cooked(116, 184))).saving_kg == D("104.88")


@pytest.mark.parametrize(
    ("taps", "guests", "saving", "left_out", "at_least"),
    [
        (Count(Method.TAPS, 116, 184), 300, "104.88", None, False),
        (Count(Method.TAPS, 80, 150), 300, "85.50", None, True),
        (Count(Method.TAPS, 70, 140), 300, "79.80", None, True),  # 70 % exactly
        (Count(Method.TAPS, 70, 139), 300, None, LeftOut.TOO_FEW_COUNTED, False),
        (Count(Method.TAPS, 117, 184), 300, None, LeftOut.MORE_TAPS_THAN_PORTIONS, False),
        (Count(Method.TAPS, 116, 184), None, None, LeftOut.PORTIONS_UNKNOWN, False),
    ],
)
def test_taps_tell_by_how_many_they_caught(
    taps: Count, guests: int | None, saving: str | None, left_out: LeftOut | None, at_least: bool
) -> None:
    found = outcome_of(day(taps, guests=guests))
    assert found.saving_kg == (None if saving is None else D(saving))
    assert found.left_out is left_out
    assert found.at_least is at_least
    assert (found.count is None) is (left_out is not None)


def test_a_losing_day_is_subtracted_and_the_sum_stays_true() -> None:
    worse = Dish(D("1.05"))
    full = outcome_of(day(PLATES, payback=worse))
    assert full.saving_kg == D("-18.40")  # 184 × (0.95 − 1.05)
    caught = outcome_of(day(Count(Method.TAPS, 100, 140), payback=worse))
    assert caught.saving_kg == D("-20.00")  # the 60 who were not counted may all have had it: 200 × −0.10
    total = total_of([outcome_of(day(PLATES)), full, caught])
    assert total.saving_kg == D("66.48")
    assert (total.days, total.at_least, total.before_waste) == (3, True, True)


@pytest.mark.parametrize(
    ("served", "why"),
    [
        (day(PLATES, payback=None), LeftOut.ONE_DISH),
        (day(PLATES, locked=False), LeftOut.NOT_LOCKED),
        (day(PLATES, real_choice=False), LeftOut.NO_REAL_CHOICE),
        (day(PLATES, payback=Dish(D("0.1"), comparable=False)), LeftOut.NOT_COMPARABLE),
        (day(PLATES, standard=Dish(D("0.9"), comparable=False)), LeftOut.NOT_COMPARABLE),
        (day(), LeftOut.NOT_COUNTED),
    ],
)
def test_a_day_that_tells_no_saving_says_why(served: ServedDay, why: LeftOut) -> None:
    found = outcome_of(served)
    assert (found.saving_kg, found.left_out) == (None, why)
    assert total_of([found, found]).left_out == {why: 2}


def test_the_second_curve_takes_one_dish_days_too() -> None:
    one_dish = outcome_of(day(payback=None))
    assert (one_dish.emissions_kg, one_dish.portions) == (D("285.00"), 300)
    total = total_of([one_dish, outcome_of(day(PLATES))])
    assert total.kg_per_portion == D("465.12") / 600
    cooked = outcome_of(day(payback=None, cooked=Cooked(320, 0)))
    assert cooked.emissions_kg == D("304.00")
    unknown = outcome_of(day(payback=None, guests=None))
    assert (unknown.emissions_kg, unknown.kg_per_portion) == (None, None)
    assert outcome_of(day(payback=Dish(D(0), comparable=False))).emissions_kg is None
    assert outcome_of(day(Count(Method.PORTIONS, 0, 0))).emissions_kg is None
    assert total_of([]).kg_per_portion is None


def test_the_best_count_is_taken() -> None:
    taps, pans = Count(Method.TAPS, 100, 150), Count(Method.PANS, 120, 176)
    assert outcome_of(day(taps, PLATES)).count == PLATES
    assert outcome_of(day(taps, pans, PLATES)).count == pans
    assert outcome_of(day(taps)).coverage == D(250) / 300


@pytest.mark.parametrize(
    ("out", "back", "portion", "portions"),
    [
        ("60", "4.8", "0.300", 184),
        ("60", "4.9", "0.300", 183),
        ("12", "12", "0.3", 0),
        ("0.29", "0", "0.3", 0),
    ],
)
def test_portions_of_a_pan_are_rounded_down(out: str, back: str, portion: str, portions: int) -> None:
    assert taken_of_pan(out_kg=D(out), back_kg=D(back), portion_kg=D(portion)) == portions


@pytest.mark.parametrize(("out", "back", "portion"), [("5", "6", "0.3"), ("5", "-1", "0.3"), ("5", "1", "0")])
def test_weights_that_can_not_be_are_refused(out: str, back: str, portion: str) -> None:
    with pytest.raises(ValueError, match="pan"):
        taken_of_pan(out_kg=D(out), back_kg=D(back), portion_kg=D(portion))


@pytest.mark.parametrize(
    ("standard", "payback", "warning"),
    [
        ("0.95", "0.38", None),
        ("0.95", "0.85", None),  # 0.1 exactly
        ("0.95", "0.851", MenuWarning.TOO_CLOSE),
        ("0.95", "0.95", MenuWarning.TOO_CLOSE),
        ("0.95", "0.951", MenuWarning.ABOVE_STANDARD),
    ],
)
def test_a_menu_is_looked_at_before_its_week(
    standard: str, payback: str, warning: MenuWarning | None
) -> None:
    assert menu_warning(standard=Dish(D(standard)), payback=Dish(D(payback))) is warning
    blind = Dish(D(payback), comparable=False)
    assert menu_warning(standard=Dish(D(standard)), payback=blind) is MenuWarning.NOT_COMPARABLE


CAR = Equivalent("car_km", D("0.146"), 2019, "Trafikverket")
MEAL = Equivalent("meal", D("0.85"), 2024, "ADEME")


@pytest.mark.parametrize(
    ("saving", "turn", "told"),
    [
        ("104.88", 0, (CAR, "710")),  # 718.35… km; "at least", so down
        ("104.88", 1, (MEAL, "120")),
        ("104.88", 2, (CAR, "710")),
        ("0", 0, None),
        ("-3", 0, None),
    ],
)
def test_one_equivalent_at_a_time_and_none_of_nothing(
    saving: str, turn: int, told: tuple[Equivalent, str] | None
) -> None:
    found = equivalent_of(D(saving), [CAR, MEAL], turn=turn)
    assert (found and (found.equivalent, found.amount)) == (told and (told[0], D(told[1])))
    assert equivalent_of(D(5), [], turn=0) is None


@pytest.mark.parametrize(
    ("value", "rounded", "at_least"),
    [
        ("104.88", "100", "100"),
        ("0.6004", "0.60", "0.60"),
        ("996", "1000", "990"),
        ("99.6", "100", "99"),
        ("-104.88", "-100", "-110"),
        ("0", "0", "0"),
        ("7", "7.0", "7.0"),
    ],
)
def test_two_significant_figures(value: str, rounded: str, at_least: str) -> None:
    assert f"{two_figures(D(value)):f}" == rounded
    assert f"{two_figures(D(value), at_least=True):f}" == at_least


counts = st.builds(
    Count,
    st.sampled_from(Method),
    st.integers(0, 400),
    st.integers(0, 400),
)
dishes = st.decimals("0.05", "4", places=3).map(Dish)


@given(counts, dishes, dishes, st.integers(1, 900))
def test_at_least_is_at_least(count: Count, standard: Dish, payback: Dish, guests: int) -> None:
    """However those who were not counted chose, the day saved no less than is told."""
    found = outcome_of(day(count, standard=standard, payback=payback, guests=guests))
    if found.saving_kg is None or count.method is not Method.TAPS:
        return
    difference = standard.co2e_kg - payback.co2e_kg
    for others in (0, guests - count.total):
        assert found.saving_kg <= (count.payback + others) * difference


@given(st.lists(counts.map(lambda count: outcome_of(day(count, guests=None))), max_size=6))
def test_a_sum_of_days_is_the_sum_of_its_halves(days: list[Outcome]) -> None:
    half = len(days) // 2
    first, second = total_of(days[:half]), total_of(days[half:])
    assert total_of(days).saving_kg == first.saving_kg + second.saving_kg
    assert total_of(days).days == first.days + second.days
