"""What dishes are, in words: ``{% load dishes %}``."""

from decimal import Decimal

from django import template

from kitchens.queries.wording import meat_words
from kitchens.rules.declaring import Meat

register = template.Library()


@register.filter
def meat_name(kind: Meat) -> str:
    return meat_words(kind)


@register.filter
def unsigned(value: Decimal | None) -> Decimal | None:
    """How much, where a word beside it says whether more or less."""
    return None if value is None else abs(value)
