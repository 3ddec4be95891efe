"""A term or a closure, as typed."""

from django import forms
from django.utils.translation import gettext_lazy

from kitchens.actions.school_year import LONGEST_NAME
from kitchens.rules.school_year import Period

A_DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class PeriodForm(forms.Form):
    """``period`` of a form that can be read."""

    name = forms.CharField(label=gettext_lazy("Namn"), max_length=LONGEST_NAME)
    first_day = forms.DateField(label=gettext_lazy("Första dagen"), widget=A_DAY)
    last_day = forms.DateField(label=gettext_lazy("Sista dagen"), widget=A_DAY)

    @property
    def period(self) -> Period:
        return Period(**self.cleaned_data)
