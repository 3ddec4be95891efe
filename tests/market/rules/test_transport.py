"""The cases of docs/rules/climate.md, "The last leg"."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.rules.transport import LastLeg, Method, TransportHeld, by_mass, driven_round, last_leg, tonne_km

LOAD, WAY = Decimal(420), Decimal(38)


@pytest.mark.parametrize(
    ("fuel", "kg_per_tonne_km", "co2e_kg"),
    [("diesel", "0.409", "6.527640"), ("biogas", "0.095", "1.516200"), ("electric", "0.020", "0.319200")],
)
def test_e17_by_tonne_kilometres(fuel: str, kg_per_tonne_km: str, co2e_kg: str) -> None:
    assert tonne_km(kg=LOAD, km=WAY) == Decimal("15.960")
    leg = last_leg(kg=LOAD, km=WAY, kg_per_tonne_km=Decimal(kg_per_tonne_km))
    assert leg == LastLeg(Decimal(co2e_kg), Method.TONNE_KM)


def test_e17_measured_kilometres_go_before_tonne_kilometres() -> None:
    leg = last_leg(
        kg=LOAD,
        km=WAY,
        kg_per_tonne_km=Decimal("0.409"),
        driven_km=2 * WAY,
        kg_per_vehicle_km=Decimal("0.250"),
    )
    assert leg == LastLeg(Decimal("19.000"), Method.MEASURED_KM)


def test_e17_an_order_answers_for_its_weight() -> None:
    shares = by_mass(Decimal("6.527640"), {"ours": Decimal(42), "others": Decimal(378)})
    assert shares["ours"] == Decimal("0.652764")


@pytest.mark.parametrize(("driven", "per_km"), [(None, Decimal("0.25")), (Decimal(76), None)])
def test_half_a_measurement_is_none(driven: Decimal | None, per_km: Decimal | None) -> None:
    leg = last_leg(kg=LOAD, km=WAY, kg_per_tonne_km=None, driven_km=driven, kg_per_vehicle_km=per_km)
    assert leg is None


def test_what_the_factors_hold_is_never_added_again() -> None:
    with pytest.raises(TransportHeld):
        last_leg(kg=LOAD, km=WAY, kg_per_tonne_km=Decimal("0.409"), held_by_factors=True)


@pytest.mark.parametrize(("kg", "km", "driven"), [("-1", "1", None), ("1", "-1", None), ("1", "1", "-1")])
def test_less_than_nothing_is_no_transport(kg: str, km: str, driven: str | None) -> None:
    with pytest.raises(ValueError, match="from zero"):
        last_leg(
            kg=Decimal(kg),
            km=Decimal(km),
            kg_per_tonne_km=Decimal(1),
            driven_km=None if driven is None else Decimal(driven),
        )


@pytest.mark.parametrize("loads", [{}, {"a": Decimal(0)}, {"a": Decimal(2), "b": Decimal(-1)}])
def test_loads_that_weigh_nothing_share_nothing(loads: dict[str, Decimal]) -> None:
    with pytest.raises(ValueError, match="weigh"):
        by_mass(Decimal(1), loads)


@given(
    whole=st.decimals("0", "10000", places=4),
    loads=st.lists(st.decimals("0.001", "3000", places=3), min_size=1, max_size=12),
)
def test_no_gram_is_lost_between_the_loads(whole: Decimal, loads: list[Decimal]) -> None:
    shares = by_mass(whole, {str(number): kg for number, kg in enumerate(loads)})
    assert abs(sum(shares.values()) - whole) < Decimal("1e-18")


def test_a_round_with_others_goods_answers_for_its_own_weight_alone() -> None:
    told = driven_round(
        {"a": Decimal(30), "b": Decimal(12)},
        load_kg=LOAD,
        driven_km=2 * WAY,
        kg_per_vehicle_km=Decimal("0.250"),
    )
    assert told is not None
    assert told.whole == LastLeg(Decimal("19.000"), Method.MEASURED_KM)
    assert told.own_co2e_kg == Decimal("1.9")
    assert sum(told.shares.values()) == told.own_co2e_kg
    assert told.shares["a"] > told.shares["b"] > 0


def test_a_round_by_tonne_km_is_of_what_it_carried() -> None:
    told = driven_round({"a": Decimal(42)}, load_kg=LOAD, km=WAY, kg_per_tonne_km=Decimal("0.409"))
    assert told is not None
    assert (told.whole.co2e_kg, told.own_co2e_kg) == (Decimal("6.527640"), Decimal("0.652764"))
    assert driven_round({"a": Decimal(42)}, km=WAY, kg_per_tonne_km=None) is None


def test_goods_of_unknown_weight_alone_on_a_vehicle_answer_for_all_of_it_and_beside_others_for_none() -> None:
    alone = driven_round({"a": Decimal(0)}, driven_km=WAY, kg_per_vehicle_km=Decimal("0.250"))
    assert alone is not None
    assert (alone.own_co2e_kg, alone.shares) == (Decimal("9.500"), {})
    beside = driven_round({"a": Decimal(0)}, load_kg=LOAD, driven_km=WAY, kg_per_vehicle_km=Decimal("0.250"))
    assert beside is not None
    assert (beside.own_co2e_kg, beside.shares) == (Decimal(0), {})
    nothing = driven_round({}, load_kg=Decimal(0), driven_km=WAY, kg_per_vehicle_km=Decimal("0.250"))
    assert nothing is not None
    assert nothing.own_co2e_kg == 0


def test_a_load_that_weighs_less_than_its_own_goods_is_what_they_weigh() -> None:
    told = driven_round({"a": Decimal(50)}, load_kg=Decimal(10), km=WAY, kg_per_tonne_km=Decimal(1))
    assert told is not None
    assert told.own_co2e_kg == told.whole.co2e_kg == Decimal("1.9")
