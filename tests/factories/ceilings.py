"""A ceiling raised by an officer on a clause of its agreement."""

from decimal import Decimal

from config.ground.trail import Actor
from market.actions.agreements import raise_ceiling
from market.models import AgreementLot
from market.rules.changes import Ground
from tests.factories.world import World


def by_reason(world: World, reason: str = "Fler elever än väntat") -> Actor:
    """The officer at the web door, with her reason."""
    return Actor.person(world.officer.pk, door="web", reason=reason)


def raise_to(
    world: World,
    ceiling_sek: object,
    *,
    lot: AgreementLot | None = None,
    ceiling_kg: Decimal | None = None,
    ground: Ground = Ground.CLAUSE,
) -> AgreementLot:
    """The world's lot, or that one, gets the ceiling from the world's own day."""
    return raise_ceiling(
        lot=lot or world.lot,
        ceiling_sek=Decimal(str(ceiling_sek)),
        ceiling_kg=ceiling_kg,
        ground=ground,
        clause="punkt 4",
        today=world.today,
        by=by_reason(world),
    )
