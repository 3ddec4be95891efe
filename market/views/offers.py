"""A farm's own offers: choose goods, post them, change how much there is, take one back; and the week as a whole."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.ground.doors import actor_of, arrived_at, once_of, sought, stand_at, user_of
from config.ground.refusals import InvalidInput, NotFound, Refusal
from market.actions.offers import change_stock, publish_offer, withdraw_offer
from market.actions.packs import add_pack
from market.actions.weeks import repeat_week, say_still_right
from market.forms.offers import NEW_PACK, OfferForm, StockForm, price_asked
from market.models import Offer, Pack, Product
from market.queries.farm_goods import (
    labels_of_goods,
    latest_offer,
    own_goods,
    product_named,
    register_search,
)
from market.queries.farm_offers import (
    PoolRow,
    missing_since,
    offer_for,
    pools_of,
    postable_packs,
    weeks_with_goods,
)
from market.queries.food_law import must_say_slaughter
from market.queries.lists import pack_of
from market.queries.names import goods_name
from market.refusals import PriceLooksWrong
from market.rules.calendar import STOCKHOLM
from market.rules.weeks import DAYS, Period, week_of
from suppliers.models import Supplier
from suppliers.queries import supplier_for

LONGEST_KEY = 18  # digits
PACK_FIELDS = {"base_per_pack": "new_size", "container": "new_container", "tolerance": "new_tolerance"}


def _farm(request: HttpRequest, supplier_id: int) -> Supplier:
    supplier = supplier_for(user_of(request), supplier_id)
    stand_at(request, supplier.name)
    return supplier


def _today(request: HttpRequest) -> date:
    return arrived_at(request).astimezone(STOCKHOLM).date()


def _number(text: str) -> int | None:
    """A key as it stands in an address or a hidden field; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY else None


@dataclass(frozen=True, slots=True)
class WeekChip:
    period: Period
    number: int
    is_shown: bool


def _week_asked(request: HttpRequest, *, today: date) -> Period:
    """The week of the day in the address; this week where it names none."""
    try:
        return week_of(date.fromisoformat(request.GET.get("vecka", "")))
    except (ValueError, OverflowError):
        return week_of(today)


@login_required
@require_safe
def offers(request: HttpRequest, supplier_id: int) -> HttpResponse:
    """``/gard/<id>/erbjudanden/?vecka=<day>``: what the farm has out in a week, reserved and left."""
    supplier, today = _farm(request, supplier_id), _today(request)
    week = _week_asked(request, today=today)
    pools = pools_of(supplier, today=today, period=week)
    weeks = weeks_with_goods(supplier, today=today)
    chips = [
        WeekChip(period=each, number=each.first.isocalendar().week, is_shown=each == week)
        for each in (weeks if week in weeks else [week, *weeks])
    ]
    context = {
        "supplier": supplier,
        "pools": pools,
        "asked": [row for row in pools if row.asks],
        "weeks": chips,
        "week": week,
        "week_number": week.first.isocalendar().week,
        "missing": missing_since(supplier, week=week),
        "has_live": any(row.offers for row in pools),
        "once": uuid.uuid4(),
    }
    return render(request, "market/offers.html", context)


@login_required
@require_POST
def week_act(request: HttpRequest, supplier_id: int) -> HttpResponse:
    """``/gard/<id>/erbjudanden/vecka/``: say that stocks are still right, or repeat the week before."""
    supplier, today = _farm(request, supplier_id), _today(request)
    week, act = _week_asked(request, today=today), request.POST.get("do")
    back = f"{reverse('market:offers', args=[supplier_id])}?vecka={week.first}"
    if act == "upprepa":
        done = repeat_week(
            supplier=supplier,
            monday=week.first,
            from_monday=week.first - DAYS,
            today=today,
            once=once_of(request, endpoint="repeat_week", body=[supplier_id, week.first]),
            by=actor_of(request),
        )
        told = ngettext(
            "%(count)s förpackning är utlagd som förra veckan.",
            "%(count)s förpackningar är utlagda som förra veckan.",
            done.offers,
        )
        messages.success(request, told % {"count": done.offers})
        if done.closed:
            left = ngettext(
                "%(count)s förpackning lades inte ut: ditt pris ligger inte längre under avtalets tak. Lägg ut den med nytt pris.",
                "%(count)s förpackningar lades inte ut: dina priser ligger inte längre under avtalens tak. Lägg ut dem med nytt pris.",
                done.closed,
            )
            messages.warning(request, left % {"count": done.closed})
        return redirect(back)
    pools = [_number(each) for each in request.POST.getlist("pool")]
    if not pools or None in pools:
        raise NotFound
    said = say_still_right(
        supplier=supplier,
        pool_ids=[each for each in pools if each is not None],
        now=arrived_at(request),
        by=actor_of(request),
    )
    told = ngettext(
        "Tack. %(count)s vara stämmer fortfarande.", "Tack. %(count)s varor stämmer fortfarande.", said
    )
    messages.success(request, told % {"count": said})
    return redirect(back)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer_new(request: HttpRequest, supplier_id: int) -> HttpResponse:
    """``/gard/<id>/erbjudanden/nytt/``: choose the goods; ``?vara=<product>``: post them."""
    supplier, today = _farm(request, supplier_id), _today(request)
    product = _goods_asked(request)
    if product is None:
        return _choose_goods(request, supplier, today=today)
    form = _offer_form(request, supplier, product, today=today)
    if request.method != "POST":
        return _offer_new_page(request, supplier, form)
    if not form.is_valid():
        return _offer_new_page(request, supplier, form, status=422)
    asked = _publish(request, supplier, form)
    if asked is not None:
        return _offer_new_page(request, supplier, form, status=422, **asked)
    chosen = form.packs.get(form.cleaned_data["pack"])
    if chosen is None or chosen.price_sek is None:
        messages.warning(
            request,
            _("Utlagt, men inget avtal har pris på förpackningen, så köken kan inte beställa den än."),
        )
    else:
        messages.success(request, _("Utlagt: %(product)s.") % {"product": goods_name(product)})
    return redirect(f"{reverse('market:offers', args=[supplier_id])}?vecka={form.days.first}")


def _goods_asked(request: HttpRequest) -> Product | None:
    """The product of the address, or that of the posted pack."""
    named = request.GET.get("vara", "")
    if named:
        number = _number(named)
        if number is None:
            raise NotFound
        return product_named(number)
    posted = _number(request.POST.get("pack", ""))
    return pack_of(posted).product if posted is not None else None


def _choose_goods(request: HttpRequest, supplier: Supplier, *, today: date) -> HttpResponse:
    words = sought(request, "sok")
    next_week = week_of(today + DAYS)
    context = {
        "supplier": supplier,
        "words": words,
        "found": register_search(words),
        "goods": own_goods(supplier, period=next_week, today=today),
        "missing": missing_since(supplier, week=next_week),
        "next_week": next_week,
        "once": uuid.uuid4(),
    }
    status = 422 if request.method == "POST" else 200  # a POST that names no goods posts nothing
    return render(request, "market/offer_choose.html", context, status=status)


def _offer_form(request: HttpRequest, supplier: Supplier, product: Product, *, today: date) -> OfferForm:
    return OfferForm(
        product=product,
        packs=postable_packs(supplier, product, today=today),
        today=today,
        place=supplier.place,
        labels=labels_of_goods(supplier, product, period=Period(today, today + timedelta(weeks=2))),
        last=latest_offer(supplier, product),
        states_slaughter=bool(must_say_slaughter({(product.pk, today)})),
        data=request.POST if request.method == "POST" else None,
    )


def _offer_new_page(
    request: HttpRequest, supplier: Supplier, form: OfferForm, *, status: int = 200, **asked: str
) -> HttpResponse:
    context = {
        "supplier": supplier,
        "form": form,
        "product": form.product,
        "once": request.POST.get("once") or uuid.uuid4(),
        **asked,
    }
    return render(request, "market/offer_new.html", context, status=status)


def _publish(request: HttpRequest, supplier: Supplier, form: OfferForm) -> dict[str, str] | None:
    """Post what the form says: None. What must be asked or mended first, where the market says no."""
    try:
        pack = _pack(request, form)
        publish_offer(
            supplier=supplier,
            pack=pack,
            quantity=form.cleaned_data["quantity"],
            valid_from=form.days.first,
            valid_to=form.days.last,
            own_price_sek=form.cleaned_data["own_price_sek"],
            price_is_right=form.own_price_is_right,
            once=once_of(request, endpoint="offer_new", body=sorted(form.cleaned_data.items(), key=str)),
            by=actor_of(request),
            **form.details,
        )
    except PriceLooksWrong as refusal:
        question = " ".join(refusal.fields["own_price_sek"])
        return {"question": question, "price_asked": price_asked(form.cleaned_data["own_price_sek"])}
    except InvalidInput as refusal:
        for name, faults in refusal.fields.items():
            field = PACK_FIELDS.get(name, name)
            form.add_error(field if field in form.fields else None, list(faults))
        return {}
    except Refusal as refusal:
        form.add_error(None, _told(request, refusal))
        return {}
    return None


def _pack(request: HttpRequest, form: OfferForm) -> Pack:
    if form.cleaned_data["pack"] == NEW_PACK:
        return add_pack(product=form.product, **form.new_pack, by=actor_of(request))
    return pack_of(int(form.cleaned_data["pack"]))


def _told(request: HttpRequest, refusal: Refusal) -> list[str]:
    language = getattr(request, "LANGUAGE_CODE", "sv")
    return [refusal.sentence(language), refusal.next_step(language)]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, supplier_id: int, offer_id: int) -> HttpResponse:
    """``/gard/<id>/erbjudanden/<offer>/``: change the stock, or take the pack back."""
    supplier = _farm(request, supplier_id)
    found = offer_for(supplier, offer_id)
    if request.method != "POST":
        return _offer_page(request, supplier, found, StockForm(initial={"quantity": found.pool.quantity}))
    back = f"{reverse('market:offers', args=[supplier_id])}?vecka={found.pool.valid_from}"
    if request.POST.get("do") == "dra":
        withdraw_offer(offer=found, by=actor_of(request))
        messages.success(request, _("Förpackningen är tillbakadragen. Det som är beställt står kvar."))
        return redirect(back)
    form = StockForm(request.POST)
    if form.is_valid():
        try:
            change_stock(pool=found.pool, quantity=form.cleaned_data["quantity"], by=actor_of(request))
        except NotFound:
            raise
        except Refusal as refusal:
            form.add_error("quantity", _told(request, refusal))
        else:
            messages.success(request, _("Lagret är ändrat."))
            return redirect(back)
    return _offer_page(request, supplier, found, form, status=422)


def _offer_page(
    request: HttpRequest, supplier: Supplier, found: Offer, form: StockForm, *, status: int = 200
) -> HttpResponse:
    row = PoolRow(pool=found.pool, offers=(found,))
    context = {"supplier": supplier, "offer": found, "pool": found.pool, "form": form, "left": row.left}
    return render(request, "market/offer.html", context, status=status)
