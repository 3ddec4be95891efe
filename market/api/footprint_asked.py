"""What is asked of ``/climate/footprint/``: goods and recipes, read strictly, handed on as values."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from config.ground.api.fields import Amount, Asked, Id, Text, Whole
from market.queries.footprints import AskedGoods, AskedLeg, AskedPart, AskedRecipe, Unit
from market.rules.recipes import DEEPEST, State

MOST_LINES = 1000
MOST_PARTS = 100
MOST_FOODS = 5000  # of all recipes of a request
TINY = Decimal("0.000001")
UNITS = [each.value for each in Unit]
STATES = [each.value for each in State]
_NAMED = ("product", "pack", "food", "recipe")


def _share(**more: Any) -> Amount:
    return Amount(
        max_digits=9,
        decimal_places=8,
        min_value=TINY,
        max_value=Decimal(1),
        default=None,
        allow_null=True,
        **more,
    )


def _measure(help_text: str) -> Amount:
    return Amount(
        max_digits=12,
        decimal_places=6,
        min_value=TINY,
        default=None,
        allow_null=True,
        help_text=help_text,
    )


_AMOUNT = {"type": ["string", "number", "null"], "description": "a decimal, as text or number"}
_PART = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "product": {"type": ["integer", "null"]},
        "pack": {"type": ["integer", "null"]},
        "food": {"type": ["string", "null"]},
        "recipe": {"type": ["object", "null"], "description": f"a recipe again, at most {DEEPEST} deep"},
        "share": _AMOUNT,
        "quantity": _AMOUNT,
        "unit": {"type": "string", "enum": UNITS},
        "kg_per_unit": _AMOUNT,
        "state": {"type": "string", "enum": STATES},
        "edible_share": _AMOUNT,
        "cooked_per_raw": _AMOUNT,
    },
}
_RECIPE = {
    "type": ["object", "null"],
    "description": "Parts by share, which sum to 1 ± 0.001, or all by quantity.",
    "additionalProperties": False,
    "required": ["parts"],
    "properties": {
        "name": {"type": "string"},
        "out_kg": {**_AMOUNT, "description": "what parts told by quantity weigh together when ready"},
        "parts": {"type": "array", "minItems": 1, "maxItems": MOST_PARTS, "items": _PART},
    },
}


@extend_schema_field(_RECIPE)
class RecipeField(serializers.Field[Any, Any, Any, Any]):
    """A recipe within goods or within a recipe."""

    def to_internal_value(self, data: Any) -> AskedRecipe:
        depth = self.context.get("depth", 0) + 1
        if depth > DEEPEST:
            raise serializers.ValidationError(_("Receptet är nästlat djupare än åtta nivåer."))
        asked = RecipeAsked(data=data, context={"depth": depth})
        asked.is_valid(raise_exception=True)
        return asked.recipe()


class GoodsBase(Asked):
    """Goods by ``product``, ``pack``, ``food`` or ``recipe``; what is none of them is not covered."""

    product = Id(default=None, allow_null=True)
    pack = Id(default=None, allow_null=True)
    food = Text(default=None, allow_null=True, max_length=120)
    recipe = RecipeField(default=None, allow_null=True)
    kg_per_unit = _measure("what one piece weighs or one litre; else the product's own figure is taken")
    state = serializers.ChoiceField(
        STATES, default=State.PURCHASED.value, help_text="in which state the quantity is told"
    )
    edible_share = _share(help_text="needed where the quantity is edible weight")
    cooked_per_raw = _measure("kg cooked of a kg raw; needed where the quantity is cooked weight")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        named = [name for name in _NAMED if attrs[name] is not None]
        if len(named) > 1:
            raise serializers.ValidationError(
                {named[1]: [_("Ange ett av vara, förpackning, livsmedel och recept.")]}
            )
        if (attrs["pack"] is not None) != (attrs.get("unit") == Unit.PACK):
            raise serializers.ValidationError({"unit": [_("Enheten pack hör till en förpackning.")]})
        if attrs["recipe"] is not None and attrs.get("unit") not in {Unit.KG, None}:
            raise serializers.ValidationError({"unit": [_("Ett recept räknas i kg.")]})
        return attrs


class PartAsked(GoodsBase):
    share = _share(help_text="of the recipe's weight")
    quantity = Amount(max_digits=14, decimal_places=6, min_value=Decimal(0), default=None, allow_null=True)
    unit = serializers.ChoiceField(UNITS, default=Unit.KG.value)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if (attrs["share"] is None) == (attrs["quantity"] is None):
            raise serializers.ValidationError({"share": [_("Ange andel eller mängd, en av dem.")]})
        return super().validate(attrs)


class RecipeAsked(Asked):
    name = Text(default="", allow_blank=True, max_length=120)
    out_kg = _measure("what the parts weigh together when ready")
    parts = serializers.ListField(child=PartAsked(), min_length=1, max_length=MOST_PARTS)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        by_share = {part["share"] is not None for part in attrs["parts"]}
        if len(by_share) > 1:
            raise serializers.ValidationError(
                {"parts": [_("Delarna anges alla med andel eller alla med mängd.")]}
            )
        return attrs

    def recipe(self) -> AskedRecipe:
        told = self.validated_data
        parts = tuple(AskedPart(goods=_goods(part), share=part["share"]) for part in told["parts"])
        return AskedRecipe(name=told["name"], parts=parts, out_kg=told["out_kg"])


class GoodsAsked(GoodsBase):
    """A line. Returned goods are a negative quantity. A recipe without quantity is counted as it is written."""

    quantity = Amount(max_digits=14, decimal_places=3, default=None, allow_null=True)
    unit = serializers.ChoiceField(UNITS, default=Unit.KG.value)
    net_sek = Amount(max_digits=14, decimal_places=2, default=Decimal(0))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["quantity"] is None and attrs["recipe"] is None:
            raise serializers.ValidationError({"quantity": [_("Ange en mängd.")]})
        return super().validate(attrs)


class LastLegAsked(Asked):
    """The round that brings the goods. Measured kilometres with kg per km go before tonne-kilometres."""

    kg = Amount(max_digits=14, decimal_places=3, min_value=TINY, help_text="all that the vehicle carries")
    own_kg = _measure("what of it is yours; without it the whole round is told alone")
    km = Amount(max_digits=9, decimal_places=3, min_value=Decimal(0), help_text="how far the load is carried")
    kg_per_tonne_km = _measure("kg CO2e per tonne-kilometre of the vehicle")
    driven_km = _measure("what the vehicle drives in all, there and back")
    kg_per_vehicle_km = _measure("kg CO2e per kilometre of the vehicle")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["own_kg"] is not None and attrs["own_kg"] > attrs["kg"]:
            raise serializers.ValidationError({"own_kg": [_("Det egna väger mer än hela lasten.")]})
        return attrs


class FootprintAsked(Asked):
    lines = serializers.ListField(child=GoodsAsked(), min_length=1, max_length=MOST_LINES)
    factor_set = Text(
        default=None, allow_null=True, max_length=40, help_text="code of a loaded set; else the one in use"
    )
    last_leg = LastLegAsked(
        default=None, allow_null=True, help_text="told beside the goods and never added to them"
    )
    seed = Whole(default=1, help_text="of the draws, where returned goods make the sum a difference")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        foods = sum(line["recipe"].foods for line in attrs["lines"] if line["recipe"] is not None)
        if foods > MOST_FOODS:
            raise serializers.ValidationError({"lines": [_("Recepten har för många delar.")]})
        return attrs

    def leg(self) -> AskedLeg | None:
        told = self.validated_data["last_leg"]
        return None if told is None else AskedLeg(**told)

    def goods(self) -> list[AskedGoods]:
        return [_goods(row) for row in self.validated_data["lines"]]


def _goods(row: Mapping[str, Any]) -> AskedGoods:
    return AskedGoods(
        product_id=row["product"],
        pack_id=row["pack"],
        food=row["food"],
        recipe=row["recipe"],
        quantity=row["quantity"],
        unit=Unit(row["unit"]),
        kg_per_unit=row["kg_per_unit"],
        state=State(row["state"]),
        edible_share=row["edible_share"],
        cooked_per_raw=row["cooked_per_raw"],
        net_sek=row.get("net_sek", Decimal(0)),
    )
