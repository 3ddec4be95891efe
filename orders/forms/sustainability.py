"""What an officer writes of sustainability criteria: a version word for word, and which stand in an agreement."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from config.ground.fields import DayField
from market.actions.sustainability import CriterionDraft
from market.models import SustainabilityCriterion
from market.queries.names import goods_name
from suppliers.queries import product_groups

LEVELS = (("basic", _("bas")), ("advanced", _("avancerad")), ("spearhead", _("spjutspets")))
KINDS = (
    ("specification", _("teknisk specifikation")),
    ("award", _("tilldelningskriterium")),
    ("contract_term", _("särskilt kontraktsvillkor")),
)


class CriterionForm(forms.Form):
    """The text is copied with its id and level, never linked to: a page may change."""

    code = forms.CharField(label=_("Kriteriets id"), max_length=40)
    version = forms.CharField(label=_("Version"), max_length=20)
    level = forms.ChoiceField(label=_("Nivå"), choices=LEVELS)
    kind = forms.ChoiceField(label=_("Slag av krav"), choices=KINDS)
    title = forms.CharField(label=_("Rubrik"), max_length=160)
    text = forms.CharField(
        label=_("Kravtext, ord för ord"), widget=forms.Textarea(attrs={"rows": 5}), max_length=10_000
    )
    proof = forms.CharField(label=_("Bevis"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4_000)
    organic_groups = forms.MultipleChoiceField(
        label=_("Varor som måste vara ekologiska"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_(
            "Huset prövar gårdens certifikat när avtalet skrivs under och på varje leveransdag. En grupp omfattar dem under den."
        ),
    )
    source = forms.CharField(label=_("Källa"), max_length=300)
    valid_from = DayField(label=_("Gäller från och med"))
    valid_to = DayField(label=_("Gäller till och med"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        choices = [(group.code, goods_name(group)) for group in product_groups()]
        self.fields["organic_groups"].choices = choices  # type: ignore[attr-defined]

    def draft(self) -> CriterionDraft:
        told = self.cleaned_data
        return CriterionDraft(**told | {"organic_groups": tuple(told["organic_groups"])})


def version_name(row: Any) -> str:
    return f"{row.code}:{row.version} ({dict(LEVELS)[row.level]}), {row.title}"


class _VersionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # no subscript at run time
    def label_from_instance(self, obj: Any) -> str:
        return version_name(obj)


class VersionsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Any number of versions, each with its box."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return version_name(obj)


class ChooseForm(forms.Form):
    """Which version is taken up into the agreement."""

    def __init__(self, data: Any = None, *, criteria: QuerySet[SustainabilityCriterion]) -> None:
        super().__init__(data)
        self.fields["criterion"] = _VersionField(label=_("Kriterium"), queryset=criteria, empty_label=None)
