"""What a farm does with a whole week of its offers: say that they are still right, repeat them, take them back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from config.ground.refusals import InvalidInput, NotFound
from config.ground.trail import Actor, Once, acting
from market.actions.offers import OfferDraft, publish_offers
from market.models import Offer, StockPool
from market.queries.posting import marks_proven, prices_agreed
from market.rules.posting import fault_of_own_price
from market.rules.weeks import Period, may_repeat, week_of
from suppliers.models import Supplier


def say_still_right(
    *, supplier: Supplier, pool_ids: Sequence[int], now: datetime, once: Once | None = None, by: Actor
) -> int:
    """The farm says that these stocks are still right; how many. Raises NotFound if one is not its own."""
    with acting(by, once=once) as act:
        if act.reply is not None:
            return int(act.reply)
        said = StockPool.objects.filter(supplier=supplier, pk__in=pool_ids).update(checked_at=now)
        if said != len(set(pool_ids)):
            raise NotFound
        act.answer(said)
    return said


@dataclass(frozen=True, slots=True)
class Repeated:
    """``left`` products had goods of the later week already; ``closed`` packs have an own price that no agreement
    leaves open then. Both were left alone.
    """

    offers: int
    left: int
    closed: int = 0


def repeat_week(
    *,
    supplier: Supplier,
    monday: date,
    from_monday: date,
    today: date,
    once: Once | None = None,
    by: Actor,
) -> Repeated:
    """Post in the week of ``monday`` what was on offer in that of ``from_monday``, in the same amounts.

    A product that has any stock in the later week is left alone, and so are goods that run over several weeks. A mark
    whose certificate has ended is not said again. Raises InvalidInput for a week that is over, or that is no later one.
    """
    week, earlier = week_of(monday), week_of(from_monday)
    if week.last < today:
        raise InvalidInput(fields={"week": [_("Veckan är slut.")]})
    if week.first <= earlier.first:
        raise InvalidInput(fields={"week": [_("Välj en vecka efter den som upprepas.")]})
    with acting(by, once=once) as act:
        if act.reply is not None:
            return Repeated(*act.reply)
        offers = Offer.objects.filter(
            supplier=supplier,
            withdrawn_at=None,
            pool__valid_from__gte=earlier.first,
            pool__valid_to__lte=earlier.last,
            product__merged_into=None,
        ).select_related("pool", "pack", "supplier")
        taken = set(
            StockPool.objects.filter(
                supplier=supplier, valid_from__lte=week.last, valid_to__gte=week.first
            ).values_list("product", flat=True)
        )
        wanted = [offer for offer in offers.order_by("pk") if _repeats(offer, earlier)]
        drafts = [
            _draft(offer, by_days=week.first - earlier.first)
            for offer in wanted
            if offer.product_id not in taken
        ]
        lawful = _lawful(drafts)
        publish_offers(drafts=lawful, by=by)
        left = len({offer.product_id for offer in wanted} & taken)
        done = Repeated(offers=len(lawful), left=left, closed=len(drafts) - len(lawful))
        act.answer([done.offers, done.left, done.closed])
    return done


def _lawful(drafts: Sequence[OfferDraft]) -> list[OfferDraft]:
    """The drafts without marks that nothing proves any longer, and without those whose own price is not open."""
    proven = marks_proven(draft.goods for draft in drafts if draft.claims)
    agreed = prices_agreed(
        (draft.goods, draft.pack.pk) for draft in drafts if draft.own_price_sek is not None
    )
    return [
        replace(
            draft, claims=tuple(kind for kind in draft.claims if kind in proven.get(draft.goods, frozenset()))
        )
        for draft in drafts
        if fault_of_own_price(draft.own_price_sek, agreed.get((draft.goods, draft.pack.pk), ())) is None
    ]


def _repeats(offer: Offer, week: Period) -> bool:
    pool = offer.pool
    return pool.quantity > 0 and may_repeat(Period(pool.valid_from, pool.valid_to), week=week)


def _draft(offer: Offer, *, by_days: timedelta) -> OfferDraft:
    """The same offer later. The day of harvest was of the earlier goods, and is not carried along."""
    return OfferDraft(
        supplier=offer.supplier,
        pack=offer.pack,
        quantity=offer.pool.quantity,
        valid_from=offer.pool.valid_from + by_days,
        valid_to=offer.pool.valid_to + by_days,
        own_price_sek=offer.own_price_sek,
        claims=tuple(offer.claims),
        allergens=tuple(offer.contains),
        may_contain=tuple(offer.may_contain),
        origin_country=offer.origin_country,
        origin_place=offer.origin_place,
        slaughtered_in=offer.slaughtered_in,
        temperature=offer.temperature,
        note=offer.note,
    )


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """How many offers went, and how much of the stock stays because it is ordered (rows, not amounts)."""

    offers: int
    still_owed: int


def withdraw_period(*, supplier: Supplier, period: Period, by: Actor) -> Withdrawn:
    """Nothing more is on offer for delivery in the period: what is not reserved goes, what is ordered stands.

    A stock that runs beyond the period goes as a whole: its days can't be cut where goods of them are ordered.
    Inside another act it joins that one.
    """
    with acting(by):
        pools = list(
            StockPool.objects.select_for_update(no_key=True)
            .filter(supplier=supplier, valid_from__lte=period.last, valid_to__gte=period.first)
            .order_by("pk")
            .values_list("pk", "reserved")
        )
        ids = [pk for pk, _reserved in pools]
        gone = Offer.objects.filter(pool__in=ids, withdrawn_at=None).update(withdrawn_at=Now())
        StockPool.objects.filter(Q(pk__in=ids), quantity__gt=F("reserved")).update(quantity=F("reserved"))
    return Withdrawn(offers=gone, still_owed=sum(reserved > Decimal(0) for _pk, reserved in pools))
