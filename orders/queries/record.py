"""A farm's own record of deliveries, and what kitchens have needed of its goods month by month.

No price of another farm, no kitchen by name: a need is told only where at least three kitchens make it up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import TruncDate, TruncMonth

from market.models import Product
from market.rules.calendar import STOCKHOLM
from orders.models import CallOff, PurchaseOrder
from suppliers.models import Supplier

FEWEST_KITCHENS = 3
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Record:
    """Purchase orders whose delivery day has come, and packs of them. Shares are None where there is no whole."""

    orders: int
    unanswered: int
    brought: int
    brought_in_time: int
    ordered: Decimal
    declined: Decimal
    handed_over: Decimal
    rejected: Decimal

    @property
    def in_time(self) -> Decimal | None:
        """Of the orders that were brought, those that were at the hub on the delivery day or before."""
        return _share(Decimal(self.brought_in_time), Decimal(self.brought))

    @property
    def in_full(self) -> Decimal | None:
        """Packs left at the hub, of the packs ordered."""
        return _share(self.handed_over, self.ordered)

    @property
    def turned_away(self) -> Decimal | None:
        """Packs that kitchens did not accept or sent back, of the packs left at the hub."""
        return _share(self.rejected, self.handed_over)


def _share(part: Decimal, whole: Decimal) -> Decimal | None:
    return part / whole if whole else None


def delivery_record(supplier: Supplier, *, first: date, last: date) -> Record:
    """Deliveries from ``first`` to ``last``, both included. Two statements."""
    due = PurchaseOrder.objects.filter(supplier=supplier, delivery_date__range=(first, last))
    orders = due.annotate(brought_on=TruncDate("hand_over__at", tzinfo=STOCKHOLM)).aggregate(
        orders=Count("pk"),
        unanswered=Count("pk", filter=Q(answer=PurchaseOrder.Answer.NONE)),
        brought=Count("pk", filter=Q(brought_on__isnull=False)),
        brought_in_time=Count("pk", filter=Q(brought_on__lte=F("delivery_date"))),
    )
    packs = CallOff.objects.filter(
        supplier=supplier, delivery_date__range=(first, last), link__isnull=False
    ).aggregate(
        ordered=Sum("packs"),
        declined=Sum("quantity__declined"),
        handed_over=Sum("quantity__handed_over"),
        rejected=Sum(F("quantity__rejected") + F("quantity__returned")),
    )
    counted = {name: Decimal(value or 0) for name, value in packs.items()}
    return Record(
        **orders,
        ordered=counted["ordered"],
        declined=counted["declined"],
        handed_over=counted["handed_over"],
        rejected=counted["rejected"],
    )


@dataclass(frozen=True, slots=True)
class Need:
    """Base units of a product that kitchens ordered under the farm's lots for delivery in a month."""

    product: Product
    month: date
    quantity: Decimal
    kitchens: int


def season_needs(supplier: Supplier, *, first: date, last: date) -> Sequence[Need]:
    """By product and month, of whichever farm it was ordered. Two statements."""
    rows = list(
        CallOff.objects.filter(
            agreement_lot__parties__supplier=supplier,
            state=CallOff.State.PLACED,
            delivery_date__range=(first, last),
        )
        .annotate(month=TruncMonth("delivery_date"))
        .values("product", "month")
        .annotate(wanted=Sum("base_quantity"), kitchens=Count("kitchen", distinct=True))
        .filter(kitchens__gte=FEWEST_KITCHENS)
        .order_by("month")
    )
    products = Product.objects.in_bulk([row["product"] for row in rows])
    needs = [
        Need(products[row["product"]], row["month"], row["wanted"] or NOTHING, row["kitchens"])
        for row in rows
    ]
    return sorted(needs, key=lambda need: (need.product.sort_key, need.month))


@dataclass(frozen=True, slots=True)
class NeedsOfYear:
    """A product's base units in each of the table's months; None where fewer kitchens than may be told ordered it."""

    product: Product
    quantities: tuple[Decimal | None, ...]


def by_month(needs: Sequence[Need]) -> tuple[list[date], list[NeedsOfYear]]:
    """The months that have any figure, in order, and a row a product."""
    months = sorted({need.month for need in needs})
    found: dict[int, dict[date, Decimal]] = {}
    for need in needs:
        found.setdefault(need.product.pk, {})[need.month] = need.quantity
    products = {need.product.pk: need.product for need in needs}
    rows = [
        NeedsOfYear(product, tuple(found[pk].get(month) for month in months))
        for pk, product in products.items()
    ]
    return months, rows
