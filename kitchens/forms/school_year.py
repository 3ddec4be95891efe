"""A term or a closure, as typed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from config.ground.fields import DayField
from kitchens.actions.school_year import LONGEST_NAME
from kitchens.models import Kitchen
from kitchens.rules.school_year import Period, What


class PeriodForm(forms.Form):
    """``period`` of a form that can be read."""

    name = forms.CharField(label=gettext_lazy("Namn"), max_length=LONGEST_NAME)
    first_day = DayField(label=gettext_lazy("Första dagen"))
    last_day = DayField(label=gettext_lazy("Sista dagen"))

    @property
    def period(self) -> Period:
        told = self.cleaned_data
        return Period(told["first_day"], told["last_day"], told["name"])


class PeriodOfAllForm(PeriodForm):
    """The same for several kitchens of an authority; all of them are chosen at first."""

    what = forms.ChoiceField(
        label=gettext_lazy("Vad det är"),
        choices=[(What.TERM, gettext_lazy("Termin")), (What.CLOSURE, gettext_lazy("Lov"))],
    )
    kitchens = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Kök"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("what", "name", "first_day", "last_day", "kitchens")

    def __init__(self, data: Any = None, *, kitchens: Sequence[Kitchen]) -> None:
        super().__init__(data, initial={"kitchens": [kitchen.pk for kitchen in kitchens]})
        self.fields["kitchens"].choices = [(each.pk, each.name) for each in kitchens]  # type: ignore[attr-defined]
