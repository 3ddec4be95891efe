"""Menus of other systems: a look at the file, reading it in, undoing it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from config.ground.doors import actor_of, arrived_at, stand_at, user_of
from kitchens.actions.importing import import_menu, match_menu, undo_import
from kitchens.forms.imports import MenuFileForm, ReadInForm
from kitchens.interchange.published import PublishedFileOdd, PublishedMenu, read_menu
from kitchens.queries.access import KitchenAccess, kitchen_for
from kitchens.queries.imports import import_at, imports_done


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recipe_import(request: HttpRequest, kitchen_id: int) -> HttpResponse:
    """``/kok/<id>/recept/import/``: names matched and published figures shown, then read in, then perhaps undone."""
    access = kitchen_for(user_of(request), kitchen_id)
    stand_at(request, access.kitchen.name)
    access.check_may_fill()
    did = request.POST.get("do", "")
    if request.method != "POST":
        return _page(request, access, MenuFileForm())
    if did == "in":
        return _read_in(request, access)
    if did.startswith("angra:"):
        return _undo(request, access, did.removeprefix("angra:"))
    form = MenuFileForm(request.POST, request.FILES)
    content = form.content if form.is_valid() else None
    if content is None:
        if form.is_valid():
            form.add_error("file", _("Filen är större än 5 MB."))
        return _page(request, access, form, status=422)
    menu = _menu(form, content, field="file")
    if menu is None:
        return _page(request, access, form, status=422)
    kept = ReadInForm(initial={"content": content.decode("utf-8-sig", errors="replace")})
    return _page(request, access, form, menu=menu, kept=kept)


def _menu(form: MenuFileForm | ReadInForm, content: bytes, *, field: str) -> PublishedMenu | None:
    """None with the fault told in the form."""
    try:
        return read_menu(content)
    except PublishedFileOdd as odd:
        form.add_error(field, str(odd))
        return None


def _read_in(request: HttpRequest, access: KitchenAccess) -> HttpResponse:
    form = ReadInForm(request.POST)
    content = request.POST.get("content", "").encode()
    menu = _menu(form, content, field="content") if form.is_valid() else None
    if menu is None:
        return _page(request, access, MenuFileForm(), kept=form, status=422)
    authority = access.kitchen.authority
    new = import_menu(
        authority=authority,
        matched=match_menu(authority, menu),
        source=form.cleaned_data["source"],
        at=arrived_at(request),
        by=actor_of(request),
    )
    told = ngettext("%(count)s ny rätt är inläst.", "%(count)s nya rätter är inlästa.", new)
    messages.success(request, told % {"count": new})
    return redirect("kitchens:recipe_import", access.kitchen.pk)


def _undo(request: HttpRequest, access: KitchenAccess, key: str) -> HttpResponse:
    authority = access.kitchen.authority
    done = import_at(authority, int(key[:18]) if key.isascii() and key.isdigit() else 0)
    hidden = undo_import(authority=authority, done=done, by=actor_of(request))
    told = ngettext("Ångrat: %(count)s rätt är borta.", "Ångrat: %(count)s rätter är borta.", hidden)
    messages.success(request, told % {"count": hidden})
    return redirect("kitchens:recipe_import", access.kitchen.pk)


def _page(
    request: HttpRequest,
    access: KitchenAccess,
    form: MenuFileForm,
    *,
    menu: PublishedMenu | None = None,
    kept: ReadInForm | None = None,
    status: int = 200,
) -> HttpResponse:
    authority = access.kitchen.authority
    told = {
        "access": access,
        "form": form,
        "menu": menu,
        "kept": kept,
        "matched": match_menu(authority, menu) if menu else (),
        "imports": imports_done(authority),
    }
    return render(request, "kitchens/recipe_import.html", told, status=status)
