"""A farm's own terms at a hub, and its pauses."""

from datetime import time
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.ground import moments
from config.ground.fields import DayField, TypedDecimalField, WholeField
from market.models import Hub, SupplierHubTerms

MOST_DAYS = 14


class TermsForm(forms.Form):
    """Which of the hub's days, how long before, from what value."""

    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("Dagar du kommer"), widget=forms.CheckboxSelectMultiple
    )
    lead_working_days = WholeField(
        label=gettext_lazy("Arbetsdagar före leveransen"), min_value=0, max_value=MOST_DAYS
    )
    cut_off_time = forms.TimeField(
        label=gettext_lazy("Stopptid, klockan"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    minimum_order_sek = TypedDecimalField(
        label=gettext_lazy("Minsta order, kr utan moms"),
        help_text=gettext_lazy("För hela leveransen till navet. Noll är ingen gräns."),
        max_digits=10,
        decimal_places=2,
        min_value=0,
    )

    def __init__(self, hub: Hub, terms: SupplierHubTerms | None, data: Any = None) -> None:
        initial: dict[str, Any] = {
            "weekdays": list(terms.weekdays if terms else hub.weekdays),
            "lead_working_days": terms.lead_working_days if terms else 2,
            "cut_off_time": terms.cut_off_time if terms else time(12),
            "minimum_order_sek": Decimal(f"{terms.minimum_order_sek.normalize():f}") if terms else Decimal(0),
        }
        super().__init__(data, initial=initial, prefix=f"nav{hub.pk}")
        self.hub, self.is_new = hub, terms is None
        days = [(day, moments.weekday(int(day)).capitalize()) for day in sorted(set(hub.weekdays))]
        self.fields["weekdays"].choices = days  # type: ignore[attr-defined]

    @property
    def terms(self) -> dict[str, Any]:
        """As the action takes them."""
        return {**self.cleaned_data, "weekdays": "".join(self.cleaned_data["weekdays"])}


class PauseForm(forms.Form):
    first_day = DayField(label=gettext_lazy("Första dagen"))
    last_day = DayField(label=gettext_lazy("Sista dagen"))
    reason = forms.CharField(
        label=gettext_lazy("Varför"),
        help_text=gettext_lazy("Till exempel semester."),
        max_length=120,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("Sista dagen ligger före den första."))
        return cleaned
