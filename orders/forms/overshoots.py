"""What an officer decides about goods that came over a ceiling."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from market.models import OvershootAssessment
from orders.queries.overshoots import overshoot_way_name


class OvershootForm(forms.Form):
    way = forms.ChoiceField(label=_("Beslut"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Skäl"), widget=forms.Textarea(attrs={"rows": 3}), max_length=300)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        way = self.fields["way"]
        assert isinstance(way, forms.ChoiceField)  # noqa: S101  # narrows for the type checker
        ways = (OvershootAssessment.Way.STAND, OvershootAssessment.Way.NEW_AGREEMENT)
        way.choices = [(each.value, overshoot_way_name(each.value)) for each in ways]
