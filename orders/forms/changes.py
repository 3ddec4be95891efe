"""What an officer writes of a change of an agreement, and of an option that is used."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from config.ground.fields import DayField, TypedDecimalField
from market.rules.changes import DIRECTIVE, ONLY_ABOVE, Ground
from orders.queries.agreement_page import change_ground_name


def grounds_of(regime: str) -> list[tuple[str, str]]:
    """The grounds that the agreement's regime knows, as choices."""
    return [
        (each.value, change_ground_name(each))
        for each in Ground
        if regime == DIRECTIVE or each not in ONLY_ABOVE
    ]


def set_grounds(form: forms.Form, regime: str) -> None:
    ground = form.fields["ground"]
    assert isinstance(ground, forms.ChoiceField)  # noqa: S101  # narrows for the type checker
    ground.choices = grounds_of(regime)


class ChangeForm(forms.Form):
    what = forms.CharField(label=_("Vad som ändras"), max_length=300)
    first_day = DayField(label=_("Gäller från och med"))
    ground = forms.ChoiceField(label=_("Grund"))
    clause = forms.CharField(
        label=_("Klausul eller handling"), max_length=200, help_text=_("Till exempel ”punkt 7.3”.")
    )
    less_sek = TypedDecimalField(
        label=_("Värdet minskar med"),
        max_digits=14,
        decimal_places=2,
        min_value=Decimal(0),
        required=False,
        help_text=_("Utan moms. Ett högre värde skrivs in där taket höjs, så att tak och ändringar stämmer."),
    )
    reason = forms.CharField(label=_("Skäl"), widget=forms.Textarea(attrs={"rows": 3}), max_length=300)

    def __init__(self, data: Any = None, *, regime: str, today: date) -> None:
        super().__init__(data, initial={"first_day": today})
        set_grounds(self, regime)


class UseOptionForm(forms.Form):
    reason = forms.CharField(label=_("Skäl"), widget=forms.Textarea(attrs={"rows": 3}), max_length=300)
