"""A farm's own stock and offers, and the packs that it may post, those with an agreed price first."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Max, Prefetch

from config.ground.refusals import NotFound
from market.models import AgreementPrice, Offer, Pack, Product, StockPool
from market.queries.names import goods_name
from market.rules.calendar import STOCKHOLM
from market.rules.quantities import BaseUnit, kg_of, price_per_kg
from market.rules.quantities import Pack as PackMeasure
from market.rules.weeks import DAYS, Period, asks_if_right, week_of
from suppliers.models import Supplier


@dataclass(frozen=True, slots=True)
class PoolRow:
    """A stock of a period with its live offers. ``asks``: the farm is to say whether it is still right."""

    pool: StockPool
    offers: tuple[Offer, ...]
    asks: bool = False

    @property
    def left(self) -> Decimal:
        return self.pool.quantity - self.pool.reserved

    @property
    def is_one_week(self) -> bool:
        return week_of(self.pool.valid_from) == Period(self.pool.valid_from, self.pool.valid_to)


def pools_of(supplier: Supplier, *, today: date, period: Period | None = None) -> list[PoolRow]:
    """Stocks that are not over yet (and have days of the period), the earliest first. Two statements."""
    live = Offer.objects.filter(withdrawn_at=None).select_related("pack").order_by("pack__base_per_pack")
    pools = (
        StockPool.objects.filter(supplier=supplier, valid_to__gte=today)
        .select_related("product")
        .prefetch_related(Prefetch("offers", queryset=live, to_attr="live_offers"))
        .order_by("valid_from", "product__sort_key")
    )
    if period is not None:
        pools = pools.filter(valid_from__lte=period.last, valid_to__gte=period.first)
    rows = [_row(pool, tuple(pool.live_offers), today=today) for pool in pools]
    return [row for row in rows if row.offers or row.pool.reserved]


def _row(pool: StockPool, offers: tuple[Offer, ...], *, today: date) -> PoolRow:
    touches = [offer.published_at for offer in offers] + ([pool.checked_at] if pool.checked_at else [])
    asks = bool(offers) and asks_if_right(
        period=Period(pool.valid_from, pool.valid_to),
        touched_on=max(touches).astimezone(STOCKHOLM).date(),
        today=today,
    )
    return PoolRow(pool=pool, offers=offers, asks=asks)


def weeks_with_goods(supplier: Supplier, *, today: date, most: int = 8) -> list[Period]:
    """This week and the next, and the later ones up to the last for which the farm has something out. One statement."""
    this = week_of(today)
    last = StockPool.objects.filter(supplier=supplier, valid_from__gte=this.first).aggregate(
        last=Max("valid_from")
    )["last"]
    count = max(2, ((week_of(last).first - this.first).days // 7 + 1) if last else 2)
    return [this.later(number * DAYS) for number in range(min(count, most))]


def missing_since(supplier: Supplier, *, week: Period) -> int:
    """How many products were out in the week before and have no stock in this one. One statement."""
    before = week.later(-DAYS)
    now = StockPool.objects.filter(
        supplier=supplier, valid_from__lte=week.last, valid_to__gte=week.first
    ).values("product")
    return (
        StockPool.objects.filter(
            supplier=supplier,
            valid_from__gte=before.first,
            valid_to__lte=before.last,
            quantity__gt=0,
            offers__withdrawn_at=None,
            offers__isnull=False,
        )
        .exclude(product__in=now)
        .values("product")
        .distinct()
        .count()
    )


def offer_for(supplier: Supplier, pk: int) -> Offer:
    """A live offer of the farm. Raises NotFound."""
    offers = Offer.objects.select_related("pool", "product", "pack").filter(withdrawn_at=None)
    offer = offers.filter(pk=pk, supplier=supplier).first()
    if offer is None:
        raise NotFound
    return offer


@dataclass(frozen=True, slots=True)
class PostablePack:
    """A pack that may be posted. ``price_sek`` is None where no agreement of the farm prices it."""

    pack_id: int
    product: str
    pack: str
    unit: str
    base_per_pack: Decimal
    price_sek: Decimal | None = None
    price_per: str = "pack"
    is_cap: bool = False
    per_kg: Decimal | None = None
    kg: Decimal | None = None
    agreement: str = ""


def postable_packs(supplier: Supplier, product: Product, *, today: date) -> list[PostablePack]:
    """The product's packs, those that an agreement prices today first, the smallest first. Two statements."""
    priced = _agreed(supplier, product, today)
    rest = Pack.objects.filter(product=product).exclude(pk__in=priced).select_related("product")
    return [*priced.values(), *(_postable(pack) for pack in rest.order_by("base_per_pack", "pk"))]


def _agreed(supplier: Supplier, product: Product, today: date) -> dict[int, PostablePack]:
    prices = (
        AgreementPrice.objects.on(today)
        .filter(
            supplier=supplier,
            product=product,
            agreement_lot__agreement__signed_at__isnull=False,
            agreement_lot__agreement__valid_to__gte=today,
            agreement_lot__agreement__terminated_on=None,
        )
        .select_related("product", "pack", "agreement_lot__agreement")
        .order_by(
            "pack__base_per_pack", "pack", "-is_cap", "-price_sek", "pk"
        )  # the widest that is open to the farm
    )
    found: dict[int, PostablePack] = {}
    for price in prices:
        found.setdefault(price.pack_id, _postable(price.pack, price=price))
    return found


def _postable(pack: Pack, *, price: AgreementPrice | None = None) -> PostablePack:
    measure = PackMeasure(
        base_unit=BaseUnit(pack.product.base_unit),
        base_per_pack=pack.base_per_pack,
        kg_per_base=pack.product.kg_per_base,
    )
    bare = PostablePack(
        pack_id=pack.pk,
        product=goods_name(pack.product),
        pack=goods_name(pack),
        unit=pack.product.base_unit,
        base_per_pack=pack.base_per_pack,
        price_per=AgreementPrice.Per.KG if pack.is_catch_weight else AgreementPrice.Per.PACK,
        kg=kg_of(packs=Decimal(1), pack=measure),
    )
    if price is None:
        return bare
    per_kg = (
        price.price_sek
        if price.per == AgreementPrice.Per.KG
        else price_per_kg(price=price.price_sek, pack=measure)
    )
    return PostablePack(
        pack_id=bare.pack_id,
        product=bare.product,
        pack=bare.pack,
        unit=bare.unit,
        base_per_pack=bare.base_per_pack,
        price_sek=price.price_sek,
        price_per=price.per,
        is_cap=price.is_cap,
        per_kg=per_kg,
        kg=bare.kg,
        agreement=price.agreement_lot.agreement.title,
    )
