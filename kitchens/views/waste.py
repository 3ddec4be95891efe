"""A kitchen's waste: the weeks, the survey, and a day's weighing, also of a day without a menu here."""

from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.ground.doors import actor_of, arrived_at, stand_at, user_of
from kitchens.actions.counting import lay_waste, weigh_waste
from kitchens.forms.counting import WasteOfDayForm
from kitchens.forms.imports import WasteFileForm
from kitchens.interchange.published import PublishedFileOdd, WasteFile, read_waste
from kitchens.queries.access import kitchen_for
from kitchens.queries.waste import WEEKS_SHOWN, waste_page
from kitchens.rules.waste import waste_per_guest
from kitchens.views.payback import accepted
from market.rules.calendar import STOCKHOLM


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def waste(request: HttpRequest, kitchen_id: int) -> HttpResponse:
    """``/kok/<id>/svinn/``: grams a guest by week, and whether the survey holds."""
    access = kitchen_for(user_of(request), kitchen_id)
    stand_at(request, access.kitchen.name)
    today = arrived_at(request).astimezone(STOCKHOLM).date()
    form = WasteOfDayForm(request.POST or None, initial={"day": today, "guests": access.kitchen.pupils})
    if request.method == "POST":
        access.check_may_fill()
        if accepted(
            form,
            lambda: weigh_waste(
                kitchen=access.kitchen,
                day=form.cleaned_data["day"],
                weighed=form.weighed,
                weights_are_right=form.cleaned_data["weights_are_right"],
                by=actor_of(request),
            ),
        ):
            messages.success(request, _("Sparat."))
            return redirect(
                f"{reverse('kitchens:waste', args=[kitchen_id])}?vecka={form.cleaned_data['day']}"
            )
    monday = _monday(request, today)
    told = {
        "access": access,
        "page": waste_page(access.kitchen, monday=monday),
        "form": form,
        "before": monday - timedelta(weeks=WEEKS_SHOWN),
        "after": monday + timedelta(weeks=WEEKS_SHOWN),
    }
    return render(request, "kitchens/waste.html", told, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def waste_file(request: HttpRequest, kitchen_id: int) -> HttpResponse:
    """``/kok/<id>/svinn/fil/``: what another's file of weighed days comes to; its days are laid where the first is known."""
    access = kitchen_for(user_of(request), kitchen_id)
    stand_at(request, access.kitchen.name)
    access.check_may_fill()
    form = WasteFileForm(request.POST or None, request.FILES or None)
    file = _read(form) if request.method == "POST" and form.is_valid() else None
    first_day = form.cleaned_data.get("first_day") if file else None
    if file is not None and first_day is not None:
        today = arrived_at(request).astimezone(STOCKHOLM).date()
        laid: list[tuple[date, date]] = []
        if accepted(
            form,
            lambda: laid.append(
                lay_waste(
                    kitchen=access.kitchen,
                    days=file.days,
                    first_day=first_day,
                    today=today,
                    by=actor_of(request),
                )
            ),
        ):
            first, last = laid[0]
            words = _("Inlagt: %(first)s till %(last)s.") % {"first": first, "last": last}
            messages.success(request, words)
            return redirect(f"{reverse('kitchens:waste', args=[kitchen_id])}?vecka={last}")
    told = {
        "access": access,
        "form": form,
        "file": file,
        "found": waste_per_guest(file.days) if file else None,
    }
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "kitchens/waste_file.html", told, status=status)


def _read(form: WasteFileForm) -> WasteFile | None:
    """None with the fault told in the form."""
    content = form.content
    if content is None:
        form.add_error("file", _("Filen är större än 5 MB."))
        return None
    try:
        return read_waste(content)
    except PublishedFileOdd as odd:
        form.add_error("file", str(odd))
        return None


def _monday(request: HttpRequest, today: date) -> date:
    """The week that the address asks for, else this one."""
    try:
        day = date.fromisoformat(request.GET.get("vecka", ""))
    except ValueError:
        day = today
    return day - timedelta(days=day.weekday())
