"""Invented files with one trap each: what a wholesaler's export gets wrong, named by line and column."""

import io
import tracemalloc
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.ground.records import FileUnreadable, survey
from orders.interchange.purchase_cells import fiscal_year, parse_number
from orders.interchange.purchase_mapping import DecimalStyle, Mapping, mapping_from
from orders.interchange.purchase_words import Fault, Oddity
from orders.interchange.purchases import BadRow, Row, read_rows, read_sheet

COLUMNS = {
    "buyer": "Enhet",
    "period": "Räkenskapsår",
    "product_text": "Vara",
    "supplier_name": "Leverantör",
    "quantity": "Antal",
    "weight": "Vikt",
    "amount": "Belopp",
}
HEADER = "Enhet;Räkenskapsår;Vara;Leverantör;Antal;Vikt;Belopp;Anteckning"
GOOD = "Skolan;2019-2020;Morot;Grossisten AB;2;20,5;1 234,50;ok"


def mapping(**change: Any) -> Mapping:
    told = {
        "columns": COLUMNS,
        "currency": "SEK",
        "delimiter": ";",
        "decimal": "comma",
        "quantity_unit": "kolli",
        "vat_percent": 0,
        "buyers": {"Skolan i byn": "Skolan"},
    }
    return mapping_from(told | change, name="grossist")


def read(*lines: str, encoding: str = "utf-8", header: str = HEADER, **change: Any) -> list[Row | BadRow]:
    text = "\n".join([header, *lines]) + "\n"
    return list(read_rows(io.BytesIO(text.encode(encoding)), mapping(**change)))


def row(line: str, **change: Any) -> Row:
    (only,) = read(line, **change)
    assert isinstance(only, Row), only
    return only


def bad(line: str, **change: Any) -> BadRow:
    (only,) = read(line, **change)
    assert isinstance(only, BadRow), only
    return only


def test_a_row_of_totals_is_set_aside_and_is_no_fault() -> None:
    good, total, short = read(GOOD, "SUMMA;;;;;;1 234,50;", "Totalt;1 234,50")
    assert isinstance(good, Row)
    for each in (total, short):
        assert isinstance(each, BadRow)
        assert each.is_total
        assert each.words("sv") == "raden är en summa, inget köp: den räknas inte"


def test_a_farm_that_is_called_summa_is_no_total() -> None:
    assert row(GOOD.replace("Skolan", "Summa skola")).buyer == "Summa skola"


def test_another_row_that_lacks_its_day_is_a_fault_and_no_total() -> None:
    assert not bad("Skolan;;Morot;Grossisten AB;2;20,5;1 234,50;ok").is_total


def test_a_good_row_is_read_whole() -> None:
    assert row(GOOD) == Row(
        row_number=1,
        line=2,
        buyer="Skolan",
        supplier_name="Grossisten AB",
        supplier_number="",
        product_text="Morot",
        product_label="",
        category="",
        period_start=date(2019, 1, 1),
        period_end=date(2019, 12, 31),
        currency="SEK",
        amount=Decimal("1234.50"),
        quantity=Decimal(2),
        quantity_unit="kolli",
        kg=Decimal("20.5"),
        raw=dict(zip(HEADER.split(";"), GOOD.split(";"), strict=True)),
    )


def test_blank_is_missing_and_zero_is_zero() -> None:
    blank = row("Skolan;2019-2020;Morot;;;;;")
    zero = row("Skolan;2019-2020;Morot;;0;0;0;")
    assert (blank.quantity, blank.kg, blank.amount) == (None, None, None)
    assert (zero.quantity, zero.kg, zero.amount) == (Decimal(0), Decimal(0), Decimal(0))
    assert blank.odd == (Oddity.NO_WEIGHT, Oddity.NO_FIGURES)
    assert zero.odd == (Oddity.ZERO_WEIGHT,)


def test_a_sender_that_writes_zero_for_unknown_is_read_so() -> None:
    zero = row("Skolan;2019-2020;Morot;;2;0;5;", zero_weight="missing")
    assert zero.kg is None
    assert zero.odd == (Oddity.ZERO_WEIGHT,)


def test_a_word_of_the_mapping_is_blank() -> None:
    assert row("Skolan;2019-2020;Morot;-;2;-;n/a;", blank=["-", "n/a"]).kg is None


def test_a_return_is_kept_as_given_with_a_warning() -> None:
    given_back = row("Skolan;2019-2020;Morot;;-2;−20;-100;")  # the weight has a typographic minus
    assert (given_back.quantity, given_back.kg, given_back.amount) == (
        Decimal(-2),
        Decimal(-20),
        Decimal(-100),
    )
    assert given_back.odd == (Oddity.NEGATIVE,)


def test_a_mapping_may_refuse_returns() -> None:
    assert bad("Skolan;2019-2020;Morot;;-2;20;100;", negative="refuse").columns == "Antal"


def test_an_exact_copy_is_kept_and_flagged() -> None:
    first, other, copy = read(GOOD, GOOD.replace("ok", "2"), GOOD)
    assert (first.odd, other.odd, copy.odd) == ((), (), (Oddity.DUPLICATE,))  # type: ignore[union-attr]


def test_spellings_of_one_buyer_are_merged_and_the_cell_is_kept() -> None:
    merged = row(GOOD.replace("Skolan", " Skolan  i byn "))
    assert merged.buyer == "Skolan"
    assert merged.raw["Enhet"] == " Skolan  i byn "
    assert merged.odd == (Oddity.BUYER_MERGED,)


def test_pounds_become_kilograms_exactly() -> None:
    assert row("Skolan;2019-2020;Morot;;1;10000;;", weight_unit="lb").kg == Decimal("4535.9237")


def test_amounts_with_vat_become_net() -> None:
    assert row("Skolan;2019-2020;Morot;;1;1;112;", vat_percent=12).amount == Decimal("100.00")
    assert row("Skolan;2019-2020;Morot;;1;1;100;", vat_percent=12).amount == Decimal("89.29")


def test_the_currency_may_be_a_column() -> None:
    header = HEADER.replace("Anteckning", "Valuta")
    columns = COLUMNS | {"currency": "Valuta"}
    eur = row(GOOD.replace("ok", "eur"), header=header, columns=columns, currency="")
    assert eur.currency == "EUR"
    assert (
        bad(GOOD.replace("ok", "euro"), header=header, columns=columns).faults[0].fault is Fault.NO_CURRENCY
    )
    assert row(GOOD.replace("ok", ""), header=header, columns=columns).currency == "SEK"


@pytest.mark.parametrize(
    ("line", "column", "fault"),
    [
        (";2019-2020;Morot;;1;1;1;", "Enhet", Fault.EMPTY),
        ("Skolan;2019-2020;;;1;1;1;", "Vara", Fault.EMPTY),
        ("Skolan;;Morot;;1;1;1;", "Räkenskapsår", Fault.EMPTY),
        ("Skolan;2019;Morot;;1;1;1;", "Räkenskapsår", Fault.NO_PERIOD),
        ("Skolan;2019-2021;Morot;;1;1;1;", "Räkenskapsår", Fault.NO_PERIOD),
        ("Skolan;2020-2019;Morot;;1;1;1;", "Räkenskapsår", Fault.NO_PERIOD),
        ("Skolan;0000-0001;Morot;;1;1;1;", "Räkenskapsår", Fault.NO_PERIOD),
        ("Skolan;2019-2020;Morot;;tolv;1;1;", "Antal", Fault.NO_NUMBER),
        ("Skolan;2019-2020;Morot;;1;1.5;1;", "Vikt", Fault.NO_NUMBER),
        ("Skolan;2019-2020;Morot;;1;1;1e5;", "Belopp", Fault.NO_NUMBER),
        ("Skolan;2019-2020;Morot;;1;1;NaN;", "Belopp", Fault.NO_NUMBER),
        ("Skolan;2019-2020;Morot;;1;1;12 kr;", "Belopp", Fault.NO_NUMBER),
        ("Skolan;2019-2020;Morot;;1;1;٣;", "Belopp", Fault.NO_NUMBER),
        (f"Skolan;2019-2020;Morot;;{'9' * 14};1;1;", "Antal", Fault.TOO_BIG),
        (f"Skolan;2019-2020;Morot;;1;{'9' * 12};1;", "Vikt", Fault.TOO_BIG),
        (f"Skolan;2019-2020;{'x' * 401};;1;1;1;", "Vara", Fault.TOO_LONG),
        ("Skolan;2019-2020;Mo\0rot;;1;1;1;", "Vara", Fault.UNREADABLE_SIGN),
        ("Skolan;2019-2020;Morot;;1;1;1;not\0read", "Anteckning", Fault.UNREADABLE_SIGN),
    ],
)
def test_a_bad_cell_is_named_by_line_and_column(line: str, column: str, fault: Fault) -> None:
    refused = bad(line)
    assert (refused.line, refused.columns, [each.fault for each in refused.faults]) == (2, column, [fault])
    assert refused.raw == tuple(line.split(";"))


def test_a_weight_too_big_once_in_kilograms_is_refused() -> None:
    assert bad(f"Skolan;2019-2020;Morot;;1;{'9' * 10};1;", weight_unit="ton").faults[0].fault is Fault.TOO_BIG


def test_all_that_is_wrong_in_a_row_is_told_at_once_in_both_languages() -> None:
    refused = bad("Skolan;2019;Morot;;1;x;1;")
    assert refused.columns == "Räkenskapsår, Vikt"
    assert refused.words("sv").startswith("Räkenskapsår: ”2019” är inget räkenskapsår")
    assert "Vikt: “x” is no number that can be read (decimal sign: ,)" in refused.words("en")


def test_a_row_with_too_few_or_too_many_cells_is_refused_whole() -> None:
    short, long = read("Skolan;2019-2020;Morot", GOOD + ";;")
    assert isinstance(short, BadRow)
    assert short.words("en") == "the row has 3 cells, the header has 8"
    assert isinstance(long, BadRow)
    assert long.raw[-2:] == ("", "")


def test_lines_are_counted_as_an_editor_does_though_a_cell_holds_line_breaks() -> None:
    broken_over = GOOD.replace("ok", '"första\r\r\n\nandra"')
    first, second = read(broken_over, "Skolan;2019;Morot;;1;1;1;")
    assert isinstance(first, Row)
    assert first.raw["Anteckning"] == "första\r\r\n\nandra"
    assert (second.line, second.row_number) == (5, 2)


def test_a_quote_that_never_ends_loses_nothing() -> None:
    first, swallowed = read(GOOD, 'Skolan;2019-2020;"Morot;;1;1;1;', GOOD)
    assert isinstance(first, Row)
    assert isinstance(swallowed, BadRow)
    assert swallowed.line == 3
    assert "lines 3–4" in swallowed.words("en")
    assert swallowed.raw == (f'Skolan;2019-2020;"Morot;;1;1;1;\n{GOOD}\n',)


def test_a_quote_that_ends_wrongly_spoils_only_its_row() -> None:
    spoiled, after = read('Skolan;2019-2020;"Mo"rot;;1;1;1;', GOOD)
    assert isinstance(spoiled, BadRow)
    assert isinstance(after, Row)
    assert after.line == 3


def test_empty_lines_are_no_rows() -> None:
    assert [each.row_number for each in read("", GOOD, ";;;;;;;", GOOD.replace("ok", "2"))] == [1, 2]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_encoding_is_found(encoding: str) -> None:
    (only,) = read(GOOD.replace("Morot", "Rödbeta"), encoding=encoding)
    assert isinstance(only, Row)
    assert only.product_text == "Rödbeta"


def test_a_letter_cut_by_the_end_of_the_file_is_no_utf8() -> None:
    assert survey(io.BytesIO("smör å".encode()[:-1])).encoding == "cp1252"


def test_old_line_ends_are_read() -> None:
    content = f"{HEADER}\r{GOOD}\r{GOOD}".encode()
    assert len(list(read_rows(io.BytesIO(content), mapping()))) == 2


def test_a_sign_of_another_encoding_stops_with_the_line() -> None:
    content = f"{HEADER}\n{GOOD}\n".encode() + "Rödbeta;\n".encode("cp1252")
    with pytest.raises(FileUnreadable, match="not of the encoding utf-8"):
        list(read_rows(io.BytesIO(content), mapping(encoding="utf-8")))


def test_an_unknown_encoding_is_told() -> None:
    with pytest.raises(FileUnreadable, match="no encoding rot14"):
        list(read_rows(io.BytesIO(b"x"), mapping(encoding="rot14")))


def test_the_header_is_found_below_a_title_and_in_other_case() -> None:
    content = f"Inköp 2019\n\n{HEADER.upper().replace(';', ' ;  ')}\n{GOOD}\n".encode()
    (only,) = read_rows(io.BytesIO(content), mapping())
    assert isinstance(only, Row)
    assert only.line == 4


def test_an_unknown_header_stops_with_the_names() -> None:
    with pytest.raises(FileUnreadable) as stopped:
        read(GOOD, header="Kund;Räkenskapsår;Vara;Leverantör;Antal;Vikt;Belopp;Anteckning")
    assert "Enhet saknas" in stopped.value.why["sv"]
    assert "nearest is the row with Kund, Räkenskapsår, Vara" in stopped.value.why["en"]


def test_an_empty_file_has_no_header() -> None:
    with pytest.raises(FileUnreadable, match="no header fits"):
        list(read_rows(io.BytesIO(b""), mapping()))


def test_two_columns_of_one_mapped_name_are_refused() -> None:
    with pytest.raises(FileUnreadable, match="two columns named Vikt"):
        read(GOOD, header=HEADER.replace("Anteckning", "vikt"))


def test_two_other_columns_of_one_name_hide_nothing() -> None:
    (only,) = read(GOOD + ";x;y", header=HEADER + ";Anteckning;Anteckning")
    assert isinstance(only, Row)
    assert [only.raw[f"Anteckning{number}"] for number in ("", " (2)", " (3)")] == ["ok", "x", "y"]


def test_columns_that_are_not_read_are_told() -> None:
    file = io.BytesIO(f"{HEADER}\n{GOOD}\n".encode())
    assert read_sheet(file, mapping(), seen=survey(file)).unread == ("Anteckning",)


def test_the_callers_file_stays_open() -> None:
    file = io.BytesIO(f"{HEADER}\n{GOOD}\n".encode())
    assert list(read_rows(file, mapping())) == list(read_rows(file, mapping()))


@pytest.mark.parametrize(
    ("text", "style", "number"),
    [
        ("1,234.50", DecimalStyle.POINT, "1234.50"),
        ("1234567", DecimalStyle.POINT, "1234567"),
        ("1,23", DecimalStyle.POINT, None),
        ("1.234,50", DecimalStyle.COMMA, "1234.50"),
        ("1\u00a0234\u202f567,5", DecimalStyle.COMMA, "1234567.5"),
        ("1 234.5", DecimalStyle.COMMA, None),
        ("0,5", DecimalStyle.COMMA, "0.5"),
        (",5", DecimalStyle.COMMA, None),
        ("--1", DecimalStyle.POINT, None),
        ("(12)", DecimalStyle.POINT, None),
        ("1\n", DecimalStyle.POINT, None),
    ],
)
def test_numbers_are_read_strictly(text: str, style: DecimalStyle, number: str | None) -> None:
    assert parse_number(text, style=style) == (None if number is None else Decimal(number))


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12))
def test_every_number_reads_back_in_both_styles(number: Decimal) -> None:
    text = f"{number:,}"
    swedish = text.replace(",", " ").replace(".", ",")
    assert parse_number(text, style=DecimalStyle.POINT) == number
    assert parse_number(swedish, style=DecimalStyle.COMMA) == number


@given(st.integers(1900, 2100), st.integers(1, 12))
def test_fiscal_years_follow_each_other_without_a_gap(year: int, first_month: int) -> None:
    _, end = fiscal_year(year, first_month=first_month)
    following, _ = fiscal_year(year + 1, first_month=first_month)
    assert (following - end).days == 1


def test_the_fiscal_year_of_new_york_is_july_to_june() -> None:
    assert fiscal_year(2018, first_month=7) == (date(2018, 7, 1), date(2019, 6, 30))


@given(st.lists(st.text(alphabet='ab;"\n\r ', max_size=12), max_size=6))
def test_any_file_is_read_or_refused_row_by_row(lines: list[str]) -> None:
    for each in read(*lines):
        assert isinstance(each, Row | BadRow)


@pytest.mark.long
def test_rows_are_streamed_and_not_held() -> None:
    def peak(rows: int) -> int:
        body = "".join(f"Skolan;2019-2020;Vara {n};G;1;1;1;{'x' * 500}\n" for n in range(rows))
        file = io.BytesIO(f"{HEADER}\n{body}".encode())
        tracemalloc.start()
        assert sum(1 for _ in read_rows(file, mapping())) == rows
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    # A row of this file is over 500 characters; beside the row in hand only its mark is kept.
    assert (peak(6000) - peak(2000)) / 4000 < 200


LEDGER = {
    "buyer": "Enhet",
    "period": "Datum",
    "product_text": "Text",
    "category": "Konto",
    "supplier_name": "Leverantör",
    "supplier_number": "Orgnr",
    "amount": "Belopp",
}
LEDGER_HEADER = "Enhet;Datum;Text;Konto;Leverantör;Orgnr;Belopp"


def ledger_row(line: str, *, period_style: str = "day") -> Row:
    return row(line, header=LEDGER_HEADER, columns=LEDGER, period_style=period_style)


@pytest.mark.parametrize("text", ["2026-03-05", "20260305", "2026/03/05"])
def test_a_ledgers_row_is_of_its_day(text: str) -> None:
    found = ledger_row(f"Skolan;{text};Livsmedel;6410;Grossisten;556012-5790;100")
    assert (found.period_start, found.period_end) == (date(2026, 3, 5), date(2026, 3, 5))
    assert (found.category, found.supplier_number) == ("6410", "5560125790")


@pytest.mark.parametrize("text", ["2026-02", "202602"])
def test_a_month_is_all_its_days(text: str) -> None:
    found = ledger_row(f"Skolan;{text};Livsmedel;6410;;;100", period_style="month")
    assert (found.period_start, found.period_end) == (date(2026, 2, 1), date(2026, 2, 28))


@pytest.mark.parametrize(
    ("style", "text", "fault"),
    [
        ("day", "2026-02-30", Fault.NO_DAY),
        ("day", "2026-0305", Fault.NO_DAY),
        ("day", "05/03/2026", Fault.NO_DAY),
        ("day", "٢٠٢٦-٠٣-٠٥", Fault.NO_DAY),
        ("day", "0000-01-01", Fault.NO_DAY),
        ("month", "2026-13", Fault.NO_MONTH),
        ("month", "mars", Fault.NO_MONTH),
        ("month", "", Fault.EMPTY),
    ],
)
def test_what_is_no_such_period_is_named(style: str, text: str, fault: Fault) -> None:
    (found,) = read(
        f"Skolan;{text};Livsmedel;6410;;;100", header=LEDGER_HEADER, columns=LEDGER, period_style=style
    )
    assert isinstance(found, BadRow)
    assert [(each.column, each.fault) for each in found.faults] == [("Datum", fault)]


@pytest.mark.parametrize(
    ("text", "number", "wrong"),
    [
        ("556012-5790", "5560125790", False),
        ("5560125790", "5560125790", False),
        ("165560125790", "5560125790", False),
        ("SE556012579001", "5560125790", False),
        ("556012 5790", "5560125790", False),
        ("19850709-9805", "8507099805", False),
        ("556012-5791", "556012-5791", True),
        ("55601257", "55601257", True),
        ("okänt", "okänt", False),
        ("12345", "12345", True),
        ("DK12345678", "DK12345678", False),
        ("", "", False),
    ],
)
def test_an_organisation_number_is_read_however_it_is_written(text: str, number: str, *, wrong: bool) -> None:
    found = ledger_row(f"Skolan;2026-03-05;Livsmedel;6410;Grossisten;{text};100")
    assert found.supplier_number == number
    assert (Oddity.WRONG_NUMBER in found.odd) is wrong
    assert found.raw["Orgnr"] == text


@pytest.mark.parametrize("text", ["Öresavrundning", "ÖRESUTJÄMNING moms", "öreavrundning"])
def test_rounding_to_kronor_is_counted_and_told(text: str) -> None:
    found = ledger_row(f"Skolan;2026-03-05;{text};3740;Grossisten;556012-5790;-0,37")
    assert Oddity.ROUNDING in found.odd
    assert found.amount == Decimal("-0.37")


def test_a_credit_is_kept_with_its_sign() -> None:
    found = ledger_row("Skolan;2026-03-05;Kredit;6410;Grossisten;556012-5790;-1 250,50")
    assert found.amount == Decimal("-1250.50")
    assert Oddity.NEGATIVE in found.odd
