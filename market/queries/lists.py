"""Which of the market's rows stand in a person's lists. What is for sale is open to all who are signed in."""

from datetime import date
from typing import Any, TypeVar

from django.db.models import BooleanField, F, Model, Prefetch, Q, QuerySet
from django.db.models.expressions import ExpressionWrapper

from config.ground.models import User
from config.ground.refusals import NotAllowed, NotFound
from market.models import (
    Agreement,
    AgreementLot,
    AuthorityMember,
    LotBalance,
    LotParty,
    Offer,
    Pack,
    Product,
    StockPool,
    SupplierRun,
)
from suppliers.models import FarmMember

Row = TypeVar("Row", bound=Model)


def farms_of(user: User) -> "QuerySet[FarmMember, Any]":
    """The farms that she acts for, for a subquery."""
    return FarmMember.objects.filter(user=user).values("supplier")


def _authorities_of(user: User) -> "QuerySet[AuthorityMember, Any]":
    return AuthorityMember.objects.filter(user=user).values("authority")


def narrowed(rows: QuerySet[Row], **wanted: object) -> QuerySet[Row]:
    """The rows that match all filters that were given; None is none given."""
    return rows.filter(**{name: value for name, value in wanted.items() if value is not None})


def one_of(rows: QuerySet[Row], pk: int) -> Row:
    """Raises NotFound."""
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def products(*, category: str | None = None, name: str | None = None) -> QuerySet[Product]:
    rows = Product.objects.select_related("category").prefetch_related("packs")
    rows = narrowed(rows, category__code=category)
    if name is not None:
        rows = rows.filter(
            Q(name_sv__icontains=name) | Q(name_en__icontains=name) | Q(synonyms__icontains=name)
        )
    return rows


def pack_of(pk: int) -> Pack:
    """Raises NotFound."""
    return one_of(Pack.objects.select_related("product"), pk)


def offers_seen_by(
    user: User,
    *,
    supplier: int | None = None,
    product: int | None = None,
    delivery_date: date | None = None,
) -> QuerySet[Offer]:
    """Her farms' offers, and what others have on offer now. ``own`` tells them apart: stock and price are its own."""
    own = Q(supplier__in=farms_of(user))
    rows = (
        Offer.objects.filter(own | Q(withdrawn_at=None))
        .annotate(own=ExpressionWrapper(own, output_field=BooleanField()))
        .select_related("pool")
    )
    return narrowed(
        rows,
        supplier=supplier,
        product=product,
        pool__valid_from__lte=delivery_date,
        pool__valid_to__gte=delivery_date,
    )


def offer_for(user: User, pk: int) -> Offer:
    return one_of(offers_seen_by(user), pk)


def offer_to_change_for(user: User, pk: int) -> Offer:
    """An offer of a farm of hers. Raises NotFound; NotAllowed for one who may only look."""
    found = offer_for(user, pk)
    if not farms_of(user).filter(supplier=found.supplier_id).exists():
        raise NotAllowed
    return found


def pools_seen_by(
    user: User,
    *,
    supplier: int | None = None,
    product: int | None = None,
    delivery_date: date | None = None,
) -> QuerySet[StockPool]:
    """Her own farms' stock."""
    return narrowed(
        StockPool.objects.filter(supplier__in=farms_of(user)),
        supplier=supplier,
        product=product,
        valid_from__lte=delivery_date,
        valid_to__gte=delivery_date,
    )


def supplier_runs(
    *,
    hub: int | None = None,
    supplier: int | None = None,
    delivery_date: date | None = None,
    state: str | None = None,
) -> QuerySet[SupplierRun]:
    rows = SupplierRun.objects.select_related("supplier").annotate(hub_id=F("delivery_run__hub"))
    return narrowed(rows, delivery_run__hub=hub, supplier=supplier, delivery_date=delivery_date, state=state)


def agreements_seen_by(
    user: User, *, authority: int | None = None, supplier: int | None = None, day: date | None = None
) -> QuerySet[Agreement]:
    """Those that name an authority of hers, and the signed ones that a farm of hers is party to.

    ``named`` says the former: only they see what is committed and what room is left.
    """
    named = Q(pk__in=Agreement.objects.filter(named__authority__in=_authorities_of(user)).values("pk"))
    party = Q(pk__in=LotParty.objects.filter(supplier__in=farms_of(user)).values("agreement_lot__agreement"))
    rows = (
        Agreement.objects.filter(named | (party & Q(signed_at__isnull=False)))
        .annotate(named_hers=ExpressionWrapper(named, output_field=BooleanField()))
        .prefetch_related("named")
    )
    if authority is not None:
        rows = rows.filter(pk__in=Agreement.objects.filter(named__authority=authority).values("pk"))
    if supplier is not None:
        rows = rows.filter(
            pk__in=LotParty.objects.filter(supplier=supplier).values("agreement_lot__agreement")
        )
    return narrowed(rows, valid_from__lte=day, valid_to__gte=day)


def agreement_for(user: User, pk: int) -> Agreement:
    """An agreement with its lots: a farm sees those that it is party to, and itself in them. Raises NotFound."""
    hers = Agreement.objects.filter(named__authority__in=_authorities_of(user)).values("pk")
    own = LotParty.objects.filter(supplier__in=farms_of(user))
    parties = LotParty.objects.filter(Q(agreement_lot__agreement__in=hers) | Q(pk__in=own.values("pk")))
    balances = LotBalance.objects.filter(agreement_lot__agreement__in=hers, supplier=None).filter(
        Q(authority=None) | Q(authority__in=_authorities_of(user))
    )
    lots = (
        AgreementLot.objects.filter(Q(agreement__in=hers) | Q(pk__in=own.values("agreement_lot")))
        .order_by("pk")
        .prefetch_related(
            Prefetch("parties", queryset=parties.order_by("rank")),
            Prefetch("balances", queryset=balances.order_by("pk")),
        )
    )
    return one_of(agreements_seen_by(user).prefetch_related(Prefetch("lots", queryset=lots)), pk)
