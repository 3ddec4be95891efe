"""Sustainability criteria that hold on a day, and those that stand in an agreement."""

from datetime import date

from django.db.models import QuerySet

from config.ground.refusals import NotFound
from market.models import Agreement, AgreementCriterion, Authority, SustainabilityCriterion


def criteria(
    *, on: date | None = None, level: str | None = None, code: str | None = None
) -> QuerySet[SustainabilityCriterion]:
    """All versions, or those that hold on a day, of a level, with an id."""
    rows = SustainabilityCriterion.objects.all() if on is None else SustainabilityCriterion.objects.on(on)
    asked = {name: value for name, value in (("level", level), ("code", code)) if value is not None}
    return rows.filter(**asked).select_related("confirmed_by").order_by("code", "-valid_from", "pk")


def chosen_of(agreement: Agreement) -> QuerySet[AgreementCriterion]:
    """What stands in the agreement, in the order in which it was taken up."""
    return agreement.criteria.filter(removed_at=None).select_related("criterion", "chosen_by").order_by("pk")


def agreement_of(authority: Authority, agreement_id: int) -> Agreement:
    """Raises NotFound for an agreement that does not name the authority."""
    found = Agreement.objects.filter(pk=agreement_id, named__authority=authority).first()
    if found is None:
        raise NotFound
    return found
