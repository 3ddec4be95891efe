"""What a hub writes when a farm hands over."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.ground.fields import DayField, TypedDecimalField, WholeField
from market.queries.names import promised_name
from orders.actions.handing_over import HandedLine
from orders.forms.receiving import COLDEST, WARMEST
from orders.models import PurchaseOrderLine
from orders.queries.hub_pages import ExpectedOrder
from orders.queries.purchase_orders import confirmed_packs


class HandOverLineForm(forms.Form):
    """One line: packs, the scale's kg for catch weight, temperature, the lot's number and best before."""

    packs = WholeField(label=gettext_lazy("Antal"), min_value=0)
    kg = TypedDecimalField(label=gettext_lazy("Vikt, kg"), min_value=0, decimal_places=3, required=False)
    temperature_c = TypedDecimalField(
        label=gettext_lazy("Temperatur, °C"),
        min_value=COLDEST,
        max_value=WARMEST,
        decimal_places=1,
        required=False,
    )
    lot_number = forms.CharField(label=gettext_lazy("Partinummer"), max_length=60, required=False)
    best_before = DayField(
        label=gettext_lazy("Bäst före"),
        required=False,
    )

    def __init__(self, line: PurchaseOrderLine, data: Mapping[str, str] | None = None) -> None:
        self.confirmed = confirmed_packs(line)
        super().__init__(data, prefix=f"rad-{line.pk}", initial={"packs": self.confirmed})
        self.line = line
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label} {promised_name(line.promise, 'product')}"

    @property
    def weighed(self) -> bool:
        return self.line.price_per == "kg"

    def clean_packs(self) -> int:
        packs: int = self.cleaned_data["packs"]
        if packs > self.confirmed:
            raise forms.ValidationError(
                _("Högst %(confirmed)s: så många är bekräftade.") % {"confirmed": self.confirmed}
            )
        return packs

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        if self.weighed and cleaned.get("packs") and not cleaned.get("kg") and "kg" not in self.errors:
            self.add_error("kg", _("Väg varan: den betalas efter vikt."))
        if cleaned.get("best_before") and not cleaned.get("lot_number"):
            self.add_error("lot_number", _("Skriv partiets nummer, så kan datumet följa det."))
        return cleaned

    @property
    def handed(self) -> HandedLine:
        given = self.cleaned_data
        return HandedLine(
            line_id=self.line.pk,
            packs=given["packs"],
            kg=given["kg"] if self.weighed else None,
            temperature_c=given["temperature_c"],
            lot_number=given["lot_number"],
            best_before=given["best_before"],
        )


def hand_over_forms(expected: ExpectedOrder, data: Mapping[str, str] | None = None) -> list[HandOverLineForm]:
    return [HandOverLineForm(line, data) for line in expected.lines if confirmed_packs(line)]
