"""Who bid, and how each was told."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from config.ground.fields import DayField
from config.ground.models import User
from market.models import Authority
from market.rules.notices import Channel
from orders.forms.law import officers_among
from orders.forms.standing import PersonChoice


class BidderForm(forms.Form):
    name = forms.CharField(label=_("Anbudsgivare"), max_length=120)
    email = forms.EmailField(label=_("E-post"), required=False, max_length=254)
    won = forms.BooleanField(label=_("Fick avtalet"), required=False)


class TellForm(forms.Form):
    channel = forms.ChoiceField(
        label=_("Hur"),
        widget=forms.RadioSelect,
        choices=[
            (Channel.EMAIL.value, _("E-post: huset skickar brevet nu")),
            (Channel.POST.value, _("Brev med posten, som ni skickar")),
            (Channel.BY_HAND.value, _("Överlämnat")),
        ],
    )
    told_on = DayField(label=_("Underrättad den"), help_text=_("Med e-post räknas dagen i dag."))

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"told_on": today})


class HandlerForm(forms.Form):
    """An officer of the authority; who asks stands first."""

    handler = PersonChoice(label=_("Vem"), queryset=User.objects.none())

    def __init__(self, data: Any = None, *, authority: Authority, officer: User) -> None:
        super().__init__(data, initial={"handler": officer.pk})
        officers_among(authority, self.fields["handler"])
