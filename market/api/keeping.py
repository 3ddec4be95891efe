"""Keeping the product register: new goods, names, what is the same goods, where goods belong. Officers' and the platform's."""

from datetime import date
from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from config.ground.api.doors import Door
from config.ground.api.fields import Amount, Asked, Day, Id, Text, Whole
from config.ground.doors import actor_of, arrived_at, once_of, user_of
from market.actions.food_mapping import map_food
from market.actions.register import map_cpv, map_need, map_vat, merge_products, rename_product
from market.api.told import ProductTold
from market.models import Product
from market.queries.doubles import doubles
from market.queries.lists import one_of, products
from market.queries.register import (
    climate_food_named,
    keeper_of_the_register,
    need_of,
    product_of_the_register,
    vat_class_named,
)
from market.rules.calendar import STOCKHOLM

MOST_SYNONYMS = 30
KINDS = ["cpv", "vat", "food", "need"]


def _months() -> serializers.ListField:
    return serializers.ListField(child=Whole(min_value=1, max_value=12), default=list, max_length=12)


class NamesAsked(Asked):
    name_sv = Text(max_length=120)
    name_en = Text(max_length=120)
    synonyms = serializers.ListField(child=Text(max_length=80), default=list, max_length=MOST_SYNONYMS)
    season_months = _months()


class ProductAsked(NamesAsked):
    """``category``, ``group``, ``vat_class`` and ``food`` are codes; ``pack_base`` is what the first pack holds."""

    category = Text(max_length=40)
    group = Text(max_length=40, help_text="product group of certificates and permits")
    base_unit = serializers.ChoiceField(Product.Unit.choices)
    kg_per_base = Amount(
        max_digits=9,
        decimal_places=4,
        min_value=Decimal("0.0001"),
        default=None,
        allow_null=True,
        help_text="weight of a piece or a litre; null where it is not known, and for kg",
    )
    pack_base = Amount(max_digits=9, decimal_places=3, min_value=Decimal("0.001"))
    cpv = serializers.RegexField(r"^[0-9]{8}(-[0-9])?$")
    vat_class = Text(max_length=20)
    food = Text(default=None, allow_null=True, max_length=80)


class MergeAsked(Asked):
    """``into`` is the product that stays."""

    into = Id()


class MappingAsked(Asked):
    """``value`` is a CPV code, a VAT class's or a food's code, or a need's number, by ``kind``."""

    kind = serializers.ChoiceField(KINDS)
    value = Text(max_length=80)
    first_day = Day()
    reason = Text(max_length=200)


class DoubleTold(serializers.Serializer[Any]):
    first_id = serializers.IntegerField()
    first = serializers.CharField()
    second_id = serializers.IntegerField()
    second = serializers.CharField()


class DoublesTold(serializers.Serializer[Any]):
    """Pairs whose names are alike, of one heading and unit. A person decides whether they are the same."""

    results = DoubleTold(many=True)


def today_of(request: Request) -> date:
    return arrived_at(request).astimezone(STOCKHOLM).date()


class DoublesDoor(Door):
    @extend_schema(responses=DoublesTold)
    def get(self, request: Request) -> Response:
        """Products that may be the same goods under two names, the most alike first."""
        keeper_of_the_register(user_of(request))
        self.wanted()
        return Response(DoublesTold({"results": doubles()}).data)


class MergeDoor(Door):
    @extend_schema(request=MergeAsked, responses={200: ProductTold})
    def post(self, request: Request, pk: int) -> Response:
        """This product is the same goods as ``into``: its names find that one from now on. What is ordered stands."""
        keeper_of_the_register(user_of(request))
        asked = self.asked(MergeAsked)
        kept = product_of_the_register(asked.validated_data["into"])
        merge_products(
            kept=kept,
            gone=product_of_the_register(pk),
            today=today_of(request),
            once=once_of(request, endpoint=f"POST products/{pk}/merge", body=asked.validated_data),
            by=actor_of(request),
        )
        return Response(ProductTold(one_of(products(), kept.pk)).data)


class MappingDoor(Door):
    @extend_schema(request=MappingAsked, responses={200: ProductTold})
    def post(self, request: Request, pk: int) -> Response:
        """Where the goods belong from a day on, and why. What was stands.

        Only a climate food may be told of days that were: what was published of them stands by what it was counted by.
        """
        keeper = keeper_of_the_register(user_of(request))
        asked = self.asked(MappingAsked)
        told = asked.validated_data
        shared: dict[str, Any] = {
            "product": product_of_the_register(pk),
            "first_day": told["first_day"],
            "reason": told["reason"],
            "once": once_of(request, endpoint=f"POST products/{pk}/mappings", body=told),
            "by": actor_of(request),
        }
        value, today = told["value"], today_of(request)
        if told["kind"] == "cpv":
            map_cpv(cpv=value, today=today, **shared)
        elif told["kind"] == "vat":
            map_vat(vat_class=vat_class_named(value), today=today, **shared)
        elif told["kind"] == "food":
            map_food(food=climate_food_named(value), **shared)
        else:
            map_need(need=need_of(keeper, value), today=today, **shared)
        return Response(ProductTold(one_of(products(), pk)).data)


def rename(request: Request, pk: int, asked: NamesAsked) -> None:
    """The names, words and season of a product, by one who keeps the register."""
    rename_product(
        product=product_of_the_register(pk),
        **asked.validated_data,
        once=once_of(request, endpoint=f"PATCH products/{pk}", body=asked.validated_data),
        by=actor_of(request),
    )
