"""What farms post: stock of a period, and packs that draw on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from config.ground.refusals import InvalidInput, NotFound
from config.ground.trail import Actor, Once, acting
from market.models import Offer, Pack, StockPool
from market.queries.food_law import must_say_slaughter
from market.queries.posting import PostedGoods, marks_proven, merged_names, prices_agreed
from market.queries.posting_words import lacking_proof, price_not_open, price_question
from market.queries.price_history import PackAsked, price_histories
from market.refusals import OfferWithdrawn, PeriodOverlaps, PriceLooksWrong, StockReserved
from market.rules.allergens import Allergen
from market.rules.plausibility import price_doubt
from market.rules.posting import fault_of_own_price, unproven
from suppliers.models import Supplier
from suppliers.rules.certificates import LABELS


@dataclass(frozen=True, slots=True)
class OfferDraft:
    """A pack as a farm posts it. ``quantity`` is all that it has of the product in the period, in base units.

    ``price_is_right`` False: a price far off its history is asked about before it is posted.
    """

    supplier: Supplier
    pack: Pack
    quantity: Decimal
    valid_from: date
    valid_to: date
    own_price_sek: Decimal | None = None
    claims: tuple[str, ...] = ()
    allergens: tuple[str, ...] = ()
    may_contain: tuple[str, ...] = ()
    origin_country: str = "SE"
    origin_place: str = ""
    slaughtered_in: str = ""
    temperature: str = Offer.Temperature.AMBIENT
    harvested_on: date | None = None
    note: str = ""
    price_is_right: bool = True

    @property
    def goods(self) -> PostedGoods:
        return PostedGoods(self.supplier.pk, self.pack.product_id, self.valid_from, self.valid_to)

    @property
    def pool_key(self) -> "PoolKey":
        return (self.supplier.pk, self.pack.product_id, self.valid_from, self.valid_to)


PoolKey = tuple[int, int, date, date]
OERE = Decimal("0.01")


def publish_offer(
    *,
    supplier: Supplier,
    pack: Pack,
    quantity: Decimal,
    valid_from: date,
    valid_to: date,
    own_price_sek: Decimal | None = None,
    claims: Sequence[str] = (),
    allergens: Sequence[str] = (),
    may_contain: Sequence[str] = (),
    origin_country: str = "SE",
    origin_place: str = "",
    slaughtered_in: str = "",
    temperature: str = Offer.Temperature.AMBIENT,
    harvested_on: date | None = None,
    note: str = "",
    price_is_right: bool = True,
    once: Once | None = None,
    by: Actor,
) -> Offer:
    """One pack on offer; see ``publish_offers``."""
    draft = OfferDraft(
        supplier=supplier,
        pack=pack,
        quantity=quantity,
        valid_from=valid_from,
        valid_to=valid_to,
        own_price_sek=own_price_sek,
        claims=tuple(claims),
        allergens=tuple(allergens),
        may_contain=tuple(may_contain),
        origin_country=origin_country,
        origin_place=origin_place,
        slaughtered_in=slaughtered_in,
        temperature=temperature,
        harvested_on=harvested_on,
        note=note,
        price_is_right=price_is_right,
    )
    return publish_offers(drafts=[draft], once=once, by=by)[0]


def publish_offers(*, drafts: Sequence[OfferDraft], once: Once | None = None, by: Actor) -> list[Offer]:
    """Packs on offer, in a fixed number of statements.

    The stock of (supplier, product, period) is made, or raised to the quantity; it is never lowered here, so
    that posting a second pack of the same stock, or the same one twice, does not count the goods twice. A live
    offer of the same pack is replaced; with ``once`` the same key gives the same offers. Raises InvalidInput (also
    for a mark that no certificate covers on any of the days, an own price that no agreement leaves open, and goods that
    are merged into others), PeriodOverlaps, PriceLooksWrong.
    """
    for draft in drafts:
        if faults := _faults(draft):
            raise InvalidInput(fields=faults)
    if not drafts:
        return []
    with acting(by, once=once) as act:
        if act.reply is not None:
            return list(Offer.objects.filter(pk__in=act.reply).order_by("pk"))
        _ask_where_slaughtered(drafts)
        _judge(drafts)
        _ask_about_prices([each for each in drafts if each.own_price_sek and not each.price_is_right])
        pools = _make_or_raise_pools(drafts)
        replaced = {(pools[draft.pool_key].pk, draft.pack.pk) for draft in drafts}
        live = Offer.objects.filter(pool__in={pool for pool, _pack in replaced}, withdrawn_at=None)
        old = [pk for pk, *pair in live.values_list("pk", "pool", "pack") if tuple(pair) in replaced]
        if old:
            Offer.objects.filter(pk__in=old, withdrawn_at=None).update(withdrawn_at=Now())
        made = Offer.objects.bulk_create(
            _offer(draft, pool=pools[draft.pool_key], published_by=act.by.user_id) for draft in drafts
        )
        act.answer([offer.pk for offer in made])
        return made


def _faults(draft: OfferDraft) -> dict[str, list[str]]:
    faults: dict[str, list[str]] = {}
    if draft.quantity <= 0:
        faults["quantity"] = [_("Ange hur mycket du har, mer än noll.")]
    if draft.valid_to < draft.valid_from:
        faults["valid_to"] = [_("Sista dagen ligger före den första.")]
    if draft.own_price_sek is not None and draft.own_price_sek <= 0:
        faults["own_price_sek"] = [_("Priset måste vara mer än noll, eller lämnas tomt.")]
    if not set(draft.claims) <= LABELS:
        faults["claims"] = [_("Välj märkningar ur listan.")]
    if not {*draft.allergens, *draft.may_contain} <= set(Allergen):
        faults["allergens"] = [_("Välj allergener ur listan.")]
    if draft.temperature not in Offer.Temperature.values:
        faults["temperature"] = [_("Välj rumstemperatur, kyl eller frys.")]
    return faults


def _ask_where_slaughtered(drafts: Sequence[OfferDraft]) -> None:
    """Beef says where the animal was slaughtered, or is not posted (1760/2000). Raises InvalidInput."""
    silent = [draft for draft in drafts if not draft.slaughtered_in.strip()]
    must = must_say_slaughter({(draft.pack.product_id, draft.valid_from) for draft in silent})
    for draft in silent:
        if (draft.pack.product_id, draft.valid_from) in must:
            words = _("Ange landet där djuret slaktades. Utan det får %(product)s inte säljas.")
            raise InvalidInput(fields={"slaughtered_in": [words % {"product": draft.pack.product.name_sv}]})


def _judge(drafts: Sequence[OfferDraft]) -> None:
    """What only the farm's papers and agreements can tell of the drafts. Five statements at most. Raises InvalidInput."""
    kept = merged_names({draft.pack.product_id for draft in drafts})
    proven = marks_proven(draft.goods for draft in drafts if draft.claims)
    agreed = prices_agreed(
        (draft.goods, draft.pack.pk) for draft in drafts if draft.own_price_sek is not None
    )
    for draft in drafts:
        faults: dict[str, list[str]] = {}
        if (goods := kept.get(draft.pack.product_id)) is not None:
            faults["pack"] = [
                _("Varan är ihopslagen med %(goods)s. Lägg ut den i stället.") % {"goods": goods}
            ]
        if lacking := unproven(draft.claims, proven=proven.get(draft.goods, frozenset())):
            faults["claims"] = [lacking_proof(lacking)]
        closed = fault_of_own_price(draft.own_price_sek, agreed.get((draft.goods, draft.pack.pk), ()))
        if closed is not None:
            faults["own_price_sek"] = [price_not_open(closed)]
        if faults:
            raise InvalidInput(fields=faults)


def _ask_about_prices(drafts: Sequence[OfferDraft]) -> None:
    """Drafts of one farm whose price nobody has sworn to yet. Raises PriceLooksWrong for the first in doubt."""
    if not drafts:
        return
    histories = price_histories(
        supplier_id=drafts[0].supplier.pk,
        packs=[
            PackAsked(
                pack_id=draft.pack.pk,
                product_id=draft.pack.product_id,
                base_per_pack=draft.pack.base_per_pack,
                is_catch_weight=draft.pack.is_catch_weight,
            )
            for draft in drafts
        ],
        today=min(draft.valid_from for draft in drafts),
    )
    for draft in drafts:
        price = draft.own_price_sek or Decimal(0)
        doubt = price_doubt(
            price_sek=price,
            history_sek=histories[draft.pack.pk],
            base_per_pack=draft.pack.base_per_pack,
            per_kg=draft.pack.is_catch_weight,
        )
        if doubt:
            raise PriceLooksWrong(
                product=draft.pack.product,
                price=price,
                usual=doubt.usual_sek.quantize(OERE),
                times=int(doubt.times),
                meant=str(doubt.meant),
                fields={"own_price_sek": [price_question(doubt)]},
            )


def _offer(draft: OfferDraft, *, pool: StockPool, published_by: int | None) -> Offer:
    return Offer(
        pool=pool,
        supplier=draft.supplier,
        product_id=draft.pack.product_id,
        pack=draft.pack,
        own_price_sek=draft.own_price_sek,
        claims=sorted(set(draft.claims)),
        contains=sorted(set(draft.allergens)),
        may_contain=sorted(set(draft.may_contain) - set(draft.allergens)),
        origin_country=draft.origin_country,
        origin_place=draft.origin_place,
        slaughtered_in=draft.slaughtered_in,
        temperature=draft.temperature,
        harvested_on=draft.harvested_on,
        note=draft.note,
        published_by_id=published_by,
    )


def _make_or_raise_pools(drafts: Sequence[OfferDraft]) -> dict[PoolKey, StockPool]:
    wanted: dict[PoolKey, Decimal] = {}
    for draft in drafts:
        wanted[draft.pool_key] = max(draft.quantity, wanted.get(draft.pool_key, draft.quantity))
    StockPool.objects.bulk_create(
        (
            StockPool(
                supplier_id=supplier, product_id=product, valid_from=first, valid_to=last, quantity=quantity
            )
            for (supplier, product, first, last), quantity in sorted(wanted.items())
        ),
        ignore_conflicts=True,  # a pool of the same days is raised below; one of other days is refused there
    )
    pools = _pools_of(wanted)
    for key in sorted(wanted, key=lambda key: pools[key].pk):
        if pools[key].quantity < wanted[key]:
            StockPool.objects.filter(pk=pools[key].pk, quantity__lt=wanted[key]).update(quantity=wanted[key])
    return pools


def _pools_of(wanted: dict[PoolKey, Decimal]) -> dict[PoolKey, StockPool]:
    """Each wanted pool by its key. Raises PeriodOverlaps for one that could not be made."""
    near = StockPool.objects.filter(
        supplier__in={key[0] for key in wanted},
        product__in={key[1] for key in wanted},
        valid_from__lte=max(key[3] for key in wanted),
        valid_to__gte=min(key[2] for key in wanted),
    )
    pools = {(pool.supplier_id, pool.product_id, pool.valid_from, pool.valid_to): pool for pool in near}
    for supplier, product, first, last in wanted:
        if (supplier, product, first, last) not in pools:
            other = near.filter(
                supplier=supplier, product=product, valid_from__lte=last, valid_to__gte=first
            ).select_related("product")[0]
            raise PeriodOverlaps(product=other.product, valid_from=other.valid_from, valid_to=other.valid_to)
    return pools


def change_stock(*, pool: StockPool, quantity: Decimal, once: Once | None = None, by: Actor) -> StockPool:
    """Set what the farm has, in base units. Raises StockReserved (with the figure) below what is ordered."""
    if quantity < 0:
        raise InvalidInput(fields={"quantity": [_("Ange noll eller mer.")]})
    with acting(by, once=once) as act:
        if act.reply is not None:
            return StockPool.objects.select_related("product").get(pk=pool.pk)
        won = StockPool.objects.filter(pk=pool.pk, reserved__lte=quantity).update(
            quantity=quantity, checked_at=Now()
        )
        now = StockPool.objects.select_related("product").filter(pk=pool.pk).first()
        if now is None:
            raise NotFound
        if not won:
            raise StockReserved(
                reserved=now.reserved,
                wanted=quantity,
                unit=now.product.get_base_unit_display(),
                product=now.product,
                fields={"quantity": [_("Minst det som redan är beställt.")]},
            )
        act.answer({"pool": pool.pk})
    return now


def withdraw_offer(*, offer: Offer, once: Once | None = None, by: Actor) -> None:
    """The pack is no longer on offer; what is ordered of it stands. Raises OfferWithdrawn."""
    with acting(by, once=once) as act:
        if act.reply is not None:
            return
        if not Offer.objects.filter(pk=offer.pk, withdrawn_at=None).update(withdrawn_at=Now()):
            raise OfferWithdrawn(offer=offer)
        act.answer({"offer": offer.pk})
