"""What page writers use, ``{% load face %}``: figures, icons, pills, marks, bars; see docs/face.md."""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from config.ground import figures, moments
from config.ground.figures import Figure
from config.site.frame import STATIC, static_version
from market.rules.uncertainty import significant

register = template.Library()

BAR_LENGTH = 1000  # of the bar's own drawing; the stylesheet stretches it
NEAR = Decimal("0.8")
PILL_ICONS = {
    "ok": "check",
    "info": "info",
    "warn": "warning",
    "refuse": "cross",
    "plain": "clock",
    "forecast": "forecast",
}


@register.filter
def kr(value: Figure, places: int = 2) -> str:
    return figures.money(value, places=places)


@register.filter
def kr_per(value: Figure, unit: str = "kg") -> str:
    """``{{ price|kr_per:"kg" }}`` is ``28,50 kr/kg``."""
    return figures.money(value, per=unit)


@register.filter
def kg(value: Figure, places: int | None = None) -> str:
    return figures.with_unit(figures.number(value, places=places), unit="kg")


@register.filter
def co2e(value: Figure, places: int | None = None) -> str:
    """Kilograms of carbon dioxide equivalents."""
    text = figures.number(value, places=places, most=2)
    return figures.with_unit(text, unit=f"kg{figures.NO_BREAK}CO₂e")


@register.filter
def co2e_two(value: Figure) -> str:
    """kg CO2e to two significant figures, which is as much as such a figure knows."""
    return co2e(significant(Decimal(value)) if value is not None and value != "" else None)


@register.filter
def co2e_between(low: Figure, high: Figure) -> str:
    """An interval: ``770–1 800 kg CO₂e``."""
    if low is None or high is None:
        return figures.UNKNOWN
    return f"{figures.number(significant(Decimal(low)))}–{co2e(significant(Decimal(high)))}"


@register.filter
def tal(value: Figure, places: int | None = None) -> str:
    return figures.number(value, places=places)


@register.filter
def procent(value: Figure, places: int = 0) -> str:
    """A share of one, 0 to 1, as per cent."""
    return figures.share(value, places=places)


@register.filter
def dag(value: date | None) -> str:
    """``torsdag 3 december 2026``."""
    return moments.day(value)


@register.filter
def dag_kort(value: date) -> str:
    """``tors 3 dec``, where days stand in a row."""
    return moments.short_day(value)


@register.filter
def tid(value: datetime | None) -> str:
    """``torsdag 3 december kl. 12.00``, on Sweden's clock."""
    return moments.instant(value)


@lru_cache(maxsize=1)
def icon_names() -> frozenset[str]:
    return frozenset(re.findall(r'<symbol id="([a-z0-9-]+)"', (STATIC / "icons.svg").read_text("utf-8")))


@register.simple_tag
def icon(name: str, title: str = "") -> SafeString:
    """One of our own icons. Without `title` it is decoration beside words and hidden from screen readers."""
    if title:
        return format_html('<svg class="icon" role="img"><title>{}</title>{}</svg>', title, _use(name))
    return _decoration(name)


@cache
def _use(name: str) -> SafeString:
    if name not in icon_names():
        raise LookupError(f"icons.svg has no icon {name!r}; it has {', '.join(sorted(icon_names()))}")
    return format_html('<use href="{}?v={}#{}"></use>', static("site/icons.svg"), static_version(), name)


@cache
def _decoration(name: str) -> SafeString:
    return format_html('<svg class="icon" aria-hidden="true">{}</svg>', _use(name))


@register.simple_tag
def pill(kind: str, label: str, icon_name: str = "") -> SafeString:
    """A state in a word, an icon and a colour. Kinds: ok, info, warn, refuse, plain, forecast."""
    return format_html('<span class="pill {}">{}{}</span>', kind, icon(icon_name or PILL_ICONS[kind]), label)


@register.simple_tag
def mark(label: str, kind: str = "") -> SafeString:
    """A label that the goods carry (Ekologisk, KRAV, Från Sverige); kind ``organic`` has the leaf."""
    sign = icon("leaf" if kind == "organic" else "ok")
    return format_html('<span class="mark {}">{}{}</span>', kind, sign, label)


@register.inclusion_tag("parts/ceiling_bar.html")
def ceiling_bar(
    committed: Figure,
    ceiling: Figure,
    pending: Figure = 0,
    unit: Literal["kr", "kg"] = "kr",
) -> dict[str, object]:
    """How much of a ceiling is committed, as a bar with its figures in words.

    `pending` is what would come on top (a basket, a forecast), drawn paler. All in SEK or all in kg.
    """
    taken, top, more = (Decimal(value or 0) for value in (committed, ceiling, pending))
    used = taken + more
    longest = max(top, used, Decimal(1))
    shown = kr if unit == "kr" else kg
    return {
        "state": "" if ceiling is None else _bar_state(used, top),
        "taken": _length(min(taken, top), longest),
        "pending": _length(min(more, max(top - taken, Decimal(0))), longest),
        "limit": _length(top, longest),
        "excess": _length(used - top, longest) if used > top else "",
        "committed_text": shown(taken, 0),
        "ceiling_text": "" if ceiling is None else shown(top, 0),
        "pending_text": shown(more, 0) if more else "",
        "room_text": shown(abs(top - used), 0),
        "share_text": figures.share(taken / top) if top else "",
    }


def _bar_state(used: Decimal, top: Decimal) -> str:
    if used > top:
        return "over"
    return "near" if used >= top * NEAR else ""


def _length(value: Decimal, longest: Decimal) -> str:
    """In the drawing's own units, as text: a localised number would break the drawing."""
    return str(max(0, round(value / longest * BAR_LENGTH)))
