"""``/sustainability-criteria/``: criteria as rows, with level, text, proof, validity and source."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from config.ground.api.doors import Door
from config.ground.api.fields import Day, Text, Wanted
from market.models import SustainabilityCriterion
from market.queries.sustainability import criteria


class CriteriaWanted(Wanted):
    """Without ``on`` all versions are told, also those that no longer hold."""

    on = Day(required=False)
    level = serializers.ChoiceField(SustainabilityCriterion.Level.choices, required=False)
    code = Text(required=False, max_length=40)


class SustainabilityCriterionTold(serializers.ModelSerializer[SustainabilityCriterion]):
    confirmed = serializers.SerializerMethodField()

    class Meta:
        model = SustainabilityCriterion
        fields = read_only_fields = [
            *("id", "code", "version", "level", "kind", "title", "text", "proof", "organic_groups"),
            *("valid_from", "valid_to", "source", "checked_on", "confirmed"),
        ]

    def get_confirmed(self, row: Any) -> bool:
        return row.confirmed_by_id is not None


class SustainabilityCriteriaDoor(Door):
    @extend_schema(parameters=[CriteriaWanted], responses=SustainabilityCriterionTold(many=True))
    def get(self, request: Request) -> Response:  # noqa: ARG002  # open to all who are signed in
        """Versions of sustainability criteria; ``confirmed``: a person has read the text in its source."""
        return self.page(criteria(**self.wanted(CriteriaWanted)), SustainabilityCriterionTold)
