"""What a farm has asked for its goods before, brought to the unit of the pack that is priced now."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from market.models import AgreementPrice, Offer

REMEMBERED = 20  # prices a product: a season's worth


@dataclass(frozen=True, slots=True)
class PackAsked:
    """A pack whose price is looked at. ``base_per_pack`` is in the product's base unit."""

    pack_id: int
    product_id: int
    base_per_pack: Decimal
    is_catch_weight: bool


def price_histories(
    *, supplier_id: int, packs: Sequence[PackAsked], today: date
) -> Mapping[int, Sequence[Decimal]]:
    """SEK by pack id, in the pack's own unit (per kg for catch weight, else per pack); at most two statements.

    The farm's own posted prices; for a product that has none, the prices that its agreements have today.
    """
    products = {pack.product_id for pack in packs}
    posted = (
        Offer.objects.filter(supplier=supplier_id, product__in=products, own_price_sek__gt=0)
        .order_by("-published_at")
        .values_list("product_id", "own_price_sek", "pack__base_per_pack", "pack__is_catch_weight")
    )
    per_base: dict[int, list[Decimal]] = defaultdict(list)
    for product, price, base, is_weighed in posted[: REMEMBERED * len(products)]:
        if price and len(per_base[product]) < REMEMBERED:
            per_base[product].append(price if is_weighed else price / base)
    if unknown := products - set(per_base):
        agreed = AgreementPrice.objects.on(today).filter(supplier=supplier_id, product__in=unknown)
        for product, price, per, base in agreed.values_list(
            "product_id", "price_sek", "per", "pack__base_per_pack"
        ):
            per_base[product].append(price if per == AgreementPrice.Per.KG else price / base)
    return {
        pack.pack_id: [
            each if pack.is_catch_weight else each * pack.base_per_pack for each in per_base[pack.product_id]
        ]
        for pack in packs
    }
