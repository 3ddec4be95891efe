"""What an officer says of a ledger's file: which column is what, and how its figures are written."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from config.ground.fields import TypedDecimalField

COLUMNS = {
    "buyer": _("Köpare, enhet"),
    "period": _("Datum"),
    "product_text": _("Text eller artikel"),
    "supplier_name": _("Leverantör"),
    "supplier_number": _("Organisationsnummer"),
    "category": _("Konto"),
    "invoice_number": _("Fakturanummer"),
    "amount": _("Belopp"),
    "quantity": _("Antal"),
    "weight": _("Vikt i kg"),
    "marks": _("Märkning"),
}
NEEDED = ("buyer", "period", "product_text", "amount")


class LedgerUploadForm(forms.Form):
    file = forms.FileField(
        label=_("Fil"),
        help_text=_(
            "CSV eller Excel (.xlsx), högst 10 MB. Inget läses in förrän du har sett vad som händer."
        ),
    )

    @property
    def upload(self) -> "UploadedFile[bytes]":
        found: UploadedFile[bytes] = self.cleaned_data["file"]
        return found


class LedgerMappingForm(forms.Form):
    """A choice of heading for each field, then how figures and days are written."""

    name = forms.CharField(
        label=_("Vad ni kallar den här sortens fil"),
        max_length=80,
        help_text=_("Svaren sparas under namnet och fylls i nästa gång rubrikerna känns igen."),
    )
    decimal = forms.ChoiceField(
        label=_("Decimaler skrivs med"), choices=[("comma", _("komma")), ("point", _("punkt"))]
    )
    period_style = forms.ChoiceField(
        label=_("Datumet är"),
        choices=[("day", _("en dag")), ("month", _("en månad")), ("fiscal_year", _("ett räkenskapsår"))],
    )
    vat_percent = TypedDecimalField(
        label=_("Moms i beloppen, procent"),
        max_digits=5,
        decimal_places=2,
        min_value=Decimal(0),
        max_value=Decimal(100),
        help_text=_("0 om beloppen är utan moms."),
    )

    def __init__(self, data: Any = None, *, headings: Sequence[str], answers: Mapping[str, Any]) -> None:
        columns = answers.get("columns", {})
        vat = answers.get("vat_percent")
        first = {f"column_{field}": heading for field, heading in columns.items()}
        first |= {name: answers.get(name, "") for name in ("name", "decimal", "period_style")}
        super().__init__(data, initial=first | {"vat_percent": None if vat is None else Decimal(str(vat))})
        self.delimiter = answers.get("delimiter", ";")
        choices = [(heading, heading) for heading in headings]
        for field, label in COLUMNS.items():
            needed = field in NEEDED
            self.fields[f"column_{field}"] = forms.ChoiceField(
                label=label,
                required=needed,
                choices=choices if needed else [("", _("finns inte")), *choices],
                help_text=_("Finns ingen artikel i filen: välj kontot.") if field == "product_text" else "",
            )
        self.order_fields(["name", *(f"column_{field}" for field in COLUMNS)])

    @property
    def told(self) -> dict[str, Any]:
        """The mapping's settings."""
        answers = self.cleaned_data
        columns = {field: answers[f"column_{field}"] for field in COLUMNS if answers[f"column_{field}"]}
        return {
            "columns": columns,
            "currency": "SEK",
            "delimiter": self.delimiter,
            "decimal": answers["decimal"],
            "period_style": answers["period_style"],
            "vat_percent": str(answers["vat_percent"]),
        }
