"""Everything that an authority has in the house (F156): which rows of which table, which columns, and what is left out.

A test holds that each table is named here, with its rows or with why it is left out. Personal numbers and what signs
people in are in no column that is given.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from kitchens import models as kitchens
from market import models as market
from market.models import Authority
from orders import models as orders
from suppliers import models as suppliers
from suppliers.rules.numbers import is_personal_number

AT_ONCE = 2000
# Never given: a person's number, and a ledger's row as it came, which may hold one.
HIDDEN = {"personal_number", "sort_key", "raw"}
OF_OTHERS = "supplier_number"  # as a ledger had it


@dataclass(frozen=True, slots=True)
class Field:
    """``kind`` is of Table Schema: string, integer, number, boolean, date, datetime, time, object, array."""

    name: str
    kind: str
    required: bool
    refers_to: str = ""


@dataclass(frozen=True, slots=True)
class GivenTable:
    """A table as it is given: ``rows`` are plain values in the order of ``fields``."""

    name: str
    about: str
    fields: tuple[Field, ...]
    count: int
    rows: Iterator[tuple[Any, ...]]


def tables_of(authority: Authority) -> tuple[GivenTable, ...]:
    """Each table's rows are read when they are asked for, two thousand at a time."""
    given = _given(authority)
    names = {_options(model).db_table for model, _rows in given}
    return tuple(_table(model, rows, names) for model, rows in given)


LEFT_OUT = {
    "kitchens.Basket": "utkast",
    "kitchens.BasketLine": "utkast",
    "kitchens.Tap": "barns val: finns inte kvar efter dagens summa",
    "kitchens.TapMeter": "räknare av barns val",
    "kitchens.TapLink": "nycklar som släpper in",
    "kitchens.KitchenMember": "vem som får logga in",
    "market.AuthorityMember": "vem som får logga in",
    "market.HubWorker": "vem som får logga in på ett nav",
    "suppliers.FarmMember": "gårdens folk",
    "market.BidHandler": "vem som handlägger anbuden: lämnas ut per ärende",
    "market.Bidder": "anbud: lämnas ut per ärende när de inte längre är hemliga",
    "market.ClimateFactor": "källornas egna tal, med källornas villkor: hämtas där",
    "market.FactorGrade": "hör till källornas tal",
    "market.Commitment": "räknare, bevisas av avropen",
    "market.LotBalance": "räknare, bevisas av avropen",
    "market.NeedTotal": "räknare, bevisas av avropen",
    "market.StockPool": "gårdens lager",
    "market.Offer": "gårdens erbjudanden: avropen har det som lovades",
    "market.ListMapping": "gårdens listor",
    "market.ListImport": "gårdens listor",
    "market.ListChange": "gårdens listor",
    "market.SupplierHubTerms": "gårdens leveransvillkor",
    "market.SupplierPause": "gårdens pauser",
    "market.HubClosure": "navets dagar",
    "market.DeliveryRun": "navets turer: leveransdagen står på avropet",
    "market.SupplierRun": "navets turer: leveransdagen står på avropet",
    "market.LawFigure": "lagens tal, samma för alla",
    "market.LawParagraph": "lagens paragrafer, samma för alla",
    "orders.CallOffQuantity": "cache, bevisas av rörelserna",
    "orders.TallyMonth": "summor, räknas om av dagarna",
    "orders.TallyPrice": "summor, räknas om av dagarna",
    "orders.Tally": "summor, räknas om av avrop och rörelser",
    "orders.TallyDirty": "märken om vad som ska räknas om",
    "orders.ExternalTally": "summor, räknas om av köpen",
    "orders.LinkUse": "använda engångslänkar",
    "orders.ReportFile": "filer som den här",
    "orders.ReportFilePiece": "filer som den här",
}


def _given(authority: Authority) -> list[tuple[type[models.Model], QuerySet[Any]]]:
    mine = Q(authority=authority)
    agreements = market.AgreementAuthority.objects.filter(mine).values("agreement")
    lots = market.AgreementLot.objects.filter(agreement__in=agreements).values("pk")
    call_offs = orders.CallOff.objects.filter(mine).values("pk")
    papers = orders.PurchaseOrder.objects.filter(mine).values("pk")
    of_agreement, of_lot = Q(agreement__in=agreements), Q(agreement_lot__in=lots)
    of_kitchen, of_paper = Q(kitchen__authority=authority), Q(purchase_order__in=papers)
    of_day = Q(menu_day__authority=authority)
    sellers = (
        Q(pk__in=orders.CallOff.objects.filter(mine).values("supplier"))
        | Q(pk__in=market.LotParty.objects.filter(of_lot).values("supplier"))
        | Q(pk__in=market.AgreementPrice.objects.filter(of_lot).values("supplier"))
    )
    known = suppliers.Supplier.objects.filter(sellers).values("pk")
    everybody = Q()
    rows: list[tuple[Any, Q]] = [
        (market.Authority, Q(pk=authority.pk)),
        (market.Hub, Q(pk__in=kitchens.Kitchen.objects.filter(mine).values("hub"))),
        (kitchens.Kitchen, mine),
        (kitchens.KitchenClosure, of_kitchen),
        (kitchens.SchoolTerm, of_kitchen),
        (suppliers.Supplier, sellers),
        (suppliers.ProductGroup, everybody),
        (suppliers.Certificate, Q(supplier__in=known)),
        (suppliers.CertificateScope, Q(certificate__supplier__in=known)),
        (market.ProductCategory, everybody),
        (market.Product, everybody),
        (market.Pack, everybody),
        (market.VatClass, everybody),
        (market.VatRate, everybody),
        (market.ClimateFood, everybody),
        (market.FactorSet, everybody),
        (market.GroupMapping, everybody),
        (market.CpvMapping, everybody),
        (market.VatMapping, everybody),
        (market.FoodMapping, everybody),
        (market.NeedCategory, mine),
        (market.NeedMapping, mine),
        (market.OwnLimit, mine),
        (market.Agreement, Q(pk__in=agreements)),
        (market.AgreementAuthority, of_agreement),
        (market.AgreementLot, of_agreement),
        (market.LotParty, of_lot),
        (market.LotProduct, of_lot),
        (market.AgreementPrice, of_lot),
        (market.LotOpening, mine),
        (market.ValueAssessment, of_agreement & Q(need_category__authority=authority)),
        (market.AwardDocumentation, of_agreement),
        (market.AgreementChange, of_agreement),
        (market.AgreementOption, of_lot),
        (market.OvershootAssessment, of_lot),
        (market.PriceAdjustment, Q(price__agreement_lot__in=lots)),
        (market.Termination, of_agreement),
        (market.CriteriaReason, mine),
        (market.SigningMandate, mine),
        (market.AwardSignature, of_agreement),
        (market.SmallLotPot, mine),
        (market.SmallLot, Q(pot__authority=authority)),
        (market.PartyQuestion, mine),
        (market.SelfDeclaration, mine),
        (market.DeclarationRequest, mine),
        (market.StandingMatter, mine),
        (market.SelfCleaning, Q(matter__authority=authority)),
        (market.Standing, mine),
        (market.InterestDeclaration, mine),
        (market.SustainabilityCriterion, everybody),
        (market.AgreementCriterion, of_agreement),
        (kitchens.Recipe, mine),
        (kitchens.RecipeVersion, mine),
        (kitchens.RecipeLine, mine),
        (kitchens.MenuDay, mine),
        (kitchens.MenuDish, mine),
        (kitchens.DayTold, of_day),
        (kitchens.DishCount, of_day),
        (kitchens.SurplusMeasurement, of_kitchen),
        (kitchens.WasteDay, of_kitchen),
        (kitchens.PaybackBoard, of_kitchen),
        (kitchens.PaybackDefinition, Q(board__kitchen__authority=authority)),
        (kitchens.StandingList, of_kitchen),
        (kitchens.StandingListLine, Q(standing_list__kitchen__authority=authority)),
        (kitchens.Forecast, of_kitchen),
        (orders.Order, mine),
        (orders.OrderLine, Q(order__authority=authority)),
        (orders.CallOff, mine),
        (orders.RefusedLine, mine),
        (orders.PurchaseOrder, mine),
        (orders.PurchaseOrderLine, of_paper),
        (orders.PurchaseOrderLink, Q(call_off__in=call_offs)),
        (orders.HandOver, of_paper),
        (orders.HandOverLine, Q(hand_over__purchase_order__in=papers)),
        (orders.GoodsLot, Q(pk__in=orders.Movement.objects.filter(call_off__in=call_offs).values("goods_lot"))),
        (orders.Movement, Q(call_off__in=call_offs)),
        (orders.Receipt, of_kitchen),
        (orders.ReceiptLine, Q(call_off__in=call_offs)),
        (orders.GoodsReturn, Q(call_off__in=call_offs)),
        (orders.FarmNotice, of_kitchen),
        (orders.Invoice, mine),
        (orders.InvoiceLine, Q(invoice__authority=authority)),
        (orders.CreditNote, Q(invoice__authority=authority)),
        (orders.CreditNoteLine, Q(invoice__authority=authority)),
        (orders.PurchaseImport, mine),
        (orders.PurchaseMapping, mine),
        (orders.RefusedRow, Q(purchase_import__authority=authority)),
        (orders.ExternalPurchase, mine),
        (orders.ExternalNeed, mine),
        (orders.PublishedTally, mine),
        (orders.Weighing, mine),
        (orders.WeighingLine, Q(weighing__authority=authority)),
        (orders.DrivenRound, mine),
        (orders.DrivenStop, Q(driven_round__authority=authority)),
        (orders.CaseExport, mine),
        (orders.CaseMask, Q(export__authority=authority)),
        (orders.RetentionRule, mine),
        (orders.Disposal, Q(rule__authority=authority)),
        (orders.PublishedReport, mine),
        (orders.LocalDefinition, mine),
        (orders.ReportGoal, mine),
        (orders.SavedReport, mine),
        (orders.OpenDataDecision, mine),
    ]  # fmt: skip
    return [(model, model.objects.filter(where).order_by("pk")) for model, where in rows]


def _options(model: type[models.Model]) -> Any:
    return model._meta  # noqa: SLF001  # Django's documented way to a model's columns


def _table(model: type[models.Model], rows: QuerySet[Any], names: set[str]) -> GivenTable:
    columns = [field for field in _options(model).concrete_fields if field.name not in HIDDEN]
    return GivenTable(
        name=_options(model).db_table,
        about=" ".join((model.__doc__ or "").split("\n\n")[0].split()),
        fields=tuple(_field(column, names) for column in columns),
        count=rows.count(),
        rows=_rows(rows, [column.attname for column in columns]),
    )


def _rows(rows: QuerySet[Any], names: list[str]) -> Iterator[tuple[Any, ...]]:
    """A seller's number out of another's ledger is left empty where it is a person's."""
    doubtful = names.index(OF_OTHERS) if OF_OTHERS in names else None
    for row in rows.values_list(*names).iterator(chunk_size=AT_ONCE):
        if doubtful is not None and is_personal_number(row[doubtful] or ""):
            yield (*row[:doubtful], "", *row[doubtful + 1 :])
        else:
            yield row


KINDS: dict[str, str] = {
    "AutoField": "integer",
    "BigAutoField": "integer",
    "BigIntegerField": "integer",
    "IntegerField": "integer",
    "SmallIntegerField": "integer",
    "PositiveSmallIntegerField": "integer",
    "DecimalField": "number",
    "BooleanField": "boolean",
    "DateField": "date",
    "DateTimeField": "datetime",
    "TimeField": "time",
    "JSONField": "object",
    "ArrayField": "array",
}


def _field(column: Any, names: set[str]) -> Field:
    remote = _options(column.remote_field.model).db_table if column.is_relation else ""
    kind = column.target_field.get_internal_type() if column.is_relation else column.get_internal_type()
    return Field(
        name=column.attname,
        kind=KINDS.get(kind, "string"),
        required=not column.null,
        refers_to=remote if remote in names else "",
    )
