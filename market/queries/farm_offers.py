"""A farm's own stock and offers, and the packs that it may post, those with an agreed price first."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch

from config.ground.refusals import NotFound
from market.models import AgreementPrice, Offer, Pack, StockPool
from market.rules.quantities import BaseUnit, price_per_kg
from market.rules.quantities import Pack as PackMeasure
from suppliers.models import Supplier


@dataclass(frozen=True, slots=True)
class PoolRow:
    """A stock of a period with its live offers."""

    pool: StockPool
    offers: tuple[Offer, ...]

    @property
    def left(self) -> Decimal:
        return self.pool.quantity - self.pool.reserved


def pools_of(supplier: Supplier, *, today: date, until: date | None = None) -> list[PoolRow]:
    """Stocks that are not over yet (and have begun by ``until``), the earliest first. Two statements."""
    live = Offer.objects.filter(withdrawn_at=None).select_related("pack").order_by("pack__base_per_pack")
    pools = (
        StockPool.objects.filter(supplier=supplier, valid_to__gte=today)
        .select_related("product")
        .prefetch_related(Prefetch("offers", queryset=live, to_attr="live_offers"))
        .order_by("valid_from", "product__sort_key")
    )
    if until is not None:
        pools = pools.filter(valid_from__lte=until)
    rows = [PoolRow(pool=pool, offers=tuple(pool.live_offers)) for pool in pools]
    return [row for row in rows if row.offers or row.pool.reserved]


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
    agreement: str = ""


def postable_packs(supplier: Supplier, *, today: date) -> list[PostablePack]:
    """All packs, those that an agreement prices today first. Two statements."""
    priced = _agreed(supplier, today)
    rest = Pack.objects.exclude(pk__in=priced).select_related("product").order_by("product__sort_key", "pk")
    return [*priced.values(), *(_postable(pack) for pack in rest)]


def _agreed(supplier: Supplier, today: date) -> dict[int, PostablePack]:
    prices = (
        AgreementPrice.objects.on(today)
        .filter(
            supplier=supplier,
            agreement_lot__agreement__signed_at__isnull=False,
            agreement_lot__agreement__valid_to__gte=today,
            agreement_lot__agreement__terminated_on=None,
        )
        .select_related("product", "pack", "agreement_lot__agreement")
        .order_by("product__sort_key", "pack", "pk")
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
        product=pack.product.name_sv,
        pack=pack.name_sv,
        unit=pack.product.base_unit,
        base_per_pack=pack.base_per_pack,
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
        agreement=price.agreement_lot.agreement.title,
    )
