"""Whole packs: how many of an offer fit into what is wanted, in stock and left under the ceilings."""

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_UP, Decimal

from market.rules.call_off import LotFacts, PartyFacts
from market.rules.prices import line_net, line_net_by_weight
from market.rules.quantities import Pack, base_of, kg_of, reserved_base

NOTHING = Decimal(0)
GRAM = Decimal("0.001")
HALF_ORE = Decimal("0.005")


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """A pack that a party offers at the agreement's price. ``price_per`` is ``pack`` or ``kg``.

    ``was_sek`` and ``adjusted_at`` tell what an adjusted price was before, and since when the house knows of it.
    """

    offer_id: int
    pool_id: int
    price_id: int
    pack_id: int
    pack: Pack
    price_sek: Decimal
    price_per: str
    in_stock: Decimal
    was_sek: Decimal | None = None
    adjusted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What one party gives of a line: whole packs of one offer."""

    lot: LotFacts
    party: PartyFacts
    offer: OfferFacts
    packs: int
    base_quantity: Decimal
    reserved: Decimal
    kg: Decimal | None
    net_sek: Decimal


def part_within(
    lot: LotFacts,
    party: PartyFacts,
    offer: OfferFacts,
    packs: int,
    *,
    sek: Decimal | None,
    kg: Decimal | None,
) -> Part | None:
    """The largest part of at most ``packs`` packs that fits under the ceilings; None when not even one does."""
    if kg is not None and (one := kg_of(packs=Decimal(1), pack=offer.pack)):
        packs = min(packs, whole(kg / one))
    if sek is not None:
        packs = min(packs, whole((sek + HALF_ORE) / _net_of_one(offer)))
    net_sek = _net(packs, offer)
    while sek is not None and packs > 0 and net_sek > sek:
        packs -= 1
        net_sek = _net(packs, offer)
    if packs <= 0:
        return None
    weight = kg_of(packs=Decimal(packs), pack=offer.pack)
    return Part(
        lot=lot,
        party=party,
        offer=offer,
        packs=packs,
        base_quantity=base_of(Decimal(packs), offer.pack),
        reserved=reserved_for(packs, offer),
        kg=None if weight is None else weight.quantize(GRAM),
        net_sek=net_sek,
    )


def _net_of_one(offer: OfferFacts) -> Decimal:
    """The unrounded price of one pack, SEK."""
    if offer.price_per == "kg":
        return offer.price_sek * (kg_of(packs=Decimal(1), pack=offer.pack) or NOTHING)
    return offer.price_sek


def _net(packs: int, offer: OfferFacts) -> Decimal:
    if offer.price_per == "kg":
        weight = kg_of(packs=Decimal(packs), pack=offer.pack) or NOTHING
        return line_net_by_weight(kg=weight, price_per_kg=offer.price_sek)
    return line_net(packs=Decimal(packs), price=offer.price_sek)


def reserved_for(packs: int, offer: OfferFacts) -> Decimal:
    """Catch weight reserves its upper tolerance; a part of a gram counts as one."""
    return reserved_base(Decimal(packs), offer.pack).quantize(GRAM, rounding=ROUND_UP)


def whole(number: Decimal) -> int:
    return max(0, int(number))  # int() drops what stands behind the point
