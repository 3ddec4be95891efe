"""A ledger's file is read in on a page: handed in, its columns told, a look at what would happen, all or nothing, undone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from config.ground.doors import actor_of
from config.ground.records import FileUnreadable
from config.ground.refusals import FileRefused, InvalidInput, NotAllowed, NotFound, Refusal
from orders.actions.import_refusals import FileHasBadRows
from orders.actions.import_report import ImportReport
from orders.actions.importing import undo_import
from orders.actions.ledger_files import keep_ledger, read_ledger, remember_mapping
from orders.forms.ledger_files import LedgerMappingForm, LedgerUploadForm
from orders.interchange.purchase_words import ODDITY_WORDS, known_language
from orders.queries.imports import import_of
from orders.queries.ledger_files import first_answers, headings_of, ledger_file
from orders.queries.seats import Seat
from orders.views.officer.desk import acting_by_button, acting_officer, crumbs, page

SHOWN = 100  # faults on a page


@acting_officer
def upload(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/externa/las-in/``."""
    form = LedgerUploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            kept = keep_ledger(
                authority=seat.authority,
                name=form.upload.name or "reskontra",
                content=form.upload.read(),
                by=actor_of(request),
            )
            headings_of(kept)
        except FileRefused as refusal:
            form.add_error("file", refusal.sentence(_language()))
        except FileUnreadable as fault:
            form.add_error("file", fault.why[_language()])
        else:
            return redirect("officer:ledger_file", seat.authority.pk, kept.pk)
    return page(
        request,
        seat,
        "ledger_upload",
        section="external",
        status=422 if request.method == "POST" else 200,
        form=form,
        crumbs=crumbs(seat, _above(seat), (_("Läs in en reskontra"), "")),
    )


@acting_officer
def file(request: HttpRequest, seat: Seat, file_id: int) -> HttpResponseBase:
    """``…/externa/las-in/<file>/``: ``do=prova`` remembers the answers and shows what would happen, ``do=in`` reads it in."""
    kept = ledger_file(seat.authority, file_id)
    headings = headings_of(kept)
    form = LedgerMappingForm(
        request.POST or None, headings=headings, answers=first_answers(seat.authority, kept, headings)
    )
    report: ImportReport | None = None
    refused: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        by = actor_of(request)
        try:
            mapping = remember_mapping(
                authority=seat.authority, name=form.cleaned_data["name"], told=form.told, by=by
            )
            is_dry = request.POST.get("do") != "in"
            report = read_ledger(authority=seat.authority, file=kept, mapping=mapping, dry_run=is_dry, by=by)
        except (NotAllowed, NotFound):
            raise
        except InvalidInput as faults:
            form.add_error(None, " ".join(each for field in faults.fields.values() for each in field))
        except FileHasBadRows as refusal:
            refused, report = refusal, refusal.report
        except Refusal as refusal:
            refused = refusal
        else:
            if not is_dry:
                return _done(request, seat, report)
    return page(
        request,
        seat,
        "ledger_file",
        section="external",
        status=refused.status if refused else 422 if form.errors else 200,
        form=form,
        file=kept,
        **_told(report),
        refusal=refused and {"title": refused.sentence(_language()), "text": refused.next_step(_language())},
        crumbs=crumbs(
            seat,
            _above(seat),
            (_("Läs in en reskontra"), reverse("officer:ledger_upload", args=[seat.authority.pk])),
            (kept.name, ""),
        ),
    )


@acting_by_button
def undo(request: HttpRequest, seat: Seat, import_id: int) -> HttpResponseBase:
    """``…/externa/<import>/angra/``."""
    undo_import(purchase_import=import_of(seat.authority, import_id), by=actor_of(request))
    messages.success(request, _("Inläsningen är ångrad. Raderna finns kvar och räknas ingenstans."))
    return redirect("officer:imported", seat.authority.pk, import_id)


def _done(request: HttpRequest, seat: Seat, report: ImportReport) -> HttpResponseBase:
    told = ngettext("%(count)s rad är inläst.", "%(count)s rader är inlästa.", report.imported)
    messages.success(request, told % {"count": report.imported})
    return redirect("officer:imported", seat.authority.pk, report.import_id)


def _told(report: ImportReport | None) -> dict[str, Any]:
    if report is None:
        return {"report": None}
    language = _language()
    return {
        "report": report,
        "bad": [(row.line, row.words(language)) for row in report.bad_rows[:SHOWN]],
        "odd": [(ODDITY_WORDS[each][language], lines) for each, lines in sorted(report.odd.items())],
        "totals": [(currency, each.amount, each.lines) for currency, each in report.totals().items()],
        "may_be_read": not report.bad_rows and report.imported > 0,
    }


def _language() -> str:
    return known_language(get_language() or "sv")


def _above(seat: Seat) -> tuple[str, str]:
    return _("Köpt utanför"), reverse("officer:external", args=[seat.authority.pk])
