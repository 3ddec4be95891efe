"""What fills a basket besides typing: the last order, a standing list, lines pasted from a spreadsheet."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.ground.doors import actor_of, arrived_at
from config.ground.refusals import InvalidInput
from kitchens.actions.baskets import save_basket
from kitchens.actions.standing_lists import save_standing_list
from kitchens.queries.access import KitchenAccess
from kitchens.queries.baskets import WantedLine
from kitchens.queries.standing_lists import lines_of_list
from orders.forms.basket import BasketForm
from orders.queries.last_order import lines_of_last_order
from orders.queries.pasted import Pasted, pasted_lines

LONGEST_PASTE = 40_000


def copy_last(request: HttpRequest, access: KitchenAccess, day: date, form: BasketForm) -> None:
    lines = lines_of_last_order(access.kitchen, before=day)
    if not lines:
        messages.error(request, _("Köket har ingen tidigare beställning att kopiera."))
        return
    _fill(request, access, day, form, lines)


def take_list(request: HttpRequest, access: KitchenAccess, day: date, form: BasketForm) -> None:
    asked = request.POST.get("lista", "")
    if not (asked.isascii() and asked.isdigit()):
        raise InvalidInput(fields={"lista": [_("Välj en lista.")]})
    _fill(request, access, day, form, lines_of_list(access.kitchen, int(asked[:18])))


def keep_list(request: HttpRequest, access: KitchenAccess, day: date, form: BasketForm) -> None:
    """The basket is saved too: what is kept as a list is what the page showed."""
    save_basket(
        kitchen=access.kitchen,
        delivery_date=day,
        lines=form.lines,
        version=form.version,
        by=actor_of(request),
    )
    name = request.POST.get("listnamn", "")
    try:
        kept = save_standing_list(kitchen=access.kitchen, name=name, lines=form.lines, by=actor_of(request))
    except InvalidInput as refusal:
        messages.error(request, " ".join(said for each in refusal.fields.values() for said in each))
        return
    messages.success(request, _("Listan %(name)s är sparad.") % {"name": kept.name})


FILLED_BY: dict[str, Callable[[HttpRequest, KitchenAccess, date, BasketForm], None]] = {
    "kopiera": copy_last,
    "hamta": take_list,
    "lista": keep_list,
}


def paste(request: HttpRequest, access: KitchenAccess, day: date, form: BasketForm) -> Pasted:
    """Lay what is understood in the basket; the rest is told back."""
    pasted = pasted_lines(
        kitchen=access.kitchen,
        delivery_date=day,
        text=request.POST.get("klistrat", "")[:LONGEST_PASTE],
        arrived_at=arrived_at(request),
    )
    typed = {line.product_id for line in pasted.lines}
    lines = [*(line for line in form.lines if line.product_id not in typed), *pasted.lines]
    save_basket(
        kitchen=access.kitchen, delivery_date=day, lines=lines, version=form.version, by=actor_of(request)
    )
    return pasted


def _fill(
    request: HttpRequest, access: KitchenAccess, day: date, form: BasketForm, lines: list[WantedLine]
) -> None:
    """Add lines whose goods are not in the basket yet: what was typed stands."""
    there = {line.product_id for line in form.lines}
    more = [line for line in lines if line.product_id not in there]
    save_basket(
        kitchen=access.kitchen,
        delivery_date=day,
        lines=[*form.lines, *more],
        version=form.version,
        by=actor_of(request),
    )
    messages.success(
        request,
        ngettext(
            "%(count)s rad ligger nu i varukorgen. Inget är beställt än.",
            "%(count)s rader ligger nu i varukorgen. Inget är beställt än.",
            len(more),
        )
        % {"count": len(more)},
    )
