"""A farm can't bring more in a week: what is not ordered goes, and the kitchens that wait for something are told."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from config.ground.models import OutboxMessage
from config.ground.outbox import enqueue_all
from config.ground.refusals import InvalidInput
from config.ground.trail import Actor, Once, acting
from market.actions.weeks import withdraw_period
from market.rules.weeks import Period
from orders.models import FarmNotice
from orders.queries.concerned import kitchens_concerned, readers_of
from suppliers.models import Supplier

LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Told:
    """Packs that were taken back, stocks of which something is ordered, kitchens that are told."""

    offers: int
    still_owed: int
    kitchens: int


def cant_this_week(
    *,
    supplier: Supplier,
    period: Period,
    reason: str,
    ordered_too: bool,
    today: date,
    once: Once | None = None,
    by: Actor,
) -> Told:
    """Take back what is not reserved for delivery in the period, and tell each kitchen with open call-offs by letter.

    What is ordered stands until the farm answers its purchase order, also with ``ordered_too``. Raises InvalidInput
    without a reason or for days that are over.
    """
    faults: dict[str, list[str]] = {}
    if not reason.strip():
        faults["reason"] = [_("Skriv varför, så vet köken vad som hänt.")]
    if period.last < today:
        faults["period"] = [_("Veckan är slut.")]
    if faults:
        raise InvalidInput(fields=faults)
    with acting(by, once=once) as act:
        if act.reply is not None:
            return Told(**act.reply)
        gone = withdraw_period(supplier=supplier, period=period, by=by)
        notices = FarmNotice.objects.bulk_create(
            FarmNotice(
                supplier=supplier,
                kitchen_id=kitchen_id,
                first_day=max(period.first, today),
                last_day=period.last,
                reason=reason.strip()[:LONGEST_REASON],
                ordered_too=ordered_too,
            )
            for kitchen_id in kitchens_concerned(supplier, period=period, today=today)
        )
        enqueue_all(_letters({notice.kitchen_id: notice.pk for notice in notices}))
        reply: dict[str, Any] = {
            "offers": gone.offers,
            "still_owed": gone.still_owed,
            "kitchens": len(notices),
        }
        act.answer(reply)
    return Told(**reply)


def _letters(notices: dict[int, int]) -> list[OutboxMessage]:
    return [
        OutboxMessage(
            kind="farm_notice",
            recipient=reader.user.email or "",
            language=reader.user.language,
            cause_table="orders_farmnotice",
            cause_id=notices[reader.kitchen_id],
            dedupe_key=f"farm_notice:{notices[reader.kitchen_id]}:{reader.user.pk}",
        )
        for reader in readers_of(list(notices))
    ]
