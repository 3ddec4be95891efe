"""What an officer writes of a price that the agreement changes."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from config.ground.fields import DayField, TypedDecimalField
from config.ground.figures import money
from market.models import AgreementPrice
from market.queries.names import goods_name
from market.rules.price_adjustment import Adjustment, Ground
from orders.queries.price_adjustments import price_ground_name


class PriceChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: AgreementPrice) -> str:
        unit = "kg" if obj.per == AgreementPrice.Per.KG else goods_name(obj.pack)
        price = money(obj.price_sek, per=unit)
        return f"{goods_name(obj.product)}, {goods_name(obj.pack)}: {price} ({obj.supplier.name})"


class AdjustPriceForm(forms.Form):
    price = PriceChoiceField(
        label=_("Pris som ändras"), queryset=AgreementPrice.objects.none(), empty_label=_("Välj pris")
    )
    price_sek = TypedDecimalField(
        label=_("Nytt pris"),
        max_digits=12,
        decimal_places=4,
        min_value=Decimal("0.0001"),
        help_text=_("Utan moms, per förpackning eller kg som det gamla."),
    )
    first_day = DayField(
        label=_("Gäller leveranser från och med"),
        help_text=_("Kök med beställningar från den dagen får godkänna ett högre pris före stopptiden."),
    )
    ground = forms.ChoiceField(
        label=_("Grund"),
        help_text=_("Ingen av parterna får ändra priset ensam (lag 2021:579)."),
    )
    clause = forms.CharField(
        label=_("Klausul eller handling"), max_length=200, help_text=_("Till exempel ”punkt 7.3”.")
    )
    index_name = forms.CharField(label=_("Index"), max_length=120, required=False)
    index_before = TypedDecimalField(
        label=_("Indexvärde före"), max_digits=12, decimal_places=4, required=False
    )
    index_now = TypedDecimalField(label=_("Indexvärde nu"), max_digits=12, decimal_places=4, required=False)
    agreed_on = DayField(
        label=_("Överenskommet den"), required=False, help_text=_("Bara för en skriftlig överenskommelse.")
    )
    reason = forms.CharField(
        label=_("Anteckning"), widget=forms.Textarea(attrs={"rows": 2}), required=False, max_length=300
    )

    def __init__(self, data: Any = None, *, lot_id: int, today: date) -> None:
        super().__init__(data, initial={"first_day": today})
        ground = self.fields["ground"]
        assert isinstance(ground, forms.ChoiceField)  # noqa: S101  # narrows for the type checker
        ground.choices = [(each.value, price_ground_name(each)) for each in Ground]
        field = self.fields["price"]
        assert isinstance(field, PriceChoiceField)  # noqa: S101  # narrows for the type checker
        field.queryset = (
            AgreementPrice.objects.filter(agreement_lot=lot_id)
            .on(today)
            .select_related("product", "pack", "supplier")
            .order_by("product__sort_key", "pack_id", "supplier__sort_key")
        )

    def adjustment(self) -> Adjustment:
        told = self.cleaned_data
        is_index = told["ground"] == Ground.INDEX
        return Adjustment(
            price_sek=told["price_sek"],
            first_day=told["first_day"],
            ground=Ground(told["ground"]),
            clause=told["clause"],
            index_name=told["index_name"] if is_index else "",
            index_before=told["index_before"] if is_index else None,
            index_now=told["index_now"] if is_index else None,
            agreed_on=told["agreed_on"] if told["ground"] == Ground.AGREED else None,
        )
