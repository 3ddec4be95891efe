"""What somebody writes of a barrier."""

from django import forms
from django.utils.translation import gettext_lazy

from config.ground.barriers import LONGEST


class BarrierForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Vad gick inte att göra?"),
        help_text=gettext_lazy("Skriv gärna vilket hjälpmedel eller vilken webbläsare du använder."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    page = forms.CharField(label=gettext_lazy("På vilken sida?"), max_length=200, required=False)
    answer_to = forms.EmailField(
        label=gettext_lazy("E-post för svar"),
        help_text=gettext_lazy("Används bara för svaret och tas bort när du har fått det."),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
