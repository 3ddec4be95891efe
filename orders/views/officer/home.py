"""The officer's first page: what needs a decision, then the year's figures; and the refused lines behind one of them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from config.ground import figures, moments
from config.ground.doors import actor_of, arrived_at
from market.models import AwardDocumentation, OvershootAssessment
from orders.actions.sending import send_order_again
from orders.queries.attention import WEEK, Attention, LatePaper, NearLot, attention, late_papers
from orders.queries.awards import open_documentation
from orders.queries.desk import (
    ComingCeiling,
    ReturnedLetter,
    coming_ceilings,
    returned_letters,
    year_of_months,
)
from orders.queries.officer_words import letter_name
from orders.queries.refused import SHOWN, refused_rows
from orders.queries.seats import Seat
from orders.queries.spend import YearFigures, year_figures
from orders.rules.periods import year_of
from orders.views.officer import files
from orders.views.officer.desk import acting_by_button, crumbs, csv_file, page, reading, today_of, wants_csv
from orders.views.officer.desk_charts import drawings_of

CO2E = "CO₂e"
PAPERS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Task:
    """A row of the list of what waits, as `parts/task_row.html` shows it."""

    url: str
    icon_name: str
    title: str
    text: str
    when: str = ""
    urgency: str = ""


@reading
def home(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``/myndighet/<authority>/``."""
    today = today_of(request)
    found = attention(seat.authority, now=arrived_at(request), today=today)
    year = year_of(today)
    twelve = year_of_months(seat.authority, today=today)
    return page(
        request,
        seat,
        "home",
        section="home",
        tasks=_tasks(found, seat, today, arrived_at(request)),
        drawings=drawings_of(twelve.months, goal=twelve.goal),
        months=twelve.months,
        refused=found.refused,
        figures=_key_figures(year_figures(seat.authority, year), seat),
        year=year.first.year,
    )


def _tasks(found: Attention, seat: Seat, today: date, now: datetime) -> list[Task]:
    authority = seat.authority.pk
    near = {each.lot.lot_id for each in found.near_lots}
    coming = coming_ceilings(found.in_force, today=today)
    return [
        *(
            _near_lot(each, authority, {soon.lot.lot_id: soon.day for soon in coming})
            for each in found.near_lots
        ),
        *(_late(each, authority) for each in found.late[:PAPERS_SHOWN]),
        *_more_papers(found, authority),
        *(_coming(each, authority) for each in coming if each.lot.lot_id not in near),
        *(_returned(each) for each in returned_letters(seat.authority, now=now)[:PAPERS_SHOWN]),
        *(
            _undocumented(each, authority, today)
            for each in open_documentation(seat.authority)[:PAPERS_SHOWN]
        ),
        *(
            Task(
                url=reverse("officer:agreements", args=[authority]) + f"#agreement-{each.agreement_id}",
                icon_name="law",
                title=_("Avtalet ”%(title)s” löper ut") % {"title": each.title},
                text=_("%(kind)s, %(case)s") % {"kind": each.kind_name, "case": each.case_number},
                when=moments.day(each.last_day),
            )
            for each in found.ending_agreements
        ),
        *(
            Task(
                url=reverse("officer:suppliers", args=[authority]) + f"#supplier-{each.supplier_id}",
                icon_name="document",
                title=_("%(supplier)s: %(kind)s") % {"supplier": each.supplier, "kind": each.kind_name},
                text=_("När det går ut stoppas de varor som kräver det.")
                if each.is_permit
                else _("När det går ut tappar varorna märkningen; de får säljas ändå."),
                when=moments.day(each.last_day),
                urgency="late" if each.has_ended else "",
            )
            for each in found.ending_certificates
        ),
    ]


def _near_lot(near: NearLot, authority: int, days: dict[int, date]) -> Task:
    lot = near.lot
    if near.assessment is not None:
        return _went_over(near, near.assessment, authority)
    over = lot.room_sek < 0 or (lot.room_kg is not None and lot.room_kg < 0)
    room = figures.money(abs(lot.room_sek), places=0)
    told = {"room": room, "ceiling": figures.money(lot.ceiling_sek, places=0)}
    if over:
        text = _("Mer har kommit än taket rymmer: %(room)s över %(ceiling)s. Nya avrop stoppas.") % told
    else:
        text = _("%(room)s kvar av takvärdet %(ceiling)s.") % told
    if lot.room_kg is not None:
        weight = figures.with_unit(figures.number(lot.room_kg, places=0), unit="kg")
        text += " " + _("I vikt %(kg)s kvar.") % {"kg": weight}
    if near.forecast is not None and not over:
        text += " " + near.forecast.sentence
    return Task(
        url=reverse("officer:lot", args=[authority, lot.lot_id]),
        icon_name="warning",
        title=_("%(lot)s är över taket") % {"lot": lot.name}
        if over
        else _("%(lot)s närmar sig taket") % {"lot": lot.name},
        text=f"{near.agreement.title}. {text}",
        when=_forecast(days[lot.lot_id]) if lot.lot_id in days else "",
        urgency="late" if over else "now",
    )


def _forecast(day: date) -> str:
    return _("nås omkring %(day)s (prognos)") % {"day": moments.day(day)}


def _coming(coming: ComingCeiling, authority: int) -> Task:
    told = {"title": coming.agreement.title, "day": moments.day(coming.agreement.last_day)}
    return Task(
        url=reverse("officer:lot", args=[authority, coming.lot.lot_id]),
        icon_name="forecast",
        title=_("%(lot)s räcker inte avtalet ut i nuvarande takt") % {"lot": coming.lot.name},
        text=_("%(title)s gäller till %(day)s.") % told,
        when=_forecast(coming.day),
    )


def _returned(letter: ReturnedLetter) -> Task:
    return Task(
        url=f"mailto:{letter.recipient}",
        icon_name="mail",
        title=_("Ett brev till %(recipient)s kom inte fram") % {"recipient": letter.recipient},
        text=letter_name(letter.kind) + ". " + _("Rätta adressen, eller ring."),
        when=moments.instant(letter.made_at),
        urgency="now",
    )


def _went_over(near: NearLot, row: OvershootAssessment, authority: int) -> Task:
    told = {"over": figures.money(row.over_sek, places=0), "lot": near.lot.name}
    if not row.over_sek:
        told["over"] = figures.with_unit(figures.number(row.over_kg, places=0), unit="kg")
    return Task(
        url=reverse("officer:overshoot", args=[authority, near.lot.lot_id]),
        icon_name="warning",
        title=_("%(lot)s gick %(over)s över taket: besluta") % told,
        text=f"{near.agreement.title}. "
        + _("Nya avrop är stoppade. Höj taket, låt det stå eller upphandla på nytt."),
        urgency="late",
    )


def _more_papers(found: Attention, authority: int) -> list[Task]:
    more = len(found.late) - PAPERS_SHOWN
    if more <= 0:
        return []
    title = ngettext("%(count)s till väntar på en gård", "%(count)s till väntar på en gård", more)
    return [
        Task(
            url=reverse("officer:waiting", args=[authority]),
            icon_name="list",
            title=title % {"count": more},
            text=_("Hela listan med telefonnummer."),
        )
    ]


def _undocumented(doc: AwardDocumentation, authority: int, today: date) -> Task:
    return Task(
        url=reverse("officer:documentation", args=[authority, doc.agreement_id]),
        icon_name="document",
        title=_("Dokumentera ”%(title)s”") % {"title": doc.agreement.title},
        text=_("Försenad, men går att skriva klart.")
        if doc.due_on < today
        else _("Klar senast den dag som står här."),
        when=moments.day(doc.due_on),
        urgency="late" if doc.due_on < today else "",
    )


def _late(paper: LatePaper, authority: int) -> Task:
    if paper.what == "not_closed":
        url = reverse("jobs")
    elif paper.what == "uncredited":
        url = reverse("officer:invoices", args=[authority])
    elif paper.may_be_sent_again:
        url = reverse("officer:waiting", args=[authority]) + f"#brev-{paper.order_id}"
    else:
        url = _rows_of_day(paper, authority)
    return Task(
        url=url,
        icon_name={"mail": "mail", "not_closed": "clock", "uncredited": "warning"}.get(paper.what, "phone"),
        title=paper.sentence,
        text=paper.next_step,
        when=moments.day(paper.delivery_date),
        urgency="late" if paper.is_late else "now",
    )


def _rows_of_day(paper: LatePaper, authority: int) -> str:
    month = f"{paper.delivery_date:%Y-%m}"
    return reverse("officer:spend_rows", args=[authority]) + (
        f"?from={month}&to={month}&supplier={paper.supplier_id}"
    )


def _key_figures(year: YearFigures, seat: Seat) -> list[dict[str, str]]:
    spend_url = reverse("officer:spend", args=[seat.authority.pk])
    climate_url = reverse("officer:climate", args=[seat.authority.pk])
    delivered, ordered = year.delivered, year.ordered
    share = delivered.covered_share_mass
    return [
        {
            "label": _("Beställt i år"),
            "value": figures.money(ordered.net_sek_total, places=0),
            "note": figures.with_unit(figures.number(ordered.kg_total, places=0), unit="kg"),
            "url": f"{spend_url}?basis=ordered",
        },
        {
            "label": _("Levererat i år"),
            "value": figures.money(delivered.net_sek_total, places=0),
            "note": figures.with_unit(figures.number(delivered.kg_total, places=0), unit="kg"),
            "url": f"{spend_url}?basis=delivered",
        },
        {
            "label": _("Klimat, levererat"),
            "value": figures.with_unit(figures.number(delivered.co2e_kg, places=0), unit=f"kg {CO2E}"),
            "note": _("täcker %(share)s av vikten") % {"share": figures.share(share)}
            if share is not None
            else _("inget levererat än"),
            "url": f"{climate_url}?basis=delivered",
        },
        {
            "label": _("Per kg, levererat"),
            "value": figures.with_unit(
                figures.number(delivered.kg_per_kg_of_covered, places=2), unit=f"kg {CO2E}"
            ),
            "note": ""
            if share is None or delivered.may_compare
            else _("täcker mindre än 90 % av vikten: jämför inte"),
            "url": f"{climate_url}?basis=delivered",
        },
        {
            "label": _("Gårdar som sålt i år"),
            "value": str(year.suppliers),
            "note": ngettext("%(count)s rad beställd", "%(count)s rader beställda", ordered.lines)
            % {"count": figures.number(ordered.lines)},
            "url": f"{spend_url}?by=supplier",
        },
    ]


@reading
def refused(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/avslag/``: the week's refused lines; ``?regel=`` those that one rule decided."""
    rule = request.GET.get("regel", "")
    found = refused_rows(
        seat.authority,
        since=arrived_at(request) - WEEK,
        rule=rule,
        most=None if wants_csv(request) else SHOWN,
        language=get_language() or "sv",
    )
    if wants_csv(request):
        return csv_file(
            request,
            name=_("avslag"),
            columns=files.refused_columns(),
            rows=files.refused_cells(found.rows),
        )
    return page(
        request,
        seat,
        "refused",
        section="home",
        found=found,
        rule=rule,
        crumbs=crumbs(seat, (_("Rader som fick nej"), "")),
    )


@reading
def waiting(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/vantar/``: every paper that waits for a farm, with its telephone number."""
    found = late_papers(seat.authority, now=arrived_at(request), today=today_of(request))
    if wants_csv(request):
        return csv_file(
            request, name=_("vantar"), columns=files.waiting_columns(), rows=files.waiting_cells(found)
        )
    return page(
        request,
        seat,
        "waiting",
        section="home",
        papers=found,
        crumbs=crumbs(seat, (_("Väntar på en gård"), "")),
    )


@acting_by_button
def send_again(request: HttpRequest, seat: Seat, order_id: int) -> HttpResponseBase:
    """``…/vantar/<purchase order>/skicka/``: its letter leaves once more."""
    again = send_order_again(
        authority=seat.authority, order_id=order_id, now=arrived_at(request), by=actor_of(request)
    )
    if again:
        messages.success(request, _("Brevet är på väg igen. Ring gården om det brådskar."))
    else:
        messages.info(request, _("Brevet är redan på väg, eller har kommit fram."))
    return redirect("officer:waiting", seat.authority.pk)
