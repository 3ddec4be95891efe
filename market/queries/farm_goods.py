"""The goods that a farm may want to post: its own first, then the whole register by a word of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Exists, Func, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast, Concat, Lower

from config.ground.refusals import NotFound
from market.models import AgreementPrice, Offer, Product, StockPool
from market.queries.posting import PostedGoods, marks_proven
from market.rules.weeks import Period
from suppliers.models import Supplier

MOST_FOUND = 30
MOST_WORDS = 6
ALIKE = 0.4
FOLD = str.maketrans("åäöéèü", "aaoeeu")
_FOLDED = Func(
    Lower(
        Concat(
            "name_sv",
            Value(" "),
            "name_en",
            Value(" "),
            Cast("synonyms", TextField()),
            output_field=TextField(),
        )
    ),
    Value("åäöéèü"),
    Value("aaoeeu"),
    function="translate",
    output_field=TextField(),
)


@dataclass(frozen=True, slots=True)
class OwnGoods:
    """A product that the farm sells or has sold. ``last`` is its latest offer; ``is_out``: posted for the period already."""

    product: Product
    is_agreed: bool
    is_out: bool
    last: Offer | None


def own_goods(supplier: Supplier, *, period: Period, today: date) -> list[OwnGoods]:
    """What its agreements price today and what it has posted before, those not yet out for the period first. Two statements."""
    price = (
        AgreementPrice.objects.on(today)
        .filter(
            supplier=supplier,
            product=OuterRef("pk"),
            agreement_lot__agreement__signed_at__isnull=False,
            agreement_lot__agreement__terminated_on=None,
            agreement_lot__agreement__valid_to__gte=today,
        )
        .order_by()
    )
    latest = _latest(supplier)
    out = StockPool.objects.filter(
        supplier=supplier,
        product=OuterRef("pk"),
        valid_from__lte=period.last,
        valid_to__gte=period.first,
        offers__withdrawn_at=None,
        offers__isnull=False,
    )
    products = Product.objects.annotate(is_agreed=Exists(price), is_out=Exists(out)).filter(
        Q(is_agreed=True) | Q(pk__in=latest), merged_into=None
    )
    goods = [
        OwnGoods(
            product=product, is_agreed=product.is_agreed, is_out=product.is_out, last=latest.get(product.pk)
        )
        for product in products
    ]
    return sorted(goods, key=lambda each: (each.is_out, each.product.sort_key))


def _latest(supplier: Supplier) -> dict[int, Offer]:
    """The latest offer of each product, its stock and pack with it."""
    offers = (
        Offer.objects.filter(supplier=supplier)
        .select_related("pool", "pack")
        .order_by("product", "-published_at", "-pk")
        .distinct("product")
    )
    return {offer.product_id: offer for offer in offers}


def latest_offer(supplier: Supplier, product: Product) -> Offer | None:
    offers = Offer.objects.filter(supplier=supplier, product=product).select_related("pool", "pack")
    return offers.order_by("-published_at", "-pk").first()


def product_named(pk: int) -> Product:
    """The goods of that number, or what they are merged into. Raises NotFound."""
    found = Product.objects.select_related("merged_into").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found.merged_into or found


def register_search(words: str, *, most: int = MOST_FOUND) -> Sequence[Product]:
    """Products whose names or synonyms, in either language, hold all the words, then those spelled nearly so.

    Case and the dots of å, ä, ö do not count. At most two statements.
    """
    asked = words.casefold().translate(FOLD).split()[:MOST_WORDS]
    if not asked:
        return []
    products = Product.objects.filter(merged_into=None).annotate(folded=_FOLDED)
    holding = products
    for word in asked:
        holding = holding.filter(folded__contains=word)
    begins = holding.annotate(begins=Q(folded__startswith=asked[0])).order_by("-begins", "sort_key")
    found: list[Product] = [*begins[:most]]
    if len(found) < most:
        near = (
            products.exclude(pk__in=[product.pk for product in found])
            .annotate(alike=TrigramWordSimilarity(" ".join(asked), "folded"))
            .filter(alike__gte=ALIKE)
            .order_by("-alike", "sort_key")
        )
        found = [*found, *near[: most - len(found)]]
    return found


def labels_of_goods(supplier: Supplier, product: Product, *, period: Period) -> list[str]:
    """The labels that a certificate of the farm covers for this product on some day of the period. Three statements."""
    goods = PostedGoods(supplier.pk, product.pk, period.first, period.last)
    return sorted(marks_proven([goods])[goods])


def recent_amount(offer: Offer | None) -> Decimal | None:
    """What the farm had of it the last time, in base units; None where it had nothing left to say."""
    return offer.pool.quantity if offer is not None and offer.pool.quantity > 0 else None
