"""The agreement that a world is made under. Used by ``world`` only."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal

from config.ground.models import User
from market.models import (
    Agreement,
    AgreementAuthority,
    AgreementLot,
    AgreementPrice,
    Authority,
    LotBalance,
    LotParty,
    LotProduct,
    NeedCategory,
    NeedMapping,
    Pack,
    Product,
    Standing,
)
from suppliers.models import Supplier
from tests.factories.parts import LONG_AGO
from tests.factories.specs import Farm, Goods, Terms


def make_need(authority: Authority, products: Sequence[Product]) -> NeedCategory:
    need = NeedCategory.objects.create(authority=authority, code="food", name="Livsmedel")
    NeedMapping.objects.bulk_create(
        NeedMapping(product=product, authority=authority, need_category=need, valid_from=LONG_AGO)
        for product in products
    )
    return need


def make_agreement(
    terms: Terms, authority: Authority, need: NeedCategory, officer: User
) -> tuple[Agreement, AgreementLot]:
    agreement = Agreement.objects.create(
        title=f"Avtal {authority.code}",
        kind=terms.kind,
        regime=terms.regime,
        case_number=f"{authority.code}-2026-1",
        valid_from=terms.valid_from,
        valid_to=terms.valid_to,
        terminated_on=terms.terminated_on,
        delivers_after_end=terms.delivers_after_end,
        posted_stock_is_an_answer=terms.posted_stock_is_an_answer,
        part_call_off_allowed=terms.part_call_off_allowed,
        need_category=need,
        signed_at=datetime.combine(terms.valid_from, time(9), tzinfo=UTC) if terms.signed else None,
        signed_by=officer if terms.signed else None,
    )
    if terms.authority_named:
        AgreementAuthority.objects.create(agreement=agreement, authority=authority)
    lot = AgreementLot.objects.create(
        agreement=agreement,
        name="Livsmedel",
        allotment=terms.allotment,
        ceiling_sek=terms.ceiling_sek,
        ceiling_kg=terms.ceiling_kg,
    )
    return agreement, lot


def make_lot(
    terms: Terms,
    lot: AgreementLot,
    authority: Authority,
    farms: Sequence[Farm],
    suppliers: Sequence[Supplier],
    goods: Sequence[Goods],
    products: Sequence[Product],
    packs: dict[int, list[Pack]],
) -> dict[tuple[int, int], AgreementPrice]:
    """Parties, products, prices by (supplier, pack), balances."""
    inside = [product for one, product in zip(goods, products, strict=True) if one.in_lot]
    LotProduct.objects.bulk_create(
        LotProduct(agreement_lot=lot, product=product, valid_from=terms.valid_from) for product in inside
    )
    parties = [(farm, supplier) for farm, supplier in zip(farms, suppliers, strict=True) if farm.rank]
    LotParty.objects.bulk_create(
        LotParty(agreement_lot=lot, supplier=supplier, rank=farm.rank or 1) for farm, supplier in parties
    )
    LotBalance.objects.create(agreement_lot=lot, ceiling_sek=terms.ceiling_sek, ceiling_kg=terms.ceiling_kg)
    LotBalance.objects.create(agreement_lot=lot, authority=authority)
    LotBalance.objects.bulk_create(LotBalance(agreement_lot=lot, supplier=one) for _, one in parties)
    return {
        (supplier.pk, pack.pk): AgreementPrice.objects.create(
            agreement_lot=lot,
            supplier=supplier,
            product=product,
            pack=pack,
            price_sek=_price(farm, pack),
            per="kg" if pack.is_catch_weight else "pack",
            is_cap=farm.price_is_cap,
            valid_from=terms.valid_from,
        )
        for farm, supplier in parties
        for product in inside
        for pack in packs[product.pk]
        if farm.price is not None
    }


def _price(farm: Farm, pack: Pack) -> Decimal:
    if (own := farm.prices.get(pack.name_sv)) is not None:
        return Decimal(own)
    price = Decimal(farm.price or 0)
    return price if pack.is_catch_weight else price * pack.base_per_pack


def make_standings(
    authority: Authority, farms: Sequence[Farm], suppliers: Sequence[Supplier], officer: User, today: date
) -> None:
    Standing.objects.bulk_create(
        Standing(
            authority=authority,
            supplier=supplier,
            clause=farm.suspended,
            decided_by=officer,
            valid_from=today,
        )
        for farm, supplier in zip(farms, suppliers, strict=True)
        if farm.suspended
    )
