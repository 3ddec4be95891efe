"""The small authority of docs/reports.md: each figure reckoned by hand, in the query, on the page, in API and files."""

import ast
import io
import operator
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from config.ground.documents import tagged_pdf
from config.ground.tables import SWEDISH
from config.ground.trail import Actor, acting
from kitchens.models import WasteDay
from orders.actions.answering import confirm
from orders.actions.closing import close_supplier_run
from orders.actions.handing_over import HandedLine, hand_over
from orders.actions.placing import place_order
from orders.actions.receiving import ReceivedLine, receive
from orders.forms.reporting import read_asked
from orders.interchange.report_files import as_csv, as_document, as_workbook, heading_of, in_words
from orders.models import CallOff, ExternalPurchase, PurchaseImport, PurchaseOrder
from orders.queries.checking import AskedLine
from orders.queries.report_words import cell_words
from orders.queries.reports.register import REPORTS
from orders.rules.reporting import Cell, Report
from tests.factories.walked import tally
from tests.factories.world import Farm, Goods, PackOf, World, make_world
from tests.orders.views.desk import address, client_of, table

pytestmark = pytest.mark.django_db
DOC = Path(__file__).resolve().parents[3] / "docs" / "reports.md"
DAY = date(2026, 12, 1)
JOB = Actor.job("tests")
_SIGNS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


@dataclass(frozen=True, slots=True)
class ByHand:
    slug: str
    question: dict[str, str]
    part: str
    column: str
    arithmetic: str
    figure: Decimal


def _rows() -> Iterator[ByHand]:
    for line in DOC.read_text("utf-8").partition("|---|")[2].splitlines()[1:]:
        if line.startswith("|"):
            slug, question, part, column, arithmetic, figure = (
                cell.strip() for cell in line.split("|")[1:-1]
            )
            yield ByHand(slug, dict(parse_qsl(question)), part, column, arithmetic, Decimal(figure))


ROWS = list(_rows())


def reckoned(arithmetic: str) -> Decimal:
    def of(node: ast.expr) -> Decimal:
        if isinstance(node, ast.BinOp):
            found: Decimal = _SIGNS[type(node.op)](of(node.left), of(node.right))
            return found
        assert isinstance(node, ast.Constant)
        return Decimal(str(node.value))

    return of(ast.parse(arithmetic.replace("×", "*"), mode="eval").body)


@pytest.fixture
def world() -> World:
    return lay()


def lay() -> World:
    farms = (
        Farm(stock={"Potatis": 100, "Dill": 200}, labels=("organic",), claims=("organic",)),
        Farm(name="Åkerbo gård", rank=2, stock=400, price=12),
    )
    goods = (Goods(), Goods(name="Dill", unit="piece", kg_per_base=None, packs=(PackOf(10),), food=None))
    world = make_world(farms=farms, products=goods, kitchens=2, ceiling_sek=10_000)
    potatoes, dill = world.products
    for kitchen, wanted in zip(world.kitchens, ({potatoes: 100}, {potatoes: 60, dill: 40}), strict=True):
        place_order(
            kitchen=kitchen,
            delivery_date=world.delivery_date,
            lines=[AskedLine(product_id=each.pk, quantity=Decimal(much)) for each, much in wanted.items()],
            arrived_at=world.now,
            by=world.by,
        )
    for run in world.supplier_runs.values():
        close_supplier_run(run_id=run.pk, now=run.cut_off + timedelta(seconds=1), by=JOB)
    for order in PurchaseOrder.objects.order_by("pk"):
        lines = [HandedLine(line_id=line.pk, packs=line.packs) for line in order.lines.order_by("pk")]
        confirm(purchase_order_id=order.pk, packs={}, now=world.now, by=world.by)
        hand_over(purchase_order_id=order.pk, hub_id=world.hub.pk, lines=lines, by=world.by)
    for kitchen in world.kitchens:
        bad = 1 if kitchen == world.kitchens[0] else 0
        lines_of_kitchen = [
            ReceivedLine(
                call_off_id=each.pk, delivered=each.packs - bad, rejected=bad, reason="ruttet" if bad else ""
            )
            for each in CallOff.objects.filter(kitchen=kitchen).order_by("pk")
        ]
        receive(kitchen=kitchen, delivery_date=world.delivery_date, lines=lines_of_kitchen, by=world.by)
    tally(world)
    _bought_elsewhere(world)
    with acting(JOB):
        weights = {"kitchen_kg": 2, "serving_kg": 3, "plate_kg": 5}
        WasteDay.objects.create(kitchen=world.kitchens[0], day=DAY, guests=200, **weights)
    return world


def _bought_elsewhere(world: World) -> None:
    with acting(JOB):
        paper = PurchaseImport.objects.create(
            authority=world.authority,
            file_name="r.csv",
            sha256="0" * 64,
            mapping="m",
            rows=2,
            imported_by="t",
        )
        for number, (amount, label, kg) in enumerate(((430, "KRAV", 20), (500, "", None)), start=1):
            ExternalPurchase.objects.create(
                purchase_import=paper,
                row_number=number,
                authority=world.authority,
                buyer="Kommunen",
                supplier_name="Grossisten",
                supplier_number="5560360793",
                product_text="Varor",
                product_label=label,
                period_start=DAY,
                period_end=DAY,
                currency="SEK",
                amount=amount,
                kg=kg,
                raw={},
            )


def report_of(world: World, row: ByHand) -> Report:
    sort = REPORTS[row.slug]
    return sort.make(read_asked(row.question, sort, authority=world.authority, today=DAY, language="sv"))


def cell_of(world: World, report: Report, row: ByHand) -> Cell:
    names = {"Kök 1": world.kitchens[0].name, "Delkontrakt": world.lot.name}
    wanted = names.get(row.part, row.part)
    every = [*report.parts, *([report.whole] if report.whole else [])]
    return next(part for part in every if part.cells[0] == wanted).cells[report.column(row.column)]


def test_the_document_reckons_right() -> None:
    assert len(ROWS) > 30
    for row in ROWS:
        assert _near(reckoned(row.arithmetic), row.figure), row


# What needs a menu, an award or a second year; the packages are read out of the others: test_handed_out.py.
ELSEWHERE = {"payback", "klimat-utveckling", "direktupphandlingar"} | {
    *("kolada", "ekomatsligan", "svinnundersokning", "efterannons")
}


def test_every_report_that_needs_no_menu_is_reckoned() -> None:
    assert {row.slug for row in ROWS} >= set(REPORTS) - ELSEWHERE


def test_queries_pages_api_and_files_tell_what_was_reckoned(world: World) -> None:
    with time_machine.travel(datetime(2026, 12, 1, 9, tzinfo=UTC), tick=False):
        client = client_of(world.officer)
        for row in ROWS:
            report = report_of(world, row)
            cell = cell_of(world, report, row)
            assert isinstance(cell, Decimal | int), row
            assert _near(cell, row.figure), (row, cell)
            words = cell_words(cell, report.columns[report.column(row.column)].kind)
            page = client.get(address(world, "report", row.slug), row.question).content.decode()
            assert words in page, row
            told = client.get(
                reverse("api_report", args=[row.slug]),
                {"authority": str(world.authority.pk), **row.question},
            ).json()
            values = [part[row.column] for part in [*told["parts"], told["whole"] or {row.column: None}]]
            assert any(value is not None and Decimal(value) == cell for value in values), row


def test_files_read_back_tell_what_was_reckoned(world: World) -> None:
    papers: dict[tuple[str, str], dict[str, Any]] = {}
    for row in ROWS:
        key = (row.slug, str(row.question))
        report = report_of(world, row)
        files = papers.get(key) or papers.setdefault(key, _files(report))
        column = report.columns[report.column(row.column)]
        shown = in_words(cell_of(world, report, row), column.kind).replace("\u00a0", " ")
        assert shown in files["pdf"], row
        assert any(_near(value, row.figure) for value in files["csv"][heading_of(column)]), row
        assert any(_near(value, row.figure) for value in files["xlsx"][heading_of(column)]), row


def _files(report: Report) -> dict[str, Any]:
    made = datetime(2026, 12, 1, 9, tzinfo=UTC)
    book = io.BytesIO()
    as_workbook(report, notice="", issuer="Kommunen", made_at=made, language="sv", to=book)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book.getvalue())).get_sheet_by_index(0).to_python()
    paper = tagged_pdf(as_document(report, issuer="Kommunen", made_at=made, language="sv", notice=""))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)
    lines = table([line.encode() for line in as_csv(report, variant=SWEDISH)])
    return {
        "pdf": re.sub(r"\s+", " ", text.replace("\u00a0", " ")),
        "csv": _columns(report, lines),
        "xlsx": _columns(report, sheet),
    }


def _columns(report: Report, lines: list[list[Any]]) -> dict[str, list[Any]]:
    headings = [heading_of(column) for column in report.columns]
    begin = next(number for number, line in enumerate(lines) if line[: len(headings)] == headings)
    return {
        heading: [line[place] for line in lines[begin + 1 :] if len(line) > place]
        for place, heading in enumerate(headings)
    }


def _near(value: Any, figure: Decimal) -> bool:
    """As the document rounds it: half of its last digit off at most."""
    half = Decimal(1).scaleb(int(figure.as_tuple().exponent)) / 2
    try:
        return abs(Decimal(str(value).replace(",", ".")) - figure) <= half
    except ArithmeticError:
        return False
