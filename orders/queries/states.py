"""Where a call-off or a purchase order stands, in a word that people know."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from orders.models import CallOff, CallOffQuantity, PurchaseOrder


@dataclass(frozen=True, slots=True)
class State:
    """``kind`` is that of the face's pills: ok, info, warn, refuse, plain."""

    kind: str
    words: str
    icon: str = ""


def call_off_state(call_off: CallOff, *, may_change: bool) -> State:
    """Needs the call-off's ``quantity``, where it has one."""
    booked: CallOffQuantity | None = getattr(call_off, "quantity", None)
    if booked is None:
        return (
            State("info", _("Beställd, kan ändras"), "edit")
            if may_change
            else State("plain", _("Väntar på gårdens svar"))
        )
    told = {"all": call_off.packs, "delivered": int(booked.delivered), "confirmed": int(booked.confirmed)}
    if booked.returned:
        return State(
            "warn", _("%(returned)s av %(all)s återlämnade") % {**told, "returned": int(booked.returned)}
        )
    if booked.delivered == call_off.packs:
        return State("ok", _("Mottagen"))
    if booked.delivered or booked.rejected:
        return State("warn", _("Mottaget %(delivered)s av %(all)s") % told)
    if booked.handed_over:
        return State("info", _("På navet"), "truck")
    if booked.declined == call_off.packs:
        return State("refuse", _("Gården kan inte leverera"))
    if booked.confirmed < call_off.packs:
        return State("warn", _("Bekräftat %(confirmed)s av %(all)s") % told)
    return State("ok", _("Bekräftad"))


def answer_state(order: PurchaseOrder) -> State:
    """What the farm has answered."""
    states = {
        PurchaseOrder.Answer.NONE: State("plain", _("Väntar på svar")),
        PurchaseOrder.Answer.FULL: State("ok", _("Bekräftad")),
        PurchaseOrder.Answer.PART: State("warn", _("Bekräftad till en del")),
        PurchaseOrder.Answer.DECLINED: State("refuse", _("Kan inte levereras")),
    }
    return states[PurchaseOrder.Answer(order.answer)]
