"""All that reading a farm's list needs to know: products, packs, prices, VAT, what it has posted. Nothing by the row."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Case, When
from django.utils import translation

from market.interchange.farm_lists import Fault, KnownPack, KnownProduct, ListRow, Register, Wrong, fold
from market.models import AgreementPrice, ListMapping, Offer, Pack, Product, StockPool, VatMapping, VatRate
from market.queries.names import allergen_name
from market.queries.price_history import PackAsked, price_histories
from market.rules.allergens import Allergen
from market.rules.plausibility import price_doubt
from market.rules.quantities import BaseUnit
from market.rules.quantities import Pack as PackMeasure
from market.rules.weeks import Period
from suppliers.models import Supplier


class _Goods(NamedTuple):
    """What of a product's row is read: a register has tens of thousands, and whole models cost half of the time."""

    pk: int
    name_sv: str
    name_en: str
    synonyms: list[str]
    base_unit: str
    kg_per_base: Decimal | None
    merged_into: int | None


class _PackRow(NamedTuple):
    pk: int
    product_id: int
    name_sv: str
    name_en: str
    base_per_pack: Decimal
    is_catch_weight: bool
    upper_tolerance: Decimal


def mapping_of(supplier: Supplier) -> ListMapping:
    """The farm's answers about its files; not saved yet where it has given none."""
    return ListMapping.objects.filter(supplier=supplier).first() or ListMapping(supplier=supplier)


def register_for(supplier: Supplier, *, mapping: ListMapping, on: date) -> Register:
    """The register as this farm's file may name it. Six statements, whatever the file's length."""
    posted = set(Offer.objects.filter(supplier=supplier).values_list("product", flat=True).distinct())
    products, known, merged = _known(prices=_prices(supplier, on), rates=_vat_rates(on), posted=posted)
    return Register(
        products=_by_name(products, known),
        aliases={
            text: known[merged.get(pk, pk)]
            for text, pk in mapping.products.items()
            if merged.get(pk, pk) in known
        },
        allergens=_allergens(),
    )


def named_products() -> dict[str, KnownProduct]:
    """Every product by its names and synonyms, with its packs; prices and VAT are left out. Two statements."""
    products, known, _merged = _known(prices={}, rates={}, posted=set())
    return _by_name(products, known)


def _known(
    *, prices: Mapping[int, AgreementPrice], rates: Mapping[int, Decimal], posted: Container[int]
) -> tuple[list[_Goods], dict[int, KnownProduct], dict[int, int]]:
    """The goods that are a choice, what is known of each, and what a merged one became."""
    every = [_Goods(*row) for row in Product.objects.order_by("pk").values_list(*_Goods._fields)]
    products = [goods for goods in every if goods.merged_into is None]
    merged = {goods.pk: goods.merged_into for goods in every if goods.merged_into is not None}
    units = {goods.pk: (BaseUnit(goods.base_unit), goods.kg_per_base) for goods in every}
    packs: dict[int, list[KnownPack]] = defaultdict(list)
    for row in Pack.objects.order_by("base_per_pack", "pk").values_list(*_PackRow._fields):
        pack = _PackRow(*row)
        unit, kg_per_base = units[pack.product_id]
        measure = PackMeasure(
            base_unit=unit,
            base_per_pack=pack.base_per_pack,
            kg_per_base=kg_per_base,
            catch_weight=pack.is_catch_weight,
            upper_tolerance=pack.upper_tolerance,
        )
        packs[pack.product_id].append(_pack(pack, measure, prices.get(pack.pk)))
    known = {
        goods.pk: KnownProduct(
            product_id=goods.pk,
            name=goods.name_sv,
            unit=units[goods.pk][0],
            packs=tuple(packs[goods.pk]),
            vat_rate=rates.get(goods.pk, Decimal(0)),
            is_posted=goods.pk in posted,
        )
        for goods in products
    }
    return products, known, merged


def _prices(supplier: Supplier, on: date) -> Mapping[int, AgreementPrice]:
    """The price of each pack in agreements in force: the highest cap where one is open, else the older agreement's."""
    prices = AgreementPrice.objects.on(on).filter(
        supplier=supplier,
        agreement_lot__agreement__signed_at__isnull=False,
        agreement_lot__agreement__terminated_on=None,
        agreement_lot__agreement__valid_to__gte=on,
    )
    found: dict[int, AgreementPrice] = {}
    for price in prices.order_by(
        "-is_cap", Case(When(is_cap=True, then="price_sek")).desc(nulls_last=True), "pk"
    ):
        found.setdefault(price.pack_id, price)
    return found


def _pack(pack: _PackRow, measure: PackMeasure, price: AgreementPrice | None) -> KnownPack:
    return KnownPack(
        pack_id=pack.pk,
        names=(pack.name_sv, pack.name_en),
        measure=measure,
        price_sek=price.price_sek if price else None,
        per_kg=price.per == AgreementPrice.Per.KG if price else pack.is_catch_weight,
        is_cap=bool(price and price.is_cap),
    )


def _vat_rates(on: date) -> Mapping[int, Decimal]:
    rates = dict(VatRate.objects.on(on).values_list("vat_class", "rate"))
    mapped = VatMapping.objects.on(on).values_list("product", "vat_class")
    return {product: rates[vat_class] for product, vat_class in mapped if vat_class in rates}


def _by_name(products: Iterable[_Goods], known: Mapping[int, KnownProduct]) -> dict[str, KnownProduct]:
    """Names before synonyms: a synonym of one never hides another's name. A synonym that two share names neither."""
    names: dict[str, KnownProduct] = {}
    synonyms: dict[str, set[int]] = defaultdict(set)
    for product in products:
        for name in (product.name_sv, product.name_en):
            names.setdefault(fold(name), known[product.pk])
        for synonym in product.synonyms:
            synonyms[fold(synonym)].add(product.pk)
    alone = {text: known[min(pks)] for text, pks in synonyms.items() if len(pks) == 1}
    return alone | names


def _allergens() -> dict[str, str]:
    named: dict[str, str] = {}
    for language in ("sv", "en"):
        with translation.override(language):
            named |= {fold(allergen_name(each)): str(each) for each in Allergen}
    return named | {str(each): str(each) for each in Allergen}


def faults_of_stock(
    supplier: Supplier, rows: Sequence[ListRow], wanted: Mapping[int, Decimal], *, period: Period, column: str
) -> list[Fault]:
    """Rows that ask for less than is ordered, or whose days partly overlap another stock. One statement."""
    lines = {row.product.product_id: row for row in rows}
    pools = StockPool.objects.filter(
        supplier=supplier,
        product__in=list(wanted),
        valid_from__lte=period.last,
        valid_to__gte=period.first,
    )
    faults = []
    for pool in pools.order_by("pk"):
        row = lines[pool.product_id]
        if (pool.valid_from, pool.valid_to) != (period.first, period.last):
            days = {"first": str(pool.valid_from), "last": str(pool.valid_to), "product": row.product.name}
            faults.append(Fault(row.line, column, Wrong.OVERLAPS, days))
        elif wanted[pool.product_id] < pool.reserved:
            told = {"reserved": pool.reserved, "unit": str(row.product.unit), "product": row.product.name}
            faults.append(Fault(row.line, column, Wrong.RESERVED, told))
    return faults


def stock_of(rows: Iterable[ListRow], *, counts_packs: bool = False) -> dict[int, Decimal]:
    """Base units by product. Packs are added up; a stock that each pack's row repeats is taken once, the most of it."""
    stock: dict[int, Decimal] = {}
    for row in rows:
        before = stock.get(row.product.product_id)
        if before is None:
            stock[row.product.product_id] = row.quantity
        else:
            stock[row.product.product_id] = (
                before + row.quantity if counts_packs else max(before, row.quantity)
            )
    return stock


def doubts_of_prices(supplier: Supplier, rows: Sequence[ListRow], *, on: date, column: str) -> list[Fault]:
    """Prices ten times off the farm's own history. Two statements at most."""
    priced = [row for row in rows if row.own_price_sek]
    if not priced:
        return []
    packs = [
        PackAsked(
            pack_id=row.pack.pack_id,
            product_id=row.product.product_id,
            base_per_pack=row.pack.measure.base_per_pack,
            is_catch_weight=row.pack.measure.catch_weight,
        )
        for row in priced
    ]
    histories = price_histories(supplier_id=supplier.pk, packs=packs, today=on)
    doubts = []
    for row in priced:
        doubt = price_doubt(
            price_sek=row.own_price_sek or Decimal(0),
            history_sek=histories.get(row.pack.pack_id, ()),
            base_per_pack=row.pack.measure.base_per_pack,
            per_kg=row.pack.measure.catch_weight,
        )
        if doubt:
            told = {"price": row.own_price_sek, "usual": doubt.usual_sek, "times": int(doubt.times)}
            doubts.append(Fault(row.line, column, Wrong.FAR_OFF, told))
    return doubts
