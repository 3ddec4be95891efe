"""What an officer writes of her reports' terms, and of a report that she publishes."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from config.ground.fields import DayField
from orders.models import ReportGoal

HUNDRED = Decimal(100)


class LocalForm(forms.Form):
    words = forms.CharField(
        label=_("Definitionen i ord"),
        max_length=300,
        help_text=_("Som den ska stå i rapporten: ”från Södermanland och Örebro län”."),
    )
    places = forms.CharField(
        label=_("Ursprungsorter"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("En på varje rad, så som gårdarna skriver varors ursprung."),
    )
    decision = forms.CharField(label=_("Beslut"), max_length=200)
    first_day = DayField(label=_("Gäller från och med leveransdag"))

    def clean_places(self) -> list[str]:
        places = [line.strip()[:80] for line in self.cleaned_data["places"].splitlines()]
        return [place for place in places if place]


class GoalForm(forms.Form):
    measure = forms.ChoiceField(label=_("Mål för"))
    value = forms.DecimalField(
        label=_("Värde"),
        min_value=Decimal(0),
        max_digits=8,
        decimal_places=2,
        localize=True,
        help_text=_("kg CO₂e per kg, eller procent av värdet."),
    )
    decision = forms.CharField(label=_("Beslut"), max_length=200)
    first_day = DayField(label=_("Gäller från och med leveransdag"))

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["measure"].choices = measure_choices()  # type: ignore[attr-defined]

    def told_value(self) -> Decimal:
        """As the tables hold it: a share of one."""
        value: Decimal = self.cleaned_data["value"]
        return value if self.cleaned_data["measure"] == ReportGoal.Measure.CO2E_PER_KG else value / HUNDRED


def measure_choices() -> list[tuple[str, str]]:
    return [
        (ReportGoal.Measure.CO2E_PER_KG.value, _now("kg CO₂e per kg")),
        (ReportGoal.Measure.ORGANIC.value, _now("Ekologisk andel")),
        (ReportGoal.Measure.SWEDISH.value, _now("Svensk andel")),
        (ReportGoal.Measure.LOCAL.value, _now("Lokal andel")),
    ]


class PublishReportForm(forms.Form):
    reason = forms.CharField(
        label=_("Varför en ny version"),
        max_length=300,
        required=False,
        help_text=_("Behövs bara när rapporten redan är publicerad."),
    )
