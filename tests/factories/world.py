"""A small whole world for tests: an authority with an agreement, farms with stock, a hub with a run, kitchens.

``make_world()`` alone gives one farm that may sell potatoes to one kitchen on a Tuesday. Everything that a
test wants to vary is a keyword; what a farm or a kind of goods is, is said by ``Farm`` and ``Goods``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal

from config.ground.models import User
from config.ground.trail import Actor, acting
from kitchens.models import Kitchen
from market.models import (
    Agreement,
    AgreementLot,
    AgreementPrice,
    Authority,
    DeliveryRun,
    Hub,
    NeedCategory,
    Offer,
    Pack,
    Product,
    StockPool,
    SupplierRun,
)
from suppliers.models import Supplier
from tests.factories import agreement_parts, parts
from tests.factories.shared import shared
from tests.factories.specs import Farm, Goods, Number, PackOf, Terms

__all__ = ["Farm", "Goods", "PackOf", "World", "make_world"]


@dataclass(frozen=True, slots=True)
class World:
    """What was made. Lists keep the order that was asked for; pairs are (supplier, product) or (supplier, pack)."""

    today: date
    now: datetime
    delivery_date: date
    authority: Authority
    hub: Hub
    delivery_run: DeliveryRun
    supplier_runs: dict[int, SupplierRun]
    suppliers: list[Supplier]
    products: list[Product]
    packs: dict[int, list[Pack]]
    pools: dict[tuple[int, int], StockPool]
    offers: dict[tuple[int, int], Offer]
    need: NeedCategory
    agreement: Agreement
    lot: AgreementLot
    prices: dict[tuple[int, int], AgreementPrice]
    kitchens: list[Kitchen]
    people: parts.People

    @property
    def supplier(self) -> Supplier:
        return self.suppliers[0]

    @property
    def product(self) -> Product:
        return self.products[0]

    @property
    def pack(self) -> Pack:
        return self.packs[self.product.pk][0]

    @property
    def kitchen(self) -> Kitchen:
        return self.kitchens[0]

    @property
    def supplier_run(self) -> SupplierRun:
        return self.supplier_runs[self.supplier.pk]

    @property
    def pool(self) -> StockPool:
        """The first farm's pool of the first goods."""
        return self.pools[self.supplier.pk, self.product.pk]

    @property
    def offer(self) -> Offer:
        return self.offers[self.supplier.pk, self.pack.pk]

    @property
    def manager(self) -> User:
        """Manager of every kitchen of this world."""
        return self.people.manager

    @property
    def officer(self) -> User:
        return self.people.officer

    @property
    def by(self) -> Actor:
        """The kitchen manager at the web door."""
        return Actor.person(self.manager.pk, door="web")

    @property
    def by_officer(self) -> Actor:
        return Actor.person(self.officer.pk, door="web")


@shared
def make_world(
    *,
    today: date = date(2026, 11, 23),
    delivery_date: date = date(2026, 12, 1),
    cut_off: datetime | None = None,
    farms: Sequence[Farm] = (Farm(),),
    products: Sequence[Goods] = (Goods(),),
    kitchens: int = 1,
    kind: str = "framework",
    regime: str = "directive",
    allotment: str = "ranking",
    ceiling_sek: Number = 100_000,
    ceiling_kg: Number | None = None,
    valid_from: date = date(2026, 1, 1),
    valid_to: date = date(2027, 12, 31),
    signed: bool = True,
    terminated_on: date | None = None,
    delivers_after_end: bool = False,
    posted_stock_is_an_answer: bool = True,
    part_call_off_allowed: bool = True,
    authority_named: bool = True,
    beside: World | None = None,
) -> World:
    """One authority's world.

    Without ``cut_off`` it is noon in Sweden two working days before the delivery date. ``beside`` another world
    a second authority is made that shares its hub, run, farms, goods and stock; ``farms`` then says, in the same
    order, only what those farms are in the new agreement.
    """
    terms = Terms(
        kind="direct_award" if regime == "direct_award" else kind,
        regime=regime,
        allotment=allotment,
        ceiling_sek=Decimal(ceiling_sek),
        ceiling_kg=None if ceiling_kg is None else Decimal(ceiling_kg),
        valid_from=valid_from,
        valid_to=valid_to,
        signed=signed,
        terminated_on=terminated_on,
        delivers_after_end=delivers_after_end,
        posted_stock_is_an_answer=posted_stock_is_an_answer,
        part_call_off_allowed=part_call_off_allowed,
        authority_named=authority_named,
    )
    with acting(parts.TESTS):
        parts.make_law()
        number = Authority.objects.count() + 1
        authority = parts.make_authority(number)
        if beside is None:
            suppliers = parts.make_suppliers(farms)
            product_list, packs = parts.make_goods(products)
            hub, run = parts.make_run(number, delivery_date)
            runs = parts.make_supplier_runs(run, farms, suppliers, cut_off)
            pools, offers = parts.make_stock(delivery_date, farms, suppliers, product_list, packs)
        else:
            suppliers, product_list, packs = beside.suppliers, beside.products, beside.packs
            hub, run, runs = beside.hub, beside.delivery_run, beside.supplier_runs
            pools, offers = beside.pools, beside.offers
        people = parts.make_people(number, authority, hub, suppliers)
        pairs = list(zip(farms, suppliers, strict=True))
        wares = [
            agreement_parts.Ware(goods=goods, product=product, packs=packs[product.pk])
            for goods, product in zip(products, product_list, strict=True)
        ]
        need = agreement_parts.make_need(authority, product_list)
        lot = agreement_parts.make_agreement(terms, need, people.officer, pairs, wares)
        agreement_parts.make_standings(authority, pairs, people.officer, today)
        kitchen_list = parts.make_kitchens(kitchens, authority, hub, people)
    return World(
        today=today,
        now=datetime.combine(today, time(9), tzinfo=UTC),
        delivery_date=delivery_date,
        authority=authority,
        hub=hub,
        delivery_run=run,
        supplier_runs=runs,
        suppliers=suppliers,
        products=product_list,
        packs=packs,
        pools=pools,
        offers=offers,
        need=need,
        agreement=lot.agreement,
        lot=lot,
        prices=agreement_parts.prices_of(lot),
        kitchens=kitchen_list,
        people=people,
    )
