"""What the house's own pages read."""

from dataclasses import dataclass

from django.db.models import Count

from config.ground.models import User
from config.ground.sorting import in_swedish
from market.models import Authority, FactorSet, Hub, LawFigure, VatRate


@dataclass(frozen=True, slots=True)
class Notices:
    """Where the figures on the pages come from, and which of the law's a person has confirmed."""

    factor_sets: list[FactorSet]
    law: list[LawFigure]
    vat: list[VatRate]


def notices_of() -> Notices:
    return Notices(
        factor_sets=list(FactorSet.objects.order_by("code")),
        law=list(LawFigure.objects.order_by("code", "regime", "valid_from")),
        vat=list(VatRate.objects.select_related("vat_class").order_by("vat_class__code", "valid_from")),
    )


@dataclass(frozen=True, slots=True)
class Platform:
    """All authorities and hubs, each with the number of its people (``members_count``, ``workers_count``), and who runs the house."""

    authorities: list[Authority]
    hubs: list[Hub]
    administrators: list[User]


def platform_of() -> Platform:
    return Platform(
        authorities=list(Authority.objects.annotate(members_count=Count("members")).order_by("sort_key")),
        hubs=list(Hub.objects.annotate(workers_count=Count("workers")).order_by("sort_key")),
        administrators=list(
            User.objects.filter(is_platform_admin=True, is_active=True).order_by(in_swedish("name"))
        ),
    )
