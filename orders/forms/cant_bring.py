"""What a farm says when it can't bring more in a week."""

from django import forms
from django.utils.translation import gettext_lazy

BRINGS, NOT_EVEN = "lamnar", "inte"


class CantBringForm(forms.Form):
    ordered = forms.ChoiceField(
        label=gettext_lazy("Det som redan är beställt"),
        widget=forms.RadioSelect,
        choices=[
            (BRINGS, gettext_lazy("lämnar jag som beställt")),
            (NOT_EVEN, gettext_lazy("kan jag nog inte lämna heller")),
        ],
        initial=BRINGS,
    )
    reason = forms.CharField(
        label=gettext_lazy("Varför?"), help_text=gettext_lazy("Köken läser det."), max_length=300
    )

    @property
    def ordered_too(self) -> bool:
        return bool(self.cleaned_data["ordered"] == NOT_EVEN)
