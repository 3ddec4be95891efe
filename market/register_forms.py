"""What the keeper of the product register writes."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.ground.fields import DayField, TypedDecimalField
from config.ground.sorting import in_swedish
from market.models import Product
from market.queries.register import Choices, MappedRow
from suppliers.models import ProductGroup


class NamesForm(forms.Form):
    """Names, the words that find the goods besides, the season."""

    name_sv = forms.CharField(label=gettext_lazy("Namn på svenska"), max_length=120)
    name_en = forms.CharField(label=gettext_lazy("Namn på engelska"), max_length=120)
    synonyms = forms.CharField(
        label=gettext_lazy("Kallas också"),
        help_text=gettext_lazy("Ett ord på varje rad. Böjningar och små stavfel hittas ändå."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    season_months = forms.MultipleChoiceField(
        label=gettext_lazy("Svensk säsong"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        season: Any = self.fields["season_months"]
        season.choices = [(str(number), str(name)) for number, name in MONTHS.items()]

    @classmethod
    def of(cls, product: Product, data: Mapping[str, Any] | None = None) -> "NamesForm":
        return cls(
            data,
            initial={
                "name_sv": product.name_sv,
                "name_en": product.name_en,
                "synonyms": "\n".join(product.synonyms),
                "season_months": [str(month) for month in product.season_months],
            },
        )

    @property
    def words(self) -> Sequence[str]:
        return str(self.cleaned_data["synonyms"]).splitlines()

    @property
    def months(self) -> Sequence[int]:
        return [int(month) for month in self.cleaned_data["season_months"]]


class ProductForm(NamesForm):
    """A product that the register lacks, with its first pack and where it belongs."""

    category = forms.ChoiceField(label=gettext_lazy("Varugrupp"))
    group = forms.ChoiceField(label=gettext_lazy("Produktgrupp för intyg och tillstånd"))
    base_unit = forms.ChoiceField(label=gettext_lazy("Räknas i"), choices=Product.Unit.choices)
    kg_per_base = TypedDecimalField(
        label=gettext_lazy("Vikt av ett styck eller en liter, kg"),
        help_text=gettext_lazy("Tomt för varor i kg, och där vikten inte är känd."),
        max_digits=9,
        decimal_places=4,
        required=False,
    )
    pack_base = TypedDecimalField(
        label=gettext_lazy("Första förpackningen rymmer"), max_digits=9, decimal_places=3
    )
    cpv = forms.RegexField(
        label=gettext_lazy("CPV-kod"), regex=r"^[0-9]{8}(-[0-9])?$", help_text=gettext_lazy("Åtta siffror.")
    )
    vat_class = forms.ChoiceField(label=gettext_lazy("Momsklass"))
    food = forms.ChoiceField(label=gettext_lazy("Räknas i klimatet som"), required=False)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, values in (
            ("category", [(each.code, each.name_sv) for each in choices.categories]),
            (
                "group",
                list(ProductGroup.objects.order_by(in_swedish("name_sv")).values_list("code", "name_sv")),
            ),
            ("vat_class", [(each.code, each.name_sv) for each in choices.vat]),
            ("food", [("", _("okänt"))] + [(each.key, each.name_sv) for each in choices.foods]),
        ):
            field: Any = self.fields[name]
            field.choices = values

    @property
    def weight(self) -> Decimal | None:
        return Decimal(1) if self.cleaned_data["base_unit"] == "kg" else self.cleaned_data["kg_per_base"]


class MappingForm(forms.Form):
    """Where the product belongs from a day on, and why. ``kind`` says in which list."""

    kind = forms.ChoiceField(label=gettext_lazy("Vad gäller det?"))
    vat = forms.ChoiceField(label=gettext_lazy("Momsklass"), required=False)
    cpv = forms.CharField(label=gettext_lazy("CPV-kod"), required=False, max_length=10)
    food = forms.ChoiceField(label=gettext_lazy("Räknas i klimatet som"), required=False)
    need = forms.ChoiceField(label=gettext_lazy("Behov"), required=False)
    first_day = DayField(label=gettext_lazy("Från och med"))
    reason = forms.CharField(label=gettext_lazy("Varför?"), max_length=200)

    def __init__(self, *args: Any, choices: Choices, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"first_day": today}, **kwargs})
        kinds = [("cpv", _("CPV-kod")), ("vat", _("Momsklass")), ("food", _("Klimat"))]
        for name, values in (
            ("kind", ([("need", _("Behov"))] if choices.needs else []) + kinds),
            ("vat", [("", "–")] + [(str(each.pk), each.name_sv) for each in choices.vat]),
            ("food", [("", "–")] + [(str(each.pk), each.name_sv) for each in choices.foods]),
            (
                "need",
                [("", "–")]
                + [(str(each.pk), f"{each.authority.name}: {each.name}") for each in choices.needs],
            ),
        ):
            field: Any = self.fields[name]
            field.choices = values

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kind = cleaned.get("kind")
        if kind and not cleaned.get(kind):
            self.add_error(kind, _("Välj ur listan."))
        return cleaned


def kind_name(row: MappedRow) -> str:
    """The list that a mapping answers for, in a word."""
    names = {"vat": _("Momsklass"), "cpv": _("CPV-kod"), "food": _("Klimat"), "need": _("Behov")}
    return names[row.kind]
