"""A farm's price and availability lists: out as a file, in with a look first, undone as a whole."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.ground.doors import actor_of, arrived_at, stand_at, user_of
from config.ground.models import StoredFile
from config.ground.refusals import FileRefused, Refusal
from config.ground.tables import INTERNATIONAL, SWEDISH, csv_lines, workbook
from market.actions.lists import DryRun, import_list, keep_list, remember_answers, try_list, undo_list
from market.forms.lists import AnswersForm, UploadForm, period_asked
from market.queries.farm_lists import (
    all_products,
    import_for,
    latest_imports,
    list_columns,
    list_file_for,
    list_rows,
)
from market.queries.list_register import mapping_of
from market.queries.list_wording import fault_words
from market.rules.calendar import STOCKHOLM
from market.rules.weeks import Period
from suppliers.models import Supplier
from suppliers.queries import supplier_for

SHOWN = 100  # faults on a page
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _farm(request: HttpRequest, supplier_id: int) -> Supplier:
    supplier = supplier_for(user_of(request), supplier_id)
    stand_at(request, supplier.name)
    return supplier


def _period(request: HttpRequest) -> Period:
    today = arrived_at(request).astimezone(STOCKHOLM).date()
    return period_asked(request.GET.get("vecka", ""), today=today)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: HttpRequest, supplier_id: int) -> HttpResponse:
    """``/gard/<id>/listor/``: hand in a file, take one out, the latest imports."""
    supplier, period = _farm(request, supplier_id), _period(request)
    if request.method != "POST":
        return _lists_page(request, supplier, UploadForm(), period=period)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _lists_page(request, supplier, form, period=period, status=422)
    try:
        content = form.upload.read()
        kept = keep_list(
            supplier=supplier, name=form.upload.name or "lista", content=content, by=actor_of(request)
        )
        try_list(supplier=supplier, file=kept, period=period)
    except FileRefused as refusal:
        form.add_error("file", _told(request, refusal))
        return _lists_page(request, supplier, form, period=period, status=422)
    return redirect(f"{reverse('market:list', args=[supplier_id, kept.pk])}?vecka={period.first}")


def _told(request: HttpRequest, refusal: Refusal) -> list[str]:
    language = getattr(request, "LANGUAGE_CODE", "sv")
    return [refusal.sentence(language), refusal.next_step(language)]


def _lists_page(
    request: HttpRequest, supplier: Supplier, form: UploadForm, *, period: Period, status: int = 200
) -> HttpResponse:
    context = {"supplier": supplier, "form": form, "week": period, "imports": latest_imports(supplier)}
    return render(request, "market/lists.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def farm_list(request: HttpRequest, supplier_id: int, file_id: int) -> HttpResponse:
    """``/gard/<id>/listor/<file>/``: what reading the file in would do; answer what it asks; read it in."""
    supplier, period = _farm(request, supplier_id), _period(request)
    file = list_file_for(supplier, file_id)
    tried = try_list(supplier=supplier, file=file, period=period)
    form = _answers(request, supplier, tried)
    if request.method != "POST":
        return _list_page(request, supplier, file, tried, form, period=period)
    if request.POST.get("do") == "in":
        return _read_in(request, supplier, file, period=period)
    if not form.is_valid():
        return _list_page(request, supplier, file, tried, form, period=period, status=422)
    remember_answers(supplier=supplier, **form.answers, by=actor_of(request))
    return redirect(f"{reverse('market:list', args=[supplier_id, file_id])}?vecka={period.first}")


def _answers(request: HttpRequest, supplier: Supplier, tried: DryRun) -> AnswersForm:
    answers = request.method == "POST" and request.POST.get("do") != "in"
    return AnswersForm(
        tried=tried,
        mapping=mapping_of(supplier),
        products=all_products() if tried.reading.unknown_products else (),
        data=request.POST if answers else None,
    )


def _read_in(request: HttpRequest, supplier: Supplier, file: StoredFile, *, period: Period) -> HttpResponse:
    """Read the file in. A refusal stands above the same look at it."""
    try:
        done = import_list(
            supplier=supplier,
            file=file,
            period=period,
            prices_are_right="priserna_stammer" in request.POST,
            by=actor_of(request),
        )
    except Refusal as refusal:
        again = try_list(supplier=supplier, file=file, period=period)
        form = AnswersForm(tried=again, mapping=mapping_of(supplier), products=())
        refused = _told(request, refusal)
        return _list_page(
            request, supplier, file, again, form, period=period, refused=refused, status=refusal.status
        )
    told = ngettext("%(count)s rad är inläst.", "%(count)s rader är inlästa.", done.rows) % {
        "count": done.rows
    }
    messages.success(request, told)
    return redirect(f"{reverse('market:offers', args=[supplier.pk])}?vecka={period.first}")


def _list_page(
    request: HttpRequest,
    supplier: Supplier,
    file: StoredFile,
    tried: DryRun,
    form: AnswersForm,
    *,
    period: Period,
    refused: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "supplier": supplier,
        "file": file,
        "tried": tried,
        "form": form,
        "week": period,
        "week_number": period.first.isocalendar().week,
        "faults": [(fault, fault_words(fault)) for fault in tried.faults[:SHOWN]],
        "hidden_faults": max(len(tried.faults) - SHOWN, 0),
        "doubts": [(doubt, fault_words(doubt)) for doubt in tried.doubts[:SHOWN]],
        "refused": refused,
    }
    return render(request, "market/list.html", context, status=status)


@login_required
@require_POST
def list_undo(request: HttpRequest, supplier_id: int, import_id: int) -> HttpResponse:
    """``/gard/<id>/listor/inlast/<import>/angra/``."""
    supplier = _farm(request, supplier_id)
    undone = undo_list(done=import_for(supplier, import_id), by=actor_of(request))
    if undone.kept:
        told = ngettext(
            "Ångrat. %(count)s vara har ändrats eller beställts sedan dess och står kvar.",
            "Ångrat. %(count)s varor har ändrats eller beställts sedan dess och står kvar.",
            undone.kept,
        )
        messages.warning(request, told % {"count": undone.kept})
    else:
        messages.success(request, _("Ångrat: allt är som före inläsningen."))
    return redirect("market:lists", supplier_id)


@login_required
@require_safe
def list_out(request: HttpRequest, supplier_id: int) -> HttpResponse:
    """``/gard/<id>/listor/ut/?vecka=<day>&format=csv|csv-int|xlsx``: what the farm has out, to change and hand in again."""
    supplier, period = _farm(request, supplier_id), _period(request)
    columns, rows = list_columns(), list_rows(supplier, period=period)
    notes = [_("Påhittade siffror: detta är en demo.")] if settings.DEMO else []
    kind = request.GET.get("format", "csv")
    if kind == "xlsx":
        content = workbook(columns, rows, first_lines=notes)
    else:
        variant = INTERNATIONAL if kind == "csv-int" else SWEDISH
        content = "".join(csv_lines(columns, rows, variant=variant, first_lines=notes)).encode()
    name = f"lista-{period.first}.{'xlsx' if kind == 'xlsx' else 'csv'}"
    return HttpResponse(
        content,
        content_type=EXCEL if kind == "xlsx" else "text/csv; charset=utf-8",
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "",
            "Cache-Control": "private, no-store",
        },
    )
