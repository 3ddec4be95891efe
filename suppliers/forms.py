"""What a farm writes of itself: the business, its certificates."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language, gettext_lazy

from config.ground.fields import DayField
from suppliers.models import ProductGroup, Supplier
from suppliers.rules.certificates import CertificateKind


class FarmForm(forms.Form):
    """The business. ``number`` is its organisation number, a sole trader's personal number."""

    legal_form = forms.ChoiceField(
        label=gettext_lazy("Företagsform"),
        widget=forms.RadioSelect,
        choices=[
            (Supplier.LegalForm.COMPANY, gettext_lazy("Aktiebolag")),
            (Supplier.LegalForm.SOLE_TRADER, gettext_lazy("Enskild firma")),
            (Supplier.LegalForm.PARTNERSHIP, gettext_lazy("Handelsbolag")),
            (Supplier.LegalForm.COOPERATIVE, gettext_lazy("Ekonomisk förening")),
        ],
        initial=Supplier.LegalForm.COMPANY,
    )
    number = forms.CharField(
        label=gettext_lazy("Organisationsnummer"),
        help_text=gettext_lazy(
            "Enskild firma: ditt personnummer med tolv siffror. Det visas aldrig för någon."
        ),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "class": "short"}),
    )
    name = forms.CharField(label=gettext_lazy("Gårdens namn"), max_length=120)
    place = forms.CharField(label=gettext_lazy("Ort"), max_length=80, required=False)
    address = forms.CharField(label=gettext_lazy("Adress"), max_length=200, required=False)
    email = forms.EmailField(
        label=gettext_lazy("E-post för inköpsorder"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Telefon"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    def hide_number(self) -> None:
        """A sole trader's number goes back to no page where it is not itself at fault."""
        is_person = self.data.get("legal_form") == Supplier.LegalForm.SOLE_TRADER
        if is_person and "number" not in self.errors:
            self.data = {**{name: self.data.get(name) for name in self.data}, "number": ""}


class CertificateForm(forms.Form):
    """A label or permit, with the goods that it covers."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Slag"),
        choices=[
            ("", gettext_lazy("Välj slag")),
            (CertificateKind.ORGANIC, gettext_lazy("Ekologisk (EU)")),
            (CertificateKind.KRAV, "KRAV"),
            (CertificateKind.MSC, "MSC"),
            (CertificateKind.REGISTRATION, gettext_lazy("Registrering som livsmedelsföretag")),
            (CertificateKind.APPROVAL, gettext_lazy("Godkänd anläggning")),
            (CertificateKind.PACKING_CENTRE, gettext_lazy("Godkänt äggpackeri")),
        ],
    )
    number = forms.CharField(label=gettext_lazy("Intygets nummer"), max_length=60)
    issuer = forms.CharField(label=gettext_lazy("Utfärdat av"), max_length=80)
    valid_from = DayField(label=gettext_lazy("Gäller från"))
    valid_to = DayField(
        label=gettext_lazy("Gäller till och med"),
        help_text=gettext_lazy("Tomt om intyget inte har någon sista dag."),
        required=False,
    )
    group_codes = forms.MultipleChoiceField(
        label=gettext_lazy("Omfattar"), widget=forms.CheckboxSelectMultiple
    )
    file = forms.FileField(
        label=gettext_lazy("Intyget som fil"), help_text=gettext_lazy("PDF eller bild."), required=False
    )

    def __init__(self, groups: Sequence[ProductGroup], *, today: date, **given: Any) -> None:
        super().__init__(**given, initial={"valid_from": today})
        english = (get_language() or "sv").startswith("en")
        choices = [(group.code, group.name_en if english else group.name_sv) for group in groups]
        self.fields["group_codes"].choices = choices  # type: ignore[attr-defined]

    @property
    def upload(self) -> "UploadedFile[bytes] | None":
        found: UploadedFile[bytes] | None = self.cleaned_data["file"]
        return found

    @property
    def facts(self) -> dict[str, Any]:
        """As the action takes them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "file"}
