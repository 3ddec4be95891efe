"""What judging goods that farms post needs to know: marks proven, prices agreed, goods merged. Nothing by the draft."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from market.models import AgreementPrice, GroupMapping, Product
from market.rules.posting import AgreedPrice
from suppliers.queries import group_paths, label_certificates
from suppliers.rules.certificates import marks_within


class PostedGoods(NamedTuple):
    """A farm's goods for delivery on the days from ``first`` to ``last``, both included."""

    supplier_id: int
    product_id: int
    first: date
    last: date


def marks_proven(goods: Iterable[PostedGoods]) -> Mapping[PostedGoods, frozenset[str]]:
    """The labels that a certificate covers on some day of each. Three statements; none for no goods."""
    wanted = set(goods)
    if not wanted:
        return {}
    mappings = GroupMapping.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=min(each.first for each in wanted)),
        product__in={each.product_id for each in wanted},
        valid_from__lte=max(each.last for each in wanted),
    ).values_list("product", "product_group", "valid_from", "valid_to")
    groups: dict[int, list[tuple[int, date, date | None]]] = defaultdict(list)
    for product, group, begins, ends in mappings:
        groups[product].append((group, begins, ends))
    paths = group_paths()
    held = label_certificates({each.supplier_id for each in wanted})
    return {
        each: frozenset().union(
            *(
                marks_within(
                    held.get(each.supplier_id, ()),
                    group_path=paths[group],
                    first=max(each.first, begins),
                    last=min(each.last, ends or each.last),
                )
                for group, begins, ends in groups[each.product_id]
                if begins <= each.last and (ends is None or ends >= each.first)
            )
        )
        for each in wanted
    }


def prices_agreed(
    goods: Iterable[tuple[PostedGoods, int]],
) -> Mapping[tuple[PostedGoods, int], list[AgreedPrice]]:
    """The prices of each (goods, pack) in signed agreements that hold on some day of it. One statement; none for no goods."""
    wanted = set(goods)
    if not wanted:
        return {}
    rows = AgreementPrice.objects.filter(
        supplier__in={each.supplier_id for each, _pack in wanted},
        pack__in={pack for _each, pack in wanted},
        agreement_lot__agreement__signed_at__isnull=False,
    ).values_list(
        "supplier",
        "pack",
        "price_sek",
        "is_cap",
        "valid_from",
        "valid_to",
        "agreement_lot__agreement__valid_from",
        "agreement_lot__agreement__valid_to",
        "agreement_lot__agreement__terminated_on",
    )
    agreed: dict[tuple[int, int], list[tuple[AgreedPrice, date, date]]] = defaultdict(list)
    for supplier, pack, price, is_cap, begins, ends, from_day, to_day, terminated_on in rows:
        last = min(day for day in (ends, to_day, terminated_on) if day is not None)
        agreed[supplier, pack].append((AgreedPrice(price, is_cap), max(begins, from_day), last))
    return {
        (each, pack): [
            price
            for price, begins, ends in agreed[each.supplier_id, pack]
            if begins <= each.last and ends >= each.first
        ]
        for each, pack in wanted
    }


def merged_names(product_ids: Collection[int]) -> Mapping[int, Product]:
    """The goods that each of these is merged into, by id; those that stand for themselves are left out. One statement."""
    rows = Product.objects.filter(pk__in=product_ids, merged_into__isnull=False).select_related("merged_into")
    return {row.pk: row.merged_into for row in rows if row.merged_into is not None}
