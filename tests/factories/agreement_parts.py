"""The agreement that a world is made under. Used by ``world`` only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal

from config.ground.models import User
from market.actions.agreements import sign_agreement
from market.actions.parties import add_need, map_needs
from market.actions.standing import suspend_supplier
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
    Pack,
    Product,
)
from market.rules.agreement_draft import AgreementDraft, LotDraft, PartyDraft, PriceDraft
from suppliers.models import Supplier
from tests.factories.parts import LONG_AGO, TESTS
from tests.factories.specs import Farm, Goods, Terms


@dataclass(frozen=True, slots=True)
class Ware:
    """A kind of goods as it was asked for, as it was made, and its packs."""

    goods: Goods
    product: Product
    packs: list[Pack]


def make_need(authority: Authority, products: Sequence[Product]) -> NeedCategory:
    need = add_need(authority=authority, code="food", name="Livsmedel", by=TESTS)
    map_needs(needs={need: products}, first_day=LONG_AGO, by=TESTS)
    return need


def make_agreement(
    terms: Terms,
    need: NeedCategory,
    officer: User,
    farms: Sequence[tuple[Farm, Supplier]],
    wares: Sequence[Ware],
) -> AgreementLot:
    """Signed by the action; what no officer could sign is written afterwards."""
    parties = [(farm, supplier) for farm, supplier in farms if farm.rank is not None]
    draft = AgreementDraft(
        title=f"Avtal {need.authority.code}",
        kind=terms.kind,
        regime=terms.regime,
        case_number=f"{need.authority.code}-2026-1",
        valid_from=terms.valid_from,
        valid_to=terms.valid_to,
        authority_ids=(need.authority_id,),
        need_category_id=need.pk,
        notice_number="2026-1001" if terms.kind == "dis" else "",
        notice_on=terms.valid_from if terms.kind == "dis" else None,
        reason="Prov" if terms.regime != "directive" else "",
        delivers_after_end=terms.delivers_after_end,
        posted_stock_is_an_answer=terms.posted_stock_is_an_answer,
        part_call_off_allowed=terms.part_call_off_allowed,
        lots=(_lot(terms, parties or [(Farm(price=None), farms[0][1])], wares),),
    )
    signed_at = datetime.combine(terms.valid_from, time(9), tzinfo=UTC)
    agreement = sign_agreement(draft=draft, signer=officer, signed_at=signed_at, by=TESTS)
    lot = agreement.lots.get()
    _undo(terms, lot, no_party=not parties, outside=[ware.product for ware in wares if not ware.goods.in_lot])
    return AgreementLot.objects.select_related("agreement").get(pk=lot.pk)


def _lot(terms: Terms, parties: Sequence[tuple[Farm, Supplier]], wares: Sequence[Ware]) -> LotDraft:
    return LotDraft(
        name="Livsmedel",
        allotment=terms.allotment,
        ceiling_sek=terms.ceiling_sek,
        ceiling_kg=terms.ceiling_kg,
        parties=tuple(
            PartyDraft(
                supplier.pk,
                rank=farm.rank or 1,
                share_percent=None if farm.share is None else Decimal(farm.share),
            )
            for farm, supplier in parties
        ),
        product_ids=tuple(ware.product.pk for ware in wares),
        prices=tuple(
            PriceDraft(
                supplier_id=supplier.pk,
                product_id=ware.product.pk,
                pack_id=pack.pk,
                price_sek=_price(farm, pack),
                per=AgreementPrice.Per.KG if pack.is_catch_weight else AgreementPrice.Per.PACK,
                is_cap=farm.price_is_cap,
            )
            for farm, supplier in parties
            for ware in wares
            for pack in ware.packs
            if farm.price is not None and ware.goods.in_lot
        ),
    )


def _price(farm: Farm, pack: Pack) -> Decimal:
    if (own := farm.prices.get(pack.name_sv)) is not None:
        return Decimal(own)
    price = Decimal(farm.price or 0)
    return price if pack.is_catch_weight else price * pack.base_per_pack


def _undo(terms: Terms, lot: AgreementLot, *, no_party: bool, outside: Sequence[Product]) -> None:
    LotProduct.objects.filter(agreement_lot=lot, product__in=outside).delete()
    if no_party:
        LotParty.objects.filter(agreement_lot=lot).delete()
        LotBalance.objects.filter(agreement_lot=lot, supplier__isnull=False).delete()
    if not terms.authority_named:
        AgreementAuthority.objects.filter(agreement=lot.agreement).delete()
    changes: dict[str, object] = {"terminated_on": terms.terminated_on}
    if not terms.signed:
        changes |= {"signed_at": None, "signed_by": None}
    Agreement.objects.filter(pk=lot.agreement_id).update(**changes)


def prices_of(lot: AgreementLot) -> dict[tuple[int, int], AgreementPrice]:
    """By (supplier, pack)."""
    return {(price.supplier_id, price.pack_id): price for price in lot.prices.all()}


def make_standings(
    authority: Authority, farms: Sequence[tuple[Farm, Supplier]], officer: User, today: date
) -> None:
    for farm, supplier in farms:
        if farm.suspended:
            suspend_supplier(
                authority=authority,
                supplier=supplier,
                clause=farm.suspended,
                first_day=today,
                unheard_reason="Fara för eleverna.",
                officer=officer,
                by=TESTS,
            )
