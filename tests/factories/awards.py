"""Direct awards as an officer would write them down."""

from decimal import Decimal
from typing import Any

from market.rules.agreement_draft import AgreementDraft, LotDraft, PartyDraft, PriceDraft
from market.rules.assessment import Basis, Choice
from orders.actions.awards import AwardBasis
from tests.factories.world import World

OWN_FIGURE = AwardBasis(
    choice=Choice(basis=Basis.OWN, own_sek=Decimal(150_000), reason="Grossistens statistik."),
    covered_reason="Ramavtalets punkt 4 tillåter köp av säsongens varor utanför det.",
)


def award_draft(
    world: World, *, ceiling_sek: object = 90_000, supplier: int | None = None, **change: Any
) -> AgreementDraft:
    """One farm, one lot, the world's goods and need."""
    farm = supplier or world.supplier.pk
    price = PriceDraft(
        supplier_id=farm, product_id=world.product.pk, pack_id=world.pack.pk, price_sek=Decimal(50)
    )
    told: dict[str, Any] = {
        "title": "Direktupphandling potatis",
        "kind": "direct_award",
        "regime": "direct_award",
        "case_number": "KS 2026/99",
        "valid_from": world.today,
        "valid_to": world.today.replace(year=world.today.year + 1),
        "authority_ids": (world.authority.pk,),
        "need_category_id": world.need.pk,
        "reason": "Tre gårdar tillfrågades.",
        "lots": (
            LotDraft(
                name="Potatis",
                allotment="single",
                ceiling_sek=Decimal(str(ceiling_sek)),
                parties=(PartyDraft(farm),),
                product_ids=(world.product.pk,),
                prices=(price,),
            ),
        ),
    }
    return AgreementDraft(**told | change)
