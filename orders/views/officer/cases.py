"""Handing out a case that somebody asks for: what is in it, what is withheld, and the file."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from config.ground.doors import actor_of, arrived_at
from config.ground.figures import language
from orders.actions.disclosing import check_open, disclose
from orders.forms.cases import DisclosureForm
from orders.queries.cases import Case, agreement_case, exports_of, order_case
from orders.queries.seats import Seat
from orders.rules.secrecy import maskable
from orders.views.officer.desk import acting_officer, crumbs, demo_notice, page, today_of


@acting_officer
def agreement(request: HttpRequest, seat: Seat, agreement_id: int) -> HttpResponseBase:
    """``…/avtal/<agreement>/lamna-ut/``. Raises CaseSealed before the award is decided."""
    return _case(request, seat, agreement_case(seat.authority, agreement_id))


@acting_officer
def order(request: HttpRequest, seat: Seat, order_id: int) -> HttpResponseBase:
    """``…/bestallning/<order>/lamna-ut/``."""
    return _case(request, seat, order_case(seat.authority, order_id))


def _case(request: HttpRequest, seat: Seat, case: Case) -> HttpResponseBase:
    check_open(case, on=today_of(request))
    form = DisclosureForm(request.POST or None, things=maskable(case.sheets), suppliers=case.suppliers)
    if request.method == "POST" and form.is_valid():
        found = disclose(
            authority=seat.authority,
            case=case,
            decisions=form.decisions(),
            officer=seat.user,
            at=arrived_at(request),
            on=today_of(request),
            language=language(),
            notice=demo_notice(),
            by=actor_of(request),
        )
        name = _("arende-%(number)s") % {"number": found.export.pk}
        return HttpResponse(
            found.content,
            content_type="application/zip",
            headers={
                "Content-Disposition": content_disposition_header(as_attachment=True, filename=f"{name}.zip")
                or "",
                "Cache-Control": "private, no-store",
            },
        )
    return page(
        request,
        seat,
        "case",
        section="agreements",
        status=422 if request.method == "POST" else 200,
        form=form,
        case=case,
        exports=exports_of(seat.authority, case),
        crumbs=crumbs(
            seat,
            (pgettext("flera", "Avtal"), reverse("officer:agreements", args=[seat.authority.pk])),
            (_("Lämna ut ärendet"), ""),
        ),
    )
