"""Reports as files, each read back by another hand than wrote it: the same figures to the öre, formulas that come to them."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from config.ground import workbooks
from config.ground.documents import Table, tagged_pdf
from config.ground.tables import INTERNATIONAL, SWEDISH, Variant
from config.ground.workbooks import Column as BookColumn
from config.ground.workbooks import Sheet, letters, write_workbook
from orders.interchange.report_files import (
    MOST_PRINTED,
    as_csv,
    as_document,
    as_json,
    as_workbook,
    rows_as_workbook,
)
from orders.rules.periods import Period
from orders.rules.reporting import Cell, Column, Coverage, Kind, Part, Report, Told, Whole, whole_of
from tests.config.ground import reading_pdf

S = "\u00a0"
MADE = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
NOTICE = "Påhittade siffror: detta är en demo."
COLUMNS = (
    Column("supplier", "Gård", Kind.WORDS),
    Column("first", "Första leverans", Kind.DAY),
    Column("lines", "Rader", Kind.COUNT, Whole.SUM),
    Column("sek", "Värde", Kind.SEK, Whole.SUM, meaning="Levererat, utan moms."),
    Column("kg", "Vikt", Kind.KG, Whole.SUM),
    Column("co2e", "Klimat", Kind.CO2E, Whole.SUM),
    Column("per_kg", "Klimat per kg", Kind.CO2E_PER_KG, Whole.RATIO, ("co2e", "kg")),
    Column("organic", "Ekologiskt", Kind.SHARE, Whole.NONE),
)
DANGEROUS = (
    "=1+1",
    "+46151",
    "-2",
    "@SUM(A1)",
    "\tx",
    '=HYPERLINK("http://x","y")',
    "  =1",
    "<b>&amp;",
    "_x0041_",
)


def told(**changes: Any) -> Told:
    return Told(
        title="Leverantörer",
        definition="Det som levererats under perioden.",
        period=Period(date(2026, 1, 1), date(2026, 6, 30)),
        basis="levererat",
        source="Mottagningar, faktorsats 2026:1",
        coverage=(Coverage(Decimal("0.875"), "av vikten"),),
        narrowed_to=("kök: Vidåkersskolan",),
        notes=("Juni kan ändras.",),
        **changes,
    )


def report_of(rows: list[tuple[Cell, ...]]) -> Report:
    parts = tuple(Part(key=str(number), cells=row) for number, row in enumerate(rows))
    return Report("suppliers", told(), COLUMNS, parts, whole_of(COLUMNS, parts, name="Alla"))


REPORT = report_of(
    [
        ("Norrgårdens Grönt", date(2026, 1, 7), 41, Decimal("412345.67"), Decimal("10250.125"), Decimal("3075.04"),
         Decimal("3075.04") / Decimal("10250.125"), Decimal("0.6666666666666667")),
        ("=cmd|' /C calc'!A0", None, 3, Decimal("-1999.99"), Decimal("12.5"), None, None, None),
        ("Östra Gårds Kött; AB", date(2026, 2, 28), 0, Decimal("0.01"), Decimal(0), Decimal(0), None, Decimal(0)),
    ]
)  # fmt: skip


def csv_rows(report: Report, variant: Variant) -> list[list[str]]:
    text = "".join(as_csv(report, variant=variant, notice=NOTICE))
    assert text.startswith(variant.begins)
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=variant.delimiter))


def book(report: Report, language: str = "sv") -> bytes:
    written = io.BytesIO()
    as_workbook(report, notice=NOTICE, issuer="Vingåkers kommun", made_at=MADE, language=language, to=written)
    return written.getvalue()


def read(content: bytes) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(content))


def formulas(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    return dict(re.findall(r'<c r="([A-Z]+\d+)"[^>]*><f>([^<]*)</f>', sheet))


def exact(value: object, places: str = "0.01") -> Decimal:
    return Decimal(repr(value) if isinstance(value, float) else str(value)).quantize(
        Decimal(places), ROUND_HALF_UP
    )


@pytest.mark.parametrize("variant", [SWEDISH, INTERNATIONAL])
def test_csv_tells_the_figures_of_the_report_and_what_they_are(variant: Variant) -> None:
    rows = csv_rows(REPORT, variant)
    head = next(at for at, row in enumerate(rows) if row[0] == "Gård")
    above = [row[0] for row in rows[:head]]
    assert above[0] == NOTICE
    assert {"Rapport: Leverantörer", "Period: 2026-01-01 – 2026-06-30", "Underlag: levererat",
            "Definition: Det som levererats under perioden.", "Källa: Mottagningar, faktorsats 2026:1",
            "Urval: kök: Vidåkersskolan", "Anmärkning: Juni kan ändras."} <= set(above)  # fmt: skip
    assert f"Täckning: 87,5{S}% av vikten" in above
    assert rows[head][:5] == ["Gård", "Första leverans", "Rader", "Värde (kr)", "Vikt (kg)"]
    for part, row in zip([*REPORT.parts, REPORT.whole], rows[head + 1 :], strict=True):
        assert part is not None
        for cell, column, text in zip(part.cells, COLUMNS, row, strict=True):
            figure = text.replace(variant.decimal_mark, ".")
            if cell is None:
                assert text == ""
            elif column.kind is Kind.SEK:
                assert Decimal(figure) == cell
                assert len(figure.partition(".")[2]) == 2
            elif isinstance(cell, Decimal | int):
                assert abs(Decimal(figure) - cell) <= Decimal("0.00005")
            elif isinstance(cell, date):
                assert date.fromisoformat(text) == cell
    assert rows[head + 2][0] == "'=cmd|' /C calc'!A0"
    assert rows[head + 3][0] == "Östra Gårds Kött; AB"


def test_a_workbook_has_types_and_its_whole_is_formulas_that_come_to_it() -> None:
    content = book(REPORT)
    rows = read(content).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[:3]] == ["Leverantörer", NOTICE, "2026-01-01 – 2026-06-30, levererat"]
    first, last = 4, 6
    for part, row in zip(REPORT.parts, rows[first:], strict=False):
        for cell, column, shown in zip(part.cells, COLUMNS, row, strict=True):
            if cell is None:
                assert shown == ""
            elif column.kind is Kind.SEK:
                assert exact(shown) == cell
            elif isinstance(cell, Decimal | int):
                assert isinstance(shown, float)
                assert shown == pytest.approx(float(cell), rel=1e-12)
            else:
                assert shown == cell
    found = formulas(content)
    assert found == {
        "C8": "SUM(C5:C7)",
        "D8": "SUM(D5:D7)",
        "E8": "SUM(E5:E7)",
        "F8": "SUM(F5:F7)",
        "G8": 'IF(E8=0,"",F8/E8)',
    }
    foot = rows[last + 1]
    assert foot[0] == "Alla"
    assert foot[-1] == ""
    sums = {
        at: sum(exact(row[at], "0.001") for row in rows[first : last + 1] if row[at] != "")
        for at in (2, 3, 4, 5)
    }
    assert {at: exact(foot[at], "0.001") for at in sums} == sums
    assert exact(foot[6], "0.000001") == exact(Decimal(sums[5]) / sums[4], "0.000001")


def test_a_workbook_explains_itself_in_the_language_asked_for() -> None:
    about = {str(row[0]): str(row[1]) for row in read(book(REPORT)).get_sheet_by_index(1).to_python()}
    assert about["Definition"] == "Det som levererats under perioden."
    assert about["Källa"] == "Mottagningar, faktorsats 2026:1"
    assert about["Täckning"] == f"87,5{S}% av vikten"
    assert about["Värde"] == "Levererat, utan moms."
    assert about["Tom cell"].startswith("Okänt")
    english = read(book(REPORT, "en"))
    assert english.sheet_names == ["Figures", "About the figures"]
    assert {row[0]: row[1] for row in english.get_sheet_by_index(1).to_python()}[
        "Coverage"
    ] == "87.5% av vikten"


def test_no_text_becomes_a_formula_in_any_file() -> None:
    report = report_of([(name, None, 1, None, None, None, None, None) for name in DANGEROUS])
    for variant in (SWEDISH, INTERNATIONAL):
        for row in csv_rows(report, variant):
            assert not row[0].lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    content = book(report)
    assert [row[0] for row in read(content).get_sheet_by_index(0).to_python()[4:-1]] == list(DANGEROUS)
    assert set(formulas(content).values()) == {f"SUM(C5:C{4 + len(DANGEROUS)})"}
    injected = Report("x", told(), (Column("a", "=1+1", Kind.WORDS, meaning="=2+2"),), (), None)
    assert list(formulas(book(injected)).values()) == []
    assert "'=1+1" in "".join(as_csv(injected, variant=SWEDISH))


def test_a_whole_that_is_no_sum_of_its_parts_stays_a_figure() -> None:
    parts = REPORT.parts[:1]
    other = Part("", ("Alla", None, 44, Decimal(5), None, None, Decimal(7), Decimal("0.5")))
    content = book(Report("x", told(), COLUMNS, parts, other))
    assert formulas(content) == {}
    assert read(content).get_sheet_by_index(0).to_python()[-1] == ["Alla", "", 44, 5, "", "", 7, 0.5]
    empty = book(Report("x", told(), COLUMNS, (), whole_of(COLUMNS, (), name="Alla")))
    assert formulas(empty) == {}


def test_rows_without_a_given_whole_are_summed_as_they_go_by() -> None:
    written = io.BytesIO()

    def rows() -> Iterator[Part]:
        yield from REPORT.parts

    rows_as_workbook(
        told(), COLUMNS, rows(), notice="", issuer="Vingåker", made_at=MADE, language="sv", to=written
    )
    foot = read(written.getvalue()).get_sheet_by_index(0).to_python()[-1]
    assert foot[:2] == ["Summa", ""]
    assert exact(foot[3]) == Decimal("410345.69")
    assert formulas(written.getvalue())["D7"] == "SUM(D4:D6)"


def test_a_ratio_in_thousandths_has_its_factor_in_the_formula() -> None:
    columns = (
        Column("name", "Kök", Kind.WORDS),
        Column("kg", "Svinn", Kind.KG, Whole.SUM),
        Column("guests", "Gäster", Kind.COUNT, Whole.SUM),
        Column("grams", "Svinn per gäst", Kind.GRAMS, Whole.RATIO, ("kg", "guests"), 1000),
    )
    parts = (Part("1", ("A", Decimal("12.5"), 250, Decimal(50))), Part("2", ("B", None, 100, None)))
    report = Report("waste", told(), columns, parts, whole_of(columns, parts, name="Alla"))
    content = book(report)
    assert formulas(content)["D7"] == 'IF(C7=0,"",B7*1000/C7)'
    assert exact(read(content).get_sheet_by_index(0).to_python()[-1][3]) == exact(Decimal(12500) / 350)


def test_a_paper_tells_the_same_figures_and_is_tagged() -> None:
    document = as_document(REPORT, issuer="Vingåkers kommun", made_at=MADE, language="sv", notice=NOTICE)
    content = tagged_pdf(document)
    text = reading_pdf.words(content).replace(S, " ")
    for said in ("Leverantörer", "412 345,67", "\u22121 999,99", "10 250,125", "410 345,69", "66,7 %", "2026-01-07", NOTICE,
                 "Mottagningar, faktorsats 2026:1", "87,5 % av vikten", "=cmd|' /C calc'!A0", "Levererat, utan moms."):  # fmt: skip
        assert said in text
    assert {"Table", "TH", "TD"} <= {tag.lstrip("/") for tag in reading_pdf.tags(content)}
    page = reading_pdf.reader(content).pages[0].mediabox
    assert page.width > page.height
    assert str(reading_pdf.root(content)["/Lang"]) == "sv"


def test_a_long_paper_says_what_it_leaves_out() -> None:
    report = report_of(
        [(f"Gård {n}", None, 1, None, None, None, None, None) for n in range(MOST_PRINTED + 1)]
    )
    document = as_document(report, issuer="V", made_at=MADE, language="en", notice="")
    tables = [part for part in document.parts if isinstance(part, Table)]
    assert len(tables[0].rows) == MOST_PRINTED + 1
    assert any("The first 1,000 of 1,001 rows" in getattr(part, "text", "") for part in document.parts)


def test_json_is_exact() -> None:
    told_json = as_json(REPORT)
    for part, row in zip(
        [*REPORT.parts, REPORT.whole], [*told_json["parts"], told_json["whole"]], strict=True
    ):
        assert part is not None
        for cell, column in zip(part.cells, COLUMNS, strict=True):
            shown = row[column.key]
            assert (Decimal(shown) if isinstance(cell, Decimal) else shown) == (
                cell.isoformat() if isinstance(cell, date) else cell
            )
    assert told_json["period"] == {"from": "2026-01-01", "to": "2026-06-30"}
    assert told_json["coverage"] == [{"share": "0.875", "base": "av vikten"}]
    assert as_json(Report("x", told(), (), (), None))["whole"] is None


money = st.none() | st.decimals(min_value=-10_000_000, max_value=10_000_000, places=2)
names = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"), max_size=20
)


@given(st.lists(st.tuples(names, money), max_size=12))
def test_every_file_of_any_report_comes_to_the_same_whole(rows: list[tuple[str, Decimal | None]]) -> None:
    columns = (Column("name", "Namn", Kind.WORDS), Column("sek", "Värde", Kind.SEK, Whole.SUM))
    parts = tuple(Part(str(n), row) for n, row in enumerate(rows))
    report = Report("any", told(), columns, parts, whole_of(columns, parts, name="Alla"))
    assert report.whole is not None
    whole = report.whole.cells[1]
    text = csv_rows(report, SWEDISH)[-1][1].replace(",", ".")
    assert (Decimal(text) if text else None) == whole
    shown = read(book(report)).get_sheet_by_index(0).to_python()
    in_book = shown[-1][1]
    assert (None if in_book == "" else exact(in_book)) == whole
    assert [row[0] for row in shown[4:-1]] == [name for name, _sek in rows]
    with translation.override("sv"):
        printed = as_document(report, issuer="V", made_at=MADE, language="sv", notice="").parts
    last = next(part.rows[-1][1] for part in printed if isinstance(part, Table))
    back = last.replace(S, "").replace(",", ".").replace("\u2212", "-")
    assert (None if back == "–" else Decimal(back)) == whole


def test_a_sheet_refuses_what_it_can_not_hold_and_names_its_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = (BookColumn("A"),)
    monkeypatch.setattr(workbooks, "MOST_ROWS", 4)
    with pytest.raises(ValueError, match="holds 4 rows"):
        write_workbook(io.BytesIO(), [Sheet("S", columns, [("x",)] * 3)], title="T", author="A", made_at=MADE)
    with pytest.raises(ValueError, match="argument"):
        write_workbook(io.BytesIO(), [Sheet("S", columns, [("x", "y")])], title="T", author="A", made_at=MADE)
    assert [letters(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    written = io.BytesIO()
    write_workbook(
        written, [Sheet("a/b:c", columns, [("\x00\x0bx\r\n",)])], title="<T>", author="&", made_at=MADE
    )
    again = io.BytesIO()
    write_workbook(
        again, [Sheet("a/b:c", columns, [("\x00\x0bx\r\n",)])], title="<T>", author="&", made_at=MADE
    )
    assert written.getvalue() == again.getvalue()
    assert read(written.getvalue()).sheet_names == ["a b c"]
    assert read(written.getvalue()).get_sheet_by_index(0).to_python()[1] == ["x\n"]
