"""A person's own files and saved reports: asked for here, made in the background, fetched when they are ready."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _

from config.ground import figures, moments
from config.ground.doors import actor_of, arrived_at
from config.ground.figures import language
from config.ground.refusals import InvalidInput, NotFound
from orders.actions.filing import KEPT, AskedFile, ask_file
from orders.actions.open_data import decide_open_data, end_open_data
from orders.actions.saving_reports import put_away, save_report
from orders.forms.report_files import RHYTHMS, WINDOWS, AskFileForm, OpenDataForm, SaveReportForm
from orders.forms.reporting import read_asked
from orders.models import OpenDataDecision, ReportFile, SavedReport
from orders.queries.report_files import my_file, my_files, my_saved, pieces_of
from orders.queries.reports.asked import Asked
from orders.queries.reports.register import REPORTS, ReportSort
from orders.queries.seats import Seat
from orders.views.officer.desk import acting_by_button, acting_officer, crumbs, page, reading, today_of


@reading
def files(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/rapporter/filer/``: the files of the one who asks, how far each is, and the reports that she keeps."""
    found = [_file(each, seat) for each in my_files(seat.authority, seat.user)]
    return page(
        request,
        seat,
        "report_files",
        section="reports",
        files=found,
        waiting=any(each["waits"] for each in found),
        saved=[_saved(each, seat) for each in my_saved(seat.authority, seat.user)],
        kept_days=KEPT.days,
        crumbs=crumbs(seat, _library(seat), (_("Mina filer"), "")),
    )


@reading
def fetch(_request: HttpRequest, seat: Seat, file_id: int) -> HttpResponseBase:
    """``…/rapporter/filer/<file>/``: the file itself. Raises NotFound for another's, and for one that is not there."""
    file = my_file(seat.authority, seat.user, file_id)
    return StreamingHttpResponse(
        pieces_of(file),
        content_type=file.content_type,
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=file.name) or "",
            "Content-Length": str(file.size),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


@acting_by_button
def ask(request: HttpRequest, seat: Seat, slug: str) -> HttpResponseBase:
    """``…/rapporter/<slug>/fil/``: a file of this report, or of its rows, is made in the background."""
    sort, form = _sort(slug), AskFileForm(request.POST)
    if not form.is_valid():
        raise InvalidInput(
            fields={name: [str(each) for each in faults] for name, faults in form.errors.items()}
        )
    asked = _asked(request.POST.dict(), seat, sort, request)
    rows = form.cleaned_data["kind"] == ReportFile.Kind.ROWS
    title = _("%(report)s, rader") % {"report": sort.title} if rows else str(sort.title)
    return _ask(
        request,
        seat,
        AskedFile(
            kind=form.cleaned_data["kind"],
            title=title,
            format=form.cleaned_data["format"],
            language=language(),
            slug=slug,
            question=_question(asked),
        ),
    )


@acting_by_button
def ask_everything(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/rapporter/filer/allt/``: all that the authority has here, as one file."""
    title = _("Allt som %(authority)s har här") % {"authority": seat.authority.name}
    return _ask(
        request,
        seat,
        AskedFile(kind=ReportFile.Kind.EVERYTHING, title=title, format="zip", language=language()),
    )


@acting_officer
def save(request: HttpRequest, seat: Seat, slug: str) -> HttpResponseBase:
    """``…/rapporter/<slug>/spara/?…``: the question is kept under a name, and mailed if wished."""
    sort = _sort(slug)
    asked = _asked(request.GET.dict(), seat, sort, request)
    question = _question(asked)
    form = SaveReportForm(request.POST or None, initial={"name": sort.title})
    if request.method == "POST" and form.is_valid():
        try:
            save_report(
                authority=seat.authority,
                owner=seat.user,
                slug=slug,
                question=question,
                language=language(),
                today=today_of(request),
                by=actor_of(request),
                **form.cleaned_data,
            )
        except InvalidInput as faults:
            for name, sentences in faults.fields.items():
                for sentence in sentences:
                    form.add_error(name, sentence)
        else:
            messages.success(request, _("Rapporten är sparad."))
            return redirect("officer:report_files", seat.authority.pk)
    back = f"{reverse('officer:report', args=[seat.authority.pk, slug])}?{urlencode(question)}"
    return page(
        request,
        seat,
        "save_report",
        section="reports",
        status=422 if form.errors else 200,
        form=form,
        back=back,
        narrowed=asked.narrowed_to,
        crumbs=crumbs(seat, _library(seat), (str(sort.title), back), (_("Spara"), "")),
    )


@acting_by_button
def forget(request: HttpRequest, seat: Seat, saved_id: int) -> HttpResponseBase:
    """``…/rapporter/sparade/<saved>/lagg-undan/``: it is listed and mailed no more."""
    saved = put_away(
        authority=seat.authority,
        owner=seat.user,
        saved_id=saved_id,
        now=arrived_at(request),
        by=actor_of(request),
    )
    messages.success(request, _("”%(name)s” är undanlagd och skickas inte mer.") % {"name": saved.name})
    return redirect("officer:report_files", seat.authority.pk)


@acting_officer
def publishing(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/rapporter/oppna-data/``: the decision to publish purchases as open data, and its end."""
    today = today_of(request)
    standing = OpenDataDecision.objects.filter(authority=seat.authority).on(today).first()
    form = OpenDataForm(request.POST if request.method == "POST" and "end" not in request.POST else None)
    if request.method == "POST" and "end" in request.POST:
        end_open_data(authority=seat.authority, today=today, by=actor_of(request))
        messages.success(request, _("Från i morgon är inköpen inte publicerade."))
        return redirect("officer:reports", seat.authority.pk)
    if request.method == "POST" and form.is_valid():
        decide_open_data(
            authority=seat.authority,
            decision=form.cleaned_data["decision"],
            officer=seat.user,
            today=today,
            by=actor_of(request, reason=form.cleaned_data["decision"]),
        )
        messages.success(request, _("Inköpen är publicerade."))
        return redirect("officer:publish_open_data", seat.authority.pk)
    return page(
        request,
        seat,
        "open_data",
        section="reports",
        status=422 if form.errors else 200,
        form=form,
        standing=standing,
        crumbs=crumbs(seat, _library(seat), (_("Öppna data"), "")),
    )


def _ask(request: HttpRequest, seat: Seat, asked: AskedFile) -> HttpResponseBase:
    ask_file(authority=seat.authority, owner=seat.user, asked=asked, by=actor_of(request))
    messages.success(request, _("Filen görs nu. Den står här när den är klar, också om du går härifrån."))
    return redirect("officer:report_files", seat.authority.pk)


def _sort(slug: str) -> ReportSort:
    sort = REPORTS.get(slug)
    if sort is None:
        raise NotFound
    return sort


def _asked(told: dict[str, str], seat: Seat, sort: ReportSort, request: HttpRequest) -> Asked:
    return read_asked(told, sort, authority=seat.authority, today=today_of(request), language=language())


def _question(asked: Asked) -> dict[str, str]:
    told = {**asked.question, "by": asked.by}
    return {name: value for name, value in told.items() if value}


def _library(seat: Seat) -> tuple[str, str]:
    return (_("Rapporter"), reverse("officer:reports", args=[seat.authority.pk]))


def _file(file: ReportFile, seat: Seat) -> dict[str, object]:
    waits = file.state in {ReportFile.State.WAITING, ReportFile.State.MAKING}
    ready = file.state == ReportFile.State.READY
    return {
        "file": file,
        "waits": waits,
        "url": reverse("officer:report_file", args=[seat.authority.pk, file.pk]) if ready else "",
        "state": _state(file),
        "kind": {"ready": "ok", "failed": "refuse", "gone": "plain"}.get(file.state, "info"),
        "about": ", ".join(part for part in _about(file) if part),
        "percent": round(100 * file.steps_done / file.steps_of) if waits and file.steps_of else None,
    }


def _state(file: ReportFile) -> str:
    match file.state:
        case ReportFile.State.READY:
            return _("klar")
        case ReportFile.State.FAILED:
            return _("gick inte")
        case ReportFile.State.GONE:
            return _("inte kvar")
        case ReportFile.State.MAKING if file.steps_of:
            told = {"done": figures.number(file.steps_done), "of": figures.number(file.steps_of)}
            return _("%(done)s av %(of)s rader") % told
        case ReportFile.State.MAKING:
            return _("görs nu")
        case _:
            return _("väntar på sin tur")


def _about(file: ReportFile) -> tuple[str, ...]:
    return (
        file.format.upper(),
        moments.instant(file.asked_at),
        _size(file.size),
        _("sparad rapport") if file.saved else "",
        file.error,
    )


def _size(size: int) -> str:
    if not size:
        return ""
    kilobytes = max(1, round(size / 1000))
    return f"{figures.number(kilobytes)}{figures.NO_BREAK}kB"


def _saved(saved: SavedReport, seat: Seat) -> dict[str, object]:
    windows, rhythms = (
        {str(key): label for key, label in WINDOWS},
        {str(key): label for key, label in RHYTHMS},
    )
    report = reverse("officer:report", args=[seat.authority.pk, saved.slug])
    sent = _("Skickas %(rhythm)s, nästa gång %(next)s.")
    return {
        "saved": saved,
        "report": str(REPORTS[saved.slug].title) if saved.slug in REPORTS else saved.slug,
        "url": f"{report}?{urlencode(saved.question)}",
        "window": windows[saved.window],
        "sent": sent % {"rhythm": rhythms[saved.rhythm], "next": moments.day(saved.next_on)}
        if saved.next_on
        else "",
    }
