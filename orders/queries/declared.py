"""What a day's dishes contain and where their meat comes from, by what was delivered to the kitchen.

The page joins menu, deliveries and offers, so it is read here. Allergens are those of the promise under which the
goods came (docs/rules/menus.md); the country is the goods lot's.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from kitchens.models import Kitchen, MenuDish, RecipeLine
from kitchens.queries.menus import menu_days
from kitchens.queries.recipes import VersionsRead, goods_key, product_of, read_versions
from kitchens.rules.declaring import KEPT, Declared, Meat, Supply, Told, declared, meat_kind
from market.queries.goods_groups import GoodsGroup, goods_groups
from orders.models import CallOff, GoodsLot

LOOKED_BACK = timedelta(days=180)

_OFFERED = """
SELECT DISTINCT o.product_id, s.name, o.contains, o.may_contain, o.origin_country
FROM market_offer o
JOIN market_stockpool pool ON pool.id = o.pool_id
JOIN suppliers_supplier s ON s.id = o.supplier_id
JOIN market_agreementprice price ON price.product_id = o.product_id AND price.supplier_id = o.supplier_id
  AND price.pack_id = o.pack_id
  AND price.valid_from <= %(day)s AND (price.valid_to IS NULL OR price.valid_to >= %(day)s)
JOIN market_agreementlot lot ON lot.id = price.agreement_lot_id
JOIN market_agreement agreement ON agreement.id = lot.agreement_id AND agreement.signed_at IS NOT NULL
  AND agreement.valid_from <= %(day)s AND agreement.valid_to >= %(day)s
JOIN market_agreementauthority named ON named.agreement_id = agreement.id AND named.authority_id = %(authority)s
WHERE o.product_id = ANY(%(products)s) AND o.withdrawn_at IS NULL AND pool.valid_to >= %(day)s
ORDER BY o.product_id, s.name
"""


@dataclass(frozen=True, slots=True)
class SupplyRow:
    """Goods of a dish by name. No ``supplies``: nothing is known of them."""

    name: str
    supplies: Sequence[Supply]


@dataclass(frozen=True, slots=True)
class DeclaredDish:
    """A dish of the day with what diners may be told. Names stand for the keys of ``declared``."""

    dish: MenuDish
    declared: Declared
    rows: Sequence[SupplyRow]
    not_known: Sequence[str]
    promised: Sequence[str]

    @property
    def name(self) -> str:
        return self.dish.recipe_version.recipe.name

    @property
    def allergens(self) -> Sequence[str]:
        return sorted(self.declared.contains)

    @property
    def may_contain(self) -> Sequence[str]:
        return sorted(self.declared.may_contain)

    @property
    def not_known_text(self) -> str:
        return ", ".join(self.not_known)

    @property
    def promised_text(self) -> str:
        return ", ".join(self.promised)

    @property
    def meat(self) -> Sequence[tuple[Meat, Sequence[str], bool]]:
        """Kind, countries, and whether the country of some of it is not known."""
        told = self.declared
        return [
            (kind, countries, kind in told.meat_not_known) for kind, countries in sorted(told.meat.items())
        ]


def declared_dishes(kitchen: Kitchen, *, day: date) -> list[DeclaredDish]:
    """The day's dishes; a number of statements that does not grow with dishes, goods or deliveries."""
    planned = menu_days(kitchen, first=day, last=day).first()
    dishes = list(planned.dishes.all()) if planned else []
    read = read_versions({dish.recipe_version_id for dish in dishes})
    products = {pk for key in read.names if (pk := product_of(key)) is not None}
    supplies = _came_or_ordered(kitchen, products, day=day)
    lacking = products - {pk for each in supplies if (pk := product_of(each.key)) is not None}
    supplies += _offered(kitchen.authority_id, lacking, day=day)
    meat_of = _meat_of(read, products, day=day)
    return [_dish(dish, read, supplies, meat_of, day=day) for dish in dishes]


def _dish(
    dish: MenuDish, read: VersionsRead, supplies: Sequence[Supply], meat_of: Mapping[str, Meat], *, day: date
) -> DeclaredDish:
    told = declared(read.weights(dish.recipe_version_id), supplies, meat_of=meat_of, on=day)
    names = read.names
    return DeclaredDish(
        dish=dish,
        declared=told,
        rows=sorted(
            (SupplyRow(names[key], rows) for key, rows in told.supplies.items()), key=lambda row: row.name
        ),
        not_known=sorted(names[key] for key in told.not_known),
        promised=sorted(names[key] for key in told.promised),
    )


def _meat_of(read: VersionsRead, products: Collection[int], *, day: date) -> dict[str, Meat]:
    groups = goods_groups(products, on=day)
    found = {}
    for line in (line for lines in read.lines.values() for line in lines if line.part_id is None):
        if (kind := _kind(line, groups)) is not None:
            found[goods_key(line)] = kind
    return found


def _kind(line: RecipeLine, groups: Mapping[int, GoodsGroup]) -> Meat | None:
    if line.product_id:
        of = groups[line.product_id]
        return meat_kind(groups=of.groups, cpv=of.cpv)
    return meat_kind(food=line.food.key) if line.food else None


def _came_or_ordered(kitchen: Kitchen, products: Collection[int], *, day: date) -> list[Supply]:
    call_offs = CallOff.objects.filter(
        kitchen=kitchen,
        product__in=products,
        delivery_date__range=(day - LOOKED_BACK, day),
        state=CallOff.State.PLACED,
    ).select_related("supplier", "quantity", "link__purchase_order_line__hand_over__goods_lot")
    return [supply for each in call_offs if (supply := _supply(each, day=day)) is not None]


def _supply(call_off: CallOff, *, day: date) -> Supply | None:
    """None for goods that were all turned away, sent back or declined, and for an old order that never came."""
    quantity = getattr(call_off, "quantity", None)
    kept = quantity.delivered - quantity.returned if quantity else 0
    gone = quantity.declined + quantity.rejected + quantity.delivered if quantity else 0
    if kept > 0:
        told = Told.DELIVERED
    elif gone < call_off.packs and call_off.delivery_date >= day - KEPT:
        told = Told.ORDERED
    else:
        return None
    lot = _lot(call_off) if told is Told.DELIVERED else None
    promise = call_off.promise
    return Supply(
        key=f"product:{call_off.product_id}",
        told=told,
        day=call_off.delivery_date,
        supplier=call_off.supplier.name,
        lot=lot.number if lot else "",
        contains=frozenset(promise["contains"]) if "contains" in promise else None,
        may_contain=frozenset(promise.get("may_contain", ())),
        country=lot.origin_country if lot else promise.get("origin_country") or "",
    )


def _lot(call_off: CallOff) -> GoodsLot | None:
    link = getattr(call_off, "link", None)
    handed = getattr(link.purchase_order_line, "hand_over", None) if link else None
    return handed.goods_lot if handed else None


def _offered(authority_id: int, products: Collection[int], *, day: date) -> list[Supply]:
    if not products:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_OFFERED, {"authority": authority_id, "products": list(products), "day": day})
        return list(_offers(cursor.fetchall()))


def _offers(rows: Sequence[tuple[int, str, list[str], list[str], str]]) -> Iterator[Supply]:
    for product, supplier, contains, may_contain, country in rows:
        yield Supply(
            key=f"product:{product}",
            told=Told.OFFERED,
            supplier=supplier,
            contains=frozenset(contains),
            may_contain=frozenset(may_contain),
            country=country or "",
        )
