"""A farm with a register as long as its list, and the look at that list. Django is set up."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from config.ground.models import StoredFile
from config.ground.trail import Actor, acting
from market.actions.lists import keep_list, try_list
from market.models import Offer, Pack, Product, ProductCategory, StockPool
from market.rules.weeks import Period, week_of
from suppliers.models import Supplier

BY = Actor.job("bench")
PACKS = 10  # a product
WEEK = week_of(date(2030, 1, 7))


@dataclass(frozen=True, slots=True)
class Asked:
    supplier: Supplier
    file: StoredFile
    period: Period
    content: bytes


def farm_with_a_list(rows: int) -> Asked:
    """Products of ten packs each, posted before, and a file that names every pack."""
    with acting(BY):
        supplier = Supplier.objects.order_by("pk")[0]
        category = ProductCategory.objects.order_by("pk")[0]
        products = Product.objects.bulk_create(
            Product(
                name_sv=f"Bänkvara {number}",
                name_en=f"Bench goods {number}",
                sort_key=f"bench {number:06d}",
                category=category,
                base_unit="kg",
                kg_per_base=Decimal(1),
            )
            for number in range(-(-rows // PACKS))
        )
        packs = Pack.objects.bulk_create(
            Pack(product=product, name_sv=f"{size} kg låda", name_en=f"{size} kg crate", base_per_pack=size)
            for product in products
            for size in range(1, PACKS + 1)
        )
        pools = StockPool.objects.bulk_create(
            StockPool(
                supplier=supplier,
                product=product,
                valid_from=date(2029, 1, 1),
                valid_to=date(2029, 1, 7),
                quantity=1,
            )
            for product in products
        )
        Offer.objects.bulk_create(
            Offer(pool=pool, supplier=supplier, product_id=pool.product_id, pack=packs[number * PACKS])
            for number, pool in enumerate(pools)
        )
        lines = [
            f"{pack.product.name_sv};{pack.name_sv};1250,5;{pack.base_per_pack * 12},50"
            for pack in packs[:rows]
        ]
        content = "\n".join(["Vara;Förpackning;Mängd;Pris", *lines]).encode()
        file = keep_list(supplier=supplier, name="bank.csv", content=content, by=BY)
    return Asked(supplier=supplier, file=file, period=WEEK, content=content)


def look(asked: Asked) -> None:
    tried = try_list(supplier=asked.supplier, file=asked.file, period=asked.period)
    assert tried.may_be_read_in, tried.faults[:3]
    assert len(tried.reading.rows) == asked.content.count(b"\n")
