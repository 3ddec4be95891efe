"""A swap that the menu day suggests, taken and taken back by one button."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from config.ground.doors import actor_of, user_of
from config.ground.refusals import ChangedMeanwhile, InvalidInput, NotFound
from kitchens.actions.swapping import swap_dish, swap_goods, take_back
from kitchens.models import DishRole
from kitchens.queries.access import kitchen_for
from kitchens.refusals import MenuLocked


@login_required
@require_POST
def swap(request: HttpRequest, kitchen_id: int, day: date) -> HttpResponse:
    """``/kok/<id>/meny/<day>/byt/``: another dish (``rätt``) or other goods (``av``, ``till``) instead of what was seen there."""
    access = kitchen_for(user_of(request), kitchen_id)
    access.check_may_fill()
    role, seen = request.POST.get("roll", ""), _number(request, "sedd")
    if role not in DishRole.values:
        raise NotFound
    told: dict[str, Any] = {
        "kitchen": access.kitchen,
        "day": day,
        "role": role,
        "seen": seen,
        "by": actor_of(request),
    }
    page = reverse("kitchens:menu_day", args=[kitchen_id, day])
    try:
        if request.POST.get("do") == "angra":
            take_back(version_id=_number(request, "ratt"), **told)
            messages.success(request, _("Rätten är som före bytet."))
            return redirect(page)
        if "ratt" in request.POST:
            swap_dish(version_id=_number(request, "ratt"), **told)
        else:
            swap_goods(old=_number(request, "av"), new=_number(request, "till"), **told)
    except InvalidInput as refusal:
        messages.error(request, " ".join(str(words) for each in refusal.fields.values() for words in each))
        return redirect(page)
    except (MenuLocked, ChangedMeanwhile) as refusal:
        language = getattr(request, "LANGUAGE_CODE", "sv")
        messages.error(request, f"{refusal.sentence(language)} {refusal.next_step(language)}")
        return redirect(page)
    messages.success(request, _("Bytet är gjort."))
    return redirect(f"{page}?byt={role}-{seen}")


def _number(request: HttpRequest, name: str) -> int:
    told = request.POST.get(name, "")
    if not (told.isascii() and told.isdigit() and len(told) <= 18):  # noqa: PLR2004  # what a key may have
        raise NotFound
    return int(told)
