"""Climate figures that can be audited: factors, goods without one, published figures and the years beside each other."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from config.ground.doors import actor_of, sought
from config.ground.refusals import NotFound, Refusal
from market.actions.food_mapping import map_food
from market.queries.names import goods_name
from market.rules.comparing import Why
from orders.actions.publishing import publish_tally
from orders.forms.climate import FoodForm, PublishForm
from orders.models import PublishedTally
from orders.queries.factor_pages import factor_page
from orders.queries.published import Compared, compared, published_of, verify
from orders.queries.seats import Seat
from orders.queries.trend import Step, trend
from orders.queries.unmapped import choices, heaviest_unmapped, product_to_map
from orders.refusals import (
    CorrectionNeedsReason,
    NoFactorSetInUse,
    NotCompared,
    NothingNewToPublish,
    NothingToCount,
    PeriodNotOver,
)
from orders.views.officer.desk import (
    acting_officer,
    basis_of,
    crumbs,
    number_of,
    page,
    period_of,
    reading,
    today_of,
)


def _steps(seat: Seat, *steps: tuple[str, str]) -> list[dict[str, str]]:
    return crumbs(seat, (_("Klimat"), reverse("officer:climate", args=[seat.authority.pk])), *steps)


@reading
def factors(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/klimat/faktorer/?set=&q=&page=``: the sets with source, licence and boundary, and the factors of one."""
    text = sought(request)
    found = factor_page(
        code=request.GET.get("set", "")[:40],
        text=text,
        number=request.GET.get("page"),
        language=get_language() or "sv",
    )
    return page(
        request,
        seat,
        "factors",
        section="climate",
        found=found,
        text=text,
        crumbs=_steps(seat, (_("Faktorer"), "")),
    )


@reading
def unmapped(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/klimat/utan-faktor/``: the heaviest goods that no figure covers, with the foods that they might be."""
    period = period_of(request)
    return page(
        request,
        seat,
        "unmapped",
        section="climate",
        rows=heaviest_unmapped(seat.authority, period, language=get_language() or "sv"),
        period=period,
        crumbs=_steps(seat, (_("Utan faktor"), "")),
    )


@acting_officer
def map_product(request: HttpRequest, seat: Seat, product_id: int) -> HttpResponseBase:
    """``…/klimat/utan-faktor/<product>/``: which food a product counts as, from which day and why."""
    product = product_to_map(seat.authority, product_id)
    known = choices(language=get_language() or "sv")
    near = known.near(product.name_sv)
    initial: dict[str, Any] = {"first_day": today_of(request).replace(month=1, day=1)}
    if near:
        initial |= {"food": near[0].food_id}
    form = FoodForm(request.POST or None, near=near, known=known.all, initial=initial)
    if request.method == "POST" and form.is_valid():
        map_food(
            product=product,
            food=form.chosen(),
            first_day=form.cleaned_data["first_day"],
            reason=form.cleaned_data["reason"],
            by=actor_of(request, reason=form.cleaned_data["reason"]),
        )
        messages.success(
            request, _("%(product)s räknas nu som det du valde.") % {"product": goods_name(product)}
        )
        return redirect("officer:unmapped", seat.authority.pk)
    return page(
        request,
        seat,
        "map_product",
        section="climate",
        status=422 if form.is_bound else 200,
        form=form,
        product=product,
        near=near,
        crumbs=_steps(
            seat,
            (_("Utan faktor"), reverse("officer:unmapped", args=[seat.authority.pk])),
            (goods_name(product), ""),
        ),
    )


@reading
def published(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/klimat/publicerat/?fore=&efter=``: every figure that was said; two of them beside each other where they may be."""
    rows = published_of(seat.authority)
    chosen = [number_of(request, name) for name in ("fore", "efter")]
    both: Compared | None = None
    refused: Refusal | None = None
    if all(chosen):
        before, after = (_published(rows, pk) for pk in chosen)
        try:
            both = compared(before, after)
        except NotCompared as refusal:
            refused = refusal
    return page(
        request,
        seat,
        "published",
        section="climate",
        status=refused.status if refused else 200,
        rows=rows,
        chosen=chosen,
        both=both,
        refusal=_words(refused),
        crumbs=_steps(seat, (_("Publicerade siffror"), "")),
    )


@reading
def published_figure(request: HttpRequest, seat: Seat, published_id: int) -> HttpResponseBase:
    """``…/klimat/publicerat/<id>/``: one figure with all its keys, counted again while you look."""
    row = _published(published_of(seat.authority), published_id)
    months = {"from": f"{row.period_first:%Y-%m}", "to": f"{row.period_last:%Y-%m}", "basis": row.basis}
    return page(
        request,
        seat,
        "published_figure",
        section="climate",
        row=row,
        verified=verify(row),
        question=urlencode(months),
        crumbs=_steps(
            seat,
            (_("Publicerade siffror"), reverse("officer:published", args=[seat.authority.pk])),
            (str(row.pk), ""),
        ),
    )


def _published(rows: list[PublishedTally], pk: int | None) -> PublishedTally:
    row = next((each for each in rows if each.pk == pk), None)
    if row is None:
        raise NotFound
    return row


@acting_officer
def publish(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/klimat/publicera/``: a figure of a period that is over, or the correction of one."""
    today = today_of(request)
    initial = {
        "begins": request.GET.get("from", f"{today.year - 1}-01")[:7],
        "ends": request.GET.get("to", f"{today.year - 1}-12")[:7],
        "basis": request.GET.get("basis", "delivered"),
    }
    form = PublishForm(request.POST or None, today=today, initial=initial)
    refused: Refusal | None = None
    if request.method == "POST" and form.is_valid() and form.period is not None:
        try:
            row = publish_tally(
                authority=seat.authority,
                period=form.period,
                basis=form.cleaned_data["basis"],
                today=today,
                reason=form.cleaned_data["reason"],
                by=actor_of(request, reason=form.cleaned_data["reason"]),
            )
        except (
            PeriodNotOver,
            NoFactorSetInUse,
            NothingToCount,
            CorrectionNeedsReason,
            NothingNewToPublish,
        ) as refusal:
            refused = refusal
        else:
            messages.success(request, _("Siffran är publicerad och ändras inte mer."))
            return redirect("officer:published_figure", seat.authority.pk, row.pk)
    return page(
        request,
        seat,
        "publish",
        section="climate",
        status=(refused.status if refused else 422) if form.is_bound else 200,
        form=form,
        refusal=_words(refused),
        crumbs=_steps(
            seat,
            (_("Publicerade siffror"), reverse("officer:published", args=[seat.authority.pk])),
            (_("Publicera"), ""),
        ),
    )


def _words(refusal: Refusal | None) -> dict[str, str] | None:
    if refusal is None:
        return None
    language = get_language() or "sv"
    return {"title": refusal.sentence(language), "text": refusal.next_step(language)}


@reading
def years(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/klimat/utveckling/?basis=``: the years by one set, what was published, and why the figure moved."""
    basis = basis_of(request)
    found = trend(seat.authority, basis=basis)
    return page(
        request,
        seat,
        "trend",
        section="climate",
        found=found,
        rows=[{"year": each, "why": _why(each.step)} for each in found.years],
        basis=basis,
        crumbs=_steps(seat, (_("Utveckling"), "")),
    )


def _why(step: Step | None) -> str:
    """Why a year is not set beside the one before; empty where it is, or is the first."""
    if step is None or step.why is None:
        return ""
    if step.why is Why.COVERAGE:
        return _("Mindre än 90 % av vikten har faktor på ena sidan: skillnaden kan ligga i resten.")
    return _("Ena året har inga varor med känd vikt att jämföra.")
