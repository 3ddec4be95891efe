"""Which goods of an agreement must be organic, and which farms do not prove it on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from market.models import Agreement, LotParty, LotProduct, Product, SustainabilityCriterion
from market.queries.goods_groups import goods_groups
from market.queries.names import goods_name
from market.refusals import OrganicNotCertified
from market.rules.organic import is_certified, must_be_organic
from suppliers.models import Supplier
from suppliers.queries import label_certificates

Deals = Iterable[tuple[int, int]]  # (supplier, product)


@dataclass(frozen=True, slots=True)
class Uncertified:
    supplier: str
    goods: str


def organic_groups_of(criterion_ids: Iterable[int]) -> frozenset[str]:
    """Codes of the product groups whose goods must be organic by these criteria."""
    asked = SustainabilityCriterion.objects.filter(pk__in=list(criterion_ids))
    return frozenset(code for codes in asked.values_list("organic_groups", flat=True) for code in codes)


def uncertified_of(agreement: Agreement, *, on: date) -> list[Uncertified]:
    """What the agreement wants organic, that day or later, and no certificate covers that day."""
    standing = agreement.criteria.filter(removed_at=None).values_list("criterion", flat=True)
    groups = organic_groups_of(standing)
    return uncertified(_deals_of(agreement, on=on), groups=groups, on=on)


def _deals_of(agreement: Agreement, *, on: date) -> set[tuple[int, int]]:
    goods = LotProduct.objects.filter(agreement_lot__agreement=agreement).exclude(valid_to__lt=on)
    products: dict[int, list[int]] = {}
    for lot, product in goods.values_list("agreement_lot", "product"):
        products.setdefault(lot, []).append(product)
    parties = LotParty.objects.filter(agreement_lot__agreement=agreement)
    return {
        (supplier, product)
        for lot, supplier in parties.values_list("agreement_lot", "supplier")
        for product in products.get(lot, ())
    }


def uncertified(deals: Deals, *, groups: frozenset[str], on: date) -> list[Uncertified]:
    """Those of the deals whose goods must be organic and that no certificate covers that day."""
    if not groups:
        return []
    asked = sorted(set(deals))
    paths = goods_groups({product for _supplier, product in asked}, on=on)
    held = label_certificates({supplier for supplier, _product in asked})
    lacking = [
        (supplier, product)
        for supplier, product in asked
        if must_be_organic(groups, group_path=paths[product].groups)
        and not is_certified(held.get(supplier, ()), group_path=paths[product].groups, on=on)
    ]
    farms = Supplier.objects.in_bulk({supplier for supplier, _product in lacking})
    goods = Product.objects.in_bulk({product for _supplier, product in lacking})
    return [Uncertified(farms[supplier].name, goods_name(goods[product])) for supplier, product in lacking]


def check_certified(found: Sequence[Uncertified], *, on: date) -> None:
    """Raises OrganicNotCertified for goods that must be organic and are not certified that day."""
    if found:
        told = ", ".join(f"{each.supplier}: {each.goods}" for each in found)
        raise OrganicNotCertified(goods=told, day=on)
