"""``/catalogue/``: what a kitchen may order for a delivery day, the farm already chosen by the terms."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from config.ground.api.doors import Door
from config.ground.api.fields import Day, IdWanted, Text, Wanted
from config.ground.doors import arrived_at, user_of
from kitchens.queries.access import kitchen_for
from market.models import AgreementPrice, Offer
from market.queries.facets import Sought
from market.rules.quantities import BaseUnit
from orders.queries.range import kitchen_range, range_told
from suppliers.rules.certificates import LABELS


class CatalogueWanted(Wanted):
    """``page`` is a number here and no cursor: the rows come by how well they answer the words."""

    kitchen = IdWanted()
    delivery_date = Day()
    q = Text(required=False, max_length=60, help_text="words; endings, dots and a letter are forgiven")
    category = IdWanted(required=False)
    supplier = IdWanted(required=False)
    mark = serializers.ChoiceField(sorted(LABELS), required=False)
    temperature = serializers.ChoiceField(Offer.Temperature.choices, required=False)
    in_season = serializers.ChoiceField(["true", "false"], required=False)
    page = IdWanted(required=False)

    def sought(self) -> Sought:
        asked: dict[str, Any] = self.validated_data
        return Sought(
            words=asked.get("q", ""),
            category_id=asked.get("category"),
            supplier_id=asked.get("supplier"),
            mark=asked.get("mark", ""),
            temperature=asked.get("temperature", ""),
            in_season=asked.get("in_season") == "true",
            page=asked.get("page", 1),
        )


class ChoiceTold(serializers.Serializer[Any]):
    value = serializers.CharField()
    name = serializers.CharField()
    count = serializers.IntegerField(help_text="rows that choosing it would leave")


class FacetsTold(serializers.Serializer[Any]):
    category = ChoiceTold(many=True)
    supplier = ChoiceTold(many=True)
    mark = ChoiceTold(many=True)
    temperature = ChoiceTold(many=True)
    in_season = serializers.IntegerField()


class PackPriceTold(serializers.Serializer[Any]):
    """SEK without VAT; ``quantity`` is in the product's base unit."""

    name = serializers.CharField()
    quantity = serializers.DecimalField(max_digits=9, decimal_places=3)
    price_sek = serializers.DecimalField(max_digits=12, decimal_places=4)
    price_per = serializers.ChoiceField(AgreementPrice.Per.choices)
    price_sek_per_kg = serializers.DecimalField(max_digits=12, decimal_places=4, allow_null=True)


class WhyTold(serializers.Serializer[Any]):
    """Why just this farm: its rank in the lot, out of how many, and who before it could not."""

    agreement = serializers.IntegerField()
    agreement_title = serializers.CharField()
    agreement_lot = serializers.IntegerField()
    lot_name = serializers.CharField()
    kind = serializers.CharField()
    allotment = serializers.CharField(help_text="single, ranking, lowest_price or shares")
    rank = serializers.IntegerField()
    of = serializers.IntegerField()
    room_sek = serializers.DecimalField(max_digits=14, decimal_places=2)
    passed_over = serializers.ListField(child=serializers.DictField())


class CatalogueRowTold(serializers.Serializer[Any]):
    """``supplier`` is null for goods that may not be ordered: ``refusals`` then say why."""

    product = serializers.IntegerField()
    name = serializers.CharField()
    unit = serializers.ChoiceField([each.value for each in BaseUnit])
    category = serializers.IntegerField()
    category_name = serializers.CharField()
    in_season = serializers.BooleanField()
    supplier = serializers.IntegerField(allow_null=True)
    supplier_name = serializers.CharField(allow_null=True)
    why = WhyTold(allow_null=True)
    packs = PackPriceTold(many=True)
    in_stock = serializers.DecimalField(max_digits=14, decimal_places=3, allow_null=True)
    marks = serializers.ListField(child=serializers.CharField())
    origin_country = serializers.CharField(allow_null=True)
    origin_place = serializers.CharField(allow_null=True)
    temperature = serializers.CharField(allow_null=True)
    contains = serializers.ListField(child=serializers.CharField())
    may_contain = serializers.ListField(child=serializers.CharField())
    kg_co2e_per_kg = serializers.DecimalField(max_digits=20, decimal_places=12, allow_null=True)
    grade = serializers.CharField(allow_null=True)
    refusals = serializers.ListField(child=serializers.DictField())


class CatalogueTold(serializers.Serializer[Any]):
    found = serializers.IntegerField()
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    facets = FacetsTold()
    results = CatalogueRowTold(many=True)


class CatalogueDoor(Door):
    pagination_class = None

    @extend_schema(parameters=[CatalogueWanted], responses={200: CatalogueTold})
    def get(self, request: Request) -> Response:
        """What your kitchen may order for the day: farm, price, marks, origin and climate figure.

        The terms of the agreements have chosen the farm; rows come by words, heading and name, never by nearness.
        Without words only what may be ordered is told; a search tells of the rest too, with the reason.
        """
        wanted = CatalogueWanted(data=dict(request.query_params.items()))
        wanted.is_valid(raise_exception=True)
        found = kitchen_range(
            kitchen=kitchen_for(user_of(request), wanted.validated_data["kitchen"]).kitchen,
            delivery_date=wanted.validated_data["delivery_date"],
            sought=wanted.sought(),
            arrived_at=arrived_at(request),
        )
        return Response(range_told(found))
