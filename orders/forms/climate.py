"""What an officer writes about climate figures: a figure to publish, and the food that a product counts as."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.ground.fields import DayField
from market.models import ClimateFood
from orders.models import Basis
from orders.queries.unmapped import Choice
from orders.rules.periods import Period, read_period


class MonthField(forms.CharField):
    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(
            attrs={"type": "month", "placeholder": "2026-01", "pattern": "[0-9]{4}(-[0-9]{2})?"}
        )
        super().__init__(widget=widget, max_length=7, **options)


class PublishForm(forms.Form):
    begins = MonthField(label=gettext_lazy("Från månad"))
    ends = MonthField(label=gettext_lazy("Till månad"))
    basis = forms.ChoiceField(
        label=gettext_lazy("Underlag"),
        choices=[
            (Basis.DELIVERED, gettext_lazy("Levererat")),
            (Basis.ORDERED, gettext_lazy("Beställt")),
            (Basis.SERVED, gettext_lazy("Serverat")),
            (Basis.WASTED, gettext_lazy("Svinn")),
        ],
    )
    reason = forms.CharField(
        label=gettext_lazy("Varför den rättas"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Behövs när siffran redan är publicerad: rättelsen blir en ny version."),
    )

    def __init__(self, data: Any = None, *, today: date, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.today = today
        self.period: Period | None = None

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        try:
            self.period = read_period(told.get("begins", ""), told.get("ends", ""), today=self.today)
        except ValueError:
            self.add_error("begins", _("Skriv månader som 2026-03, den första före den sista."))
        return told


class FoodForm(forms.Form):
    food = forms.TypedChoiceField(label=gettext_lazy("Räknas som"), coerce=int)
    first_day = DayField(
        label=gettext_lazy("Från och med leveransdag"),
        help_text=gettext_lazy("Publicerade siffror ändras inte: de står kvar med det de räknades med."),
    )
    reason = forms.CharField(label=gettext_lazy("Skäl"), max_length=200)

    def __init__(
        self,
        data: Any = None,
        *,
        near: tuple[Choice, ...],
        known: tuple[Choice, ...],
        initial: dict[str, Any],
    ) -> None:
        super().__init__(data, initial=initial)
        groups = [(_("Alla livsmedel med faktor"), [_option(each) for each in known])]
        if near:
            groups.insert(0, (_("Förslag"), [_option(each) for each in near]))
        self.fields["food"].choices = [("", "–"), *groups]  # type: ignore[attr-defined]

    def chosen(self) -> ClimateFood:
        return ClimateFood.objects.get(pk=self.cleaned_data["food"])


def _option(choice: Choice) -> tuple[str, str]:
    per_kg = f"{choice.kg_co2e_per_kg.normalize():f}"
    return str(choice.food_id), _("%(food)s (%(per_kg)s kg CO₂e/kg, klass %(grade)s)") % {
        "food": choice.name,
        "per_kg": per_kg,
        "grade": choice.grade,
    }
