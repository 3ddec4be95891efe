"""What strangers may send to POST /climate/footprint/, and the worked examples through the door, exact."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.ground.trail import Actor, acting
from market.actions.factors import WantedFactor, follow_factors
from market.models import ClimateFood, FactorSet
from tests.api.program import Program
from tests.api.test_hostile import NUMBERS
from tests.factories.world import Goods, World, make_world

pytestmark = pytest.mark.django_db
JOB = Actor.job("tests")
A_QUANTITY = {"0", "-0", "-1", "1000000.001", '"1e3"'}  # nothing, goods sent back, much; a text may be read
PER_KG = {
    "x_potato": "0.17",
    "x_milk": "1.157",
    "x_milk_old": "1.16",
    "x_egg": "1.723",
    "x_water": "0",
    "x_pork": "4.6",
    "x_beef": "22.44",
    "x_flour": "1.682",
    "x_lentils": "0.908",
}


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def examples() -> str:
    """A set with the examples' own factors, so that another set breaks none."""
    with acting(JOB):
        made = FactorSet.objects.create(
            code="EX", name="Examples", version="1", source="s", licence="l", valid_from="2026-01-01"
        )
        foods = ClimateFood.objects.bulk_create(
            ClimateFood(key=key, name_sv=key, name_en=key, category="x") for key in PER_KG
        )
        wanted = [
            WantedFactor(food.pk, Decimal(PER_KG[food.key]), None, None, "A", f"EX:{food.key}")
            for food in foods
        ]
        follow_factors(factor_set=made, wanted=wanted, by=JOB)
    return made.code


def send(world: World, body: str) -> Any:
    return Program(world.manager).call("POST", "climate/footprint/", body)


def test_a_quantity_that_is_none_is_refused_at_its_place(world: World) -> None:
    for number in NUMBERS:
        reply = send(world, f'{{"lines": [{{"food": "potato", "quantity": {number}, "unit": "kg"}}]}}')
        if number in A_QUANTITY:
            assert reply.status_code in {200, 422}, (number, reply.content[:200])
            continue
        assert 400 <= reply.status_code < 500, (number[:40], reply.content[:200])
        assert reply.headers["Content-Type"] == "application/problem+json", number[:40]


@pytest.mark.parametrize(
    "field",
    [
        "net_sek",
        "product",
        *(
            pytest.param(field, marks=pytest.mark.long)
            for field in ("kg_per_unit", "edible_share", "cooked_per_raw", "pack", "seed")
        ),
    ],
)
def test_no_number_breaks_any_field(world: World, field: str) -> None:
    for number in NUMBERS:
        line = '"food": "potato", "quantity": 1, "unit": "kg"'
        if field in {"product", "pack"}:
            line = line.replace('"food": "potato", ', "")
        body = (
            f'{{"lines": [{{{line}}}], "seed": {number}}}'
            if field == "seed"
            else f'{{"lines": [{{{line}, "{field}": {number}}}]}}'
        )
        assert send(world, body).status_code in {200, 400, 422}, (field, number[:40])


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{}",
        "[]",
        "null",
        '{"lines": []}',
        '{"lines": null}',
        '{"lines": {}}',
        '{"lines": [null]}',
        '{"lines": [[]]}',
        '{"lines": [{}]}',
        '{"lines": [{"food": "potato"}]}',
        '{"lines": [{"food": "potato", "quantity": 1, "unit": "stone"}]}',
        '{"lines": [{"food": 5, "quantity": 1, "unit": "kg"}]}',
        '{"lines": [{"food": "potato", "quantity": 1, "unit": "kg", "colour": "red"}]}',
        '{"lines": [{"food": "potato\\u0000", "quantity": 1, "unit": "kg"}]}',
        '{"lines": [{"food": "potato", "quantity": 1, "unit": "kg"}], "factor_set": ""}',
        '{"lines": [{"food": "potato", "quantity": 1, "unit": "kg"}], "factor_set": "\'; DROP TABLE x"}',
        '{"lines": [{"recipe": {"parts": [{"food": "potato", "share": -1}]}, "quantity": 1}]}',
    ],
)
def test_what_is_no_question_is_refused(world: World, body: str) -> None:
    reply = send(world, body)
    assert 400 <= reply.status_code < 500, reply.content[:200]
    assert reply.headers["Content-Type"] == "application/problem+json"


def test_a_kilogram_of_a_recipe_that_weighs_nothing_has_no_weight(world: World) -> None:
    nothing = {"parts": [{"food": "potato", "quantity": 0}]}
    line = send(world, json.dumps({"lines": [{"recipe": nothing, "quantity": 1}]})).json()["lines"][0]
    assert (line["state"], line["co2e_kg"]) == ("no_weight", None)


def test_more_lines_than_a_thousand_are_refused(world: World) -> None:
    line = {"food": "potato", "quantity": 1, "unit": "kg"}
    assert send(world, json.dumps({"lines": [line] * 1001})).status_code == 422
    assert send(world, json.dumps({"lines": [line] * 1000})).status_code == 200


def told(world: World, *lines: dict[str, Any]) -> Any:
    reply = send(world, json.dumps({"lines": lines, "factor_set": "EX"}))
    assert reply.status_code == 200, reply.content
    return reply.json()


def test_e01_to_e15_through_the_door(examples: str) -> None:
    world = make_world(products=[Goods(), Goods(name="Ägg", unit="piece", kg_per_base=Decimal("0.058"))])
    cases: list[tuple[str, list[dict[str, Any]], dict[str, str | None]]] = [
        (
            "E01",
            [{"food": "x_potato", "quantity": 250, "unit": "kg"}],
            {"co2e_kg": "42.50", "covered_share_mass": "1"},
        ),
        (
            "E02",
            [{"food": "x_milk", "quantity": 200, "unit": "litre", "kg_per_unit": "1.030"}],
            {"kg_total": "206", "co2e_kg": "238.342"},
        ),
        (
            "E02 without a density",
            [{"food": "x_milk", "quantity": 200, "unit": "litre"}],
            {"kg_total": "0", "co2e_kg": "0", "covered_share_mass": None, "covered_share_lines": "0"},
        ),
        (
            "E03",
            [{"food": "x_egg", "quantity": 360, "unit": "piece", "kg_per_unit": "0.058"}],
            {"kg_total": "20.88", "co2e_kg": "35.97624"},
        ),
        (
            "E10",
            [
                {"food": "x_water", "quantity": 100, "unit": "kg"},
                {"food": "x_potato", "quantity": 100, "unit": "kg"},
            ],
            {"co2e_kg": "17", "covered_share_mass": "1", "kg_per_kg_of_covered": "0.085"},
        ),
        (
            "E11",
            [
                {"food": "x_potato", "quantity": 60, "unit": "kg"},
                {"food": "x_milk_old", "quantity": 30, "unit": "kg"},
                {"food": "x_none", "quantity": 10, "unit": "kg"},
            ],
            {
                "co2e_kg": "45",
                "covered_share_mass": "0.9",
                "kg_per_kg_of_covered": "0.5",
                "scaled_estimate_kg": "50",
            },
        ),
        (
            "E13",
            [
                {
                    "quantity": 25,
                    "unit": "kg",
                    "recipe": {
                        "parts": [
                            {"food": "x_pork", "share": "0.30"},
                            {"food": "x_beef", "share": "0.15"},
                            {"food": "x_flour", "share": "0.05"},
                            {"food": "x_water", "share": "0.40"},
                            {"food": "x_none", "share": "0.10"},
                        ]
                    },
                }
            ],
            {"co2e_kg": "120.7525", "covered_share_mass": "0.9"},
        ),
        (
            "E15 potato",
            [
                {
                    "food": "x_potato",
                    "quantity": "0.150",
                    "unit": "kg",
                    "state": "edible",
                    "edible_share": "0.8",
                }
            ],
            {"kg_total": "0.1875", "co2e_kg": "0.031875"},
        ),
        (
            "a return",
            [
                {"food": "x_potato", "quantity": 250, "unit": "kg"},
                {"food": "x_potato", "quantity": -50, "unit": "kg"},
            ],
            {"co2e_kg": "34", "kg_total": "200"},
        ),
    ]
    for name, lines, wanted in cases:
        answer = told(world, *lines)
        for field, figure in wanted.items():
            found = None if answer[field] is None else Decimal(answer[field])
            assert found == (None if figure is None else Decimal(figure)), (name, field, answer[field])
    cooked = {
        "food": "x_lentils",
        "quantity": "0.120",
        "unit": "kg",
        "state": "cooked",
        "cooked_per_raw": "2.33",
    }
    answer = told(world, cooked)
    assert round(Decimal(answer["kg_total"]), 9) == Decimal("0.051502146")
    assert round(Decimal(answer["co2e_kg"]), 9) == Decimal("0.046763948")


@pytest.mark.long
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from([*PER_KG, "x_none"]),
            st.decimals("0.001", "9999", places=3),
            st.sampled_from(["kg", "litre", "piece"]),
            st.one_of(st.none(), st.decimals("0.001", "99", places=3)),
        ),
        min_size=1,
        max_size=6,
    )
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_goods_come_to_the_sum_of_their_lines(
    world: World, examples: str, rows: list[tuple[str, Decimal, str, Decimal | None]]
) -> None:
    """kg by the line's own weight, kg CO2e by the factor, and nothing for what has none of them."""
    lines, kg_all, kg_covered, co2e = [], Decimal(0), Decimal(0), Decimal(0)
    for food, quantity, unit, per_unit in rows:
        line: dict[str, Any] = {"food": food, "quantity": str(quantity), "unit": unit}
        if per_unit is not None and unit != "kg":
            line["kg_per_unit"] = str(per_unit)
        lines.append(line)
        kg = quantity if unit == "kg" else None if per_unit is None else quantity * per_unit
        if kg is None:
            continue
        kg_all += kg
        if food in PER_KG:
            kg_covered += kg
            co2e += kg * Decimal(PER_KG[food])
    answer = told(world, *lines)
    assert Decimal(answer["co2e_kg"]) == co2e
    assert (Decimal(answer["kg_total"]), Decimal(answer["kg_covered"])) == (kg_all, kg_covered)
    share = kg_covered / kg_all if kg_all else None
    assert answer["may_compare"] is (share is not None and share >= Decimal("0.9"))
