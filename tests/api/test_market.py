"""What is for sale, under what and until when, at the API."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from config.ground.models import User
from config.ground.trail import Actor, acting
from market.models import ClimateFood, FactorSet, LotBalance, Offer, Product, StockPool
from orders.models import ExternalPurchase, PurchaseImport
from suppliers.models import Supplier
from tests.api.program import Program
from tests.api.test_orders import asked
from tests.factories.world import Farm, Goods, World, make_world

pytestmark = pytest.mark.django_db


def posting(world: World, **extra: Any) -> dict[str, Any]:
    return {
        "supplier": world.supplier.pk,
        "pack": world.pack.pk,
        "quantity": "250",
        "valid_from": world.pool.valid_from,
        "valid_to": world.pool.valid_to,
        "claims": ["organic"],
        "allergens": [],
        "origin_place": "Vingåker",
        **extra,
    }


def test_a_farm_posts_changes_and_withdraws_an_offer() -> None:
    world = make_world(farms=[Farm(labels=("organic",))])
    farm = Program(world.people.farmers[0])
    posted = farm.post("offers/", posting(world), Idempotency_Key="tap")
    assert (posted.status_code, posted.json()["in_stock"]) == (201, "250.000")
    assert farm.post("offers/", posting(world), Idempotency_Key="tap").json() == posted.json()
    path = f"offers/{posted.json()['id']}/"
    assert farm.patch(path, {"quantity": 90}).json()["in_stock"] == "90.000"
    assert farm.post(f"{path}withdraw/", {}).json()["withdrawn_at"]
    assert farm.post(f"{path}withdraw/", {}).json()["code"] == "offer_withdrawn"
    assert Offer.objects.filter(withdrawn_at=None).count() == 0


def test_the_api_judges_a_mark_and_an_own_price_as_the_page_does() -> None:
    world = make_world(farms=[Farm(price_is_cap=True, price=10)])
    cap = world.prices[world.supplier.pk, world.pack.pk].price_sek
    reply = Program(world.people.farmers[0]).post("offers/", posting(world, own_price_sek=str(cap + 1)))
    assert (reply.status_code, sorted(reply.json()["fields"])) == (422, ["claims", "own_price_sek"])


def test_an_own_price_that_is_an_empty_text_is_refused() -> None:
    world = make_world()
    reply = Program(world.people.farmers[0]).post("offers/", posting(world, own_price_sek=""))
    assert list(reply.json()["fields"]) == ["own_price_sek"]


def test_stock_never_falls_below_what_is_ordered() -> None:
    world = make_world()
    Program(world.manager).post("orders/", asked(world))
    reply = Program(world.people.farmers[0]).patch(f"offers/{world.offer.pk}/", {"quantity": 5})
    assert (reply.status_code, reply.json()["figures"]["reserved"]) == (409, "20.000")
    assert StockPool.objects.get().quantity == Decimal(100)


@pytest.mark.parametrize("role", ["manager", "officer", "auditor", "hub_worker", "admin"])
def test_an_offer_is_changed_by_its_farm_alone(role: str) -> None:
    world = make_world()
    stranger = Program(getattr(world.people, role))
    assert stranger.post("offers/", posting(world)).status_code == 404
    assert stranger.patch(f"offers/{world.offer.pk}/", {"quantity": 5}).status_code == 403
    assert stranger.post(f"offers/{world.offer.pk}/withdraw/", {}).status_code == 403
    assert Offer.objects.get().withdrawn_at is None


def test_a_farm_sees_what_others_offer_and_neither_their_price_nor_their_stock() -> None:
    world = make_world(farms=[Farm(own_price=9), Farm(name="Ekhult", own_price=8, rank=2)])
    rows = {row["supplier"]: row for row in Program(world.people.farmers[0]).get("offers/").json()["results"]}
    own, other = (rows[supplier.pk] for supplier in world.suppliers)
    assert (own["own_price_sek"], own["in_stock"]) == ("9.0000", "100.000")
    assert (other["own_price_sek"], other["in_stock"]) == (None, None)
    pools = Program(world.people.farmers[0]).get("pools/").json()["results"]
    assert [pool["supplier"] for pool in pools] == [world.supplier.pk]


def test_offers_are_found_by_day_and_farm() -> None:
    world = make_world()
    program = Program(world.manager)
    assert program.get(f"offers/?supplier={world.supplier.pk}&delivery_date=2026-12-01").json()["results"]
    assert not program.get("offers/?delivery_date=2027-12-01").json()["results"]


def test_an_agreement_tells_its_room_to_the_authorities_that_it_names_alone() -> None:
    world = make_world(ceiling_sek=1000)
    other = make_world(beside=world)
    Program(world.manager).post("orders/", asked(world))
    path = f"agreements/{world.agreement.pk}/"
    [lot] = Program(world.people.auditor).get(path).json()["lots"]
    assert (lot["balance"]["committed_sek"], lot["balance"]["room_sek"]) == ("200.00", "800.00")
    assert lot["balance"]["yours_sek"] == "200.00"
    [lot] = Program(world.people.farmers[0]).get(path).json()["lots"]
    assert (lot["balance"], lot["parties"]) == (
        None,
        [{"supplier": world.supplier.pk, "rank": 1, "share_percent": None}],
    )
    assert Program(other.officer).get(path).status_code == 404
    assert Program(world.people.outsider).get("agreements/").json()["results"] == []


def test_a_partner_authority_sees_the_room_left_and_not_what_the_other_took() -> None:
    world = make_world(ceiling_sek=1000)
    partner = make_world(beside=world)
    with acting(Actor.job("tests")):
        world.agreement.named.create(authority=partner.authority)
        LotBalance.objects.create(agreement_lot=world.lot, authority=partner.authority)
    Program(world.manager).post("orders/", asked(world))
    [lot] = Program(partner.officer).get(f"agreements/{world.agreement.pk}/").json()["lots"]
    assert (lot["balance"]["room_sek"], lot["balance"]["yours_sek"]) == ("800.00", "0.00")


def test_a_sole_traders_number_is_never_told() -> None:
    world = make_world()
    with acting(Actor.job("tests")):
        Supplier.objects.create(
            name="Anna Berg",
            legal_form="sole_trader",
            personal_number="198112189876",
            email="anna@gardar.example",
        )
    reply = Program(world.officer).get("suppliers/?name=berg")
    [row] = reply.json()["results"]
    assert row["org_number"] is None
    assert b"9876" not in reply.content
    assert b"anna@" not in reply.content


def test_a_supplier_tells_its_certificates() -> None:
    world = make_world(farms=[Farm(labels=("organic",))])
    told = Program(world.people.outsider).get(f"suppliers/{world.supplier.pk}/").json()
    assert {"organic", "registration"} <= {paper["kind"] for paper in told["certificates"]}
    assert told["org_number"] == world.supplier.org_number


def test_products_are_found_by_a_part_of_a_name() -> None:
    world = make_world(products=[Goods(), Goods(name="Morot")])
    program = Program(world.manager)
    assert [row["name_sv"] for row in program.get("products/?name=mor").json()["results"]] == ["Morot"]
    assert program.get(f"products/{world.product.pk}/").json()["packs"][0]["base_per_pack"] == "5.000"


def test_runs_tell_their_cut_off() -> None:
    world = make_world()
    [run] = Program(world.manager).get(f"runs/?hub={world.hub.pk}&state=open").json()["results"]
    assert run["cut_off"] == "2026-11-27T12:00:00+01:00"
    assert Program(world.manager).get(f"runs/{run['id']}/").json() == run


def test_kitchens_are_seen_by_their_own_people_and_authority() -> None:
    world = make_world(kitchens=2)
    other = make_world(beside=world)
    assert len(Program(world.people.staff).get("kitchens/").json()["results"]) == 2
    assert len(Program(other.officer).get("kitchens/").json()["results"]) == 1
    assert Program(other.officer).get(f"kitchens/{world.kitchen.pk}/").status_code == 404
    assert Program(world.people.farmers[0]).get("kitchens/").json()["results"] == []


def footprint(user: User, *lines: dict[str, Any]) -> Any:
    return Program(user).post("climate/footprint/", {"lines": list(lines)})


def test_a_footprint_is_of_kilograms_litres_and_pieces() -> None:
    world = make_world(products=[Goods(), Goods(name="Ägg", unit="piece", kg_per_base=Decimal("0.058"))])
    told = footprint(
        world.people.outsider,
        {"product": world.product.pk, "quantity": "250", "unit": "kg"},
        {"product": world.products[1].pk, "quantity": 360, "unit": "piece"},
        {"food": "potato", "quantity": "200", "unit": "litre", "kg_per_unit": "1.03"},
    ).json()
    assert [Decimal(line["kg"]) for line in told["lines"]] == [Decimal(250), Decimal("20.88"), Decimal(206)]
    assert Decimal(told["co2e_kg"]) == Decimal("0.17") * Decimal("476.88")
    assert told["factor_set"]["code"] == FactorSet.objects.get(is_active=True).code
    assert told["may_compare"] is True


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ({"food": "moon_cheese", "quantity": 1, "unit": "kg"}, "no_factor"),
        ({"quantity": 1, "unit": "kg"}, "no_factor"),
        ({"food": "potato", "quantity": 1, "unit": "litre"}, "no_weight"),
    ],
)
def test_what_has_no_factor_or_weight_is_not_covered_and_never_zero(line: dict[str, Any], state: str) -> None:
    told = footprint(make_world().manager, line, {"food": "potato", "quantity": 1, "unit": "kg"}).json()
    assert (told["lines"][0]["state"], told["lines"][0]["co2e_kg"]) == (state, None)
    assert told["covered_share_lines"] == "0.5"


def test_a_footprint_of_a_product_that_is_none_is_refused() -> None:
    reply = footprint(make_world().manager, {"product": 2**62, "quantity": 1, "unit": "kg"})
    assert list(reply.json()["fields"]) == ["lines.0.product"]
    both = footprint(make_world().manager, {"product": 1, "food": "potato", "quantity": 1, "unit": "kg"})
    assert list(both.json()["fields"]) == ["lines.0.food"]


def test_a_pack_is_counted_by_what_it_holds() -> None:
    world = make_world(products=[Goods(name="Ägg", unit="piece", kg_per_base=Decimal("0.058"))])
    pack = world.packs[world.product.pk][0]
    told = footprint(world.manager, {"pack": pack.pk, "quantity": 3, "unit": "pack"}).json()
    assert Decimal(told["lines"][0]["kg"]) == 3 * pack.base_per_pack * Decimal("0.058")
    for wrong in (
        {"pack": pack.pk, "quantity": 1, "unit": "kg"},
        {"food": "potato", "quantity": 1, "unit": "pack"},
    ):
        assert list(footprint(world.manager, wrong).json()["fields"]) == ["lines.0.unit"]
    gone = footprint(world.manager, {"pack": 2**62, "quantity": 1, "unit": "pack"})
    assert list(gone.json()["fields"]) == ["lines.0.pack"]


SAUSAGE = {
    "name": "korv",
    "parts": [
        {"food": "potato", "share": "0.6"},
        {"food": "carrot", "share": "0.3"},
        {"food": "moon_cheese", "share": "0.1"},
    ],
}


def test_a_recipe_by_shares_inherits_what_is_not_covered() -> None:
    told = footprint(
        make_world().manager, {"recipe": SAUSAGE, "quantity": 25, "unit": "kg", "net_sek": 100}
    ).json()
    line = told["lines"][0]
    assert Decimal(line["co2e_kg"]) == 25 * (
        Decimal("0.6") * Decimal("0.17") + Decimal("0.3") * Decimal("0.11")
    )
    assert (line["state"], line["covered_share_mass"]) == ("partly_covered", "0.9")
    assert [part["state"] for part in line["parts"]] == ["covered", "covered", "no_factor"]
    assert (told["covered_share_lines"], Decimal(told["covered_share_value"])) == ("0", Decimal("0.9"))
    assert {each["food"]: each["basis"] for each in told["sources"]} == {
        "potato": "SELSE:potato",
        "carrot": "SELSE:carrot",
    }


def test_a_nested_recipe_by_weights_goes_back_to_what_is_bought() -> None:
    plate = {
        "parts": [
            {"food": "potato", "quantity": "0.150", "state": "edible", "edible_share": "0.80"},
            {"food": "lentils_dry", "quantity": "0.120", "state": "cooked", "cooked_per_raw": "2.33"},
            {"recipe": SAUSAGE, "quantity": "0.1"},
            {"food": "carrot", "quantity": "0.1", "state": "edible"},
        ]
    }
    parts = footprint(make_world().manager, {"recipe": plate}).json()["lines"][0]["parts"]
    assert [each["food"] for each in parts] == [
        "potato",
        "lentils_dry",
        "potato",
        "carrot",
        "moon_cheese",
        "carrot",
    ]
    assert Decimal(parts[0]["kg"]) == Decimal("0.1875")
    assert round(Decimal(parts[1]["kg"]), 9) == Decimal("0.051502146")
    assert Decimal(parts[2]["kg"]) == Decimal("0.06")
    assert (parts[-1]["kg"], parts[-1]["state"]) == (None, "no_weight")


@pytest.mark.parametrize(
    ("recipe", "field"),
    [
        ({"parts": [{"food": "potato", "share": "0.5"}]}, "lines.0.recipe"),
        ({"parts": []}, "lines.0.recipe.parts"),
        ({"parts": [{"food": "potato"}]}, "lines.0.recipe.parts.0.share"),
        ({"parts": [{"food": "potato", "share": 1, "quantity": 1}]}, "lines.0.recipe.parts.0.share"),
        (
            {"parts": [{"food": "potato", "share": "0.5"}, {"food": "potato", "quantity": 1}]},
            "lines.0.recipe.parts",
        ),
        ({"parts": [{"food": "potato", "product": 1, "share": 1}]}, "lines.0.recipe.parts.0.food"),
        ({"parts": [{"product": 2**62, "share": 1}]}, "lines.0.recipe.parts.0.product"),
        ("korv", "lines.0.recipe"),
    ],
)
def test_what_is_no_recipe_is_refused_at_its_place(recipe: Any, field: str) -> None:
    reply = footprint(make_world().manager, {"recipe": recipe, "quantity": 1, "unit": "kg"})
    assert reply.status_code == 422
    assert next(iter(reply.json()["fields"])).startswith(field)


def test_a_recipe_nested_without_end_is_refused() -> None:
    nested: dict[str, Any] = {"parts": [{"food": "potato", "share": 1}]}
    for _ in range(8):
        nested = {"parts": [{"recipe": nested, "share": 1}]}
    assert footprint(make_world().manager, {"recipe": nested}).status_code == 422


def test_a_footprint_tells_how_sure_it_is() -> None:
    world = make_world()
    told = footprint(
        world.manager,
        {"food": "potato", "quantity": 600, "unit": "kg"},
        {"food": "potato", "quantity": 400, "unit": "kg"},
        {"food": "moon_cheese", "quantity": 1000, "unit": "kg"},
    ).json()
    sure = {name: Decimal(told["uncertainty"][name]) for name in ("low", "median", "high")}
    assert told["uncertainty"]["method"] == "fenton_wilkinson"
    assert (round(sure["low"], 1), round(sure["median"], 1), round(sure["high"], 1)) == (
        Decimal("94.5"),
        Decimal("170.0"),
        Decimal("305.8"),
    )
    assert told["shown_kg"] == "170"
    assert [Decimal(told[name]) for name in ("co2e_kg", "scaled_estimate_kg")] == [Decimal(170), Decimal(340)]
    assert told["may_compare"] is False
    back = [
        {"food": "potato", "quantity": -600, "unit": "kg"},
        {"food": "carrot", "quantity": 500, "unit": "kg"},
    ]
    drawn = [
        Program(world.manager).post("climate/footprint/", {"lines": back, "seed": s}).json()
        for s in (7, 7, 8)
    ]
    assert drawn[0]["uncertainty"]["method"] == "draws"
    assert drawn[0]["uncertainty"]["seed"] == 7
    assert drawn[0]["uncertainty"] == drawn[1]["uncertainty"]
    assert drawn[0]["uncertainty"] != drawn[2]["uncertainty"]


def test_a_footprint_is_by_the_one_set_that_is_asked_for() -> None:
    world = make_world()
    lines = [{"food": "potato", "quantity": 1, "unit": "kg"}]
    with acting(Actor.job("tests")):
        other = FactorSet.objects.create(
            code="OTHER", name="O", version="1", source="s", licence="l", valid_from=date(2026, 1, 1)
        )
    told = Program(world.manager).post("climate/footprint/", {"lines": lines, "factor_set": "OTHER"}).json()
    assert (told["factor_set"]["code"], told["lines"][0]["state"]) == (other.code, "no_factor")
    none = Program(world.manager).post("climate/footprint/", {"lines": lines, "factor_set": "NONE"})
    assert (none.status_code, none.json()["code"]) == (422, "factor_set_unknown")


def test_the_last_leg_stands_beside_the_goods_and_is_never_added() -> None:
    world = make_world()
    lines = [{"food": "potato", "quantity": 42, "unit": "kg"}]
    by_load = {"kg": 420, "own_kg": 42, "km": 38, "kg_per_tonne_km": "0.409"}

    def told(**leg: Any) -> Any:
        return Program(world.manager).post("climate/footprint/", {"lines": lines, "last_leg": leg}).json()

    alone = footprint(world.manager, *lines).json()
    first = told(**by_load)
    assert (first["co2e_kg"], alone["last_leg"]) == (alone["co2e_kg"], None)
    figures = {name: Decimal(first["last_leg"][name]) for name in ("tonne_km", "co2e_kg", "own_co2e_kg")}
    assert figures == {
        "tonne_km": Decimal("15.96"),
        "co2e_kg": Decimal("6.52764"),
        "own_co2e_kg": Decimal("0.652764"),
    }
    measured = told(**by_load, driven_km=76, kg_per_vehicle_km="0.250")["last_leg"]
    assert (measured["method"], Decimal(measured["co2e_kg"])) == ("measured_km", Decimal(19))
    assert told(kg=1, km=1)["last_leg"]["method"] is None
    assert list(told(**{**by_load, "own_kg": 421})["fields"]) == ["last_leg.own_kg"]
    with acting(Actor.job("tests")):
        FactorSet.objects.filter(is_active=True).update(holds_last_leg=True)
    assert told(**by_load)["code"] == "transport_counted_already"


def test_external_purchases_are_their_authoritys_alone() -> None:
    world = make_world()
    other = make_world(beside=world)
    with acting(Actor.job("tests")):
        paper = PurchaseImport.objects.create(
            authority=world.authority,
            file_name="k.csv",
            sha256="0" * 64,
            mapping="m",
            rows=1,
            imported_by="tests",
        )
        row = ExternalPurchase.objects.create(
            purchase_import=paper,
            row_number=1,
            authority=world.authority,
            buyer="Skola",
            supplier_number="198112189876",
            product_text="Potatis",
            period_start=date(2026, 1, 1),
            period_end=date(2026, 1, 31),
            currency="SEK",
            food=ClimateFood.objects.get(key="potato"),
            raw={},
        )
    path = f"external-purchases/{row.pk}/"
    told = Program(world.people.auditor).get(
        "external-purchases/?period_from=2026-01-01&period_to=2026-12-31"
    )
    assert told.json()["results"][0]["food"] == "potato"
    assert b"9876" not in told.content
    assert Program(world.officer).get(path).status_code == 200
    for stranger in (other.officer, world.manager, world.people.farmers[0], world.people.admin):
        assert Program(stranger).get(path).status_code == 404


def test_every_list_takes_few_statements_whatever_its_rows(django_assert_max_num_queries: Any) -> None:
    goods = [Goods(name=f"Vara {number}") for number in range(12)]
    world = make_world(
        products=goods, farms=[Farm(labels=("organic",)), Farm(name="Ekhult", rank=2)], kitchens=3
    )
    body = asked(world)
    body["lines"] = [{"product": product.pk, "quantity": 10} for product in Product.objects.all()]
    for _ in range(3):
        Program(world.manager).post("orders/", body)
    paths = [
        "orders",
        "call-offs",
        "purchase-orders",
        "hand-overs",
        "receipts",
        "offers",
        "pools",
        "products",
        "suppliers",
        "agreements",
    ]
    paths += ["kitchens", "runs", "external-purchases", f"agreements/{world.agreement.pk}"]
    for reader in (world.manager, world.officer, world.people.farmers[0], world.people.hub_worker):
        program = Program(reader, by_session=True)
        for path in paths:
            with django_assert_max_num_queries(12):
                program.get(f"{path}/")


def test_nothing_here_is_shown_to_nobody() -> None:
    make_world()
    for path in ("offers/", "products/", "suppliers/", "agreements/", "runs/", "kitchens/", "pools/"):
        assert Program().get(path).status_code == 401
