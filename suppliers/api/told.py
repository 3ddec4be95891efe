"""What is told of those who sell."""

from rest_framework import serializers

from suppliers.models import Certificate, Supplier
from suppliers.rules.certificates import CertificateKind

KINDS = [each.value for each in CertificateKind]


class CertificateTold(serializers.ModelSerializer[Certificate]):
    product_groups = serializers.SlugRelatedField[Certificate](slug_field="code", many=True, read_only=True)

    class Meta:
        model = Certificate
        fields = read_only_fields = [
            "id",
            "kind",
            "number",
            "issuer",
            "valid_from",
            "valid_to",
            "product_groups",
        ]


class SupplierTold(serializers.ModelSerializer[Supplier]):
    """``org_number`` is null for a sole trader: that number is a person's."""

    certificates = CertificateTold(many=True, read_only=True)

    class Meta:
        model = Supplier
        fields = read_only_fields = ["id", "name", "legal_form", "org_number", "place", "certificates"]
