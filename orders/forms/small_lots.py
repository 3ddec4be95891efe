"""What an officer writes of a small-lot pot."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from config.ground.fields import DayField, TypedDecimalField


class PotForm(forms.Form):
    title = forms.CharField(label=_("Upphandlingens namn"), max_length=160)
    case_number = forms.CharField(label=_("Diarienummer"), max_length=60)
    whole_sek = TypedDecimalField(
        label=_("Hela upphandlingens värde"),
        max_digits=16,
        decimal_places=2,
        min_value=Decimal("0.01"),
        help_text=_("Alla delkontrakt och optioner, utan moms."),
    )
    valued_on = DayField(
        label=_("Värdet beräknat den"), help_text=_("Beloppen i lagen tas från den dagen (5 kap. 5 § LOU).")
    )


class SmallLotForm(forms.Form):
    name = forms.CharField(label=_("Delkontrakt"), max_length=160)
    lot_sek = TypedDecimalField(label=_("Värde"), max_digits=16, decimal_places=2, min_value=Decimal("0.01"))
    reason = forms.CharField(
        label=_("Skäl"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Varför det är ett eget delkontrakt, och hur det köps. En direktupphandling prövas för sig."
        ),
    )
