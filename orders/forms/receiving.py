"""What a kitchen writes when goods arrive, and when it sends some back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.ground.fields import TypedDecimalField, WholeField
from market.queries.names import promised_name
from orders.actions.receiving import ReceivedLine
from orders.queries.receipts import ReceiptRow

COLDEST, WARMEST = -60, 60  # °C that a food thermometer shows


class ReceiptLineForm(forms.Form):
    """One call-off at the door. What is not received of ``there`` packs is turned away, and then says why."""

    delivered = WholeField(label=gettext_lazy("Mottaget"), min_value=0)
    kg = TypedDecimalField(label=gettext_lazy("Vikt, kg"), min_value=0, decimal_places=3, required=False)
    temperature_c = TypedDecimalField(
        label=gettext_lazy("Temperatur, °C"),
        min_value=COLDEST,
        max_value=WARMEST,
        decimal_places=1,
        required=False,
    )
    reason = forms.CharField(label=gettext_lazy("Skäl"), max_length=300, required=False)

    def __init__(self, row: ReceiptRow, data: Mapping[str, str] | None = None) -> None:
        super().__init__(data, prefix=f"rad-{row.call_off.pk}", initial={"delivered": row.there})
        self.row = row
        for name, field in self.fields.items():
            field.widget.attrs["aria-label"] = (
                f"{field.label} {promised_name(row.call_off.promise, 'product')}"
            )
            if name != "reason":
                field.widget.attrs["class"] = "number-input"

    def clean_delivered(self) -> int:
        delivered: int = self.cleaned_data["delivered"]
        if delivered > self.row.there:
            raise forms.ValidationError(
                _("Högst %(there)s: så många lämnades vid navet.") % {"there": self.row.there}
            )
        return delivered

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        short = "delivered" in cleaned and cleaned["delivered"] != self.row.there
        if short and not str(cleaned.get("reason", "")).strip():
            self.add_error("reason", _("Skriv varför resten inte togs emot."))
        return cleaned

    @property
    def line(self) -> ReceivedLine:
        given = self.cleaned_data
        return ReceivedLine(
            call_off_id=self.row.call_off.pk,
            delivered=given["delivered"],
            rejected=self.row.there - given["delivered"],
            kg=given["kg"],
            temperature_c=given["temperature_c"],
            reason=given["reason"],
        )


def receipt_forms(rows: Sequence[ReceiptRow], data: Mapping[str, str] | None = None) -> list[ReceiptLineForm]:
    return [ReceiptLineForm(row, data) for row in rows]


@dataclass(frozen=True, slots=True)
class All:
    """The button that takes everything as it was handed over; temperatures and weights that were typed count."""

    rows: Sequence[ReceiptRow]

    def filled(self, data: Mapping[str, str]) -> dict[str, str]:
        every = {f"rad-{row.call_off.pk}-delivered": str(row.there) for row in self.rows}
        return {**data, **every}


class ReturnForm(forms.Form):
    packs = WholeField(label=gettext_lazy("Antal att återlämna"), min_value=1)
    reason = forms.CharField(label=gettext_lazy("Varför"), max_length=300)

    def __init__(self, row: ReceiptRow, data: Mapping[str, str] | None = None) -> None:
        super().__init__(data, prefix=f"retur-{row.call_off.pk}")
        self.row = row

    def clean_packs(self) -> int:
        packs: int = self.cleaned_data["packs"]
        if packs > self.row.kept:
            raise forms.ValidationError(_("Högst %(kept)s: så många finns kvar.") % {"kept": self.row.kept})
        return packs
