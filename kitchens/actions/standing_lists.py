"""Standing lists: what a kitchen orders again and again, under a name."""

from collections.abc import Sequence

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from config.ground.refusals import InvalidInput, NotFound
from config.ground.sorting import swedish_key
from config.ground.trail import Actor, Once, acting
from kitchens.models import Kitchen, StandingList, StandingListLine
from kitchens.queries.baskets import WantedLine
from market.models import Product

LONGEST_NAME = 60
MOST_LISTS = 50


def save_standing_list(
    *, kitchen: Kitchen, name: str, lines: Sequence[WantedLine], once: Once | None = None, by: Actor
) -> StandingList:
    """Make ``lines`` the list of that name; one that was there is replaced. Raises InvalidInput."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise InvalidInput(fields={"name": [_("Skriv listans namn, högst 60 tecken.")]})
    if not lines:
        raise InvalidInput(fields={"lines": [_("Listan är tom. Skriv ett antal på en rad först.")]})
    named = {line.product_id for line in lines}
    if Product.objects.filter(pk__in=named).count() != len(named):
        raise InvalidInput(fields={"lines": [_("Varan finns inte.")]})
    with acting(by, once=once) as act:
        if act.reply is not None:
            return StandingList.objects.get(pk=act.reply)
        Kitchen.objects.select_for_update(no_key=True).get(pk=kitchen.pk)  # two saves at once become one list
        others = StandingList.objects.filter(kitchen=kitchen).exclude(name=name)
        if others.count() >= MOST_LISTS:
            raise InvalidInput(
                fields={"name": [_("Köket har redan %(most)s listor.") % {"most": MOST_LISTS}]}
            )
        kept, fresh = StandingList.objects.get_or_create(
            kitchen=kitchen, name=name, defaults={"sort_key": swedish_key(name)}
        )
        if not fresh:
            kept.lines.all().delete()
            StandingList.objects.filter(pk=kept.pk).update(changed_at=Now())
        StandingListLine.objects.bulk_create(
            StandingListLine(
                standing_list=kept,
                product_id=line.product_id,
                quantity=line.quantity,
                accept_part=line.accept_part,
                note=line.note,
            )
            for line in lines
        )
        act.answer(kept.pk)
    return kept


def remove_standing_list(
    *, kitchen: Kitchen, list_id: int, once: Once | None = None, by: Actor
) -> StandingList:
    """Take a list away and give back what it was called. Raises NotFound."""
    with acting(by, once=once) as act:
        if act.reply is not None:
            return StandingList(kitchen=kitchen, name=act.reply)
        found = StandingList.objects.filter(kitchen=kitchen, pk=list_id).first()
        if found is None:
            raise NotFound
        found.delete()
        act.answer(found.name)
    return found
