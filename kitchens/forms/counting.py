"""What a kitchen types about its served days."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from config.ground.fields import DayField, TypedDecimalField, WholeField
from kitchens.actions.counting import MOST, DayFacts, PanWeights, Weighed
from kitchens.actions.payback import LONGEST_TEXT, DefinitionDraft

KG: dict[str, Any] = {"max_digits": 9, "decimal_places": 3, "min_value": 0}
COUNT: dict[str, Any] = {"min_value": 0, "max_value": MOST}


class DayForm(forms.Form):
    """Guests and what was cooked."""

    guests = WholeField(
        label=gettext_lazy("Gäster som kunde välja"),
        help_text=gettext_lazy("Räkna inte med specialkost."),
        required=False,
        **COUNT,
    )
    special_diets = WholeField(label=gettext_lazy("Gäster med specialkost"), required=False, **COUNT)
    cooked_standard = WholeField(
        label=gettext_lazy("Lagade portioner, vanliga rätten"), required=False, **COUNT
    )
    cooked_payback = WholeField(
        label=gettext_lazy("Lagade portioner, paybackrätten"), required=False, **COUNT
    )
    sent_standard = WholeField(
        label=gettext_lazy("Varav till andra kök, vanliga rätten"),
        help_text=gettext_lazy("De räknas där de äts, och inte här."),
        required=False,
        **COUNT,
    )
    sent_payback = WholeField(
        label=gettext_lazy("Varav till andra kök, paybackrätten"), required=False, **COUNT
    )
    sent_to = forms.TypedChoiceField(
        label=gettext_lazy("Kök som fick dem"),
        help_text=gettext_lazy("Lämna tomt om de gick till flera kök."),
        coerce=int,
        empty_value=None,
        required=False,
    )
    no_choice = forms.BooleanField(label=gettext_lazy("Det fanns inget riktigt val"), required=False)
    no_choice_reason = forms.CharField(
        label=gettext_lazy("Varför?"),
        help_text=gettext_lazy("Till exempel att den ena rätten tog slut."),
        max_length=200,
        required=False,
    )

    def __init__(self, *given: Any, kitchens: Sequence[tuple[int, str]] = (), **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["sent_to"].choices = [("", "–"), *kitchens]  # type: ignore[attr-defined]

    @property
    def facts(self) -> DayFacts:
        given = dict(self.cleaned_data)
        return DayFacts(real_choice=not given.pop("no_choice"), **given)


class PortionsForm(forms.Form):
    standard = WholeField(label=gettext_lazy("Tagna portioner, vanliga rätten"), **COUNT)
    payback = WholeField(label=gettext_lazy("Tagna portioner, paybackrätten"), **COUNT)


class PansForm(forms.Form):
    """Both dishes' pans together: out, back, and a portion as served."""

    standard_out = TypedDecimalField(label=gettext_lazy("Vanliga rätten: ut, kg"), **KG)
    standard_back = TypedDecimalField(label=gettext_lazy("Vanliga rätten: tillbaka, kg"), **KG)
    standard_portion = TypedDecimalField(
        label=gettext_lazy("Vanliga rätten: en portion, kg"), max_digits=6, decimal_places=4, min_value=0
    )
    payback_out = TypedDecimalField(label=gettext_lazy("Paybackrätten: ut, kg"), **KG)
    payback_back = TypedDecimalField(label=gettext_lazy("Paybackrätten: tillbaka, kg"), **KG)
    payback_portion = TypedDecimalField(
        label=gettext_lazy("Paybackrätten: en portion, kg"), max_digits=6, decimal_places=4, min_value=0
    )

    @property
    def pans(self) -> dict[str, PanWeights]:
        given = self.cleaned_data
        return {
            role: PanWeights(given[f"{role}_out"], given[f"{role}_back"], given[f"{role}_portion"])
            for role in ("standard", "payback")
        }


class WasteForm(forms.Form):
    guests = WholeField(label=gettext_lazy("Alla som åt"), min_value=1, max_value=MOST)
    kitchen_kg = TypedDecimalField(label=gettext_lazy("Kökssvinn, kg"), **KG)
    serving_kg = TypedDecimalField(label=gettext_lazy("Serveringssvinn, kg"), **KG)
    plate_kg = TypedDecimalField(label=gettext_lazy("Tallrikssvinn, kg"), **KG)

    weights_are_right = forms.BooleanField(
        label=gettext_lazy("Vikterna är i kilo och stämmer"), required=False
    )

    @property
    def weighed(self) -> Weighed:
        names = ("guests", "kitchen_kg", "serving_kg", "plate_kg")
        return Weighed(**{name: self.cleaned_data[name] for name in names})


class WasteOfDayForm(WasteForm):
    """As the day's own form, of any day."""

    day = DayField(label=gettext_lazy("Dag"))
    field_order = ("day",)


class SurplusForm(forms.Form):
    first_day = DayField(label=gettext_lazy("Mätt från och med"))
    last_day = DayField(label=gettext_lazy("Mätt till och med"))
    cooked_kg = TypedDecimalField(label=gettext_lazy("Lagad mat, kg"), **KG)
    left_kg = TypedDecimalField(label=gettext_lazy("Kvar efter serveringen, kg"), **KG)


class DefinitionForm(forms.Form):
    """What the school means by payback."""

    slug = forms.SlugField(
        label=gettext_lazy("Tavlans adress"),
        help_text=gettext_lazy("Små bokstäver a–z, siffror och bindestreck: slottsskolan"),
        max_length=60,
    )
    is_public = forms.BooleanField(label=gettext_lazy("Tavlan är öppen för alla"), required=False)
    text = forms.CharField(
        label=gettext_lazy("Det betalar vi tillbaka för"),
        help_text=gettext_lazy("Skolans egna ord. De står på tavlan."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_TEXT,
    )
    goal_kg = TypedDecimalField(
        label=gettext_lazy("Mål, kg CO₂e undvikit"), max_digits=9, decimal_places=1, required=False
    )
    frozen_year = WholeField(
        label=gettext_lazy("Fryst jämförelseår"), min_value=2000, max_value=2100, required=False
    )
    frozen_kg_per_portion = TypedDecimalField(
        label=gettext_lazy("Det årets kg CO₂e per portion"), max_digits=8, decimal_places=4, required=False
    )
    valid_from = DayField(label=gettext_lazy("Gäller från och med"))

    @property
    def draft(self) -> DefinitionDraft:
        names = ("text", "valid_from", "goal_kg", "frozen_year", "frozen_kg_per_portion")
        return DefinitionDraft(**{name: self.cleaned_data[name] for name in names})
