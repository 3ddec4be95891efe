"""What an officer writes of the law's figures, of the authority's own limits, and of an award's documentation."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from config.ground.fields import DayField, TypedDecimalField
from config.ground.models import User
from config.ground.sorting import in_swedish
from market.models import Authority, AuthorityMember, NeedCategory
from orders.forms.standing import PersonChoice


class ConfirmForm(forms.Form):
    reason = forms.CharField(
        label=_("Var har du läst det?"),
        max_length=300,
        help_text=_("Till exempel lagrummet i SFS, eller kungörelsen. Står i ändringsloggen med ditt namn."),
    )


class FigureForm(forms.Form):
    """A new dated figure that follows one that is there."""

    value = TypedDecimalField(label=_("Nytt värde"), max_digits=16, decimal_places=4, min_value=Decimal(0))
    valid_from = DayField(label=_("Gäller från och med"))
    paragraph = forms.CharField(label=_("Lagrum"), max_length=80)
    source = forms.CharField(label=_("Källa"), max_length=300)


OWN_CODES = (
    ("direct_award_limit", _("Gräns för direktupphandling")),
    ("two_person_amount", _("Två underskrifter över")),
)


class OwnLimitForm(forms.Form):
    code = forms.ChoiceField(label=_("Gräns"), choices=OWN_CODES)
    value = TypedDecimalField(label=_("Belopp"), max_digits=16, decimal_places=2, min_value=Decimal(0))
    first_day = DayField(label=_("Gäller från och med"))
    decision = forms.CharField(
        label=_("Beslut eller riktlinje"),
        max_length=200,
        help_text=_("Till exempel ”Riktlinjer för upphandling, KF 2025-12-01”."),
    )


def officers_among(authority: Authority, field: forms.Field) -> None:
    """The field chooses among the authority's officers, by name."""
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # narrows for the type checker
    officers = authority.members.filter(role=AuthorityMember.Role.OFFICER).values("user")
    field.queryset = User.objects.filter(pk__in=officers, is_active=True).order_by(in_swedish("name"))
    field.empty_label = str(_("Välj person"))


class MandateForm(forms.Form):
    """A delegation that another officer gets."""

    holder = PersonChoice(label=_("Vem"), queryset=User.objects.none())
    up_to_sek = TypedDecimalField(
        label=_("Undertecknar upp till"), max_digits=16, decimal_places=2, min_value=Decimal("0.01")
    )
    decision = forms.CharField(label=_("Delegationsbeslut"), max_length=200)
    first_day = DayField(label=_("Gäller från och med"))
    last_day = DayField(label=_("Gäller till och med"), required=False)

    def __init__(self, data: Any = None, *, authority: Authority, today: date) -> None:
        super().__init__(data, initial={"first_day": today})
        officers_among(authority, self.fields["holder"])


class DocumentationForm(forms.Form):
    """UHM's least content. ``close`` says that it is ready."""

    object_text = forms.CharField(
        label=_("Vad som köps"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    competition = forms.CharField(
        label=_("Hur konkurrensen togs till vara"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    asked = forms.CharField(
        label=_("Vilka som tillfrågades"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    bids = forms.IntegerField(label=_("Antal som lämnade anbud"), min_value=0, max_value=1000, required=False)
    main_reason = forms.CharField(
        label=_("Avgörande skäl till valet"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    close = forms.BooleanField(label=_("Dokumentationen är färdig"), required=False)

    def told(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "close"}


class ExternalNeedForm(forms.Form):
    """Into which need purchases elsewhere of a supplier, a category, or both together, fall."""

    supplier_number = forms.CharField(
        label=_("Leverantörens organisationsnummer i filen"), required=False, max_length=20
    )
    category = forms.CharField(
        label=_("Kategori i filen"),
        required=False,
        max_length=200,
        help_text=_(
            "Lämna fält tomma för att lägga allt från leverantören, eller hela kategorin, i behovet. I en reskontra är kategorin kontot."
        ),
    )
    product_text = forms.CharField(label=_("Artikel i filen"), required=False, max_length=400)
    need_category = forms.ModelChoiceField(label=_("Behov"), queryset=NeedCategory.objects.none())

    def __init__(self, data: Any = None, *, authority: Authority, initial: dict[str, str]) -> None:
        super().__init__(data, initial=initial)
        need = self.fields["need_category"]
        assert isinstance(need, forms.ModelChoiceField)  # noqa: S101  # narrows for the type checker
        need.queryset = NeedCategory.objects.filter(authority=authority).order_by(in_swedish("name"))
        need.empty_label = str(_("Välj behov"))
