"""The product register as people search it, and as those who keep it see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from config.ground.models import User
from config.ground.refusals import InvalidInput, NotFound
from config.ground.sorting import in_swedish
from market.models import (
    Authority,
    AuthorityMember,
    ClimateFood,
    CpvMapping,
    FoodMapping,
    NeedCategory,
    NeedMapping,
    Product,
    ProductCategory,
    VatClass,
    VatMapping,
)
from market.rules.search_words import Likeness, Vocabulary, as_one, best_of, sought_words


@dataclass(frozen=True, slots=True)
class Keeper:
    """One who keeps the register: an officer, for her authorities' needs too, or the platform's administrator."""

    user: User
    authorities: tuple[Authority, ...]


def keeper_of_the_register(user: User) -> Keeper:
    """Raises NotFound for all others: they read the register where they order and post."""
    seats = AuthorityMember.objects.filter(user=user, role=AuthorityMember.Role.OFFICER).select_related(
        "authority"
    )
    authorities = tuple(seat.authority for seat in seats.order_by("authority__sort_key"))
    if not user.is_active or not (user.is_platform_admin or authorities):
        raise NotFound
    return Keeper(user=user, authorities=authorities)


def in_register() -> QuerySet[Product]:
    """The products that something new may be made of, in Swedish order."""
    return Product.objects.filter(merged_into=None).order_by("sort_key", "pk")


def register_search(text: str) -> list[Product]:
    """The products whose words hold every sought one, as it stands or by its base form; all without any."""
    rows = in_register().select_related("category")
    for word in sought_words(text):
        rows = rows.filter(Q(search_words__contains=word.raw) | Q(search_words__contains=word.base))
    return list(rows)


def product_of_the_register(pk: int) -> Product:
    """Raises NotFound."""
    found = Product.objects.select_related("category", "merged_into").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class MappedRow:
    """An answer to where the product belongs, with the days that it holds."""

    kind: str
    authority: str
    value: str
    first_day: date
    last_day: date | None
    reason: str
    by: str


def mappings_of(product: Product, *, authorities: Sequence[Authority]) -> list[MappedRow]:
    """What the product is mapped to and was, the latest first; needs of these authorities only. Four statements."""
    found = [
        *_mapped("vat", VatMapping.objects.filter(product=product), "vat_class__code"),
        *_mapped("cpv", CpvMapping.objects.filter(product=product), "cpv"),
        *_mapped("food", FoodMapping.objects.standing().filter(product=product), "food__name_sv"),
        *_mapped(
            "need",
            NeedMapping.objects.filter(product=product, authority__in=[each.pk for each in authorities]),
            "need_category__name",
            "authority__name",
        ),
    ]
    return sorted(found, key=lambda row: (row.kind, row.authority, -row.first_day.toordinal()))


def _mapped(kind: str, rows: "QuerySet[Any]", value: str, authority: str = "") -> list[MappedRow]:
    names = [
        "valid_from",
        "valid_to",
        "reason",
        "mapped_by__name",
        value,
        *([authority] if authority else []),
    ]
    return [
        MappedRow(
            kind=kind,
            authority=row[5] if authority else "",
            value=row[4],
            first_day=row[0],
            last_day=row[1],
            reason=row[2],
            by=row[3] or "",
        )
        for row in rows.values_list(*names)
    ]


@dataclass(frozen=True, slots=True)
class Choices:
    """What a product may be mapped to."""

    vat: list[VatClass]
    foods: list[ClimateFood]
    needs: list[NeedCategory]
    categories: list[ProductCategory]


def choices_for(keeper: Keeper) -> Choices:
    return Choices(
        vat=list(VatClass.objects.order_by("code")),
        foods=list(ClimateFood.objects.order_by(in_swedish("name_sv"))),
        needs=list(
            NeedCategory.objects.filter(authority__in=[each.pk for each in keeper.authorities])
            .select_related("authority")
            .order_by("authority__sort_key", in_swedish("name"))
        ),
        categories=list(ProductCategory.objects.order_by(in_swedish("name_sv"))),
    )


def vat_class_named(code: str) -> VatClass:
    """Raises InvalidInput."""
    found = VatClass.objects.filter(code=code).first()
    if found is None:
        raise InvalidInput(fields={"value": [_("Välj ur listan.")]})
    return found


def climate_food_named(key: str) -> ClimateFood:
    """Raises InvalidInput."""
    found = ClimateFood.objects.filter(key=key).first()
    if found is None:
        raise InvalidInput(fields={"value": [_("Välj ur listan.")]})
    return found


def need_of(keeper: Keeper, number: str) -> NeedCategory:
    """A need of an authority of hers. Raises InvalidInput, also for one that is there and another's."""
    needs = {str(need.pk): need for need in choices_for(keeper).needs}
    if number not in needs:
        raise InvalidInput(fields={"value": [_("Välj ur listan.")]})
    return needs[number]


def product_names() -> list[str]:
    """The names in the register, in Swedish order."""
    return list(in_register().values_list("name_sv", flat=True))


def products_meant(text: str) -> list[Product]:
    """The products that answer best to a text: one by its whole name, else all that are as good. One statement."""
    words = sought_words(text)
    if not words:
        return []
    products = list(in_register())
    named = [product for product in products if product.name_sv.casefold() == text.strip().casefold()]
    if named:
        return named
    stored = {product.pk: set(product.search_words.split()) for product in products}
    vocabulary = Vocabulary(set().union(*stored.values()))
    for tried in (words, (as_one(words),)):
        answers = [best_of(word, vocabulary) for word in tried]
        levels: dict[int, int] = {}
        for product in products:
            each = [
                max((found.get(word, Likeness.NONE) for word in stored[product.pk]), default=Likeness.NONE)
                for found in answers
            ]
            if all(each):
                levels[product.pk] = sum(each)
        if levels:
            best = max(levels.values())
            return [product for product in products if levels.get(product.pk) == best]
    return []
