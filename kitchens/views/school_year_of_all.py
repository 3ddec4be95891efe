"""An authority's school year, laid for all its kitchens at once by its officer."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from config.ground.doors import actor_of, arrived_at, stand_at, user_of
from config.ground.refusals import NotFound
from kitchens.actions.school_year import LaidForAll, add_for_kitchens, remove_for_all
from kitchens.forms.school_year import PeriodOfAllForm
from kitchens.queries.school_year_of_all import authority_to_lay_for, year_of_all
from kitchens.rules.school_year import Period, What
from kitchens.views.payback import accepted
from market.models import Authority
from market.rules.calendar import STOCKHOLM

GONE = "bort:"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def school_year_of_all(request: HttpRequest, authority_id: int) -> HttpResponse:
    """``/myndighet/<id>/lasar/``: a term or a break into every kitchen, and out of all again."""
    authority = authority_to_lay_for(user_of(request), authority_id)
    stand_at(request, authority.name)
    year = year_of_all(authority, today=arrived_at(request).astimezone(STOCKHOLM).date())
    did = request.POST.get("do", "")
    if did.startswith(GONE):
        _take_out(request, authority, did.removeprefix(GONE))
        return redirect("kitchens:school_year_of_all", authority_id)
    form = PeriodOfAllForm(request.POST if request.method == "POST" else None, kitchens=year.kitchens)
    laid: list[LaidForAll] = []
    if request.method == "POST" and accepted(
        form,
        lambda: laid.append(
            add_for_kitchens(
                authority=authority,
                kitchen_ids=form.cleaned_data["kitchens"],
                what=What(form.cleaned_data["what"]),
                period=form.period,
                by=actor_of(request),
            )
        ),
    ):
        _tell(request, laid[0])
        return redirect("kitchens:school_year_of_all", authority_id)
    told = {"authority": authority, "year": year, "form": form}
    return render(request, "kitchens/school_year_of_all.html", told, status=422 if form.is_bound else 200)


def _take_out(request: HttpRequest, authority: Authority, key: str) -> None:
    """Raises NotFound for what no kitchen has."""
    try:
        what, first, last, name = key.split(":", 3)
        period = Period(date.fromisoformat(first), date.fromisoformat(last), name)
        kind = What(what)
    except ValueError:
        raise NotFound from None
    gone = remove_for_all(authority=authority, what=kind, period=period, by=actor_of(request))
    words = ngettext("Borttaget ur %(count)s kök.", "Borttaget ur %(count)s kök.", gone)
    messages.success(request, words % {"count": gone})


def _tell(request: HttpRequest, laid: LaidForAll) -> None:
    words = ngettext("Inlagt i %(count)s kök.", "Inlagt i %(count)s kök.", laid.kitchens)
    messages.success(request, words % {"count": laid.kitchens})
    if laid.left:
        names = ", ".join(laid.left)
        messages.warning(
            request, _("Har egna dagar som går in i de här, och behåller dem: %(names)s.") % {"names": names}
        )
