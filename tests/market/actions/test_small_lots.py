from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError

from config.ground.refusals import InvalidInput, NotAllowed
from config.ground.trail import acting
from market.actions.small_lots import PotDraft, open_pot, take_lot
from market.models import SmallLot, SmallLotPot
from market.refusals import LawFigureMissing, SmallLotRefused
from tests.factories.officers import pot_in
from tests.factories.world import World, make_world
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db


def take(world: World, pot: SmallLotPot, lot_sek: object, name: str = "Potatis, Högsjö") -> SmallLot:
    return take_lot(
        pot=pot,
        name=name,
        lot_sek=Decimal(str(lot_sek)),
        reason="En skola, en säsong.",
        officer=world.officer,
        by=world.by_officer,
    )


def test_each_lot_keeps_its_arithmetic_and_the_pot_ends() -> None:
    world = make_world()
    pot = pot_in(world)
    take(world, pot, 500_000)
    second = take(world, pot, 300_000, "Bär")
    told = [second.pot_sek, second.used_before_sek, second.left_sek]
    assert told == [Decimal(800_000), Decimal(500_000), Decimal(0)]
    with pytest.raises(SmallLotRefused) as full:
        take(world, pot, "0.01", "Ägg")
    assert full.value.figures["most_sek"] == 0


def test_a_lot_at_the_amount_is_refused_whatever_the_pot_holds() -> None:
    world = make_world()
    with pytest.raises(SmallLotRefused) as large:
        take(world, pot_in(world, whole_sek=40_000_000), 890_000)
    assert large.value.figures["most_sek"] == 890_000


def test_without_the_amount_in_kronor_of_the_day_no_pot_is_opened() -> None:
    world = make_world()
    with pytest.raises(LawFigureMissing):
        open_pot(
            authority=world.authority,
            draft=PotDraft("Livsmedel", "KS 1", Decimal(1)),
            valued_on=date(2026, 11, 23),
            officer=world.officer,
            by=world.by_officer,
        )


def test_what_a_pot_and_a_lot_must_say() -> None:
    world, other = make_world(), make_world()
    pot = pot_in(world)
    take(world, pot, 1)
    for told, field in (({"name": " "}, "name"), ({}, "name"), ({"lot_sek": 0, "name": "Bär"}, "lot_sek")):
        with pytest.raises(InvalidInput) as refused:
            take(world, pot, told.get("lot_sek", 1), str(told.get("name", "Potatis, Högsjö")))
        assert set(refused.value.fields) == {field}
    with pytest.raises(InvalidInput) as empty:
        open_pot(
            authority=world.authority,
            draft=PotDraft(" ", " ", Decimal(0)),
            valued_on=world.today,
            officer=world.officer,
            by=world.by_officer,
        )
    assert set(empty.value.fields) == {"title", "case_number", "whole_sek"}
    with pytest.raises(NotAllowed):
        take(other, pot, 1, "Bär")


def test_the_database_takes_no_lot_whose_arithmetic_is_wrong() -> None:
    world = make_world()
    pot = pot_in(world)
    told = {"pot": pot, "name": "x", "reason": "x", "decided_by": world.officer}
    with pytest.raises(IntegrityError), acting(world.by_officer):
        SmallLot.objects.create(lot_sek=5, pot_sek=10, used_before_sek=0, left_sek=6, **told)


def test_pots_on_the_officers_page() -> None:
    world = make_world()
    pot, client = pot_in(world), client_of(world.officer)
    form = {"name": "Potatis", "lot_sek": "300000", "reason": "En skola."}
    assert client.post(address(world, "take_lot", pot.pk), form).status_code == 302
    assert (
        client.post(
            address(world, "take_lot", pot.pk), form | {"name": "Bär", "lot_sek": "500001"}
        ).status_code
        == 409
    )
    page = client.get(address(world, "small_lots")).content.decode()
    assert "500\u00a0000,00" in page
    new = {"title": "Frukt", "case_number": "KS 2", "whole_sek": "100", "valued_on": "2026-11-23"}
    assert client.post(address(world, "new_pot"), new).status_code == 302
