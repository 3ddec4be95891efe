"""What the house's own pages read."""

from dataclasses import dataclass

from market.models import FactorSet, LawFigure, VatRate


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
