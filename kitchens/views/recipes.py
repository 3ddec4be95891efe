"""An authority's recipes as its kitchens keep them."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from config.ground.doors import actor_of, arrived_at, sought, stand_at, user_of
from config.ground.refusals import InvalidInput
from kitchens.actions.recipes import save_recipe
from kitchens.forms.recipes import BLANK_LINES, RecipeForm, TypedLine, form_of
from kitchens.models import RecipeVersion
from kitchens.queries.access import KitchenAccess, kitchen_for
from kitchens.queries.recipe_pages import (
    draft_figures,
    known_names,
    priced_figures,
    recipe_for,
    recipe_rows,
    suggested_names,
)
from kitchens.refusals import RecipeGoesRound
from market.rules.calendar import STOCKHOLM


def _kitchen(request: HttpRequest, kitchen_id: int) -> KitchenAccess:
    access = kitchen_for(user_of(request), kitchen_id)
    stand_at(request, access.kitchen.name)
    return access


def _today(request: HttpRequest) -> date:
    return arrived_at(request).astimezone(STOCKHOLM).date()


@login_required
@require_safe
def recipes(request: HttpRequest, kitchen_id: int) -> HttpResponse:
    """``/kok/<id>/recept/``: all recipes with figures a portion."""
    access = _kitchen(request, kitchen_id)
    words = sought(request)
    rows = recipe_rows(access.kitchen.authority, on=_today(request), sought=words)
    return render(request, "kitchens/recipes.html", {"access": access, "rows": rows, "sought": words})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recipe_new(request: HttpRequest, kitchen_id: int) -> HttpResponse:
    """``/kok/<id>/recept/nytt/``."""
    access = _kitchen(request, kitchen_id)
    access.check_may_fill()
    if request.method == "POST":
        return _posted(request, access, None)
    form = RecipeForm(lines=[TypedLine(number=number) for number in range(1, BLANK_LINES + 3)])
    return _page(request, access, form, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recipe(request: HttpRequest, kitchen_id: int, recipe_id: int) -> HttpResponse:
    """``/kok/<id>/recept/<recipe>/``: its newest version; saving makes the next."""
    access = _kitchen(request, kitchen_id)
    version = recipe_for(access.kitchen.authority, recipe_id)
    if request.method == "POST":
        access.check_may_fill()
        return _posted(request, access, version)
    return _page(request, access, form_of(version), version)


def _posted(request: HttpRequest, access: KitchenAccess, version: RecipeVersion | None) -> HttpResponse:
    if request.POST.get("do") == "rakna":
        return _live(request, access)
    return _save(request, access, version)


def _live(request: HttpRequest, access: KitchenAccess) -> HttpResponse:
    """What a portion comes to by what can be read so far, for one who is typing. Writes nothing."""
    authority = access.kitchen.authority
    form = RecipeForm.read(request.POST.dict(), known_names(authority))
    figures = draft_figures(
        authority.pk, form.lines_so_far(), portions=form.draft().portions, on=_today(request)
    )
    return render(request, "kitchens/parts/live_figures.html", {"figures": figures})


def _save(request: HttpRequest, access: KitchenAccess, version: RecipeVersion | None) -> HttpResponse:
    authority = access.kitchen.authority
    form = RecipeForm.read(request.POST.dict(), known_names(authority))
    if version is not None:
        form.name = version.recipe.name
    draft = form.draft()
    if form.is_readable:
        try:
            saved = save_recipe(authority=authority, draft=draft, by=actor_of(request))
        except InvalidInput as refusal:
            form.mark(refusal.fields)
        except RecipeGoesRound as refusal:
            form.errors["lines"] = refusal.sentence(get_language() or "sv")
        else:
            messages.success(request, _("Sparat som version %(number)s.") % {"number": saved.number})
            return redirect("kitchens:recipe", access.kitchen.pk, saved.recipe_id)
    return _page(request, access, form, version, status=422)


def _page(
    request: HttpRequest,
    access: KitchenAccess,
    form: RecipeForm,
    version: RecipeVersion | None,
    *,
    status: int = 200,
) -> HttpResponse:
    figures = None
    if version is not None and version.lines.exists():
        found = priced_figures(access.kitchen.authority_id, [version.pk], on=_today(request))
        figures = found[version.pk]
    told = {
        "access": access,
        "form": form,
        "version": version,
        "figures": figures,
        "names": suggested_names(access.kitchen.authority) if access.may_fill else [],
    }
    return render(request, "kitchens/recipe.html", told, status=status)
