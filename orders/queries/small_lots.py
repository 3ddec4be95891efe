"""The small-lot pots of an authority with what was taken of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from config.ground.refusals import NotFound
from market.models import Authority, SmallLot, SmallLotPot
from market.rules.small_lots import may_take_lot


@dataclass(frozen=True, slots=True)
class PotSeen:
    pot: SmallLotPot
    lots: Sequence[SmallLot]
    pot_sek: Decimal
    left_sek: Decimal


def pots_of(authority: Authority) -> list[PotSeen]:
    """The newest first, in two statements."""
    pots = SmallLotPot.objects.filter(authority=authority).select_related("opened_by")
    return [_seen(pot) for pot in pots.prefetch_related("lots__decided_by").order_by("-pk")]


def _seen(pot: SmallLotPot) -> PotSeen:
    lots = sorted(pot.lots.all(), key=lambda lot: lot.pk)
    found = may_take_lot(
        Decimal(0),
        lots_before=[lot.lot_sek for lot in lots],
        whole_sek=pot.whole_sek,
        amount_sek=pot.amount_sek,
        share=pot.share,
    )
    return PotSeen(pot=pot, lots=lots, pot_sek=found.pot_sek, left_sek=found.left_sek)


def pot_of(authority: Authority, pot_id: int) -> SmallLotPot:
    """Raises NotFound."""
    found = SmallLotPot.objects.filter(authority=authority, pk=pot_id).select_related("authority").first()
    if found is None:
        raise NotFound
    return found
