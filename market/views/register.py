"""The product register: what goods there are, what they are called, where they belong. Kept by officers and the platform."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from config.ground.doors import actor_of, arrived_at, sought, user_of
from config.ground.refusals import InvalidInput
from market.actions.food_mapping import map_food
from market.actions.products import ProductDraft, add_product, plain_pack
from market.actions.register import map_cpv, map_need, map_vat, merge_products, rename_product
from market.models import Product
from market.queries.doubles import doubles
from market.queries.names import unit_name
from market.queries.register import (
    Choices,
    Keeper,
    choices_for,
    keeper_of_the_register,
    mappings_of,
    product_of_the_register,
    register_search,
)
from market.register_forms import MappingForm, NamesForm, ProductForm, kind_name
from market.rules.calendar import STOCKHOLM

ROWS_A_PAGE = 40


def _today(request: HttpRequest) -> date:
    return arrived_at(request).astimezone(STOCKHOLM).date()


@login_required
@require_safe
def products(request: HttpRequest) -> HttpResponse:
    """``/varor/``: the register, searched as people write, and pairs that may be the same goods."""
    keeper_of_the_register(user_of(request))
    words = sought(request)
    page = Paginator(register_search(words), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {"q": words, "page": page, "doubles": [] if words else doubles()}
    return render(request, "market/register.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def product_new(request: HttpRequest) -> HttpResponse:
    """``/varor/ny/``."""
    keeper = keeper_of_the_register(user_of(request))
    form = ProductForm(request.POST if request.method == "POST" else None, choices=choices_for(keeper))
    if not (request.method == "POST" and form.is_valid()):
        status = 422 if request.method == "POST" else 200
        return render(request, "market/product_new.html", {"form": form}, status=status)
    told = form.cleaned_data
    unit = told["base_unit"]
    draft = ProductDraft(
        name_sv=told["name_sv"],
        name_en=told["name_en"],
        category=told["category"],
        base_unit=unit,
        kg_per_base=form.weight,
        packs=(plain_pack(told["pack_base"], unit=unit),),
        group=told["group"],
        cpv=told["cpv"],
        vat_class=told["vat_class"],
        food=told["food"] or None,
        synonyms=tuple(word.strip() for word in form.words if word.strip()),
        season_months=tuple(form.months),
    )
    try:
        made = add_product(draft=draft, first_day=_today(request), by=actor_of(request))
    except InvalidInput as refusal:
        for field, faults in refusal.fields.items():
            form.add_error(field if field in form.fields else None, list(faults))
        return render(request, "market/product_new.html", {"form": form}, status=422)
    messages.success(request, _("%(name)s finns nu i registret.") % {"name": made.name_sv})
    return redirect("market:product", made.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def product(request: HttpRequest, product_id: int) -> HttpResponse:
    """``/varor/<id>/``: names, doubles, and where the goods belong, with the days and reasons."""
    keeper = keeper_of_the_register(user_of(request))
    found = product_of_the_register(product_id)
    choices = choices_for(keeper)
    if request.method != "POST":
        return _page(request, keeper, found, choices)
    do = request.POST.get("do", "")
    names = NamesForm.of(found, request.POST) if do == "namn" else None
    mapping = MappingForm(request.POST, choices=choices, today=_today(request)) if do == "koppla" else None
    form = names or mapping
    if form is not None and not form.is_valid():
        return _page(request, keeper, found, choices, names=names, mapping=mapping, status=422)
    try:
        said = _do(request, found, choices, names=names, mapping=mapping)
    except InvalidInput as refusal:
        if form is None:
            raise
        for field, faults in refusal.fields.items():
            form.add_error(field if field in form.fields else None, list(faults))
        return _page(request, keeper, found, choices, names=names, mapping=mapping, status=422)
    messages.success(request, said)
    return redirect("market:product", found.pk)


def _do(
    request: HttpRequest,
    found: Product,
    choices: Choices,
    *,
    names: NamesForm | None,
    mapping: MappingForm | None,
) -> str:
    """One act of the keeper's, and what to say of it."""
    if names is not None:
        rename_product(
            product=found,
            name_sv=names.cleaned_data["name_sv"],
            name_en=names.cleaned_data["name_en"],
            synonyms=names.words,
            season_months=names.months,
            by=actor_of(request),
        )
        return _("Namnen är sparade. Det som är beställt under det gamla namnet står kvar så.")
    if mapping is not None:
        _map(request, found, choices, mapping.cleaned_data)
        return _("Kopplingen gäller från den dagen. Det som varit är kvar som det var.")
    into = request.POST.get("in-i", "")
    kept = product_of_the_register(int(into[:18]) if into.isascii() and into.isdigit() else 0)
    merge_products(kept=kept, gone=found, today=_today(request), by=actor_of(request))
    return _("%(gone)s är nu ett annat ord för %(kept)s.") % {"gone": found.name_sv, "kept": kept.name_sv}


def _map(request: HttpRequest, found: Product, choices: Choices, told: dict[str, Any]) -> None:
    shared: dict[str, Any] = {
        "product": found,
        "first_day": told["first_day"],
        "reason": told["reason"],
        "by": actor_of(request),
    }
    kind, today = told["kind"], _today(request)
    if kind == "cpv":
        map_cpv(cpv=told["cpv"], today=today, **shared)
    elif kind == "vat":
        vat_class = next(each for each in choices.vat if str(each.pk) == told["vat"])
        map_vat(vat_class=vat_class, today=today, **shared)
    elif kind == "food":
        map_food(food=next(each for each in choices.foods if str(each.pk) == told["food"]), **shared)
    else:
        need = next(each for each in choices.needs if str(each.pk) == told["need"])
        map_need(need=need, today=today, **shared)


def _page(
    request: HttpRequest,
    keeper: Keeper,
    found: Product,
    choices: Choices,
    *,
    names: NamesForm | None = None,
    mapping: MappingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = mappings_of(found, authorities=keeper.authorities)
    pairs = [] if found.merged_into_id else doubles(product_id=found.pk)
    context = {
        "product": found,
        "unit": unit_name(found.base_unit),
        "names": names or NamesForm.of(found),
        "mapping": mapping or MappingForm(choices=choices, today=_today(request)),
        "rows": [(kind_name(row), row) for row in rows],
        "others": [
            (each.second_id, each.second) if each.first_id == found.pk else (each.first_id, each.first)
            for each in pairs
        ],
    }
    return render(request, "market/product.html", context, status=status)
