"""The board's drawings and sentences: ``{% load board %}``."""

from collections.abc import Sequence
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from config.ground import figures
from kitchens.models import DishRole
from kitchens.queries.board import BoardDish, BoardNow
from kitchens.queries.wording import left_out_words, method_words
from kitchens.rules.payback import LeftOut, Method

register = template.Library()

BAR = 1000
HALF = Decimal("0.5")


@register.simple_tag
def split_bar(dishes: Sequence[BoardDish]) -> SafeString:
    """How the day's choices fell, as one calm bar. The counts stand beside it in words, so it is hidden from readers."""
    counts = {dish.role: dish.count for dish in dishes}
    standard, payback = counts.get(DishRole.STANDARD), counts.get(DishRole.PAYBACK)
    if standard is None or payback is None or not standard + payback:
        return SafeString()
    share = int(Decimal(BAR) * standard / (standard + payback))
    return format_html(
        '<svg class="split" viewBox="0 0 {} 20" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="bar-standard" width="{}" height="20"/><rect class="bar-payback" x="{}" width="{}" height="20"/></svg>',
        BAR,
        max(0, share - 2),
        share + 2,
        max(0, BAR - share - 2),
    )


@register.simple_tag
def landscape(share: Decimal | None) -> SafeString:
    """Fields and hills with a sun that stands as high as the school has come towards its goal."""
    part = HALF if share is None else share
    x = int(300 + 1320 * part)
    y = int(240 - 90 * part)
    return format_html(
        '<svg class="landscape" viewBox="0 40 1920 280" preserveAspectRatio="xMidYMax slice" aria-hidden="true" focusable="false">'
        '<circle class="halo" cx="{x}" cy="{y}" r="78"/><circle class="sun" cx="{x}" cy="{y}" r="48"/>'
        '<path class="far" d="M0 214c170-62 330-70 520-26s330 40 520-12 380-78 560-30 240 38 320 18v156H0z"/>'
        '<path class="mid" d="M0 262c220-64 420-46 640-8s420 18 620-30 440-38 660 14v82H0z"/>'
        '<path class="near" d="M0 292c260-40 520-34 820-10s660 8 1100-24v62H0z"/>'
        '<path class="rows" d="M120 320c60-24 120-34 210-38M330 320c40-20 90-30 160-34M560 320c20-16 60-26 120-30'
        'M790 320c8-12 24-20 60-26M1500 320c-20-18-60-30-120-36M1720 320c-30-24-80-36-150-42"/></svg>',
        x=x,
        y=y,
    )


@register.simple_tag
def todays_words(now: BoardNow) -> str:
    """What the day came to, in one calm sentence."""
    if now.hidden:
        return _("Hur valet föll visas inte när så få, eller alla, har valt samma rätt.")
    if now.saving_kg is None:
        return _waiting_words(now)
    kg = figures.with_unit(figures.number(now.saving_kg), unit="kg\u00a0CO₂e")
    if now.saving_kg <= 0:
        return _("I dag blev det ingen besparing. Sådana dagar finns, och de räknas också.")
    if now.saving_at_least:
        return _("I dag: minst %(kg)s undvikit jämfört med dagens vanliga rätt.") % {"kg": kg}
    return _("I dag: %(kg)s undvikit jämfört med dagens vanliga rätt.") % {"kg": kg}


def _waiting_words(now: BoardNow) -> str:
    if now.left_out is LeftOut.ONE_DISH:
        return _("I dag serveras en rätt. Den lunchen är också god.")
    if now.is_over and now.left_out is not None:
        return _("Dagen ger ingen siffra: %(why)s.") % {"why": left_out_words(now.left_out)}
    if now.method is None:
        return _("Valet pågår. Dagens siffra kommer när lunchen är räknad.")
    return _("Valet pågår. Siffrorna visas en kvart i taget.")


@register.simple_tag
def method_line(now: BoardNow) -> str:
    """How it was counted, in few words: method, what is left out."""
    words = []
    if now.method is not None:
        words.append(_("Räknat med %(method)s.") % {"method": method_words(now.method)})
    if now.method is Method.TAPS:
        words.append(_("Vi sparar inget om vem som tryckte."))
    if now.total.before_waste:
        words.append(_("Besparingen är räknad före matsvinn."))
    words.append(_("Varje dag räknas mot den dagens vanliga rätt, låst före lunchen."))
    return " ".join(words)
