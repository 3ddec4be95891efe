"""What the authority has laid down for its reports, and reports that it published."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from config.ground.doors import actor_of
from config.ground.refusals import InvalidInput, NotFound, Refusal
from orders.actions.publishing_reports import publish_report
from orders.actions.report_terms import define_local, set_goal
from orders.forms.report_terms import GoalForm, LocalForm, PublishReportForm, measure_choices
from orders.forms.reporting import read_asked
from orders.queries.published_reports import published_report, published_reports
from orders.queries.report_terms import local_definitions, report_goals
from orders.queries.report_words import told_words
from orders.queries.reports.register import REPORTS
from orders.queries.seats import Seat
from orders.views.officer.desk import acting_officer, crumbs, page, reading, today_of


def _steps(seat: Seat, *steps: tuple[str, str]) -> list[dict[str, str]]:
    return crumbs(seat, (_("Rapporter"), reverse("officer:reports", args=[seat.authority.pk])), *steps)


@reading
def terms(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/rapporter/mal/``: what counts as local, and the goals."""
    names = dict(measure_choices())
    return page(
        request,
        seat,
        "report_terms",
        section="reports",
        definitions=local_definitions(seat.authority),
        goals=[{"row": each, "name": names[each.measure]} for each in report_goals(seat.authority)],
        crumbs=_steps(seat, (_("Mål och definitioner"), "")),
    )


@acting_officer
def new_local(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/rapporter/mal/lokalt/``: from which day what counts as local."""
    form = LocalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            define_local(
                authority=seat.authority,
                officer=seat.user,
                by=actor_of(request, reason=form.cleaned_data["decision"]),
                **form.cleaned_data,
            )
        except InvalidInput as faults:
            _show(form, faults)
        else:
            messages.success(request, _("Definitionen är inlagd."))
            return redirect("officer:report_terms", seat.authority.pk)
    return _form_page(request, seat, form, title=_("Vad som räknas som lokalt"))


@acting_officer
def new_goal(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/rapporter/mal/nytt/``: a goal from a day on."""
    form = GoalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told: dict[str, str | date] = {
            name: form.cleaned_data[name] for name in ("measure", "decision", "first_day")
        }
        try:
            set_goal(
                authority=seat.authority,
                officer=seat.user,
                value=form.told_value(),
                by=actor_of(request, reason=form.cleaned_data["decision"]),
                **told,  # type: ignore[arg-type]
            )
        except InvalidInput as faults:
            _show(form, faults)
        else:
            messages.success(request, _("Målet är inlagt."))
            return redirect("officer:report_terms", seat.authority.pk)
    return _form_page(request, seat, form, title=_("Nytt mål"))


def _show(form: forms.Form, faults: InvalidInput) -> None:
    for name, sentences in faults.fields.items():
        for sentence in sentences:
            form.add_error(name, sentence)


def _form_page(request: HttpRequest, seat: Seat, form: forms.Form, *, title: str) -> HttpResponseBase:
    here = reverse("officer:report_terms", args=[seat.authority.pk])
    return page(
        request,
        seat,
        "report_term",
        section="reports",
        status=422 if form.errors else 200,
        form=form,
        title=title,
        back=here,
        crumbs=_steps(seat, (_("Mål och definitioner"), here), (title, "")),
    )


@acting_officer
def publish(request: HttpRequest, seat: Seat, slug: str) -> HttpResponseBase:
    """``…/rapporter/<slug>/publicera/?…``: the report of a period that is over, or its correction."""
    sort = REPORTS.get(slug)
    if sort is None:
        raise NotFound
    asked = read_asked(
        request.GET.dict(),
        sort,
        authority=seat.authority,
        today=today_of(request),
        language=get_language() or "sv",
    )
    form = PublishReportForm(request.POST or None)
    refused: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            row = publish_report(
                asked=asked,
                sort=sort,
                reason=form.cleaned_data["reason"],
                by=actor_of(request, reason=form.cleaned_data["reason"]),
            )
        except Refusal as refusal:
            refused = refusal
        else:
            messages.success(request, _("Rapporten är publicerad och ändras inte mer."))
            return redirect("officer:published_report", seat.authority.pk, row.pk)
    language = get_language() or "sv"
    back = f"{reverse('officer:report', args=[seat.authority.pk, slug])}?{request.GET.urlencode()}"
    return page(
        request,
        seat,
        "publish_report",
        section="reports",
        status=refused.status if refused else 200,
        form=form,
        sort=sort,
        asked=asked,
        back=back,
        refusal=refused and {"title": refused.sentence(language), "text": refused.next_step(language)},
        crumbs=_steps(seat, (str(sort.title), back), (_("Publicera"), "")),
    )


@reading
def published(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/rapporter/publicerat/``: every report that was published, newest first."""
    return page(
        request,
        seat,
        "published_reports",
        section="reports",
        rows=[
            {"row": each, "title": REPORTS[each.slug].title if each.slug in REPORTS else each.slug}
            for each in published_reports(seat.authority)
        ],
        crumbs=_steps(seat, (_("Publicerade rapporter"), "")),
    )


@reading
def published_one(request: HttpRequest, seat: Seat, published_id: int) -> HttpResponseBase:
    """``…/rapporter/publicerat/<id>/``: a report as it was told then."""
    row = published_report(seat.authority, published_id)
    columns = row.told["columns"]

    def cells(part: dict[str, Any]) -> list[dict[str, str]]:
        return [column | {"text": told_words(part[column["key"]], column["kind"])} for column in columns]

    return page(
        request,
        seat,
        "published_report",
        section="reports",
        row=row,
        told=row.told,
        columns=columns,
        lines=[cells(part) for part in row.told["parts"]],
        whole=row.told["whole"] and cells(row.told["whole"]),
        now_url=f"{reverse('officer:report', args=[seat.authority.pk, row.slug])}?{row.question}",
        crumbs=_steps(
            seat,
            (
                _("Publicerade rapporter"),
                reverse("officer:published_reports", args=[seat.authority.pk]),
            ),
            (row.told["title"], ""),
        ),
    )
