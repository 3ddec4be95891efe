"""Where goods belong in the lists that others keep: product group with its parents, and CPV."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from market.models import CpvMapping, GroupMapping
from suppliers.models import ProductGroup


@dataclass(frozen=True, slots=True)
class GoodsGroup:
    """``groups`` are codes, the nearest first; ``cpv`` '' where none is mapped."""

    groups: tuple[str, ...] = ()
    cpv: str = ""


def goods_groups(product_ids: Collection[int], *, on: date) -> Mapping[int, GoodsGroup]:
    """By product, by the mappings of the day; three statements."""
    parents = dict(ProductGroup.objects.values_list("code", "parent__code"))
    nearest = dict(
        GroupMapping.objects.on(on)
        .filter(product__in=product_ids)
        .values_list("product_id", "product_group__code")
    )
    cpv = dict(CpvMapping.objects.on(on).filter(product__in=product_ids).values_list("product_id", "cpv"))
    return {pk: GoodsGroup(_path(nearest.get(pk), parents), cpv.get(pk, "")) for pk in product_ids}


def _path(code: str | None, parents: Mapping[str, str | None]) -> tuple[str, ...]:
    path: list[str] = []
    while code is not None and code not in path:
        path.append(code)
        code = parents.get(code)
    return tuple(path)
