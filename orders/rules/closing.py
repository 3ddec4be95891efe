"""Closing a supplier's run: sharing out what is too little, and the smallest order that a farm drives for."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

ZERO = Decimal(0)


class ShortageRule(StrEnum):
    """How a shortage is shared; the rule is stated to kitchens and farms before the cut-off.

    PROPORTIONAL: proportional, largest remainder, ties by earliest placed then lowest id.
    EARLIEST_FIRST: earliest placed then lowest id, each in full while it lasts.
    """

    PROPORTIONAL = "proportional"
    EARLIEST_FIRST = "earliest_first"


@dataclass(frozen=True, slots=True)
class Share:
    """What a call-off wants. ``position`` grows with the time it was placed."""

    call_off_id: int
    position: int
    packs: int


def shortage_shares(
    *,
    wanted: Sequence[Share],
    available_packs: int,
    rule: ShortageRule = ShortageRule.PROPORTIONAL,
) -> dict[int, int]:
    """Whole packs by call-off id, also for those that get none.

    Together they are all that is available, or all that is wanted where that is less. ValueError for a
    negative number and for a call-off that stands twice.
    """
    _check(wanted, available_packs)
    in_order = sorted(wanted, key=lambda share: (share.position, share.call_off_id))
    if available_packs >= sum(share.packs for share in wanted):
        return {share.call_off_id: share.packs for share in in_order}
    if rule == ShortageRule.EARLIEST_FIRST:
        return _earliest_first(in_order, available_packs)
    return _proportional(in_order, available_packs)


def minimum_order_met(*, net_sek: Decimal, minimum_sek: Decimal | None) -> bool:
    """Whether an order is large enough for the farm; None is a farm without a minimum.

    ``net_sek`` is what the terms count together, one kitchen's order or the whole drop; the caller sums it.
    """
    return missing_to_minimum(net_sek=net_sek, minimum_sek=minimum_sek) == 0


def missing_to_minimum(*, net_sek: Decimal, minimum_sek: Decimal | None) -> Decimal:
    """SEK excl. VAT that lack to the minimum, zero when it is met."""
    return ZERO if minimum_sek is None else max(minimum_sek - net_sek, ZERO)


def _proportional(in_order: Sequence[Share], available_packs: int) -> dict[int, int]:
    total = sum(share.packs for share in in_order)
    whole = {share.call_off_id: share.packs * available_packs // total for share in in_order}
    left = available_packs - sum(whole.values())
    # Python sorts stably, so equal remainders stay in the order of placing.
    by_remainder = sorted(in_order, key=lambda share: -(share.packs * available_packs % total))
    for share in by_remainder[:left]:
        whole[share.call_off_id] += 1
    return whole


def _earliest_first(in_order: Sequence[Share], available_packs: int) -> dict[int, int]:
    left = available_packs
    shares = {}
    for share in in_order:
        shares[share.call_off_id] = min(share.packs, left)
        left -= shares[share.call_off_id]
    return shares


def _check(wanted: Sequence[Share], available_packs: int) -> None:
    if available_packs < 0 or any(share.packs < 0 for share in wanted):
        raise ValueError("a shortage is shared out of packs from 0")
    if len({share.call_off_id for share in wanted}) != len(wanted):
        raise ValueError("a call-off stands twice among those that share")
