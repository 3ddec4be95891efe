"""The tables of what is bought, by subject."""

from orders.models.disclosure import CaseExport, CaseMask
from orders.models.disposal import Disposal, RetentionRule
from orders.models.external import ExternalNeed, ExternalPurchase, PurchaseImport, PurchaseMapping, RefusedRow
from orders.models.invoicing import CreditNote, CreditNoteLine, Invoice, InvoiceLine
from orders.models.last_leg import DrivenRound, DrivenStop
from orders.models.movements import (
    CallOffQuantity,
    GoodsLot,
    GoodsReturn,
    HandOver,
    HandOverLine,
    Movement,
    Receipt,
    ReceiptLine,
)
from orders.models.notices import FarmNotice, LinkUse
from orders.models.ordering import CallOff, Order, OrderLine, RefusedLine
from orders.models.published import PublishedReport, PublishedTally
from orders.models.purchasing import PurchaseOrder, PurchaseOrderLine, PurchaseOrderLink
from orders.models.report_terms import LocalDefinition, ReportGoal
from orders.models.reporting import OpenDataDecision, ReportFile, ReportFilePiece, SavedReport
from orders.models.tallies import (
    WEIGHED_BASES,
    Basis,
    ExternalTally,
    Tally,
    TallyDirty,
    TallyMonth,
    TallyPrice,
)
from orders.models.weighings import Weighing, WeighingLine

__all__ = [
    "WEIGHED_BASES",
    "Basis",
    "CallOff",
    "CallOffQuantity",
    "CaseExport",
    "CaseMask",
    "CreditNote",
    "CreditNoteLine",
    "Disposal",
    "DrivenRound",
    "DrivenStop",
    "ExternalNeed",
    "ExternalPurchase",
    "ExternalTally",
    "FarmNotice",
    "GoodsLot",
    "GoodsReturn",
    "HandOver",
    "HandOverLine",
    "Invoice",
    "InvoiceLine",
    "LinkUse",
    "LocalDefinition",
    "Movement",
    "OpenDataDecision",
    "Order",
    "OrderLine",
    "PublishedReport",
    "PublishedTally",
    "PurchaseImport",
    "PurchaseMapping",
    "PurchaseOrder",
    "PurchaseOrderLine",
    "PurchaseOrderLink",
    "Receipt",
    "ReceiptLine",
    "RefusedLine",
    "RefusedRow",
    "ReportFile",
    "ReportFilePiece",
    "ReportGoal",
    "RetentionRule",
    "SavedReport",
    "Tally",
    "TallyDirty",
    "TallyMonth",
    "TallyPrice",
    "Weighing",
    "WeighingLine",
]
