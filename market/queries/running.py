"""What taking over a running agreement needs to know: suppliers, products, VAT of the day, and what goods usually cost."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from market.interchange.agreement_sheets import PriceLine, Register
from market.interchange.farm_lists import fold
from market.models import AgreementPrice, Authority, VatMapping, VatRate
from market.queries.list_register import named_products
from market.rules.plausibility import Doubt, price_doubt, unit_slip
from market.rules.quantities import BaseUnit, kg_of
from suppliers.models import Supplier


def agreement_register(*, on: date) -> Register:
    """The register as an officer's sheet may name it, with the VAT rates of the day. Five statements."""
    suppliers: dict[str, int] = {}
    for pk, name, number in Supplier.objects.order_by("pk").values_list("pk", "name", "org_number"):
        suppliers.setdefault(fold(name), pk)
        if number:
            suppliers[number] = pk
    rates = dict(VatRate.objects.on(on).values_list("vat_class", "rate"))
    mapped = VatMapping.objects.on(on).values_list("product", "vat_class")
    return Register(
        suppliers=suppliers,
        products=named_products(),
        rates={product: rates[vat_class] for product, vat_class in mapped if vat_class in rates},
    )


@dataclass(frozen=True, slots=True)
class PriceQuestion:
    """A price that is asked about once: its line of the sheet and what makes it doubtful."""

    price: PriceLine
    doubt: Doubt

    @property
    def key(self) -> str:
        """What an answer is an answer to: another price on the line is asked about anew."""
        return f"{self.price.line}:{self.price.pack.pack_id}:{self.price.price_sek:f}:{self.price.per}"


def price_questions(prices: Sequence[PriceLine], *, authority: Authority) -> list[PriceQuestion]:
    """Prices far from what the goods have cost in the authority's agreements, or that fit the other unit better.

    The farm's own earlier prices count where it has any, else all farms'. One statement.
    """
    usual = _usual_per_base({price.product.product_id for price in prices}, authority)
    asked = []
    for price in prices:
        product = price.product.product_id
        per_base = usual.get((product, price.supplier_id)) or usual.get((product, None)) or []
        if doubt := _doubt(price, per_base):
            asked.append(PriceQuestion(price=price, doubt=doubt))
    return asked


def _usual_per_base(
    products: set[int], authority: Authority
) -> Mapping[tuple[int, int | None], list[Decimal]]:
    """SEK a base unit, by product and farm, and by product alone (None)."""
    rows = AgreementPrice.objects.filter(
        product__in=products, agreement_lot__agreement__authorities=authority
    ).values_list(
        "product_id", "supplier_id", "price_sek", "per", "pack__base_per_pack", "product__kg_per_base"
    )
    found: dict[tuple[int, int | None], list[Decimal]] = defaultdict(list)
    for product, supplier, price, per, base, kg_per_base in rows:
        if per != AgreementPrice.Per.KG:
            per_base = price / base
        elif kg_per_base is not None:
            per_base = price * kg_per_base
        else:
            continue
        found[product, supplier].append(per_base)
        found[product, None].append(per_base)
    return found


def _doubt(price: PriceLine, per_base: Sequence[Decimal]) -> Doubt | None:
    """The history is brought to the unit of the price; a pack without a known weight is compared a base unit."""
    measure = price.pack.measure
    kg = kg_of(packs=Decimal(1), pack=measure) or (
        measure.base_per_pack if measure.base_unit is BaseUnit.KG else None
    )
    per_kg = price.per == "kg"
    if per_kg and kg is None:
        return None
    base = measure.base_per_pack
    history = [each * base / kg if per_kg and kg else each * base for each in per_base]
    if price.price_sek <= 0:
        return None
    return next(
        (
            doubt
            for of in (price_doubt, unit_slip)
            if (
                doubt := of(
                    price_sek=price.price_sek,
                    history_sek=history,
                    base_per_pack=kg if kg is not None else base,
                    per_kg=per_kg,
                )
            )
        ),
        None,
    )
