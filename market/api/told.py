"""What is told of the market. Read-only: nothing here writes."""

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from market.models import (
    Agreement,
    AgreementLot,
    LotParty,
    Offer,
    Pack,
    Product,
    ProductCategory,
    StockPool,
    SupplierRun,
)
from market.queries.criteria import ToldReading


class CategoryTold(serializers.ModelSerializer[ProductCategory]):
    class Meta:
        model = ProductCategory
        fields = read_only_fields = ["code", "name_sv", "name_en"]


class PackTold(serializers.ModelSerializer[Pack]):
    class Meta:
        model = Pack
        fields = read_only_fields = [
            "id",
            "name_sv",
            "name_en",
            "base_per_pack",
            "is_catch_weight",
            "upper_tolerance",
        ]


class ProductTold(serializers.ModelSerializer[Product]):
    category = CategoryTold(read_only=True)
    packs = PackTold(many=True, read_only=True)

    class Meta:
        model = Product
        fields = read_only_fields = [
            "id",
            "name_sv",
            "name_en",
            "synonyms",
            "category",
            "base_unit",
            "kg_per_base",
            "season_months",
            "merged_into",
            "packs",
        ]


class OfferTold(serializers.ModelSerializer[Offer]):
    """``own_price_sek`` and ``in_stock`` are told to the offer's own farm, and null to all others."""

    valid_from = serializers.DateField(source="pool.valid_from", read_only=True)
    valid_to = serializers.DateField(source="pool.valid_to", read_only=True)
    in_stock = serializers.SerializerMethodField()
    own_price_sek = serializers.SerializerMethodField()

    class Meta:
        model = Offer
        fields = read_only_fields = [
            "id",
            "supplier",
            "product",
            "pack",
            "pool",
            "valid_from",
            "valid_to",
            "in_stock",
            "own_price_sek",
            "claims",
            "contains",
            "may_contain",
            "origin_country",
            "origin_place",
            "slaughtered_in",
            "temperature",
            "harvested_on",
            "note",
            "published_at",
            "withdrawn_at",
        ]

    def get_in_stock(self, offer: Any) -> str | None:
        return str(offer.pool.quantity - offer.pool.reserved) if offer.own else None

    def get_own_price_sek(self, offer: Any) -> str | None:
        return str(offer.own_price_sek) if offer.own and offer.own_price_sek is not None else None


class PoolTold(serializers.ModelSerializer[StockPool]):
    """Stock in the product's base unit; ``reserved`` of it is ordered."""

    class Meta:
        model = StockPool
        fields = read_only_fields = [
            "id",
            "supplier",
            "product",
            "valid_from",
            "valid_to",
            "quantity",
            "reserved",
        ]


class RunTold(serializers.ModelSerializer[SupplierRun]):
    supplier_name = serializers.CharField(source="supplier.name", read_only=True)
    hub = serializers.IntegerField(source="hub_id", read_only=True)

    class Meta:
        model = SupplierRun
        fields = read_only_fields = [
            "id",
            "supplier",
            "supplier_name",
            "hub",
            "delivery_date",
            "cut_off",
            "state",
            "closed_at",
        ]


class AgreementTold(serializers.ModelSerializer[Agreement]):
    authorities = serializers.SerializerMethodField()

    class Meta:
        model = Agreement
        fields = read_only_fields = [
            "id",
            "title",
            "kind",
            "regime",
            "case_number",
            "valid_from",
            "valid_to",
            "terminated_on",
            "signed_at",
            "delivers_after_end",
            "posted_stock_is_an_answer",
            "part_call_off_allowed",
            "authorities",
        ]

    def get_authorities(self, agreement: Agreement) -> list[int]:
        return sorted(named.authority_id for named in agreement.named.all())


class PartyTold(serializers.ModelSerializer[LotParty]):
    class Meta:
        model = LotParty
        fields = read_only_fields = ["supplier", "rank", "share_percent"]


class BalanceTold(serializers.Serializer[Any]):
    """What call-offs have taken of the lot, and the room that is left for new ones. ``yours``: your authority's part."""

    committed_sek = serializers.DecimalField(max_digits=14, decimal_places=2)
    committed_kg = serializers.DecimalField(max_digits=14, decimal_places=3)
    room_sek = serializers.DecimalField(max_digits=14, decimal_places=2)
    room_kg = serializers.DecimalField(max_digits=14, decimal_places=3, allow_null=True)
    yours_sek = serializers.DecimalField(max_digits=14, decimal_places=2)
    yours_kg = serializers.DecimalField(max_digits=14, decimal_places=3)


class LotTold(serializers.ModelSerializer[AgreementLot]):
    """``balance`` is null to a farm: only the authorities that the agreement names see it."""

    parties = PartyTold(many=True, read_only=True)
    balance = serializers.SerializerMethodField()

    class Meta:
        model = AgreementLot
        fields = read_only_fields = [
            "id",
            "name",
            "allotment",
            "ceiling_sek",
            "ceiling_kg",
            "parties",
            "balance",
        ]

    @extend_schema_field(BalanceTold(allow_null=True))
    def get_balance(self, lot: AgreementLot) -> dict[str, Any] | None:
        rows = list(lot.balances.all())
        whole = next((row for row in rows if row.authority_id is None), None)
        if whole is None:
            return None
        yours = [row for row in rows if row.authority_id is not None]
        nothing = Decimal(0)
        balance = {
            "committed_sek": whole.committed_sek,
            "committed_kg": whole.committed_kg,
            "room_sek": max(lot.ceiling_sek - whole.committed_sek, nothing),
            "room_kg": None if lot.ceiling_kg is None else max(lot.ceiling_kg - whole.committed_kg, nothing),
            "yours_sek": sum((row.committed_sek for row in yours), start=nothing),
            "yours_kg": sum((row.committed_kg for row in yours), start=nothing),
        }
        return dict(BalanceTold(balance).data)


class WholeAgreementTold(AgreementTold):
    lots = LotTold(many=True, read_only=True)

    class Meta(AgreementTold.Meta):
        fields = read_only_fields = [*AgreementTold.Meta.fields, "lots"]


class LeverTold(serializers.Serializer[Any]):
    code = serializers.CharField()
    words = serializers.CharField()


class CriteriaFindingTold(serializers.Serializer[Any]):
    start = serializers.IntegerField()
    end = serializers.IntegerField(help_text="not included")
    text = serializers.CharField()
    matter = serializers.CharField()
    verdict = serializers.ChoiceField(["warn", "block"])
    sentence = serializers.CharField()
    paragraph = serializers.CharField(allow_blank=True)
    confirmed = serializers.BooleanField(help_text="a person has read the paragraph in its source")
    levers = LeverTold(many=True)


class CriteriaTold(serializers.Serializer[Any]):
    verdict = serializers.ChoiceField(["nothing", "warn", "block"])
    needs_reason = serializers.BooleanField()
    findings = CriteriaFindingTold(many=True)


def criteria_told(reading: ToldReading) -> dict[str, Any]:
    told = asdict(reading)
    for finding in told["findings"]:
        finding["levers"] = [{"code": code, "words": words} for code, words in finding["levers"]]
    return told
