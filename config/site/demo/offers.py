"""What the demo's farms post each week. Amounts are invented: some plenty, some scarce, always the same."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from config.ground.trail import Actor
from config.site.demo.goods import BY_NEED, Ware
from config.site.demo.plans import FarmPlan
from market.actions.offers import OfferDraft, publish_offers
from market.models import Pack, StockPool
from suppliers.models import Supplier

SIX_DAYS = timedelta(days=6)
LABELLED = ("organic", "krav")
# By farm and product in turn: the third is scarce, so that a lower rank has something to do.
AMOUNTS = {
    "kg": (Decimal(800), Decimal(450), Decimal(60), Decimal(1200)),
    "litre": (Decimal(1500), Decimal(600), Decimal(80), Decimal(2400)),
    "piece": (Decimal(3600), Decimal(1800), Decimal(240), Decimal(5400)),
}


def post_weeks(farms: Sequence[tuple[FarmPlan, Supplier]], *, mondays: Sequence[date], by: Actor) -> int:
    """Stock and offers of each farm's goods in each week that has none yet; how many offers."""
    packs: dict[str, list[Pack]] = {}
    for pack in Pack.objects.select_related("product").order_by("pk"):
        packs.setdefault(pack.product.name_sv, []).append(pack)
    laid = set(
        StockPool.objects.filter(supplier__in=[supplier.pk for _plan, supplier in farms]).values_list(
            "supplier", "product", "valid_from"
        )
    )
    drafts = [
        _draft(plan, supplier, ware=ware, pack=pack, monday=monday, turn=place + number)
        for monday in mondays
        for place, (plan, supplier) in enumerate(farms)
        for number, ware in enumerate(ware for need in plan.needs for ware in BY_NEED[need])
        for pack in packs[ware.name]
        if (supplier.pk, pack.product_id, monday) not in laid
    ]
    return len(publish_offers(drafts=drafts, by=by))


def _draft(
    plan: FarmPlan, supplier: Supplier, *, ware: Ware, pack: Pack, monday: date, turn: int
) -> OfferDraft:
    return OfferDraft(
        supplier=supplier,
        pack=pack,
        quantity=AMOUNTS[ware.draft.base_unit][turn % 4],
        valid_from=monday,
        valid_to=monday + SIX_DAYS,
        claims=tuple(label for label in plan.labels if label in LABELLED),
        allergens=ware.allergens,
        origin_place=plan.place,
        slaughtered_in="SE" if ware.draft.group == "beef" else "",
        temperature=ware.temperature,
    )
