"""Swaps: the cases of docs/rules/menus.md. Factors are inside, so that a later set breaks none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitchens.rules.menus import Goods
from kitchens.rules.swaps import (
    Climate,
    Had,
    Kind,
    Saving,
    difference,
    exchanged,
    had,
    is_worth_telling,
    may_stand_for,
    plain_saving,
    saving_of,
)
from market.rules.call_off import Rule, Verdict
from market.rules.climate import Factor

D = Decimal


def factor(kg: str, gsd: str | None = "1.3", *, food: str = "", covered: str = "1") -> Factor:
    return Factor(
        food or kg, D(kg), None, None, "A", "example", D(covered), gsd=None if gsd is None else D(gsd)
    )


BEEF, PORK, CARROT = factor("22"), factor("4.6"), factor("0.11")
KNOWN = {
    "beef": Goods(BEEF, D(124)),
    "pork": Goods(PORK, D(89)),
    "potato": Goods(factor("0.17", None), D(9)),
    "carrot": Goods(CARROT, D(10)),
    "swede": Goods(factor("0.10"), D(14)),
    "twin": Goods(factor("0.11"), D(8)),
    "salt": Goods(),
    "mix": Goods(factor("3", covered="0.9"), D(50)),
    "old": Goods(factor("5", None), D(50)),
}
DISH = {"beef": D("0.08"), "potato": D("0.2")}


def test_what_both_have_alike_cancels_out() -> None:
    new = exchanged(DISH, old="beef", new="pork")
    assert new == {"potato": D("0.2"), "pork": D("0.08")}
    assert difference(DISH, new) == {"beef": D("0.08"), "pork": D("-0.08")}
    assert plain_saving(DISH, new, KNOWN) == (D("1.392"), D("2.80"))  # 0.08 × (22 − 4.6); 0.08 × (124 − 89)
    assert exchanged({"beef": D(1), "pork": D(2)}, old="beef", new="pork") == {"pork": D(3)}


def test_a_sure_saving_is_claimed_with_its_interval_and_seed() -> None:
    found = saving_of(DISH, exchanged(DISH, old="beef", new="pork"), KNOWN, seed=7)
    assert (found.climate, found.claimed_kg, found.sek) == (Climate.SAVES, D("1.392"), D("2.80"))
    assert found.drawn is not None
    assert D("0.6") < found.drawn.low < D("1.392") < found.drawn.high < D("3")
    assert found.drawn.seed == 7
    assert found == saving_of(DISH, exchanged(DISH, old="beef", new="pork"), KNOWN, seed=7)


@pytest.mark.parametrize(
    ("old", "new", "climate", "claimed", "sek"),
    [
        ("pork", "beef", Climate.COSTS, D("-17.4"), D(-35)),
        ("carrot", "swede", Climate.UNCERTAIN, None, D(-4)),  # 0.11 against 0.10: inside the uncertainty
        ("carrot", "twin", Climate.UNCERTAIN, None, D(2)),  # one factor: it cancels out, nothing is saved
        ("beef", "old", Climate.NOT_STATED, None, D(74)),
        ("beef", "salt", Climate.NOT_COVERED, None, None),
        ("beef", "mix", Climate.NOT_COVERED, None, D(74)),  # a tenth of it has no factor
        ("beef", "nobody knows", Climate.NOT_COVERED, None, None),
    ],
)
def test_nothing_is_claimed_under_its_uncertainty(
    old: str, new: str, climate: Climate, claimed: Decimal | None, sek: Decimal | None
) -> None:
    found = saving_of({old: D(1)}, {new: D(1)}, KNOWN, seed=1)
    assert (found.climate, found.claimed_kg, found.sek) == (climate, claimed, sek)


@pytest.mark.parametrize(
    ("climate", "sek", "told"),
    [
        (Climate.SAVES, None, True),
        (Climate.SAVES, D(-5), True),
        (Climate.UNCERTAIN, D(1), True),
        (Climate.NOT_STATED, D(1), True),
        (Climate.UNCERTAIN, D(0), False),
        (Climate.NOT_COVERED, None, False),
        (Climate.COSTS, D(50), False),
    ],
)
def test_what_is_worth_telling(climate: Climate, sek: Decimal | None, told: bool) -> None:
    assert is_worth_telling(Saving(None, sek, climate)) is told


@given(
    st.decimals("0.1", "50", places=2), st.decimals("0.1", "50", places=2), st.decimals("1", "3", places=2)
)
def test_a_swap_and_its_way_back_never_both_save(one: Decimal, other: Decimal, gsd: Decimal) -> None:
    known = {
        "a": Goods(factor(str(one), str(gsd), food="a")),
        "b": Goods(factor(str(other), str(gsd), food="b")),
    }
    there = saving_of({"a": D(1)}, {"b": D(1)}, known, seed=1, draws=50)
    back = saving_of({"b": D(1)}, {"a": D(1)}, known, seed=1, draws=50)
    assert {there.climate, back.climate} != {Climate.SAVES}
    assert not (there.climate is Climate.SAVES and one < other)


MEAT = ("meat", "animals", "food")
ROOTS = ("potatoes_roots", "plants", "food")
CARROTS = Kind("Morot", ROOTS, "03221112")
MINCE = Kind("Nötfärs", ("beef", *MEAT), "15111000")


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        (MINCE, Kind("Lammfärs", ("lamb", *MEAT), "15115000"), True),
        (MINCE, Kind("Högrev", ("beef", *MEAT), "15111000"), False),  # no mince
        (Kind("Högrev", ("beef", *MEAT), "15111000"), Kind("Fläskkarré", ("pork", *MEAT), "15113000"), False),
        (MINCE, CARROTS, False),
        (CARROTS, Kind("Kålrot", ROOTS, "03221110-5"), True),
        (CARROTS, Kind("Potatis", ROOTS, "03212100"), False),
        (CARROTS, Kind("Gul lök", ("vegetables", "plants", "food"), "03221113"), False),
        (
            Kind("Vitlök", ("vegetables", "plants"), "03221000"),
            Kind("Pumpa", ("vegetables", "plants"), "03221000"),
            False,  # the code says no more than vegetables
        ),
        (Kind("Smör", ("dairy",), "15530000"), Kind("Hårdost", ("dairy",), "15540000"), False),
        (Kind("Filmjölk", ("dairy",), "15551000"), Kind("Yoghurt", ("dairy",), "15551000"), True),
        (Kind("Grädde", ("dairy",), "15500000"), Kind("Glass", ("dairy",), "15500000"), False),
        (Kind("Potatis", (), "03212100"), Kind("Potatis", (), "03212100"), False),
        (Kind("Potatis", ROOTS, ""), Kind("Morot", ROOTS, ""), False),
    ],
)
def test_goods_may_stand_for_goods_of_their_kind(one: Kind, other: Kind, may: bool) -> None:
    assert may_stand_for(one, other) is may
    assert may_stand_for(other, one) is may


def no(*rules: Rule) -> list[Verdict]:
    return [Verdict(rule, ok=False) for rule in rules]


@pytest.mark.parametrize(
    ("given_kg", "missing", "verdicts", "found"),
    [
        (5, 0, no(), Had.WHOLE),
        (3, 2, no(Rule.STOCK), Had.IN_PART),
        (0, 5, no(Rule.STOCK), Had.NOT_FOR_THE_DAY),
        (0, 5, no(Rule.CUT_OFF), Had.NOT_FOR_THE_DAY),
        (0, 5, no(Rule.STOCK, Rule.STANDING), None),
        (0, 5, no(Rule.PRODUCT_IN_LOT), None),
        (0, 5, no(Rule.CEILING_ROOM), None),
        (0, 5, no(), None),
    ],
)
def test_only_what_may_lawfully_be_called_off_is_suggested(
    given_kg: int, missing: int, verdicts: list[Verdict], found: Had | None
) -> None:
    assert had(given=D(given_kg), missing=D(missing), verdicts=verdicts) is found
