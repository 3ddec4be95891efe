"""A call-off's story: rules with paragraphs and figures, who did it when and through which door, what came of it."""

import pytest

from config.ground.refusals import NotFound
from orders.models import CallOff
from orders.queries.why import why
from tests.factories.walked import FARMS, GOODS, make_walked
from tests.factories.world import Farm, make_world
from tests.orders.actions.test_placing import place

pytestmark = pytest.mark.django_db


def test_the_finding_the_trail_and_the_movements_stand_together() -> None:
    world = make_walked(1)
    call_off = CallOff.objects.order_by("pk").first()
    assert call_off is not None
    found = why(world.authority, call_off.pk)
    assert {"ceiling_room", "ranking", "agreement_in_force"} <= {verdict.rule for verdict in found.passed}
    assert all(verdict.paragraph and not verdict.confirmed for verdict in found.passed)
    assert (found.trail[0].who, found.trail[0].what) == (world.manager.name, "Skrivet")
    assert found.movements[0].what == "Beställt"
    assert {figure.label: figure.value for figure in found.figures}["Gårdens rang"] == "1"


def test_why_an_earlier_rank_was_passed_over_is_told() -> None:
    world = make_world(farms=(Farm(suspended="punkt 14"), Farm(name="Åkerbo", rank=2)))
    place(world, 20)
    found = why(world.authority, CallOff.objects.get().pk)
    assert [verdict.rule for verdict in found.passed_over] == ["standing"]
    assert "punkt 14" in found.passed_over[0].sentence


def test_another_authoritys_call_off_is_not_there() -> None:
    world = make_walked(1)
    other = make_world(beside=world, farms=FARMS, products=GOODS)
    with pytest.raises(NotFound):
        why(other.authority, CallOff.objects.earliest("pk").pk)
