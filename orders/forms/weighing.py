"""What an officer writes of a kitchen's weighing: the kind, the days, and goods with kg, a line each."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.ground.fields import DayField
from kitchens.models import Kitchen
from kitchens.rules.pasting import Fault, PastedLine, in_base_unit, read_pasted
from market.models import Authority
from orders.actions.weighing import MOST_KG, WeighingDraft
from orders.models import Weighing
from orders.queries.weighings import products_by_name

SHOWN = 5


class KitchenChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class WeighingForm(forms.Form):
    kitchen = KitchenChoice(label=gettext_lazy("Kök"), queryset=Kitchen.objects.none())
    kind = forms.ChoiceField(
        label=gettext_lazy("Vad som vägdes"),
        choices=[
            (Weighing.Kind.STOCK, gettext_lazy("Lagret när dagen var slut")),
            (Weighing.Kind.SERVED, gettext_lazy("Serverat")),
            (Weighing.Kind.WASTED, gettext_lazy("Svinn i köket")),
        ],
    )
    first_day = DayField(label=gettext_lazy("Från och med"))
    last_day = DayField(
        label=gettext_lazy("Till och med"),
        help_text=gettext_lazy("Inom samma månad. Ett lager är av en dag: samma i båda."),
    )
    goods = forms.CharField(
        label=gettext_lazy("Varor och kg"),
        required=False,
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy(
            "En vara på varje rad med sin inköpta vikt: Potatis; 12,5 kg. Ett tomt lager lämnas tomt."
        ),
    )
    note = forms.CharField(label=gettext_lazy("Anteckning"), required=False, max_length=200)

    def __init__(self, data: Any = None, *, authority: Authority, today: date) -> None:
        super().__init__(data, initial={"first_day": today, "last_day": today})
        self.authority = authority
        kitchens = Kitchen.objects.filter(authority=authority).order_by("sort_key")
        self.fields["kitchen"].queryset = kitchens  # type: ignore[attr-defined]

    def clean_goods(self) -> dict[int, Decimal]:
        """kg by product. Every line that is not understood is told with its number; nothing is guessed."""
        names = products_by_name(self.authority)
        kg: dict[int, Decimal] = {}
        faults = []
        for line in read_pasted(self.cleaned_data["goods"]):
            product = names.get(line.name.casefold().strip())
            amount = _kg(line)
            if product is None or amount is None:
                faults.append(f"{line.number}: {line.text[:60]}")
            else:
                kg[product] = kg.get(product, Decimal(0)) + amount
        if faults:
            told = "; ".join(faults[:SHOWN])
            raise forms.ValidationError(
                _("%(count)s rader förstås inte. Skriv varans namn som i era inköp, och kg: %(rows)s")
                % {"count": len(faults), "rows": told}
            )
        return kg

    def draft(self) -> WeighingDraft:
        told = self.cleaned_data
        return WeighingDraft(
            kind=told["kind"],
            first_day=told["first_day"],
            last_day=told["last_day"],
            kg=told["goods"],
            note=told["note"],
        )


def _kg(line: PastedLine) -> Decimal | None:
    if line.fault is not None or line.quantity is None:
        return None
    found = in_base_unit(line.quantity, unit=line.unit or "kg", base_unit="kg")
    return None if isinstance(found, Fault) or found >= MOST_KG else found
