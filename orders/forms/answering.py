"""What a farm answers to a purchase order."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.ground.fields import WholeField
from market.queries.names import promised_name
from orders.queries.purchase_orders import PurchaseOrderSheet

ALL, PART, NOTHING = "allt", "delvis", "nej"


class AnswerForm(forms.Form):
    """``do`` says allt, delvis or nej; in part each line tells how many packs. Less than all needs a reason."""

    reason = forms.CharField(
        label=gettext_lazy("Skäl"),
        help_text=gettext_lazy("Kökens varukorgar får skälet. Behövs inte när du bekräftar allt."),
        max_length=300,
        required=False,
    )

    def __init__(self, sheet: PurchaseOrderSheet, data: Mapping[str, str] | None = None) -> None:
        super().__init__(data)
        self.sheet = sheet
        self.answer = (data or {}).get("do", "")
        for line in sheet.lines:
            label = _("Antal du lämnar av %(product)s") % {"product": promised_name(line.promise, "product")}
            field = self._field(line.packs, label=label)
            field.widget.attrs["aria-label"] = label
            self.fields[f"rad-{line.pk}"] = field

    def _field(self, packs: int, *, label: str) -> forms.Field:
        """Numbers count only in a part answer; else what stands in the boxes may be anything."""
        if self.is_bound and self.answer != PART:
            return forms.CharField(label=label, required=False)
        return WholeField(label=label, min_value=0, max_value=packs, initial=packs)

    @property
    def packs(self) -> dict[int, int] | None:
        """Packs by line; None for all of it."""
        if self.answer == ALL:
            return None
        if self.answer == NOTHING:
            return {line.pk: 0 for line in self.sheet.lines}
        return {line.pk: self.cleaned_data[f"rad-{line.pk}"] for line in self.sheet.lines}

    @property
    def boxes(self) -> list[tuple[object, forms.BoundField]]:
        return [(line, self[f"rad-{line.pk}"]) for line in self.sheet.lines]

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        if self.answer not in {ALL, PART, NOTHING}:
            raise forms.ValidationError(_("Välj att bekräfta allt, en del eller inget."))
        given = [cleaned.get(f"rad-{line.pk}") == line.packs for line in self.sheet.lines]
        short = self.answer == NOTHING or (self.answer == PART and not all(given))
        if short and not str(cleaned.get("reason", "")).strip():
            self.add_error("reason", _("Skriv varför, så vet köken vad som hänt."))
        return cleaned
