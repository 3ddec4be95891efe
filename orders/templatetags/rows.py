"""Cells of call-offs in templates, ``{% load rows %}``."""

from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from config.ground import figures
from market.queries.names import promised_name
from orders.queries.call_off_rows import CallOffRow

register = template.Library()
CO2E = f"kg{figures.NO_BREAK}CO₂e"


@register.simple_tag
def call_off_cells(row: CallOffRow, *, url: str, bound: bool = False, climate: bool = False) -> SafeString:
    """The cells of a row but for its state; ``url`` is that of any call-off, as number 0.

    Written here and not in a template, and escaped by Python itself: a page has hundreds of them.
    """
    call_off = row.call_off
    own = escape(f"{url.removesuffix('0/')}{call_off.pk}/")
    product, pack = (escape(promised_name(call_off.promise, what)) for what in ("product", "pack"))
    cells = [
        f'<th scope="row"><a href="{own}">{product}</a> <span class="sub">{pack}</span></th>',
        _cell(_("Leveransdag"), call_off.delivery_date.isoformat(), look="nowrap"),
        _cell(_("Kök"), call_off.kitchen.name),
        _cell(_("Gård"), call_off.supplier.name),
        _cell(_("Antal"), figures.number(call_off.packs), look="number"),
        _cell("kg", figures.with_unit(figures.number(row.kg, places=1), unit="kg"), look="number"),
        _cell(_("Värde"), figures.money(row.net_sek), look="number"),
    ]
    if bound:
        cells.append(_cell(_("Bundet"), figures.money(row.bound_sek), look="number"))
    if climate:
        cells.append(_cell(_("Klimat"), _footprint(row), look="number", more=_sources(row)))
    return SafeString("".join(cells))  # all that was told in it is escaped above


def _cell(label: str, words: str, *, look: str = "", more: str = "") -> str:
    look = f' class="{look}"' if look else ""
    return f'<td{look} data-label="{escape(label)}">{escape(words)}{more}</td>'


def _footprint(row: CallOffRow) -> str:
    return figures.with_unit(figures.number(row.co2e_kg, most=2), unit=CO2E)


def _sources(row: CallOffRow) -> str:
    if row.factor is None:
        return ""
    told = f"{figures.number(row.factor, places=2)}/kg, {row.grade}"
    return (
        f' <span class="sub">{escape(told)}</span> <span class="sub breaks">{_with_breaks(row.source)}</span>'
    )


def _with_breaks(key: str) -> str:
    """A long key may go on in the next line after its colon and its underscores."""
    return escape(key).replace(":", ":<wbr>").replace("_", "_<wbr>")
