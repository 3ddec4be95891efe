"""Products with their packs and their dated mappings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from config.ground.refusals import InvalidInput
from config.ground.trail import Actor, Once, acting
from market.models import (
    ClimateFood,
    CpvMapping,
    FoodMapping,
    GroupMapping,
    Pack,
    Product,
    ProductCategory,
    VatClass,
    VatMapping,
)
from market.rules.packs import Container, pack_words
from suppliers.models import ProductGroup


@dataclass(frozen=True, slots=True)
class PackDraft:
    """A pack of so many base units; ``tolerance`` (0.1 is 10 %) makes it catch weight."""

    name_sv: str
    name_en: str
    base_per_pack: Decimal
    tolerance: Decimal | None = None


def plain_pack(base_per_pack: Decimal, *, unit: str) -> PackDraft:
    """The first pack of a new product, named by what it holds."""
    words = pack_words(container=Container.LOOSE, base_per_pack=base_per_pack, unit=unit, catch_weight=False)
    return PackDraft(words.sv, words.en, base_per_pack)


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """A product to be. Category, group, VAT class and climate food are codes; ``food`` None is no known factor.

    ``kg_per_base`` is the weight of a piece or litre, None where it is not known; 1 for kg.
    """

    name_sv: str
    name_en: str
    category: str
    base_unit: str
    kg_per_base: Decimal | None
    packs: tuple[PackDraft, ...]
    group: str
    cpv: str
    vat_class: str = "food"
    food: str | None = None
    synonyms: tuple[str, ...] = ()
    season_months: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists that products are mapped to, by code."""

    categories: dict[str, ProductCategory]
    groups: dict[str, ProductGroup]
    vat_classes: dict[str, VatClass]
    foods: dict[str, ClimateFood]


def add_product(*, draft: ProductDraft, first_day: date, once: Once | None = None, by: Actor) -> Product:
    """One new product; see ``add_products``. Faults are named by the draft's fields."""
    if faults := faults_of_draft(draft):
        raise InvalidInput(fields=faults)
    with acting(by, once=once) as act:
        if act.reply is not None:
            return Product.objects.get(pk=act.reply)
        try:
            with transaction.atomic():
                made = add_products(drafts=[draft], first_day=first_day, by=by)[0]
        except IntegrityError:
            raise InvalidInput(fields={"name_sv": [_("En vara heter redan så.")]}) from None
        act.answer(made.pk)
    return made


def faults_of_draft(draft: ProductDraft) -> dict[str, list[str]]:
    """What a person may have written that can't be."""
    lists = _lists()
    faults = {name.rpartition(".")[2]: [_("Välj ur listan.")] for name in _unknown(draft, lists)}
    if draft.base_unit not in Product.Unit.values:
        faults["base_unit"] = [_("Välj ur listan.")]
    if draft.base_unit == Product.Unit.KG and draft.kg_per_base != 1:
        faults["kg_per_base"] = [_("Ett kilo väger ett kilo.")]
    if draft.kg_per_base is not None and draft.kg_per_base <= 0:
        faults["kg_per_base"] = [_("Vikten är mer än noll, eller inte känd.")]
    if not set(draft.season_months) <= set(range(1, 13)):
        faults["season_months"] = [_("Välj månader i listan.")]
    if any(pack.base_per_pack <= 0 for pack in draft.packs) or not draft.packs:
        faults["pack_base"] = [_("Skriv hur mycket förpackningen rymmer: mer än noll, styck i hela tal.")]
    return faults


def _lists() -> Lists:
    return Lists(
        categories=ProductCategory.objects.in_bulk(field_name="code"),
        groups=ProductGroup.objects.in_bulk(field_name="code"),
        vat_classes=VatClass.objects.in_bulk(field_name="code"),
        foods=ClimateFood.objects.in_bulk(field_name="key"),
    )


def add_products(*, drafts: Sequence[ProductDraft], first_day: date, by: Actor) -> list[Product]:
    """New products, their packs, and their mappings from ``first_day``. Raises InvalidInput for an unknown code."""
    lists = _lists()
    faults = {name: [_("Välj ur listan.")] for draft in drafts for name in _unknown(draft, lists)}
    if faults:
        raise InvalidInput(fields=faults)
    with acting(by) as act:
        products = Product.objects.bulk_create(_product(draft, lists) for draft in drafts)
        pairs = list(zip(products, drafts, strict=True))
        Pack.objects.bulk_create(_pack(product, pack) for product, draft in pairs for pack in draft.packs)
        who = {"valid_from": first_day, "mapped_by_id": act.by.user_id}
        rows: Sequence[tuple[type[Model], list[Model]]] = (
            (
                GroupMapping,
                [GroupMapping(product=p, product_group=lists.groups[d.group], **who) for p, d in pairs],
            ),
            (CpvMapping, [CpvMapping(product=p, cpv=d.cpv, **who) for p, d in pairs]),
            (
                VatMapping,
                [VatMapping(product=p, vat_class=lists.vat_classes[d.vat_class], **who) for p, d in pairs],
            ),
            (
                FoodMapping,
                [FoodMapping(product=p, food=lists.foods[d.food], **who) for p, d in pairs if d.food],
            ),
        )
        for table, mappings in rows:
            table._default_manager.bulk_create(mappings)  # noqa: SLF001  # a model's documented manager
    return products


def _unknown(draft: ProductDraft, lists: Lists) -> list[str]:
    """The fields of the draft whose code is in no list."""
    known = {
        "category": draft.category in lists.categories,
        "group": draft.group in lists.groups,
        "vat_class": draft.vat_class in lists.vat_classes,
        "food": draft.food is None or draft.food in lists.foods,
    }
    return [f"{draft.name_sv}.{field}" for field, is_known in known.items() if not is_known]


def _product(draft: ProductDraft, lists: Lists) -> Product:
    product = Product(
        name_sv=draft.name_sv,
        name_en=draft.name_en,
        synonyms=list(draft.synonyms),
        season_months=list(draft.season_months),
        category=lists.categories[draft.category],
        base_unit=draft.base_unit,
        kg_per_base=draft.kg_per_base,
    )
    return product.name_again()  # bulk_create does not call save()


def _pack(product: Product, draft: PackDraft) -> Pack:
    return Pack(
        product=product,
        name_sv=draft.name_sv,
        name_en=draft.name_en,
        base_per_pack=draft.base_per_pack,
        is_catch_weight=draft.tolerance is not None,
        upper_tolerance=draft.tolerance or Decimal(0),
    )
