"""What a farm does for itself: registers, hands in certificates and ends them."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from config.ground.api.doors import Door
from config.ground.api.fields import Asked, Day, FileContent, Text
from config.ground.doors import actor_of, once_of, user_of
from suppliers.actions import Upload, add_certificate, end_certificate
from suppliers.api.told import KINDS, CertificateTold
from suppliers.models import Supplier
from suppliers.queries import certificate_for, supplier_for

MOST_GROUPS = 100


class FarmAsked(Asked):
    """``number`` is the organisation number, a sole trader's personal number with twelve digits: it is never told again."""

    legal_form = serializers.ChoiceField(Supplier.LegalForm.choices)
    number = Text(max_length=20)
    name = Text(max_length=120)
    place = Text(default="", allow_blank=True, max_length=80)
    address = Text(default="", allow_blank=True, max_length=200)
    email = serializers.EmailField(max_length=254)
    phone = Text(max_length=40)


class FileAsked(Asked):
    """``content`` is the file as base64; what it is, is read from its bytes."""

    name = Text(max_length=200)
    content = FileContent()


class CertificateAsked(Asked):
    """``product_groups`` are codes; a wider group covers the narrower. Without ``valid_to`` it has no last day."""

    kind = serializers.ChoiceField(KINDS)
    number = Text(max_length=60)
    issuer = Text(max_length=80)
    product_groups = serializers.ListField(child=Text(max_length=40), min_length=1, max_length=MOST_GROUPS)
    valid_from = Day()
    valid_to = Day(default=None, allow_null=True)
    file = FileAsked(default=None, allow_null=True)


class EndAsked(Asked):
    last_day = Day()


class CertificatesDoor(Door):
    @extend_schema(request=CertificateAsked, responses={201: CertificateTold})
    def post(self, request: Request, supplier_id: int) -> Response:
        """Hand in a label or a permit of your farm, with its file as PDF or image. A larger file is handed in on the page."""
        asked = self.asked(CertificateAsked)
        told: dict[str, Any] = dict(asked.validated_data)
        file, groups = told.pop("file"), told.pop("product_groups")
        made = add_certificate(
            supplier=supplier_for(user_of(request), supplier_id),
            **told,
            group_codes=groups,
            upload=Upload(**file) if file else None,
            once=once_of(
                request, endpoint=f"POST suppliers/{supplier_id}/certificates", body=asked.validated_data
            ),
            by=actor_of(request),
        )
        return Response(CertificateTold(made).data, status=201)


class CertificateEndDoor(Door):
    @extend_schema(request=EndAsked, responses={200: CertificateTold})
    def post(self, request: Request, supplier_id: int, pk: int) -> Response:
        """Let a certificate end on ``last_day``, never later than it already does."""
        asked = self.asked(EndAsked)
        ended = end_certificate(
            certificate=certificate_for(supplier_for(user_of(request), supplier_id), pk),
            **asked.validated_data,
            once=once_of(request, endpoint=f"POST certificates/{pk}/end", body=asked.validated_data),
            by=actor_of(request),
        )
        return Response(CertificateTold(ended).data)
