"""What an officer wants to ask for, to be read before anybody else reads it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from market.models import Regime
from market.rules.criteria_matters import Use

MOST_TEXT = 10_000
USES = (
    (Use.REQUIREMENT.value, _("Krav")),
    (Use.CRITERION.value, _("Tilldelningskriterium")),
    (Use.FORMULA.value, _("Utvärderingsformel")),
    (Use.SORT_ORDER.value, _("Sorteringsordning")),
)
REGIMES = (
    (Regime.DIRECTIVE.value, _("Över tröskelvärdet")),
    (Regime.NATIONAL.value, _("Under tröskelvärdet")),
    (Regime.DIRECT_AWARD.value, _("Direktupphandling")),
)


class CriteriaForm(forms.Form):
    text = forms.CharField(
        label=_("Text"), widget=forms.Textarea(attrs={"rows": 8}), max_length=MOST_TEXT, strip=False
    )
    use = forms.ChoiceField(label=_("Texten ska stå som"), choices=USES)
    regime = forms.ChoiceField(label=_("Upphandlingen är"), choices=REGIMES)
    reason = forms.CharField(
        label=_("Skäl, om texten används trots varningen"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
        help_text=_("Behövs bara för ord som huset varnar för. Sparas med texten och det som hittades."),
    )
