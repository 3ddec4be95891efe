"""What the pages of the walk share, ``{% load pages %}``: the quantity box, why a farm was chosen."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from market.queries.catalogue import CatalogueRow
from market.rules.turns import KEYS, Form
from orders.forms.basket import BasketForm
from orders.queries.menus_ahead import MenusAhead, NeedAhead

register = template.Library()


def plain(value: Decimal | None) -> str:
    """A quantity for a box: no idle zeros, the language's decimal mark, no grouping."""
    if value is None:
        return ""
    exact = value.normalize()
    return number_format(exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact)


@register.simple_tag
def ahead_of(menus: MenusAhead, need_id: int) -> NeedAhead | None:
    """What the planned menus take of a need; None where they take nothing of it."""
    return menus.needs.get(need_id)


@register.filter(name="plain")
def exact(value: Decimal) -> str:
    """A number as a program reads it."""
    return f"{value:f}"


@register.filter
def box_value(value: Decimal | None) -> str:
    return plain(value)


@register.simple_tag
def quantity_box(
    product_id: int, name: str, unit: str, *, value: Decimal | None = None, form: BasketForm | None = None
) -> SafeString:
    """A box for a product's quantity with its unit; what was typed stands in it, what is wrong beside it."""
    typed = form.typed.get(product_id) if form else None
    fault = form.errors.get(product_id, "") if form else ""
    box = format_html(
        '<span class="with-unit"><input type="text" class="number-input" inputmode="decimal" autocomplete="off"'
        ' id="antal-{}" name="antal-{}" value="{}" aria-label="{}"{}>{}</span>',
        product_id,
        product_id,
        plain(value) if typed is None else typed,
        _("Antal %(unit)s %(name)s") % {"unit": unit, "name": name},
        format_html(' aria-invalid="true" aria-describedby="fel-{}"', product_id) if fault else "",
        unit,
    )
    if not fault:
        return box
    return format_html('<span>{}<span class="error" id="fel-{}">{}</span></span>', box, product_id, fault)


@register.simple_tag
def why(row: CatalogueRow) -> str:
    """Why just this farm, in a few words."""
    if row.part is None:
        return ""
    told = {
        "rank": row.part.party.rank,
        "all": row.parties,
        "lot": row.part.lot.lot_name,
        "agreement": row.part.lot.title,
    }
    if row.part.lot.kind == "direct_award":
        return _("Direktupphandling: %(agreement)s") % told
    if row.parties == 1:
        return _("Enda leverantören i delkontrakt %(lot)s, %(agreement)s") % told
    if row.part.lot.allotment in KEYS:
        return _by_key(row) % told
    if row.passed_over:
        return _("Rang %(rank)s av %(all)s i delkontrakt %(lot)s, %(agreement)s; gården före kan inte") % told
    return _("Rang %(rank)s av %(all)s i delkontrakt %(lot)s, %(agreement)s") % told


def _by_key(row: CatalogueRow) -> str:
    """Why, where the agreement chooses by its distribution key; the words hold places for lot and agreement."""
    if row.part is not None and row.part.lot.allotment == Form.LOWEST_PRICE:
        if row.passed_over:
            return _(
                "Lägst pris av dem som kan leverera, av %(all)s i delkontrakt %(lot)s, %(agreement)s; den som är billigare kan inte"
            )
        return _("Lägst pris just nu av %(all)s i delkontrakt %(lot)s, %(agreement)s")
    if row.passed_over:
        return _(
            "Står på tur efter sin andel, av %(all)s i delkontrakt %(lot)s, %(agreement)s; gården före kan inte"
        )
    return _("Står på tur efter sin andel, av %(all)s i delkontrakt %(lot)s, %(agreement)s")


@register.simple_tag
def way_button(name: str, product_id: int, value: object, words: str) -> SafeString:
    """A button of the basket's form that takes a way out of a line: ``name`` is satt or flytta."""
    return format_html(
        '<button type="submit" class="button" name="{}" value="{}:{}">{}</button>',
        name,
        product_id,
        value,
        words,
    )
