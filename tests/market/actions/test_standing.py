from datetime import date

import pytest

from config.ground.refusals import InvalidInput, NotAllowed
from config.ground.trail import Actor
from market.actions.standing import lift_suspension, suspend_supplier
from market.models import Standing
from tests.factories.world import World, make_world

pytestmark = pytest.mark.django_db

BY = Actor.job("tests")


def suspend(world: World, *, first_day: date = date(2026, 11, 24)) -> Standing:
    return suspend_supplier(
        authority=world.authority,
        supplier=world.supplier,
        clause="12.3 upprepade leveransfel",
        first_day=first_day,
        unheard_reason="Fara för eleverna.",
        officer=world.officer,
        by=BY,
    )


def test_a_suspension_holds_until_it_is_lifted() -> None:
    world = make_world()
    standing = suspend(world)
    lift_suspension(standing=standing, first_free_day=date(2026, 12, 1), by=BY)
    assert Standing.objects.on(date(2026, 11, 30)).count() == 1
    assert Standing.objects.on(date(2026, 12, 1)).count() == 0


def test_a_suspension_lifted_before_it_begins_never_was() -> None:
    standing = suspend(make_world())
    lift_suspension(standing=standing, first_free_day=date(2026, 11, 24), by=BY)
    assert not Standing.objects.exists()


def test_a_suspension_rests_on_a_clause_days_in_order_and_a_hearing_or_a_reason() -> None:
    world = make_world()
    with pytest.raises(InvalidInput) as refusal:
        suspend_supplier(
            authority=world.authority,
            supplier=world.supplier,
            clause=" ",
            first_day=date(2026, 11, 24),
            last_day=date(2026, 11, 23),
            officer=world.officer,
            by=BY,
        )
    assert set(refusal.value.fields) == {"clause", "last_day", "unheard_reason"}


def test_only_an_officer_of_the_authority_suspends() -> None:
    world, other = make_world(), make_world()
    with pytest.raises(NotAllowed):
        suspend_supplier(
            authority=other.authority,
            supplier=world.supplier,
            clause="12.3",
            first_day=date(2026, 11, 24),
            unheard_reason="Fara för eleverna.",
            officer=world.officer,
            by=BY,
        )
