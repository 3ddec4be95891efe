"""An import is whole or nothing, happens once, and is undone exactly."""

import hashlib
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.db import DatabaseError

from config.ground.models import TrailEntry
from config.ground.trail import acting
from market.models import Authority, FactorSet
from orders.actions import importing
from orders.actions.import_refusals import (
    FileHasBadRows,
    FileNotUnderstood,
    ImportAlreadyUndone,
    SameFileAgain,
    TooManyBadRows,
)
from orders.actions.import_report import ImportReport
from orders.actions.importing import import_purchases, undo_import
from orders.interchange.purchase_mapping import MappingUnreadable, load_mapping, mapping_from
from orders.interchange.purchase_words import Oddity
from orders.models import ExternalPurchase, ExternalTally, PurchaseImport, RefusedRow
from orders.rules.coverage import is_without_weight
from tests.orders.purchase_files import BAD, GOOD, OFFICER, make_authority, make_factors, mapping, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_without_reference")]


@pytest.fixture
def factors() -> FactorSet:
    return make_factors("set-1", carrot="0.11", milk_semi="1.157")


@pytest.fixture
def authority(factors: FactorSet) -> Authority:
    return make_authority()


def run(authority: Authority, content: Path, **change: Any) -> ImportReport:
    told: dict[str, Any] = {"mapping": mapping(), "file_name": content.name, "by": OFFICER} | change
    return import_purchases(authority=authority, content=content, **told)


def everything() -> list[Any]:
    tables = (PurchaseImport, ExternalPurchase, ExternalTally, RefusedRow, TrailEntry)
    return [list(table._default_manager.order_by("pk").values()) for table in tables]


def tallies() -> list[Any]:
    return list(
        ExternalTally.objects.order_by("period_start", "buyer", "category").values_list(
            "period_start__year", "buyer", "category", "food__key", "currency", "kg", "amount", "amount_without_kg",
            "lines", "lines_without_kg", "lines_without_amount",
        )
    )  # fmt: skip


def test_rows_are_kept_with_food_kilograms_and_every_cell(authority: Authority, tmp_path: Path) -> None:
    report = run(authority, write(tmp_path, *GOOD))
    purchase = ExternalPurchase.objects.get(row_number=1)
    assert (report.rows, report.imported, report.refused) == (6, 6, 0)
    assert str(purchase.food) == "carrot"
    assert [purchase.kg, purchase.amount] == [20, 100]
    assert purchase.raw["Remark"] == "a"
    assert purchase.purchase_import.rows == 6


def test_tallies_are_at_period_grain_and_say_what_is_missing(authority: Authority, tmp_path: Path) -> None:
    assert run(authority, write(tmp_path, *GOOD)).tallies == 4
    assert tallies() == [
        (2019, "School", "Meals", None, "USD", 30, 300, 0, 1, 0, 0),
        (2019, "School", "Vegetables", "carrot", "USD", 30, 100, 0, 2, 0, 1),
        (2019, "Ward", "Vegetables", "carrot", "USD", 0, 110, 110, 2, 2, 0),
        (2020, "School", "Milk", "milk_semi", "USD", 40, 0, 0, 1, 0, 1),
    ]


def test_the_report_and_the_tallies_agree_on_coverage(authority: Authority, tmp_path: Path) -> None:
    total = run(authority, write(tmp_path, *GOOD)).totals()["USD"]
    assert (total.lines, total.lines_covered, total.lines_without_kg) == (6, 3, 2)
    assert total.by_mass == Decimal("0.7")
    assert [total.amount, total.amount_covered] == [510, 100]


def test_without_weight_is_the_same_rule_in_sql(authority: Authority, tmp_path: Path) -> None:
    figures = [
        (kg, number, cost) for kg in ("", "0", "5") for number in ("", "0", "2") for cost in ("", "0", "9")
    ]
    rows = [
        f"School,2019-2020,carrot,{at},{number},{kg},{cost}," for at, (kg, number, cost) in enumerate(figures)
    ]
    run(authority, write(tmp_path, *rows))
    by_sql = dict(ExternalTally.objects.values_list("category", "lines_without_kg"))
    by_rule = {
        purchase.category: int(
            is_without_weight(kg=purchase.kg, quantity=purchase.quantity, amount=purchase.amount)
        )
        for purchase in ExternalPurchase.objects.all()
    }
    assert by_sql == by_rule


def test_a_dry_run_writes_nothing_and_reports_the_same(authority: Authority, tmp_path: Path) -> None:
    content, before = write(tmp_path, *GOOD), everything()
    dry = run(authority, content, dry_run=True)
    assert everything() == before
    real = run(authority, content)
    assert (dry.imported, dry.odd, dry.coverage, dry.unmatched_kg) == (
        real.imported,
        real.odd,
        real.coverage,
        real.unmatched_kg,
    )


def test_a_bad_row_refuses_the_whole_file_and_is_named(authority: Authority, tmp_path: Path) -> None:
    before = everything()
    with pytest.raises(FileHasBadRows) as refused:
        run(authority, write(tmp_path, *GOOD, BAD))
    (bad,) = refused.value.report.bad_rows
    assert (bad.line, bad.columns) == (8, "Year, Weight")
    assert refused.value.sentence("sv") == "1 av 7 rader i ledger.csv går inte att läsa, så inget är inläst."
    assert everything() == before


def test_a_dry_run_reports_bad_rows_without_refusing(authority: Authority, tmp_path: Path) -> None:
    assert run(authority, write(tmp_path, *GOOD, BAD), dry_run=True).refused == 1


def test_skipped_bad_rows_are_kept_so_that_nothing_is_lost(authority: Authority, tmp_path: Path) -> None:
    report = run(authority, write(tmp_path, BAD, *GOOD, "a\0b,c"), skip_bad=True)
    assert (report.rows, report.imported, report.refused) == (8, 6, 2)
    first, second = RefusedRow.objects.order_by("line")
    assert (first.line, first.column, first.raw) == (2, "Year, Weight", BAD.split(","))
    assert (first.words[:24], first.words_en[:27]) == (
        "Year: ”2019” är inget rä",
        "Year: “2019” is no fiscal y",
    )
    assert second.raw == ["a␀b", "c"]
    assert PurchaseImport.objects.get().rows == 8


def test_too_many_bad_rows_mean_a_wrong_mapping(
    authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MOST_BAD_ROWS", 2)
    before = everything()
    with pytest.raises(TooManyBadRows):
        run(authority, write(tmp_path, *GOOD, BAD, BAD, BAD), skip_bad=True)
    assert everything() == before


def test_the_same_file_is_refused_while_it_stands(authority: Authority, tmp_path: Path) -> None:
    first = run(authority, write(tmp_path, *GOOD))
    before = everything()
    with pytest.raises(SameFileAgain) as refused:
        run(authority, write(tmp_path, *GOOD, name="renamed.csv"))
    assert refused.value.status == 409
    assert f"import {first.import_id}" in refused.value.sentence("sv")
    assert everything() == before


def test_a_dry_run_of_the_same_file_is_refused_too(authority: Authority, tmp_path: Path) -> None:
    run(authority, write(tmp_path, *GOOD))
    with pytest.raises(SameFileAgain):
        run(authority, write(tmp_path, *GOOD), dry_run=True)


def test_another_authority_may_import_the_same_file(authority: Authority, tmp_path: Path) -> None:
    run(authority, write(tmp_path, *GOOD))
    run(make_authority("KRI", org_number="2120000002"), write(tmp_path, *GOOD))
    assert ExternalPurchase.objects.count() == 12


def test_undo_leaves_the_rows_and_takes_exactly_this_import_out(authority: Authority, tmp_path: Path) -> None:
    run(authority, write(tmp_path, *GOOD[:3]))
    before = tallies()
    run(authority, write(tmp_path, *GOOD[3:], name="second.csv"))
    assert tallies() != before
    undo_import(purchase_import=PurchaseImport.objects.get(file_name="second.csv"), by=OFFICER)
    assert tallies() == before
    assert ExternalPurchase.objects.count() == 6
    assert ExternalPurchase.objects.counting().count() == 3
    undone = PurchaseImport.objects.get(file_name="second.csv")
    assert undone.undone_at is not None
    assert undone.undone_by == OFFICER.name


def test_an_import_is_undone_once(authority: Authority, tmp_path: Path) -> None:
    run(authority, write(tmp_path, *GOOD))
    only = PurchaseImport.objects.get()
    undo_import(purchase_import=only, by=OFFICER)
    with pytest.raises(ImportAlreadyUndone):
        undo_import(purchase_import=only, by=OFFICER)


def test_after_undo_the_file_may_come_again(authority: Authority, tmp_path: Path) -> None:
    run(authority, write(tmp_path, *GOOD))
    before = tallies()
    undo_import(purchase_import=PurchaseImport.objects.get(), by=OFFICER)
    run(authority, write(tmp_path, *GOOD))
    assert tallies() == before
    assert ExternalPurchase.objects.counting().count() == 6


def test_rows_are_trailed_once_a_job(authority: Authority, tmp_path: Path) -> None:
    report = run(authority, write(tmp_path, *GOOD))
    entry = TrailEntry.objects.get(table_name="orders_externalpurchase")
    payload = entry.payload or {}
    assert (entry.op, entry.actor) == ("B", OFFICER.name)
    assert payload["rows"] == 6
    assert payload["job"] == f"import_purchases {report.import_id}"


def test_refused_rows_can_not_be_changed(authority: Authority, tmp_path: Path) -> None:
    run(authority, write(tmp_path, *GOOD, BAD), skip_bad=True)
    with pytest.raises(DatabaseError, match="append-only"), acting(OFFICER):
        RefusedRow.objects.update(words="–")


def test_a_food_that_is_not_set_up_is_uncovered_and_told(authority: Authority, tmp_path: Path) -> None:
    report = run(authority, write(tmp_path, "School,2019-2020,potato,Roots,1,10,,"))
    assert report.unknown_foods == {"potato"}
    assert ExternalPurchase.objects.get().food is None
    assert report.heaviest_unmatched(most=3) == [("potato", Decimal(10))]


def test_an_unknown_header_is_a_refusal_in_both_languages(authority: Authority, tmp_path: Path) -> None:
    content = tmp_path / "other.csv"
    content.write_text("Kund,År\n1,2\n")
    before = everything()
    with pytest.raises(FileNotUnderstood) as refused:
        run(authority, content)
    assert "Unit, Year" in refused.value.sentence("sv")
    assert "is missing" in refused.value.sentence("en")
    assert everything() == before


def test_odd_rows_are_counted_with_their_lines(authority: Authority, tmp_path: Path) -> None:
    rows = [f"School,2019-2020,carrot,Vegetables,-{n},1,1," for n in range(1, 13)]
    odd = run(authority, write(tmp_path, *rows)).odd[Oddity.NEGATIVE]
    assert (odd.rows, odd.first_lines) == (12, list(range(2, 12)))


def test_another_broken_constraint_is_not_taken_for_the_same_file(
    authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = importing._cells
    monkeypatch.setattr(
        importing, "_cells", lambda row, **ids: [*columns(row, **ids)[:1], 1, *columns(row, **ids)[2:]]
    )
    with pytest.raises(DatabaseError, match="external_row_once"):
        run(authority, write(tmp_path, *GOOD))
    assert PurchaseImport.objects.count() == 0


def test_if_the_earlier_import_goes_away_meanwhile_the_database_still_says_no(
    authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(authority, write(tmp_path, *GOOD))
    monkeypatch.setattr(importing, "_refuse_the_same_file", lambda **_told: None)
    with pytest.raises(DatabaseError, match="import_once"):
        run(authority, write(tmp_path, *GOOD))
    assert PurchaseImport.objects.count() == 1


LEDGER = """Enhet;Bokföringsdatum;Leverantör;Organisationsnummer;Konto;Text;Belopp;Verifikat
Björkskolan;2026-03-05;Grossisten Åby AB;556012-5790;6410;Livsmedel;1 234,50;17
Björkskolan;2026-03-06;Grossisten Åby AB;556012-5790;6410;Kredit;-34,50;18
Björkskolan;2026-03-06;Grossisten Åby AB;556012-5791;3740;Öresavrundning;-0,37;18
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_swedish_ledger_is_read_in_any_encoding(
    authority: Authority, tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "reskontra.csv"
    path.write_bytes(LEDGER.encode(encoding))
    report = run(authority, path, mapping=load_mapping("svensk_reskontra"))
    assert (report.imported, report.refused) == (3, 0)
    assert {oddity for oddity in report.odd if oddity is not Oddity.NO_WEIGHT} == {
        Oddity.NEGATIVE,
        Oddity.WRONG_NUMBER,
        Oddity.ROUNDING,
    }
    rows = ExternalPurchase.objects.order_by("row_number")
    assert [each.amount for each in rows] == [Decimal("1234.50"), Decimal("-34.50"), Decimal("-0.37")]
    assert (rows[0].supplier_name, rows[0].supplier_number, rows[0].category, rows[0].period_end) == (
        "Grossisten Åby AB",
        "5560125790",
        "6410",
        date(2026, 3, 5),
    )


def book(folder: Path, name: str = "reskontra.xlsx") -> Path:
    """The same ledger as a workbook, with a title above and figures and dates as Excel keeps them."""
    path = folder / name
    header, *lines = [line.split(";") for line in LEDGER.splitlines()]
    with xlsxwriter.Workbook(str(path)) as made:
        sheet, day = made.add_worksheet(), made.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_string(0, 0, "Leverantörsreskontra 2026")
        sheet.write_row(1, 0, header)
        for at, cells in enumerate(lines, start=2):
            sheet.write_row(at, 0, cells[:7])
            sheet.write_datetime(at, 1, datetime.fromisoformat(cells[1]), day)
            sheet.write_number(at, 6, float(cells[6].replace(" ", "").replace(",", ".")))
    return path


def test_a_workbook_is_read_as_the_same_ledger(authority: Authority, tmp_path: Path) -> None:
    path = book(tmp_path)
    report = run(authority, path, mapping=load_mapping("svensk_reskontra"))
    assert (report.imported, report.refused, report.encoding) == (3, 0, "xlsx")
    assert report.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    rows = ExternalPurchase.objects.order_by("row_number")
    assert [(each.period_start, each.amount) for each in rows] == [
        (date(2026, 3, 5), Decimal("1234.50")),
        (date(2026, 3, 6), Decimal("-34.50")),
        (date(2026, 3, 6), Decimal("-0.37")),
    ]
    with pytest.raises(SameFileAgain):
        run(authority, path, mapping=load_mapping("svensk_reskontra"))


def test_a_workbook_that_can_not_be_read_is_refused(authority: Authority, tmp_path: Path) -> None:
    path = tmp_path / "trasig.xlsx"
    path.write_bytes(b"PK\x03\x04 and nothing more")
    with pytest.raises(FileNotUnderstood):
        run(authority, path, mapping=load_mapping("svensk_reskontra"))


def test_case_9_amounts_with_vat_are_asked_for_and_kept_without(authority: Authority, tmp_path: Path) -> None:
    told: dict[str, Any] = {
        "columns": {"buyer": "Enhet", "period": "Bokföringsdatum", "product_text": "Text", "amount": "Belopp"}
    }
    told |= {"currency": "SEK", "delimiter": ";", "decimal": "comma", "period_style": "day"}
    with pytest.raises(MappingUnreadable, match="vat_percent"):
        mapping_from(told, name="m")
    path = tmp_path / "reskontra.csv"
    path.write_text(LEDGER, encoding="utf-8")
    run(authority, path, mapping=mapping_from(told | {"vat_percent": 12}, name="m"))
    assert ExternalPurchase.objects.get(row_number=1).amount == Decimal("1102.23")
