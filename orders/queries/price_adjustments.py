"""The adjusted prices of a lot, with what each rests on and who still has to approve it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from market.models import Authority, PriceAdjustment
from market.rules.price_adjustment import Ground
from orders.queries.repriced import repriced_of_lot


def price_ground_name(ground: str) -> str:
    names = {
        Ground.INDEX: _("index enligt avtalet"),
        Ground.CLAUSE: _("annan klausul i avtalet"),
        Ground.AGREED: _("skriftlig överenskommelse"),
    }
    return names[Ground(ground)]


@dataclass(frozen=True, slots=True)
class Adjusted:
    adjustment: PriceAdjustment
    waiting_call_offs: int

    @property
    def ground_name(self) -> str:
        return price_ground_name(self.adjustment.ground)


def adjusted_prices(authority: Authority, *, lot_id: int, today: date) -> tuple[Adjusted, ...]:
    """The latest first. ``waiting_call_offs`` counts placed call-offs, of all who share the lot, that wait for a yes."""
    rows = (
        PriceAdjustment.objects.filter(
            price__agreement_lot=lot_id, price__agreement_lot__agreement__authorities=authority
        )
        .select_related("price__product", "price__pack", "price__supplier", "entered_by")
        .order_by("-price__valid_from", "-pk")
    )
    waiting: dict[int, int] = {}
    found = list(rows)
    if found:
        for each in repriced_of_lot(lot_id, today=today):
            if each.rose:
                waiting[each.price_id] = waiting.get(each.price_id, 0) + 1
    return tuple(Adjusted(adjustment=row, waiting_call_offs=waiting.get(row.price_id, 0)) for row in found)
