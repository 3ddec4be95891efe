"""Rounds and weighings at the API: told by an officer once, read by her authority, refused with words."""

from typing import Any

import pytest

from orders.models import DrivenRound, Weighing
from tests.api.program import Program
from tests.factories.world import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def round_of(world: World, **told: Any) -> dict[str, Any]:
    return {
        "delivery_date": "2026-11-20",
        "name": "Norra",
        "source": "egen mätning",
        "kitchens": [world.kitchen.pk],
        "driven_km": "76.5",
        "kg_per_vehicle_km": 0.25,
    } | told


def weighing_of(world: World, **told: Any) -> dict[str, Any]:
    return {
        "kitchen": world.kitchen.pk,
        "kind": "served",
        "first_day": "2026-11-16",
        "last_day": "2026-11-20",
        "lines": [{"product": world.product.pk, "kg": "12.5"}],
    } | told


def test_a_round_is_told_once_and_read_by_the_authority(world: World) -> None:
    officer, auditor = Program(world.officer), Program(world.people.auditor)
    made = officer.post("driven-rounds/", round_of(world), Idempotency_Key="r1")
    assert made.status_code == 201
    assert officer.post("driven-rounds/", round_of(world), Idempotency_Key="r1").json() == made.json()
    assert DrivenRound.objects.count() == 1
    assert officer.post("driven-rounds/", round_of(world, name="S"), Idempotency_Key="r1").status_code == 422
    told = auditor.get(f"driven-rounds/{made.json()['id']}/").json()
    assert (told["driven_km"], told["kitchens"], told["hub"]) == ("76.500", [world.kitchen.pk], world.hub.pk)
    assert auditor.get("driven-rounds/?first=2026-11-20&last=2026-11-20").json()["results"] == [told]
    assert auditor.get("driven-rounds/?first=2026-11-21").json()["results"] == []
    assert auditor.get(f"driven-rounds/?authority={world.authority.pk + 1}").json()["results"] == []


def test_a_weighing_is_told_once_and_read_by_the_authority(world: World) -> None:
    officer, auditor = Program(world.officer), Program(world.people.auditor)
    made = officer.post("weighings/", weighing_of(world), Idempotency_Key="w1")
    assert made.status_code == 201
    assert officer.post("weighings/", weighing_of(world), Idempotency_Key="w1").json() == made.json()
    empty = weighing_of(world, kind="stock", first_day="2026-11-20", lines=[])
    assert officer.post("weighings/", empty).status_code == 201
    again = officer.post(
        "weighings/", weighing_of(world, lines=[{"product": world.product.pk, "kg": 2}])
    ).json()
    assert Weighing.objects.count() == 3
    assert officer.get(f"weighings/{made.json()['id']}/").status_code == 404
    told = auditor.get(f"weighings/?kitchen={world.kitchen.pk}&kind=served").json()["results"]
    assert told == [again]
    assert told[0]["lines"] == [{"product": world.product.pk, "kg": "2.000"}]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"kg_per_vehicle_km": None}, "driven_km"),
        ({"km": 3}, "driven_km"),
        ({"delivery_date": "2026-11-24"}, "delivery_date"),
        ({"name": "\0"}, "name"),
        ({"driven_km": "1e400"}, "driven_km"),
        ({"kitchens": []}, "kitchens"),
        ({"load_kg": 0}, "load_kg"),
    ],
)
def test_a_round_that_can_not_be_is_refused_at_its_field(world: World, told: Any, field: str) -> None:
    answer = Program(world.officer).post("driven-rounds/", round_of(world, **told))
    assert answer.status_code in {400, 422}
    assert field in str(answer.json())
    assert not DrivenRound.objects.exists()


@pytest.mark.parametrize(
    "told",
    [
        {"last_day": "2026-11-24"},
        {"first_day": "2026-10-30"},
        {"kind": "stock"},
        {"kind": "eaten"},
        {"lines": []},
        {"lines": [{"product": 2**62, "kg": 1}]},
        {"lines": [{"product": 1, "kg": "NaN"}]},
        {"note": "x" * 201},
    ],
)
def test_a_weighing_that_can_not_be_is_refused(world: World, told: Any) -> None:
    assert Program(world.officer).post("weighings/", weighing_of(world, **told)).status_code in {400, 422}
    assert not Weighing.objects.exists()


def test_only_the_officer_tells_and_only_of_her_own(world: World) -> None:
    for path, body in (("driven-rounds/", round_of(world)), ("weighings/", weighing_of(world))):
        assert Program(world.people.auditor).post(path, body).status_code == 403
        assert Program(world.manager).post(path, body).status_code == 404
        assert Program(world.people.outsider).post(path, body).status_code == 404
        assert Program(world.manager).get(path).json()["results"] == []
    assert not DrivenRound.objects.exists()
    assert not Weighing.objects.exists()
