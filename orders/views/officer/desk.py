"""What each of the officer's doors does first: who sits here, and whether the method is theirs to use."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from config.ground.documents import Document, Part, tagged_pdf
from config.ground.doors import arrived_at, stand_at, user_of
from config.ground.figures import language
from config.ground.refusals import InvalidInput
from config.ground.tables import INTERNATIONAL, SWEDISH, Cell, Column, Variant, csv_lines
from market.rules.calendar import STOCKHOLM
from orders.models import Basis
from orders.queries.officer_words import basis_name
from orders.queries.seats import Seat, seat_for
from orders.rules.periods import Period, read_period

READING = {"GET", "HEAD"}
WRITING = {"GET", "HEAD", "POST"}
P = ParamSpec("P")
Seated = Callable[Concatenate[HttpRequest, Seat, P], HttpResponseBase]
Door = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def reading(view: Seated[P]) -> Door[P]:
    """A page for officers and auditors. An auditor who would write is refused, not told which methods there are."""
    return _seated(view, methods=READING, acts=False)


def acting_officer(view: Seated[P]) -> Door[P]:
    """A page by which an officer acts. Raises NotAllowed for an auditor, NotFound for all others."""
    return _seated(view, methods=WRITING, acts=True)


def acting_by_button(view: Seated[P]) -> Door[P]:
    """An act that is one press on another page: POST alone."""
    return _seated(view, methods={"POST"}, acts=True)


def _seated(view: Seated[P], *, methods: set[str], acts: bool) -> Door[P]:
    def door(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        seat = seat_for(user_of(request), int(str(kwargs.pop("authority_id"))))
        if acts or request.method not in READING:
            seat.check_may_act()
        if request.method not in methods:
            return HttpResponseNotAllowed(sorted(methods))
        stand_at(request, seat.authority.name)
        return view(request, seat, *args, **kwargs)

    update_wrapper(door, view)
    return login_required(door)


def today_of(request: HttpRequest) -> date:
    """The day in Sweden on which the request reached the house."""
    return arrived_at(request).astimezone(STOCKHOLM).date()


def page(
    request: HttpRequest, seat: Seat, name: str, /, *, section: str, status: int = 200, **context: Any
) -> HttpResponse:
    """One of the officer's pages with its tabs; ``section`` is the tab that it belongs to."""
    told = {"seat": seat, "section": section, "csv_url": csv_url(request), **context}
    return render(request, f"orders/officer_{name}.html", told, status=status)


def crumbs(seat: Seat, *steps: tuple[str, str]) -> list[dict[str, str]]:
    """From the authority's first page through (label, address) to the page itself, which has no address."""
    home = {"label": seat.authority.name, "url": reverse("officer:home", args=[seat.authority.pk])}
    return [home, *({"label": label, "url": url} for label, url in steps)]


def period_of(request: HttpRequest) -> Period:
    """``?from=2026-01&to=2026-12``; this year when nothing is asked for. Raises InvalidInput."""
    begins, ends = request.GET.get("from", ""), request.GET.get("to", "")
    try:
        return read_period(begins, ends, today=today_of(request))
    except ValueError as fault:
        words = _("Skriv månader som 2026-03, den första före den sista.")
        raise InvalidInput(fields={_("Period"): [words]}) from fault


def basis_of(request: HttpRequest, *, weighed: bool = False) -> str:
    """``?basis=ordered`` or ``delivered``; with ``weighed`` ``served`` and ``wasted`` too. Raises InvalidInput."""
    basis = request.GET.get("basis", Basis.ORDERED)
    known = [Basis.ORDERED, Basis.DELIVERED, *([Basis.SERVED, Basis.WASTED] if weighed else [])]
    if basis not in known:
        raise InvalidInput(fields={"basis": [", ".join(known)]})
    return str(basis)


def number_of(request: HttpRequest, name: str) -> int | None:
    """A key in the address, or None. Raises InvalidInput for what is none."""
    text = request.GET.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < len(str(2**63))):
        raise InvalidInput(fields={name: ["1, 2, 3 …"]})
    return int(text)


def wants_csv(request: HttpRequest) -> bool:
    return request.GET.get("format") == "csv"


def wants_pdf(request: HttpRequest) -> bool:
    return request.GET.get("format") == "pdf"


def csv_url(request: HttpRequest) -> str:
    """The same page as a file: its own question with ``format=csv``, without its place in a list."""
    asked = request.GET.copy()
    for name in ("efter", "fore", "variant"):
        asked.pop(name, None)
    asked["format"] = "csv"
    return f"?{asked.urlencode()}"


def demo_notice() -> str:
    """What a demo's file says of itself; empty in a real house."""
    return _("Påhittade siffror: detta är en demo.") if settings.DEMO else ""


def csv_file(
    request: HttpRequest,
    *,
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    notes: Sequence[str] = (),
) -> StreamingHttpResponse:
    """The table as a file to save. A demo's file says in its first line that its figures are invented."""
    first_lines = [*filter(None, [demo_notice()]), *notes]
    return saved_csv(
        csv_lines(columns, rows, variant=csv_variant(request), first_lines=first_lines), name=name
    )


def csv_variant(request: HttpRequest) -> Variant:
    """``?variant=international``: comma and point; Swedish unasked."""
    return INTERNATIONAL if request.GET.get("variant") == "international" else SWEDISH


def saved_csv(lines: Iterable[str], *, name: str) -> StreamingHttpResponse:
    """Lines of a CSV as a file to save, as they are made."""
    return StreamingHttpResponse(
        (line.encode() for line in lines),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=f"{name}.csv")
            or "",
            "Cache-Control": "private, no-store",
        },
    )


def pdf_file(
    request: HttpRequest,
    seat: Seat,
    *,
    name: str,
    title: str,
    lead: str = "",
    parts: Sequence[Part] = (),
) -> HttpResponse:
    """The page's content as a tagged PDF, named ``name``. A demo's paper says on each page that it is invented."""
    made = tagged_pdf(
        Document(
            title=title,
            language=language(),
            issuer=seat.authority.name,
            made_at=arrived_at(request),
            lead=lead,
            parts=parts,
            notice=demo_notice(),
        )
    )
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=f"{name}.pdf")
            or "",
            "Cache-Control": "private, no-store",
        },
    )


def period_note(period: Period, basis: str) -> str:
    """What the figures of a file or page are: basis and days."""
    told = {"basis": basis_name(basis), "first": period.first.isoformat(), "last": period.last.isoformat()}
    return _("Underlag: %(basis)s, leveransdagar %(first)s till %(last)s, utan moms.") % told
