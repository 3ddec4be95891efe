"""What an officer writes of a round: which kitchens, by which of two methods, and where its figure comes from."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.ground.fields import DayField, TypedDecimalField
from kitchens.models import Kitchen
from market.models import Authority
from market.rules.transport import Method
from orders.actions.last_leg import RoundDraft

NAMED_BY = {
    Method.MEASURED_KM: ("driven_km", "kg_per_vehicle_km"),
    Method.TONNE_KM: ("km", "kg_per_tonne_km"),
}


def _km(label: Any, **more: Any) -> TypedDecimalField:
    return TypedDecimalField(
        label=label, required=False, max_digits=9, decimal_places=3, min_value=Decimal(0), **more
    )


def _per_km(label: Any, **more: Any) -> TypedDecimalField:
    return TypedDecimalField(
        label=label, required=False, max_digits=12, decimal_places=6, min_value=Decimal(0), **more
    )


class RoundForm(forms.Form):
    delivery_date = DayField(label=gettext_lazy("Leveransdag"))
    name = forms.CharField(
        label=gettext_lazy("Rundans namn"),
        max_length=80,
        help_text=gettext_lazy("Skrivs samma namn och dag igen ersätts den förra, som finns kvar i loggen."),
    )
    kitchens = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Kök på rundan"),
        queryset=Kitchen.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    driven_km = _km(
        gettext_lazy("Körda km, tur och retur"),
        help_text=gettext_lazy("Uppmätt, till exempel från bilens mätare. Det är det bästa underlaget."),
    )
    kg_per_vehicle_km = _per_km(
        gettext_lazy("kg CO₂e per körd km"),
        help_text=gettext_lazy("Ungefär 0,25 för en skåpbil på diesel (2024)."),
    )
    km = _km(
        gettext_lazy("Eller: km som lasten fraktas"),
        help_text=gettext_lazy("Bara när ingen har mätt. För små laster blir siffran för låg."),
    )
    kg_per_tonne_km = _per_km(
        gettext_lazy("kg CO₂e per tonkilometer"),
        help_text=gettext_lazy("0,32–0,41 för en lätt lastbil på diesel, 0,10 på biogas."),
    )
    load_kg = TypedDecimalField(
        label=gettext_lazy("Hela lasten i kg"),
        required=False,
        max_digits=14,
        decimal_places=3,
        min_value=Decimal("0.001"),
        help_text=gettext_lazy("Bara om bilen också bar andras varor: då räknas er del efter vikt."),
    )
    source = forms.CharField(
        label=gettext_lazy("Källa till siffran per km"),
        max_length=200,
        help_text=gettext_lazy("Vem som har mätt eller gett ut den, och när."),
    )

    def __init__(self, data: Any = None, *, authority: Authority, today: date) -> None:
        super().__init__(data, initial={"delivery_date": today})
        self.today = today
        kitchens = Kitchen.objects.filter(authority=authority).select_related("hub").order_by("sort_key")
        self.fields["kitchens"].queryset = kitchens  # type: ignore[attr-defined]

    def clean_delivery_date(self) -> date:
        day: date = self.cleaned_data["delivery_date"]
        if day > self.today:
            raise forms.ValidationError(_("Rundan är inte körd än: välj i dag eller en tidigare dag."))
        return day

    def clean_kitchens(self) -> list[Kitchen]:
        chosen = list(self.cleaned_data["kitchens"])
        if len({kitchen.hub_id for kitchen in chosen}) > 1:
            raise forms.ValidationError(_("Köken hör till olika hubbar. Skriv en runda för varje hubb."))
        return chosen

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if self.errors.keys() & {name for pair in NAMED_BY.values() for name in pair}:
            return told
        whole = [pair for pair in NAMED_BY.values() if all(told.get(name) is not None for name in pair)]
        named = [pair for pair in NAMED_BY.values() if any(told.get(name) is not None for name in pair)]
        if len(whole) != 1 or len(named) != 1:
            self.add_error("driven_km", _("Ange körda km med kg CO₂e per km, eller tonkilometer: en av dem."))
        return told

    def draft(self) -> RoundDraft:
        told = self.cleaned_data
        return RoundDraft(**{name: told[name] for name in told if name != "kitchens"})
