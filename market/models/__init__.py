"""The market's tables, by subject."""

from market.models.agreements import (
    Agreement,
    AgreementAuthority,
    AgreementLot,
    AgreementPrice,
    Commitment,
    LotBalance,
    LotParty,
    LotProduct,
    NeedTotal,
)
from market.models.awards import AwardDocumentation, ValueAssessment
from market.models.climate import ClimateFactor, ClimateFood, FactorGrade, FactorSet
from market.models.delivery import DeliveryRun, HubClosure, SupplierHubTerms, SupplierPause, SupplierRun
from market.models.law import LawFigure, LawParagraph, OwnLimit, Regime, VatRate
from market.models.lists import ListChange, ListImport, ListMapping
from market.models.parties import Authority, AuthorityMember, Hub, HubWorker, Standing
from market.models.products import (
    CpvMapping,
    FoodMapping,
    GroupMapping,
    NeedCategory,
    NeedMapping,
    Pack,
    Product,
    ProductCategory,
    VatClass,
    VatMapping,
)
from market.models.stock import Offer, StockPool

__all__ = [
    "Agreement",
    "AgreementAuthority",
    "AgreementLot",
    "AgreementPrice",
    "Authority",
    "AuthorityMember",
    "AwardDocumentation",
    "ClimateFactor",
    "ClimateFood",
    "Commitment",
    "CpvMapping",
    "DeliveryRun",
    "FactorGrade",
    "FactorSet",
    "FoodMapping",
    "GroupMapping",
    "Hub",
    "HubClosure",
    "HubWorker",
    "LawFigure",
    "LawParagraph",
    "ListChange",
    "ListImport",
    "ListMapping",
    "LotBalance",
    "LotParty",
    "LotProduct",
    "NeedCategory",
    "NeedMapping",
    "NeedTotal",
    "Offer",
    "OwnLimit",
    "Pack",
    "Product",
    "ProductCategory",
    "Regime",
    "Standing",
    "StockPool",
    "SupplierHubTerms",
    "SupplierPause",
    "SupplierRun",
    "ValueAssessment",
    "VatClass",
    "VatMapping",
    "VatRate",
]
