"""The cases of docs/rules/quantities.md; E02 and E03 are worked examples of the climate method."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.rules.quantities import (
    BaseUnit,
    Pack,
    base_of,
    kg_of,
    price_per_kg,
    reserved_base,
    weight_of,
    within_tolerance,
)

CARROT_SACK = Pack(BaseUnit.KG, Decimal(10), None)
MILK_CAN = Pack(BaseUnit.LITRE, Decimal(10), Decimal("1.030"))
MILK_CAN_WITHOUT_DENSITY = Pack(BaseUnit.LITRE, Decimal(10), None)
EGG_TRAY = Pack(BaseUnit.PIECE, Decimal(30), Decimal("0.058"))
CABBAGE_CRATE_WITHOUT_WEIGHT = Pack(BaseUnit.PIECE, Decimal(6), None)
BEEF_BOX = Pack(
    BaseUnit.KG,
    Decimal(12),
    None,
    catch_weight=True,
    upper_tolerance=Decimal("0.10"),
    lower_tolerance=Decimal("0.05"),
)


@pytest.mark.parametrize(
    ("packs", "pack", "base", "kg"),
    [
        pytest.param("3", CARROT_SACK, "30", "30", id="kilograms are their own weight"),
        pytest.param("2.5", CARROT_SACK, "25", "25", id="half a sack"),
        pytest.param("20", MILK_CAN, "200", "206.000", id="E02 litres through density"),
        pytest.param("12", EGG_TRAY, "360", "20.880", id="E03 pieces through declared piece weight"),
        pytest.param("20", MILK_CAN_WITHOUT_DENSITY, "200", None, id="litres without density"),
        pytest.param("4", CABBAGE_CRATE_WITHOUT_WEIGHT, "24", None, id="pieces without piece weight"),
        pytest.param("-1", CARROT_SACK, "-10", "-10", id="a return"),
    ],
)
def test_packs_become_base_units_and_kilograms(packs: str, pack: Pack, base: str, kg: str | None) -> None:
    assert base_of(Decimal(packs), pack) == Decimal(base)
    assert kg_of(packs=Decimal(packs), pack=pack) == (None if kg is None else Decimal(kg))


def test_goods_in_kilograms_weigh_what_they_say_whatever_the_article_declares() -> None:
    assert kg_of(packs=Decimal(1), pack=Pack(BaseUnit.KG, Decimal(10), Decimal("0.9"))) == 10


@pytest.mark.parametrize(
    ("packs", "pack", "reserved"),
    [
        pytest.param("5", BEEF_BOX, "66.00", id="catch weight reserves its upper tolerance"),
        pytest.param("5", CARROT_SACK, "50", id="fixed weight reserves itself"),
        pytest.param(
            "5",
            Pack(BaseUnit.KG, Decimal(12), None, upper_tolerance=Decimal("0.10")),
            "60",
            id="a tolerance without catch weight means nothing",
        ),
    ],
)
def test_an_order_reserves_the_most_that_may_come(packs: str, pack: Pack, reserved: str) -> None:
    assert reserved_base(Decimal(packs), pack) == Decimal(reserved)


@pytest.mark.parametrize(
    ("price", "pack", "per_kg"),
    [
        pytest.param("145.00", CARROT_SACK, "14.5", id="a sack"),
        pytest.param("92.70", MILK_CAN, "9", id="a can of 10.3 kg"),
        pytest.param("60.00", CABBAGE_CRATE_WITHOUT_WEIGHT, None, id="no weight, no price per kg"),
    ],
)
def test_prices_are_compared_per_kilogram(price: str, pack: Pack, per_kg: str | None) -> None:
    expected = None if per_kg is None else Decimal(per_kg)
    assert price_per_kg(price=Decimal(price), pack=pack) == expected


@pytest.mark.parametrize(
    ("actual", "pack", "accepted"),
    [
        pytest.param("56.99", BEEF_BOX, False, id="too light"),
        pytest.param("57.00", BEEF_BOX, True, id="lightest"),
        pytest.param("66.00", BEEF_BOX, True, id="heaviest"),
        pytest.param("66.01", BEEF_BOX, False, id="too heavy"),
        pytest.param("60.00", CARROT_SACK, True, id="fixed weight as ordered"),
        pytest.param("60.01", CARROT_SACK, False, id="fixed weight and something more"),
    ],
)
def test_weighed_goods_are_held_against_sixty_ordered_kilograms(
    *,
    actual: str,
    pack: Pack,
    accepted: bool,
) -> None:
    assert within_tolerance(actual_kg=Decimal(actual), expected_kg=Decimal(60), pack=pack) is accepted


@pytest.mark.parametrize(
    ("base_per_pack", "kg_per_base", "upper", "lower", "sentence"),
    [
        pytest.param("0", "1", "0", "0", "more than nothing", id="empty pack"),
        pytest.param("1", "0", "0", "0", "never zero", id="zero piece weight"),
        pytest.param("1", "1", "-0.01", "0", "shares", id="negative tolerance"),
        pytest.param("1", "1", "0", "1.01", "shares", id="lighter than nothing"),
        pytest.param("1", "1", "0", "-0.01", "shares", id="negative lower tolerance"),
    ],
)
def test_a_pack_that_can_not_be_is_refused(
    base_per_pack: str,
    kg_per_base: str,
    upper: str,
    lower: str,
    sentence: str,
) -> None:
    with pytest.raises(ValueError, match=sentence):
        Pack(
            BaseUnit.PIECE,
            Decimal(base_per_pack),
            Decimal(kg_per_base),
            catch_weight=True,
            upper_tolerance=Decimal(upper),
            lower_tolerance=Decimal(lower),
        )


measure = st.decimals("0.001", "1000", places=3)
share = st.decimals("0", "0.5", places=2)
packs_made = st.builds(
    Pack,
    base_unit=st.sampled_from(BaseUnit),
    base_per_pack=measure,
    kg_per_base=st.none() | measure,
    catch_weight=st.booleans(),
    upper_tolerance=share,
    lower_tolerance=share,
)
count = st.decimals("-1000", "1000", places=2)


@given(pack=packs_made, first=count, second=count)
def test_weight_is_the_same_ordered_at_once_or_in_two(pack: Pack, first: Decimal, second: Decimal) -> None:
    together = kg_of(packs=first + second, pack=pack)
    apart = [kg_of(packs=packs, pack=pack) for packs in (first, second)]
    assert (together is None) == (None in apart)
    assert together is None or together == sum(kg for kg in apart if kg is not None)


@given(pack=packs_made, packs=st.decimals("0.01", "1000", places=2))
def test_the_reserve_covers_the_heaviest_that_is_accepted(pack: Pack, packs: Decimal) -> None:
    ordered, reserved = base_of(packs, pack), reserved_base(packs, pack)
    assert reserved >= ordered
    assert within_tolerance(actual_kg=reserved, expected_kg=ordered, pack=pack)


@pytest.mark.parametrize(
    ("quantity", "unit", "kg_per_unit", "kg"),
    [
        ("250", BaseUnit.KG, None, "250"),
        ("250", BaseUnit.KG, "0.5", "250"),
        ("200", BaseUnit.LITRE, "1.030", "206.000"),
        ("360", BaseUnit.PIECE, "0.058", "20.880"),
        ("-10", BaseUnit.LITRE, "1.030", "-10.300"),
        ("200", BaseUnit.LITRE, None, None),
        ("360", BaseUnit.PIECE, None, None),
    ],
)
def test_loose_goods_weigh_what_is_told_of_one_of_them(
    quantity: str, unit: BaseUnit, kg_per_unit: str | None, kg: str | None
) -> None:
    told = None if kg_per_unit is None else Decimal(kg_per_unit)
    weight = weight_of(quantity=Decimal(quantity), unit=unit, kg_per_unit=told)
    assert weight == (None if kg is None else Decimal(kg))
