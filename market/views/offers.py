"""A farm's own offers: post one, change how much there is, take one back."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from config.ground.doors import actor_of, arrived_at, stand_at, user_of
from config.ground.refusals import InvalidInput, NotFound, Refusal
from market.actions.offers import change_stock, publish_offer, withdraw_offer
from market.forms import OfferForm, StockForm
from market.models import Offer, Pack
from market.queries.farm_offers import offer_for, pools_of, postable_packs
from market.rules.calendar import STOCKHOLM
from suppliers.models import Supplier
from suppliers.queries import labels_on, supplier_for

ROWS_A_PAGE = 40


def _farm(request: HttpRequest, supplier_id: int) -> Supplier:
    supplier = supplier_for(user_of(request), supplier_id)
    stand_at(request, supplier.name)
    return supplier


def _today(request: HttpRequest) -> date:
    return arrived_at(request).astimezone(STOCKHOLM).date()


@login_required
@require_safe
def offers(request: HttpRequest, supplier_id: int) -> HttpResponse:
    """``/gard/<id>/erbjudanden/``: what the farm has out, reserved and left."""
    supplier = _farm(request, supplier_id)
    pages = Paginator(pools_of(supplier, today=_today(request)), ROWS_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    return render(
        request, "market/offers.html", {"supplier": supplier, "pools": page.object_list, "page": page}
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer_new(request: HttpRequest, supplier_id: int) -> HttpResponse:
    """``/gard/<id>/erbjudanden/nytt/``."""
    supplier = _farm(request, supplier_id)
    today = _today(request)
    form = OfferForm(
        packs=postable_packs(supplier, today=today),
        today=today,
        place=supplier.place,
        labels=labels_on(supplier, today=today),
        data=request.POST if request.method == "POST" else None,
    )
    if request.method != "POST":
        return render(request, "market/offer_new.html", {"supplier": supplier, "form": form})
    if not form.is_valid() or not _publish(request, supplier, form):
        return render(request, "market/offer_new.html", {"supplier": supplier, "form": form}, status=422)
    chosen = form.packs[form.cleaned_data["pack"]]
    if chosen.price_sek is None:
        messages.warning(
            request,
            _("Utlagt, men inget avtal har pris på förpackningen, så köken kan inte beställa den än."),
        )
    else:
        messages.success(request, _("Utlagt: %(product)s.") % {"product": chosen.product})
    return redirect("market:offers", supplier_id)


def _publish(request: HttpRequest, supplier: Supplier, form: OfferForm) -> bool:
    """Post what the form says. False with the form's faults told, where the market says no."""
    try:
        publish_offer(
            supplier=supplier,
            pack=Pack.objects.get(pk=form.cleaned_data["pack"]),
            quantity=form.cleaned_data["quantity"],
            valid_from=form.days.first,
            valid_to=form.days.last,
            own_price_sek=form.cleaned_data["own_price_sek"],
            by=actor_of(request),
            **form.details,
        )
    except InvalidInput as refusal:
        for name, faults in refusal.fields.items():
            form.add_error(name if name in form.fields else None, list(faults))
        return False
    except Refusal as refusal:
        form.add_error(None, _told(request, refusal))
        return False
    return True


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
    if request.POST.get("do") == "dra":
        withdraw_offer(offer=found, by=actor_of(request))
        messages.success(request, _("Förpackningen är tillbakadragen. Det som är beställt står kvar."))
        return redirect("market:offers", supplier_id)
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
            return redirect("market:offers", supplier_id)
    return _offer_page(request, supplier, found, form, status=422)


def _offer_page(
    request: HttpRequest, supplier: Supplier, found: Offer, form: StockForm, *, status: int = 200
) -> HttpResponse:
    context = {"supplier": supplier, "offer": found, "pool": found.pool, "form": form}
    context["left"] = found.pool.quantity - found.pool.reserved
    return render(request, "market/offer.html", context, status=status)
