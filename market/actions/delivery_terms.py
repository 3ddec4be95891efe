"""A farm's terms at a hub, closed days, pauses. They shape runs that are yet to be planned, never one that is."""

from datetime import date, time
from decimal import Decimal

from django.utils.translation import gettext as _

from config.ground.refusals import InvalidInput, NotFound
from config.ground.trail import Actor, Once, acting
from market.models import Hub, HubClosure, SupplierHubTerms, SupplierPause
from suppliers.models import Supplier


def set_hub_terms(
    *,
    supplier: Supplier,
    hub: Hub,
    weekdays: str,
    lead_working_days: int = 2,
    cut_off_time: time = time(12),
    minimum_order_sek: Decimal = Decimal(0),
    once: Once | None = None,
    by: Actor,
) -> SupplierHubTerms:
    """Which of the hub's days the farm comes, and until when it takes orders. Raises InvalidInput."""
    faults: dict[str, list[str]] = {}
    if not weekdays or not set(weekdays) <= set("1234567"):
        faults["weekdays"] = [_("Välj minst en veckodag.")]
    if lead_working_days < 0:
        faults["lead_working_days"] = [_("Ange noll eller fler arbetsdagar.")]
    if minimum_order_sek < 0:
        faults["minimum_order_sek"] = [_("Ange noll eller mer.")]
    if faults:
        raise InvalidInput(fields=faults)
    with acting(by, once=once) as act:
        if act.reply is not None:
            return SupplierHubTerms.objects.get(pk=act.reply)
        terms = SupplierHubTerms.objects.update_or_create(
            supplier=supplier,
            hub=hub,
            defaults={
                "weekdays": "".join(sorted(set(weekdays))),
                "lead_working_days": lead_working_days,
                "cut_off_time": cut_off_time,
                "minimum_order_sek": minimum_order_sek,
            },
        )[0]
        act.answer(terms.pk)
    return terms


def close_hub(*, hub: Hub, day: date, reason: str, by: Actor) -> HubClosure:
    """No run is planned at the hub that day. Closing the same day again changes nothing."""
    with acting(by):
        return HubClosure.objects.get_or_create(hub=hub, day=day, defaults={"reason": reason})[0]


def pause_supplier(
    *,
    supplier: Supplier,
    first_day: date,
    last_day: date,
    reason: str = "",
    once: Once | None = None,
    by: Actor,
) -> SupplierPause:
    """No run of the farm is planned on these days, both included. Raises InvalidInput."""
    if last_day < first_day:
        raise InvalidInput(fields={"last_day": [_("Sista dagen ligger före den första.")]})
    with acting(by, once=once) as act:
        if act.reply is not None:
            return SupplierPause(
                pk=act.reply, supplier=supplier, first_day=first_day, last_day=last_day, reason=reason
            )
        pause = SupplierPause.objects.create(
            supplier=supplier, first_day=first_day, last_day=last_day, reason=reason
        )
        act.answer(pause.pk)
    return pause


def end_pause(*, supplier: Supplier, pause_id: int, once: Once | None = None, by: Actor) -> None:
    """The pause is no more: its days are planned again the next time that runs are. Raises NotFound."""
    with acting(by, once=once) as act:
        if act.reply is not None:
            return
        gone, _of_table = SupplierPause.objects.filter(supplier=supplier, pk=pause_id).delete()
        if not gone:
            raise NotFound
        act.answer(pause_id)
