"""The demo municipality as it is laid: its people, places, agreements, and what may be ordered."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import transaction
from pytest_django import DjangoDbBlocker

from config.ground.models import User
from config.ground.trail import Actor
from config.site.demo.fill import fill
from config.site.demo.goods import WARES
from config.site.demo.vingaker import PLAN
from config.site.roles import demo_people, demo_towns
from kitchens.models import Kitchen
from market.models import Agreement, Authority, Hub, Pack
from orders.queries.checking import AskedLine, check_order
from suppliers.models import Supplier

BY = Actor.job("tests")
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def counts() -> dict[str, int]:
    tables = [
        model
        for app in ("ground", "suppliers", "market", "kitchens")
        for model in apps.get_app_config(app).get_models()
    ]
    return {table._meta.label: table._default_manager.count() for table in tables}


@pytest.fixture(scope="module")
def laid(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """One demo for the tests that only look at it, gone after the last of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill(PLAN, today=TODAY, by=BY)
        yield
        transaction.set_rollback(True)


@pytest.mark.long
@pytest.mark.usefixtures("laid")
@pytest.mark.django_db
def test_a_second_run_changes_nothing() -> None:
    before = counts()
    filled = fill(PLAN, today=TODAY, by=BY)
    assert (filled.municipality, filled.delivery_runs, filled.offers) == (False, 0, 0)
    assert counts() == before


@pytest.mark.usefixtures("laid")
@pytest.mark.django_db
def test_the_demo_has_two_authorities_two_hubs_and_every_role() -> None:
    assert set(Authority.objects.values_list("name", flat=True)) == {
        "Vingåkers kommun",
        "Påhittade grannkommunen",
    }
    assert Hub.objects.count() == 2
    assert Supplier.objects.count() == 8
    assert Kitchen.objects.filter(authority__code="VIN").count() == 6
    town, neighbour = demo_towns()
    assert [person.name for person in demo_people(town)] == [
        "Astrid Påhitt",
        "Ingrid Gryta",
        "Johan Slev",
        "Wilma Pall",
        "Sara Avtal",
        "Stina Attest",
        "Tomas Granskare",
        "Zelda Plattform",
    ]
    assert [person.name for person in demo_people(neighbour)][:2] == ["David Dröm", "Ulla Tallrik"]
    kinds = Agreement.objects.values_list("kind", "regime")
    assert set(kinds) == {
        ("framework", "directive"),
        ("framework", "national"),
        ("direct_award", "direct_award"),
    }
    shared = Agreement.objects.get(title="Gemensamt ramavtal mejeri")
    assert shared.authorities.count() == 2


@pytest.mark.usefixtures("laid")
@pytest.mark.django_db
def test_nobody_in_the_demo_has_a_password_or_an_address_that_could_be_reached() -> None:
    for user in User.objects.all():
        assert not user.has_usable_password()
        assert user.email
        assert user.email.endswith(".example")


@pytest.mark.usefixtures("laid")
@pytest.mark.django_db
@pytest.mark.parametrize("kitchen", ["Slottsskolan", "Sagoskolan"])
def test_every_kind_of_goods_may_be_ordered_by_the_municipalitys_kitchens(kitchen: str) -> None:
    buyer = Kitchen.objects.get(name=kitchen)
    day = {"Slottsskolan": date(2026, 12, 1), "Sagoskolan": date(2026, 12, 2)}[kitchen]
    packs: dict[int, Pack] = {}
    for pack in Pack.objects.order_by("-pk"):
        packs[pack.product_id] = pack
    lines = [AskedLine(product_id=pack.product_id, quantity=pack.base_per_pack) for pack in packs.values()]
    checked = check_order(kitchen=buyer, delivery_date=day, lines=lines, arrived_at=NOW)
    assert len(checked.allotments) == len(WARES)
    assert [each.wanted for each in checked.allotments if each.missing] == []


@pytest.mark.usefixtures("laid")
@pytest.mark.django_db
def test_the_neighbour_may_use_only_the_agreement_that_names_it() -> None:
    buyer = Kitchen.objects.get(name="Grannskolan")
    packs = [Pack.objects.filter(product__name_sv=name)[0] for name in ("Mellanmjölk", "Potatis, fast")]
    lines = [AskedLine(product_id=pack.product_id, quantity=pack.base_per_pack) for pack in packs]
    milk, potatoes = check_order(
        kitchen=buyer, delivery_date=date(2026, 12, 2), lines=lines, arrived_at=NOW
    ).allotments
    assert (milk.missing, potatoes.missing) == (Decimal(0), packs[1].base_per_pack)
