"""What an officer writes of how long something is kept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config.ground.fields import DayField
from orders.models import RetentionRule
from orders.queries.disposal import kind_words


class RetentionForm(forms.Form):
    kind = forms.ChoiceField(label=_("Vad som gallras"))
    months = forms.IntegerField(label=_("Månader som det sparas"), min_value=1, max_value=1200)
    decision = forms.CharField(
        label=_("Gallringsbeslut"),
        max_length=200,
        help_text=_("Nämndens beslut eller dokumenthanteringsplanen, med datum och paragraf."),
    )
    source = forms.CharField(label=_("Källa"), max_length=300)
    first_day = DayField(label=_("Gäller från och med"))

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        kinds = forms.ChoiceField(
            label=self.fields["kind"].label,
            choices=[(each.value, kind_words(each)) for each in RetentionRule.Kind],
        )
        self.fields["kind"] = kinds
