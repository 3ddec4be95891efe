"""Agreements opened: lots against their ceilings, a lot's call-offs, and why one of them was allowed."""

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from config.ground.charts.drawing import Drawing, money
from config.ground.charts.over_time import DayFigure, burn_down
from config.ground.doors import arrived_at
from orders.queries.burning import BurnDown, burn_down_of
from orders.queries.call_off_rows import Cursor, Place, WantedRows, all_rows, rows_page
from orders.queries.ceiling_forecasts import ceiling_forecasts
from orders.queries.lots import agreements_of, lot_page
from orders.queries.overshoots import has_overshoots
from orders.queries.price_adjustments import adjusted_prices
from orders.queries.seats import Seat
from orders.queries.why import why, why_order
from orders.queries.why_documents import call_off_lead, call_off_parts, order_lead, order_parts
from orders.views.officer import files
from orders.views.officer.desk import (
    crumbs,
    csv_file,
    page,
    pdf_file,
    reading,
    today_of,
    wants_csv,
    wants_pdf,
)


@reading
def agreements(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/avtal/``: every agreement that names the authority, with its lots against their ceilings."""
    found = agreements_of(seat.authority)
    if wants_csv(request):
        return csv_file(
            request,
            name=_("avtal"),
            columns=files.agreement_columns(),
            rows=files.agreement_cells(found),
            notes=[_("Bundet värde: beställt och ännu inte avböjt, utan moms.")],
        )
    today = today_of(request)
    return page(
        request,
        seat,
        "agreements",
        section="agreements",
        in_force=[each for each in found if each.is_in_force(today)],
        others=[each for each in found if not each.is_in_force(today)],
        today=today,
    )


@reading
def lot(request: HttpRequest, seat: Seat, lot_id: int) -> HttpResponseBase:
    """``…/avtal/delkontrakt/<lot>/``: ceilings, parties, prices and the call-offs of this authority."""
    found = lot_page(seat.authority, lot_id=lot_id, today=today_of(request))
    wanted = WantedRows(lot_id=lot_id)
    now = arrived_at(request)
    if wants_csv(request):
        parties = request.GET.get("table") == "parties"
        return csv_file(
            request,
            name=_("leverantörer") if parties else _("avrop"),
            columns=files.party_columns() if parties else files.row_columns(),
            rows=files.party_cells(found.parties)
            if parties
            else files.row_cells(all_rows(seat.authority, wanted, now=now)),
            notes=[f"{found.agreement.title}, {found.lot.name}"],
        )
    forecast = ceiling_forecasts([(found.lot, found.agreement.last_day)], today=today_of(request))[lot_id]
    return page(
        request,
        seat,
        "lot",
        section="agreements",
        found=found,
        picture=_picture(burn_down_of(found.agreement, found.lot, forecast)),
        today=today_of(request),
        forecast=forecast,
        overshoots=has_overshoots(lot_id),
        adjusted=adjusted_prices(seat.authority, lot_id=lot_id, today=today_of(request)),
        rows=rows_page(seat.authority, wanted, now=now, place=place_of(request)),
        crumbs=crumbs(
            seat,
            (pgettext("flera", "Avtal"), reverse("officer:agreements", args=[seat.authority.pk])),
            (found.lot.name, ""),
        ),
    )


def _picture(burned: BurnDown | None) -> Drawing | None:
    if burned is None:
        return None
    return burn_down(
        "kvar",
        _("Kvar av taket efter leveransmånad"),
        [DayFigure(each.day, each.sek) for each in burned.left],
        [DayFigure(each.day, each.sek) for each in burned.forecast],
        measure=money(),
        ends=burned.ends,
    )


def place_of(request: HttpRequest) -> Place | None:
    """``?efter=`` leads to older rows, ``?fore=`` back to newer ones. Raises InvalidInput."""
    if older := request.GET.get("efter"):
        return Place(cursor=Cursor.read(older))
    newer = request.GET.get("fore")
    return Place(cursor=Cursor.read(newer), newer=True) if newer else None


@reading
def call_off(request: HttpRequest, seat: Seat, call_off_id: int) -> HttpResponseBase:
    """``…/avrop/<call-off>/``: why it was allowed: rules, paragraphs, figures, who, when and through which door."""
    found = why(seat.authority, call_off_id)
    if wants_pdf(request):
        return pdf_file(
            request,
            seat,
            name=_("avrop-%(number)s") % {"number": call_off_id},
            title=_("Varför var detta tillåtet?"),
            lead=call_off_lead(found),
            parts=call_off_parts(found),
        )
    lot_url = reverse("officer:lot", args=[seat.authority.pk, found.call_off.agreement_lot_id])
    return page(
        request,
        seat,
        "call_off",
        section="agreements",
        why=found,
        call_off=found.call_off,
        crumbs=crumbs(
            seat,
            (pgettext("flera", "Avtal"), reverse("officer:agreements", args=[seat.authority.pk])),
            (found.call_off.agreement_lot.name, lot_url),
            (_("Avrop %(number)s") % {"number": call_off_id}, ""),
        ),
    )


@reading
def order_why(request: HttpRequest, seat: Seat, order_id: int) -> HttpResponseBase:
    """``…/bestallning/<order>/``: why each call-off of a kitchen's order was allowed, on one page."""
    found = why_order(seat.authority, order_id)
    if wants_pdf(request):
        return pdf_file(
            request,
            seat,
            name=_("bestallning-%(number)s") % {"number": order_id},
            title=_("Varför var beställningen tillåten?"),
            lead=order_lead(found),
            parts=order_parts(found),
        )
    return page(
        request,
        seat,
        "order_why",
        section="agreements",
        order=found.order,
        call_offs=found.call_offs,
        trail=found.trail,
        crumbs=crumbs(
            seat,
            (pgettext("flera", "Avtal"), reverse("officer:agreements", args=[seat.authority.pk])),
            (_("Beställning %(number)s") % {"number": order_id}, ""),
        ),
    )
