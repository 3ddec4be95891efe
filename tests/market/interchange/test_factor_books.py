"""Factor workbooks as published: their sheets, headers and oddities in small books, read as the whole files are."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from market.interchange import agribalyse, concito, own_factors, su_eatable
from market.interchange.factor_books import factor_file
from market.interchange.factor_cells import ReadFactor, ReadSet, Sheets
from market.refusals import FactorFileKind, FactorHeaderUnknown

STAGES = [
    "Agriculture",
    "Transformation",
    "Emballage",
    "Transport",
    "Supermarché et distribution",
    "Consommation",
    "Total",
]
NAMES = [
    "Code\nAGB",
    "Code\nCIQUAL",
    "Groupe d'aliment",
    "Sous-groupe d'aliment",
    "Nom du Produit en Français",
    "LCI Name",
]
CLIMATE = "Changement climatique"
LAND_USE = "Changement climatique - émissions liées au changement d'affectation des sols"
PER_KG = "kg CO2 eq/kg de produit"

Book = Mapping[str, Sequence[Sequence[object]]]


def book(sheets: Book) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(number, column, cell)
    return written.getvalue()


def sheets_of(sheets: Book) -> Sheets:
    return factor_file("published.xlsx", book(sheets)).sheets


def by_key(found: ReadSet) -> dict[str, ReadFactor]:
    return {row.key: row for row in found.rows}


def synthesis() -> list[list[object]]:
    """3.2's first sheet: the names of the stages' sheet in its header, and totals with their unit in that same row."""
    return [
        [None] * 8,
        [None, None, "Synthèse\nRésultats", None, None, None, "Score unique EF 3.1", CLIMATE],
        [*NAMES, "mPt/kg de produit", PER_KG],
        [11084, 11084, "algues", "algues", "Agar (algue), cru", "Seaweed, agar, raw", 1.55, 11.8],
    ]


def stages(*rows: tuple[object, Sequence[object]], land_use: bool = True) -> list[list[object]]:
    indicators = ["Score unique EF 3.1", CLIMATE, "Changement climatique - émissions fossiles"]
    indicators += [LAND_USE] * land_use
    above: list[object] = [None] * 8
    units: list[object] = [None] * 8
    head: list[object] = [*NAMES, "DQR", "Nom et code"]
    for indicator in indicators:
        above += [indicator, *[None] * 6]
        units += [PER_KG if indicator.startswith(CLIMATE) else "mPt / kg de produit", *[None] * 6]
        head += STAGES
    told: list[list[object]] = [[None] * 8 + ["*Ces indicateurs ; et ; plus"], above, units, head]
    for code, climate in rows:
        names = [code, code, "algues", "algues", "Agar (algue), cru", "Seaweed, agar, raw", 2.77, "x"]
        told.append([*names, *[9] * 7, *climate, *[8] * 7, *[0.001] * 7 * land_use])
    return told


AGAR = (4.67, 1.47, 5.08, 0.529, 0.0277, 0.00998, 11.8)
DILL = (0.415, "-", 0.703, "-", 9.3e-06, "-", 1.12)


def test_agribalyse_32_as_published_is_read_past_its_sheet_of_totals() -> None:
    found = by_key(
        agribalyse.read_32(
            sheets_of(
                {
                    "Introduction": [["Agribalyse 3.2"]],
                    "Synthese": synthesis(),
                    "Detail etape": stages((11084, AGAR), ("20047 1", DILL), ("1029_1", (*AGAR[:2], None))),
                }
            )
        )
    )
    assert found["11084"].kg_co2e_per_kg == Decimal("11.7767")
    assert found["11084"].luc == Decimal("0.005")
    assert found["11084"].row == 5
    assert found["20047 1"].kg_co2e_per_kg == Decimal("1.1180093")
    assert found["1029_1"].kg_co2e_per_kg is None


def test_agribalyse_32_of_totals_alone_is_refused() -> None:
    with pytest.raises(FactorHeaderUnknown) as refused:
        agribalyse.read_32(sheets_of({"Synthese": synthesis()}))
    assert "Consommation" in refused.value.figures["missing"]


def test_agribalyse_31_as_a_workbook_has_the_layout_of_32_without_its_part_of_land_use_change() -> None:
    older = sheets_of({"Synthese": synthesis(), "Detail etape": stages((11084, AGAR), land_use=False)})
    row = by_key(agribalyse.read_31(older))["11084"]
    assert (row.kg_co2e_per_kg, row.luc) == (Decimal("11.7767"), None)
    with pytest.raises(FactorHeaderUnknown) as refused:
        agribalyse.read_32(older)
    assert LAND_USE in refused.value.figures["missing"]
    with pytest.raises(FactorHeaderUnknown):
        agribalyse.read_31(sheets_of({"Detail etape": stages((11084, AGAR))}))


CONCITO_DK: list[object] = [
    *("ID_Ra", "Navn", "DSK Kategori", "Produkt", "Kategori", "Total kg CO2e/kg", "Landbrug", "ILUC"),
    *(
        "Forarbejdning",
        "Emballage",
        "Transport",
        "Detail",
        "Energi (KJ/100 g)",
        "ID_food",
        "ID_pack",
        "ID_retail",
    ),
    None,
]
CONCITO_GB: list[object] = [
    *("ID_Ra", "Navn", "DSK Kategori", "Name", "Category", "Total kg CO2-eq/kg", "Agriculture", "iLUC"),
    *("Food processing", "Packaging", "Transport", "Retail"),
]
COMPARED: list[object] = [
    *("ID_Ra", "Navn", "DSK Kategori", "Name", "Category", "DK version 1.2", "GB version 1.2"),
    "Comment on changes over +/- 20% ",
]


def test_concito_as_published_is_read_by_its_market_sheet() -> None:
    sheets = sheets_of(
        {
            "Forside": [["Den store klimadatabase", "version 1.2"]],
            "DK": [
                CONCITO_DK,
                ["Ra00001", "Sødmælk", "Mælk", "Sødmælk", "Mejeri", 0.5, 0.4, -0.03],
                ["Ra00002", "Tofu", "Tofu", "Tofu", "Soja", None, None, None],
                ["Ra00003", "Vand", "Vand", "Vand", "Drikke", 0, 0, 0],
            ],
            "GB": [CONCITO_GB, ["Ra00001", "Sødmælk", "Milk", "Whole milk", "Dairy", 0.1 + 0.2, 0.4, 0.01]],
            "All countries and comparisons": [COMPARED, ["Ra00001", "Sødmælk", "M", "Milk", "D", 0.5, 0.41]],
        }
    )
    danish = by_key(concito.read(sheets, market="DK"))
    assert {key: row.kg_co2e_per_kg for key, row in danish.items()} == {
        "Ra00001": Decimal("0.5"),
        "Ra00002": None,
        "Ra00003": Decimal(0),
    }
    assert danish["Ra00001"].luc == Decimal("-0.03")
    british = by_key(concito.read(sheets, market="GB"))["Ra00001"]
    assert (british.kg_co2e_per_kg, british.name, british.name_en) == (
        Decimal("0.3"),
        "Sødmælk",
        "Whole milk",
    )
    with pytest.raises(FactorHeaderUnknown):
        concito.read(sheets, market="FR")


SEL_USERS: list[object] = [
    *("FOOD COMMODITY GROUP", "Food commodity ITEM", "Carbon Footprint kg CO2eq/kg or l of food ITEM"),
    *("Uncertainty    low (L) high (H)", "Suggested CF value", "Food commodity TYPOLOGY"),
    *("Carbon Footprint g CO2eq/g o cc of food TYPOLOGY", "Food commodity sub-TYPOLOGY"),
    "Carbon Footprint g CO2eq/g o cc of food sub-TYPOLOGY",
]
SEL_STATISTICS: list[object] = [
    *(
        "FOOD COMMODITY GROUP",
        "FOOD COMMODITY TYPOLOGY",
        "FOOD COMMODITY sub-TYPOLOGY",
        "FOOD COMMODITY ITEM",
    ),
    *("n", "mean", "median", "st.dev.", "min", "max", "MAD", "Q1", "Q3", "CV", "skewness", "kurtosis"),
    *("Shapiro Wilk test P", "FLAG 1 (SIZE)", "FLAG 2 (outlier)"),
]


def test_su_eatable_as_published_gives_its_statistics_and_never_the_water_of_the_same_items() -> None:
    water: list[list[object]] = [
        [None, "l/kg"],
        SEL_STATISTICS,
        ["CROPS", "ROOTS", "-", "POTATO*", 9, 1, 287, "-", 1, 999, "-", 200, 300],
    ]
    sheets = sheets_of(
        {
            "INTRO": [["SU-EATABLE LIFE"]],
            "SEL CF for users": [
                SEL_USERS,
                ["CROPS", "POTATO*", 9.9, "L", "OK item", "POTATO*", 9.9, None, "-"],
            ],
            "SEL WF ITEMS STAT": water,
            "SEL CF  ITEMS STAT": [
                ["kg CO2 eq/kg"],
                [*SEL_STATISTICS],
                [*("CROPS", "ROOTS", "-", "POTATO*", 30, 0.25, 0.17, 0.1, 0.05, 8.44, "-", 0.12, 0.24)],
                [*("CROPS", "ROOTS", "-", "CELERIAC (I)", 1, 0.3, 0.3, *["-"] * 6)],
                [*("DRINKS", "COFFEE", "-", "ESPRESSO (L)", 4, 0.5, 0.5, "-", 0.4, 0.6, "-", "-", "-")],
            ],
        }
    )
    found = by_key(su_eatable.read(sheets))
    assert found["POTATO"].kg_co2e_per_kg == Decimal("0.17")
    assert (found["POTATO"].high, found["POTATO"].row) == (Decimal("8.44"), 3)
    assert found["CELERIAC (I)"].gsd is None
    assert found["ESPRESSO (L)"].kg_co2e_per_kg is None


def test_su_eatables_sheet_for_users_is_read_where_the_book_has_no_statistics() -> None:
    rows: list[list[object]] = [
        [*SEL_USERS],
        ["CROPS", "POTATO*", 0.17, "L", "OK item", "POTATO*", 0.17, None, "-"],
    ]
    found = by_key(su_eatable.read(sheets_of({"INTRO": [["x"]], "SEL CF  for users ": rows})))
    assert found["POTATO"].kg_co2e_per_kg == Decimal("0.17")


def test_a_municipalitys_own_workbook_is_read_by_the_sheet_that_its_mapping_names() -> None:
    mapping = own_factors.own_mapping(
        {
            "family": "RISE-2.4",
            "sheet": "Klimatdata",
            "columns": {"key": "Nr", "name": "Livsmedel", "kg_co2e_per_kg": "kg CO2e/kg"},
        }
    )
    head: list[object] = ["Nr", "Livsmedel", "kg CO2e/kg"]
    sheets = sheets_of(
        {
            "Gammal": [head, [101, "Mjölk", 9.9]],
            "Klimatdata": [["RISE"], [], head, [101.0, "Mjölk", 0.9], [None, None, None], [102, "Vatten", 0]],
        }
    )
    found = by_key(own_factors.read(sheets, mapping))
    assert {key: (row.kg_co2e_per_kg, row.row) for key, row in found.items()} == {
        "101": (Decimal("0.9"), 4),
        "102": (Decimal(0), 6),
    }


def test_cells_are_as_excel_shows_them() -> None:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as made:
        sheet = made.add_worksheet("A")
        sheet.write_row(1, 0, [0.1 + 0.2, 20047.0, 9.3e-06, 1 / 3, True, "1029_1"])
        sheet.write_formula(1, 6, "=1/0", None, "#DIV/0!")
        sheet.write_datetime(1, 7, date(2026, 1, 2), made.add_format({"num_format": "yyyy-mm-dd"}))
        made.add_worksheet("Tomt")
    sheets = factor_file("a.XLSX", written.getvalue()).sheets
    cells = ("0.3", "20047", "9.3e-06", "0.333333333333333", "True", "1029_1", "", "2026-01-02")
    assert sheets["A"] == [("",) * 8, cells]
    assert (list(sheets), len(sheets), sheets["Tomt"]) == (["A", "Tomt"], 2, [])
    assert "B" not in sheets


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7"),
        ("a.xlsx", b"no book at all"),
        ("a.xlsx", b"PK\x03\x04 cut off"),
        ("a.xls", b"\xd0\xcf\x11\xe0 cut off"),
        ("a", b""),
        ("mac.csv", "Livsmedel;kg CO2e/kg\nÅl;5,0\n".encode("mac-roman")),
        ("half.csv", b'Livsmedel;kg CO2e/kg\n"Potatis;0,17\n' + b"Lok;0,2\n" * 30_000),
    ],
)
def test_what_can_not_be_opened_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(FactorFileKind):
        factor_file(name, content)


def test_a_book_with_the_name_of_a_csv_is_a_book() -> None:
    assert list(factor_file("a.csv", book({"Blad1": [["x"]]})).sheets) == ["Blad1"]


def test_headings_and_groups_that_are_merged_over_rows_hold_for_each_of_them() -> None:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as made:
        sheet = made.add_worksheet("Klimatdata")
        sheet.merge_range("A1:A2", "Kategori")
        sheet.merge_range("B1:B2", "Livsmedel")
        sheet.merge_range("C1:D1", "Klimat")
        sheet.write_row("C2", ["kg CO2e/kg", "källa"])
        sheet.merge_range("A3:A4", "Rotfrukter")
        sheet.write_row("B3", ["Potatis", "0,17"])
        sheet.write_row("B4", ["Morot", 0.25])
        sheet.write("A5", "* egna beräkningar")
    columns = {"name": "Livsmedel", "kg_co2e_per_kg": "kg CO2e/kg", "category": "Kategori"}
    mapping = own_factors.own_mapping({"family": "EGEN", "columns": columns})
    found = own_factors.read(factor_file("egen.xlsx", written.getvalue()).sheets, mapping)
    assert [(row.name, row.category, str(row.kg_co2e_per_kg), row.row) for row in found.rows] == [
        ("Potatis", "Rotfrukter", "0.17", 3),
        ("Morot", "Rotfrukter", "0.25", 4),
    ]
