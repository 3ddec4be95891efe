"""The people of a place: invited, told apart by role, ended. And the platform's own page: authorities and hubs."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from config.ground.doors import actor_of, arrived_at, stand_at, user_of
from config.ground.refusals import InvalidInput
from config.site.access import check_is_administrator
from config.site.forms import AuthorityForm, HubForm, InvitationForm, KitchenForm
from config.site.people import Place, check_may_act, let_go, let_join, place_for
from config.site.queries import platform_of
from kitchens.actions.kitchens import open_kitchen
from market.actions.parties import open_authority, open_hub


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """``/personer/<kind>/<place>/``. A POST invites; with ``avsluta`` it ends that member."""
    place = _place(request, slug, pk)
    if request.method != "POST":
        return _page(request, place, InvitationForm(place, initial={"language": get_language()}))
    if "avsluta" in request.POST:
        return _ended(request, place)
    check_may_act(place)
    form = InvitationForm(place, request.POST)
    if not form.is_valid():
        return _page(request, place, form, status=422)
    user = let_join(
        place,
        draft=form.draft(language="sv"),
        role=form.cleaned_data.get("role", ""),
        now=arrived_at(request),
        by=actor_of(request),
    )
    told = (
        _("%(name)s är med. Kontot fanns redan.")
        if user.has_usable_password()
        else _("%(name)s är med och får ett brev med en länk för att välja lösenord.")
    )
    messages.success(request, told % {"name": user.name})
    return redirect(place.url)


def _ended(request: HttpRequest, place: Place) -> HttpResponse:
    person = let_go(place, member_id=request.POST["avsluta"], user=user_of(request), by=actor_of(request))
    messages.success(
        request,
        _("%(name)s hör inte längre till %(place)s. Bjud in igen om det var fel.")
        % {"name": person.user.name, "place": place.name},
    )
    return redirect(place.url)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def kitchen_new(request: HttpRequest, pk: int) -> HttpResponse:
    """``/personer/myndighet/<authority>/kok/nytt/``: a kitchen of the authority."""
    place = _place(request, "myndighet", pk)
    check_may_act(place)
    form = KitchenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            kitchen = open_kitchen(authority=place.row, draft=form.draft, by=actor_of(request))
        except InvalidInput as refusal:
            _tell(form, refusal)
        else:
            messages.success(
                request, _("%(kitchen)s är öppnat. Bjud in kökschefen.") % {"kitchen": kitchen.name}
            )
            return redirect("people_kok", kitchen.pk)
    return _new(request, form, title=_("Nytt kök"), back=place.url)


@login_required
@require_safe
def platform(request: HttpRequest) -> HttpResponse:
    """``/plattform/``: for the platform's administrators. Raises NotFound for all others."""
    check_is_administrator(user_of(request))
    return render(request, "platform.html", {"platform": platform_of()})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def authority_new(request: HttpRequest) -> HttpResponse:
    """``/plattform/myndighet/ny/``."""
    check_is_administrator(user_of(request))
    form = AuthorityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            authority = open_authority(**form.cleaned_data, by=actor_of(request))
        except InvalidInput as refusal:
            _tell(form, refusal)
        else:
            messages.success(
                request, _("%(name)s är öppnad. Bjud in upphandlaren.") % {"name": authority.name}
            )
            return redirect("people_myndighet", authority.pk)
    return _new(request, form, title=_("Ny myndighet"), back="/plattform/")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hub_new(request: HttpRequest) -> HttpResponse:
    """``/plattform/nav/nytt/``."""
    check_is_administrator(user_of(request))
    form = HubForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        draft = form.cleaned_data | {"weekdays": "".join(form.cleaned_data["weekdays"])}
        hub = open_hub(**draft, by=actor_of(request))
        messages.success(request, _("%(name)s är öppnat. Bjud in dem som arbetar där.") % {"name": hub.name})
        return redirect("people_nav", hub.pk)
    return _new(request, form, title=_("Nytt nav"), back="/plattform/")


def _place(request: HttpRequest, slug: str, pk: int) -> Place:
    place = place_for(user_of(request), slug=slug, pk=pk)
    stand_at(request, place.name)
    return place


def _tell(form: forms.Form, refusal: InvalidInput) -> None:
    for field, faults in refusal.fields.items():
        form.add_error(field if field in form.fields else None, list(faults))


def _page(request: HttpRequest, place: Place, form: InvitationForm, *, status: int = 200) -> HttpResponse:
    return render(request, "people.html", {"at": place, "form": form}, status=status)


def _new(request: HttpRequest, form: forms.Form, *, title: str, back: str) -> HttpResponse:
    told = {"form": form, "title": title, "back": back}
    return render(request, "new_place.html", told, status=422 if form.is_bound else 200)
