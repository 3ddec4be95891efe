"""``/suppliers/``: what anyone who buys or sells may know of those who sell."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from config.ground.api.doors import Door
from config.ground.api.fields import Text, Wanted
from suppliers.models import Certificate, Supplier
from suppliers.queries import public_supplier, public_suppliers


class SuppliersWanted(Wanted):
    name = Text(required=False, max_length=80, help_text="part of the name")


class CertificateTold(serializers.ModelSerializer[Certificate]):
    product_groups = serializers.SlugRelatedField[Certificate](slug_field="code", many=True, read_only=True)

    class Meta:
        model = Certificate
        fields = read_only_fields = ["kind", "number", "issuer", "valid_from", "valid_to", "product_groups"]


class SupplierTold(serializers.ModelSerializer[Supplier]):
    """``org_number`` is null for a sole trader: that number is a person's."""

    certificates = CertificateTold(many=True, read_only=True)

    class Meta:
        model = Supplier
        fields = read_only_fields = ["id", "name", "legal_form", "org_number", "place", "certificates"]


class SuppliersDoor(Door):
    @extend_schema(parameters=[SuppliersWanted], responses=SupplierTold(many=True))
    def get(self, request: Request) -> Response:  # noqa: ARG002  # open to all who are signed in
        """Suppliers with their certificates."""
        return self.page(public_suppliers(**self.wanted(SuppliersWanted)), SupplierTold)


class SupplierDoor(Door):
    @extend_schema(responses=SupplierTold)
    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        """A supplier with its certificates."""
        return self.one(SupplierTold(public_supplier(pk)))
