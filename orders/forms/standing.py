"""What an officer writes about how a supplier stands: declarations, matters, their hearing and decision, conflicts."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from config.ground.fields import DayField
from config.ground.models import User
from config.ground.sorting import in_swedish
from market.models import SelfCleaning
from market.rules.standing import Cleaning, Decision, Ground, Outcome
from orders.queries.supplier_page import ground_name

ONE_YEAR = 365
HEARING_DAYS = 14


def _area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class DeclarationForm(forms.Form):
    declared_on = DayField(label=_("Försäkran är daterad"))
    accepted_to = DayField(
        label=_("Godtas till och med"),
        help_text=_("Lagen anger ingen giltighetstid. Ni bestämmer hur gammal den får vara."),
    )
    reference = forms.CharField(
        label=_("Var den finns"), max_length=120, help_text=_("Diarienummer eller handling.")
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        first = {"declared_on": today, "accepted_to": today + timedelta(days=ONE_YEAR)}
        super().__init__(data, initial=first)


class AskDeclarationForm(forms.Form):
    """Inside a DIS the law sets the day, and the form has none."""

    due_on = DayField(label=_("Svar senast"))

    def __init__(self, data: Any = None, *, today: date, in_dis: bool) -> None:
        super().__init__(data, initial={"due_on": today + timedelta(days=HEARING_DAYS)})
        if in_dis:
            del self.fields["due_on"]


class MatterForm(forms.Form):
    ground = forms.ChoiceField(label=_("Vad det gäller"))
    facts = forms.CharField(
        label=_("Vad som är känt"),
        widget=_area(),
        help_text=_("Skriv också varifrån uppgiften kommer, och när."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        ground = self.fields["ground"]
        assert isinstance(ground, forms.ChoiceField)  # noqa: S101  # narrows for the type checker
        ground.choices = [(each.value, ground_name(each)) for each in Ground]


class HearingForm(forms.Form):
    text = forms.CharField(
        label=_("Det gården får svara på"),
        widget=_area(6),
        help_text=_("Vad ni prövar, vad ni vet och vad det kan leda till. Gården får det som brev."),
    )
    due_on = DayField(label=_("Svar senast"))

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"due_on": today + timedelta(days=HEARING_DAYS)})


class UnheardForm(forms.Form):
    unheard_reason = forms.CharField(
        label=_("Varför gården inte kan höras först"),
        widget=_area(3),
        help_text=_("Till exempel fara för dem som äter. Står i beslutet."),
    )


class AnswerForm(forms.Form):
    answered_on = DayField(label=_("Svarade den"))
    answer = forms.CharField(label=_("Gårdens svar"), widget=_area())

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"answered_on": today})


class CleaningForm(forms.Form):
    kind = forms.ChoiceField(label=_("Vad gården har visat"))
    proof = forms.CharField(
        label=_("Bevis"),
        widget=_area(3),
        help_text=_("Till exempel Kronofogdens beslut om betalningsplan, med nummer."),
    )
    shown_on = DayField(label=_("Gäller från och med"))
    valid_to = DayField(
        label=_("Gäller till och med"),
        required=False,
        help_text=_("Betalningsplanens sista dag, om den har en."),
    )

    def __init__(self, data: Any = None, *, today: date, is_tax: bool) -> None:
        super().__init__(data, initial={"shown_on": today})
        names = {
            "paid": _("skulden är betald"),
            "payment_plan": _("bindande betalningsplan"),
            "measures": _("åtgärder som räcker"),
        }
        kinds = [Cleaning.PAID, Cleaning.PAYMENT_PLAN] if is_tax else [Cleaning.MEASURES]
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101  # narrows for the type checker
        kind.choices = [(each.value, names[each.value]) for each in SelfCleaning.Kind if each.value in kinds]


class DecisionForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Beslut"),
        widget=forms.RadioSelect,
        choices=[
            (Outcome.KEEP.value, _("Ingen åtgärd: gården får avropas från som förut")),
            (Outcome.EXCLUDE.value, _("Utesluts från nya avtal; löpande avtal rörs inte")),
            (Outcome.SUSPEND.value, _("Stängs av från nya avrop, med stöd av avtalets klausul")),
        ],
    )
    reason = forms.CharField(label=_("Skäl"), widget=_area())
    clause = forms.CharField(
        label=_("Klausul i avtalet"),
        required=False,
        max_length=200,
        help_text=_("Behövs för en avstängning."),
    )
    first_day = DayField(label=_("Från och med"), required=False)
    last_day = DayField(
        label=_("Till och med"), required=False, help_text=_("Lämna tomt om den gäller tills vidare.")
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"first_day": today})

    def decision(self) -> Decision:
        told = self.cleaned_data
        return Decision(
            outcome=Outcome(told["outcome"]),
            reason=told["reason"],
            clause=told["clause"],
            first_day=told["first_day"],
            last_day=told["last_day"],
        )


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class InterestForm(forms.Form):
    relation = forms.CharField(
        label=_("Hur du är knuten till gården"),
        max_length=200,
        help_text=_("Till exempel släkt, delägare eller nära vän."),
    )
    hand_to = PersonChoice(label=_("Vem som tar över"), queryset=User.objects.none(), required=False)

    def __init__(self, data: Any = None, *, others: list[int]) -> None:
        super().__init__(data)
        hand_to = self.fields["hand_to"]
        assert isinstance(hand_to, forms.ModelChoiceField)  # noqa: S101  # narrows for the type checker
        hand_to.queryset = User.objects.filter(pk__in=others).order_by(in_swedish("name"))
        hand_to.empty_label = str(_("Välj person"))
        hand_to.required = bool(others)


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Skäl"), max_length=300)
