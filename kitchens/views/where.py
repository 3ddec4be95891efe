"""Where a kitchen lies."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.ground.coordinate_fields import CoordinatesForm, degrees_written
from config.ground.doors import actor_of, stand_at, user_of
from kitchens.actions.kitchens import locate_kitchen
from kitchens.queries.access import kitchen_for


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def where(request: HttpRequest, kitchen_id: int) -> HttpResponse:
    """``/kok/<id>/lage/``: for its authority's map."""
    access = kitchen_for(user_of(request), kitchen_id)
    kitchen = access.kitchen
    stand_at(request, kitchen.name)
    if request.method == "POST":
        access.check_may_fill()
    form = CoordinatesForm(request.POST or None, initial=degrees_written(kitchen.latitude, kitchen.longitude))
    if request.method == "POST" and form.is_valid():
        locate_kitchen(kitchen=kitchen, at=form.coordinates, by=actor_of(request))
        messages.success(request, _("Läget är sparat."))
        return redirect("orders:kitchen", kitchen_id)
    told = {
        "form": form,
        "name": kitchen.name,
        "back": reverse("orders:kitchen", args=[kitchen_id]),
        "reads": not access.may_fill,
    }
    return render(request, "where.html", told, status=422 if form.errors else 200)
