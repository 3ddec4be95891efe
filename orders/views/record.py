"""``/gard/<id>/leveranser/``: how the farm has delivered."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from config.ground import figures
from config.ground.doors import arrived_at, stand_at, user_of
from market.rules.calendar import STOCKHOLM
from orders.queries.record import Record, delivery_record
from suppliers.queries import supplier_for

A_YEAR = timedelta(days=365)


@login_required
@require_safe
def record(request: HttpRequest, supplier_id: int) -> HttpResponse:
    """The last twelve months."""
    supplier = supplier_for(user_of(request), supplier_id)
    stand_at(request, supplier.name)
    today = arrived_at(request).astimezone(STOCKHOLM).date()
    found = delivery_record(supplier, first=today - A_YEAR, last=today)
    context = {
        "supplier": supplier,
        "record": found,
        "figures": _figures(found),
    }
    return render(request, "orders/record.html", context)


def _figures(found: Record) -> list[dict[str, str]]:
    return [
        {
            "label": _("I tid"),
            "value": figures.share(found.in_time),
            "note": _("%(some)s av %(all)s leveranser var vid navet på leveransdagen")
            % {"some": found.brought_in_time, "all": found.brought},
        },
        {
            "label": _("Helt"),
            "value": figures.share(found.in_full),
            "note": _("%(some)s av %(all)s beställda förpackningar lämnades")
            % {"some": figures.number(found.handed_over), "all": figures.number(found.ordered)},
        },
        {
            "label": _("Underkänt"),
            "value": figures.share(found.turned_away, places=1),
            "note": _("%(some)s förpackningar togs inte emot eller skickades tillbaka")
            % {"some": figures.number(found.rejected)},
        },
    ]
