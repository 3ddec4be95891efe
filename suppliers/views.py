"""A farm registers itself and keeps its certificates."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from config.ground.coordinate_fields import CoordinatesForm, degrees_written
from config.ground.doors import actor_of, arrived_at, stand_at, user_of
from config.ground.refusals import STOCKHOLM, FileRefused, InvalidInput, Refusal
from suppliers.actions import Upload, add_certificate, end_certificate, locate_supplier, register_farm
from suppliers.forms import CertificateForm, FarmForm
from suppliers.models import Supplier
from suppliers.queries import certificate_for, certificates_of, product_groups, supplier_for


def _today(request: HttpRequest) -> date:
    return arrived_at(request).astimezone(STOCKHOLM).date()


def _told(request: HttpRequest, refusal: Refusal) -> list[str]:
    language = getattr(request, "LANGUAGE_CODE", "sv")
    return [refusal.sentence(language), refusal.next_step(language)]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def farm_new(request: HttpRequest) -> HttpResponse:
    """``/gard/ny/``: first of three screens. The second is its certificates, the third its terms at the hubs."""
    user = user_of(request)
    if request.method != "POST":
        form = FarmForm(initial={"email": user.email or "", "phone": user.phone})
        return render(request, "suppliers/farm_new.html", {"form": form})
    form = FarmForm(request.POST)
    if form.is_valid():
        try:
            supplier = register_farm(
                user=user, **form.cleaned_data, language=user.language, by=actor_of(request)
            )
        except InvalidInput as refusal:
            for name, faults in refusal.fields.items():
                form.add_error(name, list(faults))
        except Refusal as refusal:
            form.add_error("number", _told(request, refusal))
        else:
            messages.success(request, _("%(farm)s är registrerad.") % {"farm": supplier.name})
            _remember_place(request, supplier)
            return redirect("suppliers:papers", supplier.pk)
    form.hide_number()
    return render(request, "suppliers/farm_new.html", {"form": form}, status=422)


def _remember_place(request: HttpRequest, supplier: Supplier) -> None:
    """The new farm stands in the header from now on."""
    place = {"name": supplier.name, "url": f"/gard/{supplier.pk}/", "icon": "farm"}
    request.session["places"] = [*request.session.get("places", []), place]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def where(request: HttpRequest, supplier_id: int) -> HttpResponse:
    """``/gard/<id>/lage/``: where the farm lies, for the maps of those who buy from it."""
    supplier = supplier_for(user_of(request), supplier_id)
    stand_at(request, supplier.name)
    form = CoordinatesForm(
        request.POST or None, initial=degrees_written(supplier.latitude, supplier.longitude)
    )
    if request.method == "POST" and form.is_valid():
        locate_supplier(supplier=supplier, at=form.coordinates, by=actor_of(request))
        messages.success(request, _("Läget är sparat."))
        return redirect("orders:farm", supplier_id)
    told = {"form": form, "name": supplier.name, "back": reverse("orders:farm", args=[supplier_id])}
    return render(request, "where.html", told, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: HttpRequest, supplier_id: int) -> HttpResponse:
    """``/gard/<id>/intyg/``: the farm's labels and permits, and a new one."""
    supplier = supplier_for(user_of(request), supplier_id)
    stand_at(request, supplier.name)
    groups, today = product_groups(), _today(request)
    if request.method != "POST":
        return _papers_page(request, supplier, CertificateForm(groups, today=today), today=today)
    form = CertificateForm(groups, today=today, data=request.POST, files=request.FILES)
    if not form.is_valid():
        return _papers_page(request, supplier, form, today=today, status=422)
    handed = form.upload
    upload = Upload(name=handed.name or "intyg", content=handed.read()) if handed else None
    try:
        add_certificate(supplier=supplier, **form.facts, upload=upload, by=actor_of(request))
    except InvalidInput as refusal:
        for name, faults in refusal.fields.items():
            form.add_error(name, list(faults))
        return _papers_page(request, supplier, form, today=today, status=422)
    except FileRefused as refusal:
        form.add_error("file", _told(request, refusal))
        return _papers_page(request, supplier, form, today=today, status=422)
    except Refusal as refusal:
        form.add_error("number", _told(request, refusal))
        return _papers_page(request, supplier, form, today=today, status=422)
    messages.success(request, _("Intyget är sparat."))
    return redirect("suppliers:papers", supplier_id)


def _papers_page(
    request: HttpRequest, supplier: Supplier, form: CertificateForm, *, today: date, status: int = 200
) -> HttpResponse:
    context = {"supplier": supplier, "form": form, "papers": certificates_of(supplier), "today": today}
    return render(request, "suppliers/papers.html", context, status=status)


@login_required
@require_POST
def paper_end(request: HttpRequest, supplier_id: int, certificate_id: int) -> HttpResponse:
    """``/gard/<id>/intyg/<certificate>/avsluta/``: it holds through today and no longer."""
    supplier = supplier_for(user_of(request), supplier_id)
    end_certificate(
        certificate=certificate_for(supplier, certificate_id), last_day=_today(request), by=actor_of(request)
    )
    messages.success(request, _("Intyget gäller till och med i dag."))
    return redirect("suppliers:papers", supplier_id)
