"""A kitchen's standing lists and forecasts at the API, the sums that farms see, and the product register."""

from typing import Any

import pytest

from config.ground.trail import Actor, acting
from kitchens.models import Forecast, StandingList
from market.actions.delivery_terms import set_hub_terms
from market.models import CpvMapping, NeedMapping, Offer, Product
from tests.api.program import Program
from tests.factories.world import Goods, World, make_world

pytestmark = pytest.mark.django_db
BY = Actor.job("tests")
MONDAY = "2026-12-07"


@pytest.fixture
def world() -> World:
    return make_world(kitchens=3, products=[Goods(), Goods(name="Potatis gul", in_lot=False)])


def lists_of(world: World, number: int = 0) -> str:
    return f"kitchens/{world.kitchens[number].pk}/standing-lists/"


def monday_list(world: World, **extra: Any) -> dict[str, Any]:
    line = {"product": world.product.pk, "quantity": "12.5", "note": "skurna 🥔"}
    return {"name": "Måndagar", "lines": [line], **extra}


def test_a_standing_list_is_saved_replaced_read_and_taken_away(world: World) -> None:
    staff = Program(world.people.staff)
    made = staff.post(lists_of(world), monday_list(world), Idempotency_Key="a")
    assert (made.status_code, made.json()["lines"][0]["quantity"]) == (201, "12.500")
    assert staff.post(lists_of(world), monday_list(world), Idempotency_Key="a").json() == made.json()
    path = f"{lists_of(world)}{made.json()['id']}/"
    one = staff.get(path)
    assert staff.get(path, If_None_Match=one.headers["ETag"]).status_code == 304
    assert [each["name"] for each in staff.get(lists_of(world)).json()["results"]] == ["Måndagar"]
    assert staff.post(f"{path}remove/", {}, Idempotency_Key="b").json() == {"id": made.json()["id"]}
    assert staff.post(f"{path}remove/", {}, Idempotency_Key="b").status_code == 200
    assert staff.post(f"{path}remove/", {}).status_code == 404
    assert not StandingList.objects.exists()


def test_a_list_that_can_not_be_is_told_where(world: World) -> None:
    staff = Program(world.people.staff)
    line = monday_list(world)["lines"][0]
    cases: list[tuple[dict[str, Any], str]] = [
        ({"lines": []}, "lines"),
        ({"lines": [line, line]}, "lines.1.product"),
        ({"lines": [{**line, "product": 2**62}]}, "lines"),
        ({"lines": [{**line, "quantity": "0"}]}, "lines.0.quantity"),
        ({"name": "x" * 61}, "name"),
        ({"name": "a\x00b"}, "name"),
    ]
    for change, field in cases:
        reply = staff.post(lists_of(world), monday_list(world, **change))
        assert (reply.status_code, list(reply.json()["fields"])) == (422, [field]), change


def test_a_forecast_binds_nobody_and_farms_see_the_sum_of_three(world: World) -> None:
    set_hub_terms(supplier=world.supplier, hub=world.hub, weekdays="2", by=BY)
    farm, staff = Program(world.people.farmers[0]), Program(world.people.staff)
    needs = f"suppliers/{world.supplier.pk}/season-needs/"
    line = {"product": world.product.pk, "week": MONDAY, "quantity": 40}
    for number, kitchen in enumerate(world.kitchens):
        assert farm.get(needs).json()["results"] == [], number
        reply = staff.post(f"kitchens/{kitchen.pk}/forecasts/", {"lines": [line]}, Idempotency_Key="f")
        assert reply.json() == {"lines": 1}
    [need] = farm.get(needs).json()["results"]
    assert (need["quantity"], need["kitchens"], need["product"]) == ("120.000", 3, world.product.pk)
    path = f"kitchens/{world.kitchen.pk}/forecasts/"
    assert staff.get(f"{path}?week={MONDAY}").json()["results"][0]["quantity"] == "40.000"
    assert staff.get(f"{path}?week=2026-12-14").json()["results"] == []
    staff.post(path, {"lines": [{**line, "quantity": None}]})
    assert Forecast.objects.filter(kitchen=world.kitchen).count() == 0
    tuesday = {"lines": [{**line, "week": "2026-12-08"}]}
    assert list(staff.post(path, tuesday).json()["fields"]) == ["week"]
    assert staff.post(path, {"lines": [line, line]}).status_code == 422


@pytest.mark.parametrize("role", ["officer", "auditor"])
def test_the_authority_reads_a_kitchens_wants_and_changes_none(world: World, role: str) -> None:
    reader = Program(getattr(world.people, role))
    assert reader.get(lists_of(world)).status_code == 200
    assert reader.post(lists_of(world), monday_list(world)).status_code == 403
    line = {"product": world.product.pk, "week": MONDAY, "quantity": 40}
    path = f"kitchens/{world.kitchen.pk}/forecasts/"
    assert reader.get(path).status_code == 200
    assert reader.post(path, {"lines": [line]}).status_code == 403


def new_goods(**extra: Any) -> dict[str, Any]:
    plain = {
        "name_sv": "Fänkål",
        "name_en": "Fennel",
        "synonyms": ["fenkål"],
        "season_months": [8, 9],
        "category": "other",
        "group": "food",
        "base_unit": "kg",
        "pack_base": "5",
        "cpv": "03221000",
        "vat_class": "food",
    }
    return {**plain, **extra}


def test_the_register_is_kept_by_officers_and_the_platform(world: World) -> None:
    officer = Program(world.officer)
    made = officer.post("products/", new_goods(), Idempotency_Key="p")
    assert (made.status_code, made.json()["packs"][0]["name_sv"]) == (201, "5 kg")
    assert officer.post("products/", new_goods(), Idempotency_Key="p").json() == made.json()
    assert list(officer.post("products/", new_goods()).json()["fields"]) == ["name_sv"]
    for change in ({"category": "x"}, {"group": "x"}, {"vat_class": "x"}, {"food": "x"}):
        reply = officer.post("products/", new_goods(name_sv="Ny", **change))
        assert list(reply.json()["fields"]) == list(change), change
    path = f"products/{made.json()['id']}/"
    names = {"name_sv": "Fänkål, knöl", "name_en": "Fennel bulb", "synonyms": [], "season_months": [9]}
    assert officer.patch(path, names).json()["name_sv"] == "Fänkål, knöl"
    for role in ("manager", "auditor", "outsider"):
        stranger = Program(getattr(world.people, role))
        assert stranger.patch(path, names).status_code == 404
        assert stranger.get("products/doubles/").status_code == 404
        assert stranger.get(path).status_code == 200, "the register itself is open"
    assert Program(world.people.admin).patch(path, names).status_code == 200


def test_doubles_are_suggested_and_merged(world: World) -> None:
    officer = Program(world.officer)
    kept, gone = world.products
    [pair] = officer.get("products/doubles/").json()["results"]
    assert {pair["first_id"], pair["second_id"]} == {kept.pk, gone.pk}
    assert officer.post(f"products/{gone.pk}/merge/", {"into": kept.pk}).json()["code"] == "product_in_use"
    with acting(BY):
        Offer.objects.filter(product=gone).delete()
    merged = officer.post(f"products/{gone.pk}/merge/", {"into": kept.pk}, Idempotency_Key="m")
    assert "Potatis gul" in merged.json()["synonyms"]
    again = officer.post(f"products/{gone.pk}/merge/", {"into": kept.pk}, Idempotency_Key="m")
    assert again.json() == merged.json()
    assert officer.get(f"products/{gone.pk}/").json()["merged_into"] == kept.pk
    assert officer.post(f"products/{kept.pk}/merge/", {"into": kept.pk}).status_code == 422


def test_goods_are_mapped_from_a_day_on_with_a_reason(world: World) -> None:
    officer = Program(world.officer)
    path = f"products/{world.product.pk}/mappings/"
    asked = {"kind": "cpv", "value": "03212100", "first_day": MONDAY, "reason": "ny nomenklatur"}
    assert officer.post(path, asked, Idempotency_Key="c").status_code == 200
    assert officer.post(path, asked, Idempotency_Key="c").status_code == 200
    assert CpvMapping.objects.get(product=world.product, valid_from=MONDAY).reason == "ny nomenklatur"
    need = {**asked, "kind": "need", "value": str(world.need.pk), "first_day": "2026-12-14"}
    assert officer.post(path, need).status_code == 200
    assert NeedMapping.objects.filter(product=world.product, valid_from="2026-12-14").count() == 1
    other = make_world()
    theirs = Program(other.officer).post(path, {**need, "first_day": "2026-12-21"})
    assert list(theirs.json()["fields"]) == ["value"], "a need of another authority's"
    for kind in ("vat", "food", "need"):
        assert list(officer.post(path, {**asked, "kind": kind, "value": "x"}).json()["fields"]) == ["value"]
    assert officer.post(path, {**asked, "first_day": "2020-01-01"}).status_code == 422
    assert Product.objects.get(pk=world.product.pk).merged_into is None
