"""What dishes are, in words: ``{% load dishes %}``."""

from decimal import Decimal

from django import template

from kitchens.queries.wording import meat_words
from kitchens.rules.declaring import Meat
from kitchens.rules.payback import two_figures

register = template.Library()


@register.filter
def meat_name(kind: Meat) -> str:
    return meat_words(kind)


@register.filter
def saved(value: Decimal | None) -> Decimal | None:
    """A saving to two significant figures, rounded down as on the board, so that "at least" stays true."""
    return None if value is None else two_figures(value, at_least=True)


@register.filter
def unsigned(value: Decimal | None) -> Decimal | None:
    """How much, where a word beside it says whether more or less."""
    return None if value is None else abs(value)
