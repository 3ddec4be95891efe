"""Sustainability criteria as an officer enters and takes them up."""

from datetime import date

from market.actions.sustainability import CriterionDraft, choose_criterion, enter_criterion
from market.models import SustainabilityCriterion
from tests.factories.world import World


def organic_criterion(world: World, *groups: str) -> SustainabilityCriterion:
    """A version by which goods of these product groups must be organic."""
    return enter_criterion(
        draft=CriterionDraft(
            code="prov-eko",
            version="1",
            level="advanced",
            kind="specification",
            title="Ekologiska varor",
            text="Varan ska vara producerad enligt förordning (EU) 2018/848, eller likvärdigt.",
            proof="Giltigt certifikat.",
            source="Prov",
            valid_from=date(2026, 1, 1),
            organic_groups=groups,
        ),
        officer=world.officer,
        on=world.today,
        at=world.now,
        by=world.by_officer,
    )


def demand_organic(world: World, *groups: str) -> None:
    """The world's agreement asks for organic goods of these groups."""
    choose_criterion(
        agreement=world.agreement,
        criterion=organic_criterion(world, *groups),
        officer=world.officer,
        on=world.today,
        by=world.by_officer,
    )
