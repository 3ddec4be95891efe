"""The last leg: rounds as they were driven, shared by what came, never added where the factors hold them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum

from config.ground.refusals import InvalidInput, NotAllowed, NotFound
from config.ground.trail import Actor, acting
from market.models import FactorSet
from orders.actions.last_leg import RoundDraft, record_round
from orders.models import DrivenRound, DrivenStop, Movement
from orders.queries.last_leg import last_legs
from orders.refusals import KitchenOnAnotherRound
from orders.rules.periods import month_of
from tests.factories.walked import make_walked
from tests.factories.world import World
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db
JOB = Actor.job("tests")
LATER = date(2026, 12, 31)


@pytest.fixture
def world() -> World:
    return make_walked(1)


def drive(world: World, *kitchens: int, day: date | None = None, **told: object) -> DrivenRound:
    draft: dict[str, object] = {"driven_km": Decimal(76), "kg_per_vehicle_km": Decimal("0.25")}
    if "km" in told:
        draft = {}
    draft |= {"name": "Norra", "source": "egen mätning", "delivery_date": day or world.delivery_date}
    return record_round(
        authority=world.authority,
        hub=world.hub,
        kitchens=[world.kitchens[number] for number in kitchens],
        draft=RoundDraft(**{**draft, **told}),  # type: ignore[arg-type]
        today=LATER,
        by=world.by_officer,
    )


def carried(world: World, *kitchens: int) -> Decimal:
    named = [world.kitchens[number].pk for number in kitchens]
    rows = Movement.objects.filter(kind="delivered", call_off__kitchen__in=named)
    return rows.aggregate(kg=Sum("kg"))["kg"] or Decimal(0)


def test_measured_km_are_shared_by_what_each_kitchen_received(world: World) -> None:
    drive(world, 0, 1)
    found = last_legs(world.authority, month_of(world.delivery_date))
    (told,) = found.rounds
    assert found.co2e_kg == told.told.whole.co2e_kg == Decimal("19.00")
    assert told.kg == carried(world, 0, 1) > 0
    assert sum(each.co2e_kg or 0 for each in told.carried) == Decimal("19.00")
    assert (found.days, found.days_with_round) == (3, 2)


def test_tonne_km_count_what_was_carried_and_others_goods_are_theirs(world: World) -> None:
    kg = carried(world, 0)
    drive(world, 0, km=Decimal(38), kg_per_tonne_km=Decimal("0.409"), load_kg=2 * kg)
    (told,) = last_legs(world.authority, month_of(world.delivery_date)).rounds
    assert told.told.own_co2e_kg == kg * 38 / 1000 * Decimal("0.409")
    assert told.told.whole.co2e_kg == 2 * told.told.own_co2e_kg


def test_what_the_factors_hold_is_shown_and_never_added(world: World) -> None:
    drive(world, 0)
    with acting(JOB):
        FactorSet.objects.filter(is_active=True).update(holds_last_leg=True)
    found = last_legs(world.authority, month_of(world.delivery_date))
    assert (found.is_held, found.co2e_kg, len(found.rounds)) == (True, None, 1)
    page = (
        client_of(world.officer)
        .get(f"{address(world, 'climate')}?basis=delivered&from=2026")
        .content.decode()
    )
    assert "Faktorerna har redan med den." in page


def test_no_round_is_no_zero(world: World) -> None:
    found = last_legs(world.authority, month_of(world.delivery_date))
    assert (found.co2e_kg, found.days_with_round) == (None, 0)


def test_a_round_told_again_takes_the_old_ones_place_and_a_kitchen_is_on_one_round_a_day(
    world: World,
) -> None:
    first = drive(world, 0, 1)
    again = drive(world, 0, driven_km=Decimal(40))
    first.refresh_from_db()
    assert first.retired_at is not None
    assert last_legs(world.authority, month_of(world.delivery_date)).co2e_kg == Decimal("10.00")
    with pytest.raises(KitchenOnAnotherRound):
        drive(world, 0, 2, name="Södra")
    assert list(DrivenRound.objects.filter(retired_at=None)) == [again]
    drive(world, 1, 2, name="Södra")
    assert DrivenStop.objects.filter(retired_at=None).count() == 3


def test_only_own_kitchens_and_only_a_person(world: World) -> None:
    with pytest.raises(NotFound):
        drive(world)
    draft = RoundDraft(world.delivery_date, "N", "s", Decimal(1), Decimal(1))
    with pytest.raises(NotAllowed):
        record_round(
            authority=world.authority,
            hub=world.hub,
            kitchens=world.kitchens,
            draft=draft,
            today=LATER,
            by=JOB,
        )


def test_a_round_has_been_driven_and_is_counted_by_one_method(world: World) -> None:
    for told in ({"km": Decimal(1)}, {"kg_per_vehicle_km": None}, {"load_kg": None, "kg_per_tonne_km": 1}):
        with pytest.raises(InvalidInput):
            drive(world, 0, **told)
    with pytest.raises(InvalidInput):
        drive(world, 0, day=LATER + timedelta(days=1))
    assert not DrivenRound.objects.exists()


def test_an_officer_writes_a_round_on_the_page(world: World) -> None:
    client = client_of(world.officer)
    url = address(world, "new_round")
    told = {
        "delivery_date": "2026-11-20",
        "name": "Norra",
        "kitchens": [world.kitchen.pk],
        "driven_km": "76,5",
        "kg_per_vehicle_km": "0,25",
        "source": "egen mätning",
    }
    faults: list[dict[str, object]] = [
        {"delivery_date": "2999-01-01"},
        {"km": "38"},
        {"kg_per_vehicle_km": ""},
        {"driven_km": "-1"},
        {"driven_km": "NaN"},
        {"driven_km": "1e400"},
        {"kitchens": []},
        {"source": ""},
        {"load_kg": "0"},
    ]
    for fault in faults:
        assert client.post(url, told | fault).status_code == 422, fault
    assert not DrivenRound.objects.exists()
    assert client.post(url, told).status_code == 302
    assert client.post(url, told | {"name": "Södra"}).status_code == 409
    row = DrivenRound.objects.get()
    assert (row.driven_km, row.recorded_by) == (Decimal("76.5"), world.officer)
    page = client.get(f"{address(world, 'last_leg')}?from=2026").content.decode()
    assert "egen mätning" in page
    assert world.kitchen.name in page
