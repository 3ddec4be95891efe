"""What goods are, in words: ``{% load goods %}``."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from market.queries.names import (
    Named,
    allergen_name,
    goods_name,
    mark_name,
    origin_name,
    permit_name,
    promised_name,
    temperature_name,
    unit_name,
)

register = template.Library()


@register.simple_tag
def allergens(codes: Sequence[str]) -> str:
    return ", ".join(allergen_name(code) for code in codes)


@register.simple_tag
def temperature(code: str) -> str:
    return temperature_name(code)


@register.simple_tag
def goods_mark(kind: str) -> SafeString:
    """A mark that the goods carry, with the face's classes."""
    organic = "organic" if kind in {"organic", "krav"} else ""
    return format_html('<span class="mark {}">{}</span>', organic, mark_name(kind))


@register.filter
def origin(country: str) -> str:
    return origin_name(country)


@register.filter
def goods_mark_name(kind: str) -> str:
    return mark_name(kind)


@register.filter
def kept_at(code: str) -> str:
    return temperature_name(code)


@register.filter
def name(goods: Named) -> str:
    """What a product, a pack, a food or a rate is called in the page's language."""
    return goods_name(goods)


@register.filter
def promised(promise: Mapping[str, Any], what: str) -> str:
    """``promise|promised:"product"``: as it was promised."""
    return promised_name(promise, what)


@register.filter
def unit(code: str) -> str:
    return unit_name(code)


@register.filter
def certificate_name(kind: str) -> str:
    return permit_name(kind)
