"""What is written about people and places: an invitation, a password, a new authority, hub or kitchen."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext_lazy as _

from config.ground.people import PersonDraft
from config.site.people import Place
from kitchens.actions.kitchens import KitchenDraft
from kitchens.models import Kitchen
from market.models import Hub

LANGUAGES = (("sv", "Svenska"), ("en", "English"))
KITCHEN_KINDS = (
    (Kitchen.Kind.PRODUCTION.value, _("Tillagningskök")),
    (Kitchen.Kind.RECEIVING.value, _("Mottagningskök")),
    (Kitchen.Kind.SERVING.value, _("Serveringskök")),
    (Kitchen.Kind.CENTRAL.value, _("Centralkök")),
)
WEEKDAYS = (
    ("1", _("Måndag")),
    ("2", _("Tisdag")),
    ("3", _("Onsdag")),
    ("4", _("Torsdag")),
    ("5", _("Fredag")),
    ("6", _("Lördag")),
    ("7", _("Söndag")),
)


class PersonForm(forms.Form):
    """Somebody who shall have an account."""

    name = forms.CharField(
        label=_("Personens namn"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-post"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def draft(self, *, language: str) -> PersonDraft:
        return PersonDraft(
            name=self.cleaned_data["name"],
            email=self.cleaned_data["email"],
            language=self.cleaned_data.get("language") or language,
        )


class InvitationForm(PersonForm):
    """Somebody for a place, with her role there where the place has roles."""

    language = forms.ChoiceField(label=_("Brevets språk"), choices=LANGUAGES)

    def __init__(self, place: Place, *words: Any, **more: Any) -> None:
        super().__init__(*words, **more)
        for field in ("name", "email"):
            self.fields[field].widget.attrs["autocomplete"] = "off"
        if place.kind.roles:
            self.fields["role"] = forms.ChoiceField(label=_("Roll"), choices=list(place.kind.roles.items()))


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=_("E-post"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )


class PasswordForm(forms.Form):
    password = forms.CharField(
        label=_("Nytt lösenord"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *words: Any) -> None:
        super().__init__(*words)
        self.fields["password"].help_text = " ".join(password_validators_help_texts())


class AuthorityForm(forms.Form):
    name = forms.CharField(label=_("Myndighetens namn"), max_length=120)
    org_number = forms.CharField(label=_("Organisationsnummer"), max_length=20, help_text="212000-0000")
    code = forms.RegexField(
        r"^[A-ZÅÄÖ0-9]{2,8}$",
        label=_("Kod"),
        help_text=_("Två till åtta versaler eller siffror. Inköpsordernas nummer börjar med den."),
    )


class HubForm(forms.Form):
    name = forms.CharField(label=_("Navets namn"), max_length=80)
    address = forms.CharField(label=_("Adress"), max_length=200, required=False)
    weekdays = forms.MultipleChoiceField(
        label=_("Leveransdagar"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple
    )


class KitchenForm(forms.Form):
    name = forms.CharField(label=_("Kökets namn"), max_length=120)
    hub = forms.ModelChoiceField(label=_("Nav"), queryset=Hub.objects.order_by("sort_key"), empty_label=None)
    kind = forms.ChoiceField(label=_("Slag av kök"), choices=KITCHEN_KINDS)
    pupils = forms.IntegerField(
        label=_("Antal ätande"), min_value=0, max_value=100_000, required=False, help_text=_("En vanlig dag.")
    )
    address = forms.CharField(label=_("Adress"), max_length=200, required=False)

    @property
    def draft(self) -> KitchenDraft:
        return KitchenDraft(**self.cleaned_data)
