"""What an officer writes of an agreement that ends before its day."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from config.ground.fields import DayField, WholeField
from market.rules.termination import Ending, Side
from orders.queries.agreement_page import termination_side_name


class TerminationForm(forms.Form):
    side = forms.ChoiceField(label=_("Vem som avslutar"))
    told_on = DayField(label=_("Den andra parten fick beskedet den"))
    last_day = DayField(label=_("Avtalets sista dag"), help_text=_("Efter den kan inget nytt beställas."))
    clause = forms.CharField(
        label=_("Klausul eller handling"),
        max_length=200,
        help_text=_("Den bestämmelse om uppsägning eller hävning som avslutet vilar på."),
    )
    notice_days = WholeField(
        label=_("Uppsägningstid i dagar"),
        required=False,
        min_value=0,
        max_value=3660,
        help_text=_("Lämna tomt om klausulen inte har någon, till exempel vid hävning."),
    )
    reason = forms.CharField(label=_("Skäl"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"told_on": today})
        side = self.fields["side"]
        assert isinstance(side, forms.ChoiceField)  # noqa: S101  # narrows for the type checker
        side.choices = [(each.value, termination_side_name(each)) for each in Side]

    def ending(self) -> Ending:
        told = self.cleaned_data
        return Ending(
            side=Side(told["side"]),
            last_day=told["last_day"],
            clause=told["clause"],
            reason=told["reason"],
            told_on=told["told_on"],
            notice_days=told["notice_days"],
        )
