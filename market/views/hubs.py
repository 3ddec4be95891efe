"""Where a hub lies."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.ground.coordinate_fields import CoordinatesForm, degrees_written
from config.ground.doors import actor_of, stand_at, user_of
from market.actions.parties import locate_hub
from market.queries.access import hub_for


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def where(request: HttpRequest, hub_id: int) -> HttpResponse:
    """``/nav/<id>/lage/``: for the maps of those whose goods pass it."""
    hub = hub_for(user_of(request), hub_id)
    stand_at(request, hub.name)
    form = CoordinatesForm(request.POST or None, initial=degrees_written(hub.latitude, hub.longitude))
    if request.method == "POST" and form.is_valid():
        locate_hub(hub=hub, at=form.coordinates, by=actor_of(request))
        messages.success(request, _("Läget är sparat."))
        return redirect("orders:hub", hub_id)
    told = {"form": form, "name": hub.name, "back": reverse("orders:hub", args=[hub_id])}
    return render(request, "where.html", told, status=422 if form.errors else 200)
