"""What dishes are, in words: ``{% load dishes %}``."""

from django import template

from kitchens.queries.wording import meat_words
from kitchens.rules.declaring import Meat

register = template.Library()


@register.filter
def meat_name(kind: Meat) -> str:
    return meat_words(kind)
