"""The last leg: rounds from a hub to kitchens, written as they were measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from config.ground.refusals import InvalidInput, NotFound
from config.ground.trail import Actor, Once, acting
from kitchens.models import Kitchen
from market.models import Authority, Hub
from orders.models import DrivenRound, DrivenStop
from orders.refusals import KitchenOnAnotherRound


@dataclass(frozen=True, slots=True)
class RoundDraft:
    """A round by one method: ``driven_km`` with ``kg_per_vehicle_km``, or ``km`` with ``kg_per_tonne_km``."""

    delivery_date: date
    name: str
    source: str
    driven_km: Decimal | None = None
    kg_per_vehicle_km: Decimal | None = None
    km: Decimal | None = None
    kg_per_tonne_km: Decimal | None = None
    load_kg: Decimal | None = None


def record_round(
    *,
    authority: Authority,
    hub: Hub,
    kitchens: Sequence[Kitchen],
    draft: RoundDraft,
    today: date,
    once: Once | None = None,
    by: Actor,
) -> DrivenRound:
    """Keep a round; told again under its name it takes the old one's place, which is kept too.

    Raises InvalidInput for a day to come and for none or both of the methods, NotFound for a kitchen of another authority or
    hub, KitchenOnAnotherRound.
    """
    _check(draft, today=today)
    wanted = {kitchen.pk for kitchen in kitchens}
    with acting(by, once=once) as act:
        if act.reply is not None:
            return DrivenRound.objects.get(pk=act.reply)
        own = Kitchen.objects.select_for_update(no_key=True).filter(
            pk__in=wanted, authority=authority, hub=hub
        )
        if not wanted or {kitchen.pk for kitchen in own.order_by("pk")} != wanted:
            raise NotFound
        before = DrivenRound.objects.select_for_update().filter(
            authority=authority,
            hub=hub,
            delivery_date=draft.delivery_date,
            name=draft.name,
            retired_at=None,
        )
        retired = [each.pk for each in before]
        DrivenStop.objects.filter(driven_round__in=retired, retired_at=None).update(retired_at=Now())
        DrivenRound.objects.filter(pk__in=retired).update(retired_at=Now())
        taken = (
            DrivenStop.objects.filter(kitchen__in=wanted, delivery_date=draft.delivery_date, retired_at=None)
            .select_related("kitchen", "driven_round")
            .first()
        )
        if taken is not None:
            raise KitchenOnAnotherRound(kitchen=taken.kitchen.name, round=taken.driven_round.name)
        made = DrivenRound.objects.create(
            authority=authority,
            hub=hub,
            delivery_date=draft.delivery_date,
            name=draft.name,
            source=draft.source,
            driven_km=draft.driven_km,
            kg_per_vehicle_km=draft.kg_per_vehicle_km,
            km=draft.km,
            kg_per_tonne_km=draft.kg_per_tonne_km,
            load_kg=draft.load_kg,
            recorded_by_id=by.person_id,
        )
        DrivenStop.objects.bulk_create(
            DrivenStop(driven_round=made, kitchen_id=kitchen_id, delivery_date=draft.delivery_date)
            for kitchen_id in sorted(wanted)
        )
        act.answer(made.pk)
    return made


def _check(draft: RoundDraft, *, today: date) -> None:
    faults: dict[str, list[str]] = {}
    measured = (draft.driven_km, draft.kg_per_vehicle_km)
    by_tonne = (draft.km, draft.kg_per_tonne_km)
    whole = [all(each is not None for each in method) for method in (measured, by_tonne)]
    named = [any(each is not None for each in method) for method in (measured, by_tonne)]
    if sum(whole) != 1 or sum(named) != 1:
        faults["driven_km"] = [_("Ange körda km med kg CO₂e per km, eller tonkilometer: en av dem.")]
    if draft.delivery_date > today:
        faults["delivery_date"] = [_("Rundan är inte körd än: välj i dag eller en tidigare dag.")]
    if faults:
        raise InvalidInput(fields=faults)
