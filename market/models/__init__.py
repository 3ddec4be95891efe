"""The market's tables, by subject."""

from market.models.agreements import (
    Agreement,
    AgreementAuthority,
    AgreementLot,
    AgreementPrice,
    Commitment,
    LotBalance,
    LotOpening,
    LotParty,
    LotProduct,
    NeedTotal,
)
from market.models.awards import AwardDocumentation, ValueAssessment
from market.models.bidders import Bidder, BidHandler
from market.models.changes import AgreementChange, AgreementOption
from market.models.climate import ClimateFactor, ClimateFood, FactorGrade, FactorSet
from market.models.criteria_reasons import CriteriaReason
from market.models.delivery import DeliveryRun, HubClosure, SupplierHubTerms, SupplierPause, SupplierRun
from market.models.law import LawFigure, LawParagraph, OwnLimit, Regime, VatRate
from market.models.lists import ListChange, ListImport, ListMapping
from market.models.overshoots import OvershootAssessment
from market.models.parties import Authority, AuthorityMember, Hub, HubWorker
from market.models.price_adjustments import PriceAdjustment
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
from market.models.questions import PartyQuestion
from market.models.signatures import AwardSignature, SigningMandate
from market.models.small_lots import SmallLot, SmallLotPot
from market.models.standing import (
    DeclarationRequest,
    InterestDeclaration,
    SelfCleaning,
    SelfDeclaration,
    Standing,
    StandingMatter,
)
from market.models.stock import Offer, StockPool
from market.models.sustainability import AgreementCriterion, SustainabilityCriterion
from market.models.terminations import Termination

__all__ = [
    "Agreement",
    "AgreementAuthority",
    "AgreementChange",
    "AgreementCriterion",
    "AgreementLot",
    "AgreementOption",
    "AgreementPrice",
    "Authority",
    "AuthorityMember",
    "AwardDocumentation",
    "AwardSignature",
    "BidHandler",
    "Bidder",
    "ClimateFactor",
    "ClimateFood",
    "Commitment",
    "CpvMapping",
    "CriteriaReason",
    "DeclarationRequest",
    "DeliveryRun",
    "FactorGrade",
    "FactorSet",
    "FoodMapping",
    "GroupMapping",
    "Hub",
    "HubClosure",
    "HubWorker",
    "InterestDeclaration",
    "LawFigure",
    "LawParagraph",
    "ListChange",
    "ListImport",
    "ListMapping",
    "LotBalance",
    "LotOpening",
    "LotParty",
    "LotProduct",
    "NeedCategory",
    "NeedMapping",
    "NeedTotal",
    "Offer",
    "OvershootAssessment",
    "OwnLimit",
    "Pack",
    "PartyQuestion",
    "PriceAdjustment",
    "Product",
    "ProductCategory",
    "Regime",
    "SelfCleaning",
    "SelfDeclaration",
    "SigningMandate",
    "SmallLot",
    "SmallLotPot",
    "Standing",
    "StandingMatter",
    "StockPool",
    "SupplierHubTerms",
    "SupplierPause",
    "SupplierRun",
    "SustainabilityCriterion",
    "Termination",
    "ValueAssessment",
    "VatClass",
    "VatMapping",
    "VatRate",
]
