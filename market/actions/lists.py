"""A farm's price and availability list is read in, whole or not at all, and undone as a whole."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from config.ground.files import store_file
from config.ground.models import StoredFile
from config.ground.records import FileUnreadable
from config.ground.refusals import FileRefused, InvalidInput
from config.ground.sheets import read_sheet
from config.ground.trail import Actor, Once, acting
from market.interchange.farm_lists import Answers, Fault, ListReading, ListRow, read_list
from market.models import ListChange, ListImport, ListMapping, Offer, Product, StockPool
from market.queries.list_register import (
    doubts_of_prices,
    faults_of_stock,
    mapping_of,
    register_for,
    stock_of,
)
from market.queries.posting import PostedGoods, marks_proven
from market.refusals import ListHasFaults, ListUndone, SameListAgain
from market.rules.list_headings import Field
from market.rules.weeks import Period
from suppliers.models import Supplier

SHELF = "farm_list"
MOST_ALIASES = 2000


def keep_list(
    *, supplier: Supplier, name: str, content: bytes, once: Once | None = None, by: Actor
) -> StoredFile:
    """Keep a farm's file, to be looked at before it is read in. The same file again is the one that is there.

    Raises FileRefused.
    """
    digest = hashlib.sha256(content).hexdigest()
    with acting(by, once=once) as act:
        if act.reply is not None:
            return StoredFile.objects.get(pk=act.reply)
        kept = StoredFile.objects.filter(shelf=SHELF, shelf_id=supplier.pk, sha256=digest).first()
        kept = kept or store_file(name=name, content=content, shelf=SHELF, shelf_id=supplier.pk, by=by)
        act.answer(kept.pk)
    return kept


def remember_answers(
    *,
    supplier: Supplier,
    columns: Mapping[str, str],
    products: Mapping[str, int],
    price_has_vat: bool | None,
    counts_packs: bool | None,
    once: Once | None = None,
    by: Actor,
) -> ListMapping:
    """How the farm's files are to be read, from now on. ``products`` are added to what it has named before.

    Raises InvalidInput for goods that are not in the register.
    """
    named = set(products.values())
    if Product.objects.filter(pk__in=named, merged_into=None).count() != len(named):
        raise InvalidInput(fields={"products": [_("Varan finns inte.")]})
    with acting(by, once=once) as act:
        if act.reply is not None:
            return ListMapping.objects.get(pk=act.reply)
        ListMapping.objects.get_or_create(supplier=supplier)
        mapping = ListMapping.objects.select_for_update(no_key=True).get(supplier=supplier)
        mapping.columns = dict(columns)
        mapping.products = dict(list({**mapping.products, **products}.items())[-MOST_ALIASES:])
        mapping.price_has_vat, mapping.counts_packs = price_has_vat, counts_packs
        mapping.save(update_fields=["columns", "products", "price_has_vat", "counts_packs"])
        act.answer(mapping.pk)
    return mapping


@dataclass(frozen=True, slots=True)
class DryRun:
    """What reading the file in would do. ``doubts`` are prices to be answered for; ``left_alone`` stocks it does not name."""

    reading: ListReading
    faults: list[Fault]
    doubts: list[Fault]
    stock: Mapping[int, Decimal] = field(default_factory=dict)
    new: int = 0
    changed: int = 0
    left_alone: int = 0

    @property
    def may_be_read_in(self) -> bool:
        return not self.faults and not self.reading.asks_vat and bool(self.reading.rows)


def try_list(*, supplier: Supplier, file: StoredFile, period: Period) -> DryRun:
    """Read the file and write nothing. Raises FileRefused for what is no table, or one too big."""
    mapping = mapping_of(supplier)
    try:
        sheet = read_sheet(bytes(file.content), name=file.name)
    except FileUnreadable as error:
        raise FileRefused(name=file.name, why_sv=error.why["sv"], why_en=error.why["en"]) from error
    answers = Answers(
        columns=mapping.columns, price_has_vat=mapping.price_has_vat, counts_packs=mapping.counts_packs
    )
    register = register_for(supplier, mapping=mapping, on=period.first)
    reading = read_list(sheet, answers=answers, register=register)
    stock = stock_of(reading.rows, counts_packs=reading.counts_packs)
    amount, price = reading.heading(Field.QUANTITY), reading.heading(Field.PRICE)
    faults = reading.faults + faults_of_stock(supplier, reading.rows, stock, period=period, column=amount)
    pools = dict(
        StockPool.objects.filter(
            supplier=supplier, valid_from=period.first, valid_to=period.last
        ).values_list("product", "quantity")
    )
    return DryRun(
        reading=reading,
        faults=sorted(faults, key=lambda fault: fault.line),
        doubts=doubts_of_prices(supplier, reading.rows, on=period.first, column=price),
        stock=stock,
        new=len(set(stock) - set(pools)),
        changed=sum(pools.get(product) not in {None, amount} for product, amount in stock.items()),
        left_alone=len(set(pools) - set(stock)),
    )


def import_list(
    *,
    supplier: Supplier,
    file: StoredFile,
    period: Period,
    prices_are_right: bool,
    once: Once | None = None,
    by: Actor,
) -> ListImport:
    """Post the whole file for the days of the period; what it does not name is left alone.

    A quantity is what the farm has: it replaces the stock, down to what is ordered. Allergens, marks and origin are those of the
    product's latest offer; a mark whose certificate has ended is not said again. Raises ListHasFaults (422, nothing is written), SameListAgain.
    """
    with acting(by, once=once) as act:
        if act.reply is not None:
            return ListImport.objects.select_related("file").get(pk=act.reply)
        # Nobody orders of these stocks between the look at what is ordered and the writing.
        list(
            StockPool.objects.select_for_update(no_key=True)
            .filter(supplier=supplier, valid_from__lte=period.last, valid_to__gte=period.first)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        tried = try_list(supplier=supplier, file=file, period=period)
        if not tried.may_be_read_in or (tried.doubts and not prices_are_right):
            raise ListHasFaults(name=file.name, faults=len(tried.faults) + len(tried.doubts))
        done = _open_import(supplier, file=file, period=period, rows=len(tried.reading.rows), by=by)
        _write(done, tried)
        act.answer(done.pk)
    return done


def _open_import(supplier: Supplier, *, file: StoredFile, period: Period, rows: int, by: Actor) -> ListImport:
    try:
        with transaction.atomic():
            return ListImport.objects.create(
                supplier=supplier,
                file=file,
                sha256=file.sha256,
                valid_from=period.first,
                valid_to=period.last,
                rows=rows,
                imported_by_id=by.user_id,
            )
    except IntegrityError as error:
        if "list_once" not in str(error):
            raise
        raise SameListAgain(name=file.name) from None


def _write(done: ListImport, tried: DryRun) -> None:
    days: dict[str, Any] = {"valid_from": done.valid_from, "valid_to": done.valid_to}
    own = StockPool.objects.filter(supplier=done.supplier_id, **days)
    before = {pool.product_id: pool.quantity for pool in own}
    StockPool.objects.bulk_create(
        StockPool(supplier_id=done.supplier_id, product_id=product, quantity=amount, **days)
        for product, amount in sorted(tried.stock.items())
        if product not in before
    )
    pools = {pool.product_id: pool for pool in own.filter(product__in=list(tried.stock))}
    for product, pool in pools.items():
        pool.quantity = tried.stock[product]
    StockPool.objects.bulk_update(pools.values(), ["quantity"], batch_size=1000)
    own.filter(product__in=list(tried.stock)).update(checked_at=Now())
    live = {
        (offer.pool_id, offer.pack_id): offer
        for offer in Offer.objects.filter(pool__in=[pool.pk for pool in pools.values()], withdrawn_at=None)
    }
    latest = _latest(done.supplier_id, list(pools))
    fresh = [
        (row, live.get((pools[row.product.product_id].pk, row.pack.pack_id)))
        for row in tried.reading.rows
        if _differs(row, live.get((pools[row.product.product_id].pk, row.pack.pack_id)))
    ]
    replaced = [old.pk for _row, old in fresh if old is not None]
    Offer.objects.filter(pk__in=replaced).update(withdrawn_at=Now())
    goods = {
        pk: PostedGoods(done.supplier_id, pk, done.valid_from, done.valid_to)
        for pk, offer in latest.items()
        if offer.claims
    }
    proven = marks_proven(goods.values())
    made = Offer.objects.bulk_create(
        _offer(
            row,
            pools[row.product.product_id],
            latest.get(row.product.product_id),
            done,
            proven=proven[goods[row.product.product_id]] if row.product.product_id in goods else frozenset(),
        )
        for row, _old in fresh
    )
    of_pack = {(offer.pool_id, offer.pack_id): offer for offer in made}
    old_of = {(pools[row.product.product_id].pk, row.pack.pack_id): old for row, old in fresh}
    ListChange.objects.bulk_create(
        ListChange(
            list_import=done,
            pool=pools[row.product.product_id],
            quantity_before=before.get(row.product.product_id),
            quantity_after=tried.stock[row.product.product_id],
            made=of_pack.get((pools[row.product.product_id].pk, row.pack.pack_id)),
            replaced=old_of.get((pools[row.product.product_id].pk, row.pack.pack_id)),
        )
        for row in tried.reading.rows
    )


def _differs(row: ListRow, old: Offer | None) -> bool:
    """Whether the row asks for another offer than the live one. Nothing left of the goods asks for none."""
    if old is None:
        return row.quantity > 0
    price_differs = row.own_price_sek is not None and row.own_price_sek != old.own_price_sek
    return price_differs or (row.allergens is not None and sorted(row.allergens) != sorted(old.contains))


def _latest(supplier_id: int, products: Sequence[int]) -> dict[int, Offer]:
    offers = Offer.objects.filter(supplier=supplier_id, product__in=products)
    newest = offers.order_by("product", "-published_at", "-pk").distinct("product")
    return {offer.product_id: offer for offer in newest}


def _offer(
    row: ListRow, pool: StockPool, last: Offer | None, done: ListImport, *, proven: frozenset[str]
) -> Offer:
    facts = last or Offer()
    return Offer(
        pool=pool,
        supplier_id=done.supplier_id,
        product_id=row.product.product_id,
        pack_id=row.pack.pack_id,
        own_price_sek=row.own_price_sek,
        claims=[kind for kind in facts.claims if kind in proven],
        contains=facts.contains if row.allergens is None else list(row.allergens),
        may_contain=facts.may_contain,
        origin_country=facts.origin_country,
        origin_place=facts.origin_place,
        slaughtered_in=facts.slaughtered_in,
        temperature=facts.temperature,
        note=facts.note,
        published_by_id=done.imported_by_id,
    )


@dataclass(frozen=True, slots=True)
class Undone:
    """``kept`` stocks were changed or ordered of since, and stand as they are, down to what is ordered."""

    stocks: int
    kept: int


def undo_list(*, done: ListImport, once: Once | None = None, by: Actor) -> Undone:
    """Stocks and offers are as before the import. What was changed by hand since stands; what is ordered stands.

    Raises ListUndone (409).
    """
    with acting(by, once=once) as act:
        if act.reply is not None:
            return Undone(**act.reply)
        standing = ListImport.objects.filter(pk=done.pk, undone_at=None)
        if not standing.update(undone_at=Now(), undone_by=by.user_id):
            raise ListUndone(name=done.file.name)
        changes = list(done.changes.select_related("pool"))
        pools = {
            pool.pk: pool
            for pool in StockPool.objects.select_for_update(no_key=True)
            .filter(pk__in=[change.pool_id for change in changes])
            .order_by("pk")
        }
        back = {change.pool_id: change for change in changes}
        untouched = [pool for pool in pools.values() if pool.quantity == back[pool.pk].quantity_after]
        kept = len(pools) - len(untouched)
        for pool in untouched:
            before = back[pool.pk].quantity_before or Decimal(0)
            kept += before < pool.reserved
            pool.quantity = max(before, pool.reserved)
        StockPool.objects.bulk_update(untouched, ["quantity"], batch_size=1000)
        _offers_back(changes)
        undone = Undone(stocks=len(pools) - kept, kept=kept)
        act.answer(asdict(undone))
    return undone


def _offers_back(changes: Sequence[ListChange]) -> None:
    """The offers that the import made go, those that it replaced come back where no later one stands."""
    made = [change.made_id for change in changes if change.made_id]
    live = Offer.objects.filter(pk__in=made, withdrawn_at=None)
    still = set(live.values_list("pk", flat=True))
    live.update(withdrawn_at=Now())
    again = [change.replaced_id for change in changes if change.replaced_id and change.made_id in still]
    Offer.objects.filter(pk__in=again).update(withdrawn_at=None)
