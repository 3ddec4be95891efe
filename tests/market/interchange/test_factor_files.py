"""Factor files as published, small: headers, signs and oddities are theirs, the foods a few."""

from decimal import Decimal

import pytest

from market.interchange import agribalyse, concito, owid, own_factors, su_eatable
from market.interchange.factor_cells import Cell, ReadFactor, ReadSet, Rows, Sheets, csv_sheets, table_of
from market.refusals import (
    FactorCellsUnreadable,
    FactorColumnOfAnotherUnit,
    FactorHeaderUnknown,
    FactorMappingUnreadable,
    FactorSheetsAlike,
)

STAGES = (
    "Agriculture",
    "Transformation",
    "Emballage",
    "Transport",
    "Supermarché et distribution",
    "Consommation",
)


def by_key(found: ReadSet) -> dict[str, ReadFactor]:
    return {row.key: row for row in found.rows}


def agribalyse_31(*rows: str) -> Sheets:
    ozone = ",".join(f'"Appauvrissement de la couche d\'ozone - {stage}"' for stage in STAGES)
    climate = ",".join(f'"Changement climatique - {stage}"' for stage in STAGES)
    head = (
        '"Code AGB","Code CIQUAL","Groupe d\'aliment","Sous-groupe d\'aliment","Nom du Produit en Français","LCI Name",'
        f'{climate},{ozone},"DQR - Global"," id"," i"," rand"'
    )
    return csv_sheets("\n".join([head, *rows]).encode())


def of_31(code: str, *climate: str) -> str:
    stages = ",".join(f'"{each}"' for each in climate)
    return f'"{code}","11084","légumes","crus","Ail, cru","Garlic, fresh",{stages},"1","1","1","1","1","1","3.54","x","3","9"'


def test_agribalyse_31_ends_at_retail_and_keeps_its_codes_as_text() -> None:
    found = by_key(
        agribalyse.read_31(
            agribalyse_31(
                of_31("20047 1", "0.084945522", "0", "0", "0.17315136", "0.019594963", "0.080351049"),
                of_31("1029_1", "0.5", "", "0", "0", "0", "0"),
            )
        )
    )
    assert found["20047 1"].kg_co2e_per_kg == Decimal("0.277691845")
    assert (found["20047 1"].row, found["20047 1"].name_en) == (2, "Garlic, fresh")
    assert found["1029_1"].kg_co2e_per_kg is None


def test_agribalyse_by_totals_can_not_leave_the_consumer_out() -> None:
    synthese = b'"Code AGB","Code CIQUAL","Groupe d\'aliment","Nom du Produit en Fran\xc3\xa7ais","LCI Name","DQR","Changement climatique"\n'
    with pytest.raises(FactorHeaderUnknown) as refused:
        agribalyse.read_31(csv_sheets(synthese))
    assert "Changement climatique - Agriculture" in refused.value.figures["missing"]


def agribalyse_32(*, climate: str = "Changement climatique") -> Sheets:
    names = [
        "Code\nAGB",
        "Code\nCIQUAL",
        "Groupe d'aliment",
        "Sous-groupe d'aliment",
        "Nom du Produit en Français",
    ]
    head = [*names, "LCI Name", "DQR", "Nom et code"]
    group, unit = [""] * 8, [""] * 8
    for indicator, of_unit in (
        ("Score unique EF 3.1", "mPt / kg de produit"),
        (climate, "kg CO2 eq/kg de produit"),
        ("Changement climatique - émissions fossiles", "kg CO2 eq/kg de produit"),
        (
            "Changement climatique - émissions liées au changement d'affectation des sols",
            "kg CO2 eq/kg de produit",
        ),
    ):
        group += [indicator, *[""] * 6]
        unit += [of_unit, *[""] * 6]
        head += [*STAGES, "Total"]
    row = [
        "11172",
        "11172",
        "aides",
        "aides",
        "Court-bouillon",
        "Stock cube",
        "2.24",
        "Court-bouillon (11172)",
    ]
    figures = ["9"] * 7 + ["0.415", "6.17", "0.703", "0.266", "0.0269", "1", "8.58"]
    figures += ["8"] * 7 + ["0.004", "-", "0.01", "-", "9.3E-06", "5", "0.2"]
    return {
        "Synthèse": [["", "Code AGB"]],
        "Etapes": [["*Ces indicateurs"], group, unit, head, [*row, *figures]],
    }


def test_agribalyse_32_has_its_indicator_names_above_the_header() -> None:
    row = by_key(agribalyse.read_32(agribalyse_32()))["11172"]
    assert row.kg_co2e_per_kg == Decimal("7.5809")
    assert row.luc == Decimal("0.0140093")
    assert row.row == 5


def test_agribalyse_32_without_its_indicator_is_not_guessed() -> None:
    with pytest.raises(FactorHeaderUnknown):
        agribalyse.read_32(agribalyse_32(climate="Changement du climat"))


CONCITO_DK = [
    "ID_Ra",
    "Navn",
    "DSK Kategori",
    "Produkt",
    "Kategori",
    "Total kg CO2e/kg",
    "Landbrug",
    "ILUC",
    "Forarbejdning",
    "Emballage",
    "Transport",
    "Detail",
    "Energi (KJ/100 g)",
    "Fedt (g/100 g)",
    "Kulhydrat (g/100 g)",
    "Protein (g/100 g)",
    "ID_food",
    "ID_pack",
    "ID_retail",
]
CONCITO_GB = [
    "ID_Ra",
    "Navn",
    "DSK Kategori",
    "Name",
    "Category",
    "Total kg CO2-eq/kg",
    "Agriculture",
    "iLUC",
    "Food processing",
    "Packaging",
    "Transport",
    "Retail",
]


def concito_row(key: str, total: str, iluc: str) -> list[str]:
    return [key, "Sødmælk", "Mælk", "Sødmælk", "Mejeri", total, "0.4", iluc]


def test_concito_reads_one_market_and_leaves_out_what_is_not_on_it() -> None:
    sheets = {
        "Forside": [["Den store klimadatabase"]],
        "DK": [[*CONCITO_DK, ""], concito_row("Ra00001", "0.50", "-0.03"), concito_row("Ra00002", "", "0")],
        "GB": [CONCITO_GB, concito_row("Ra00001", "0.41", "0,01")],
    }
    danish = by_key(concito.read(sheets, market="DK"))
    assert danish["Ra00001"].kg_co2e_per_kg == Decimal("0.50")
    assert danish["Ra00001"].luc == Decimal("-0.03")
    assert danish["Ra00002"].kg_co2e_per_kg is None
    assert by_key(concito.read(sheets, market="GB"))["Ra00001"].luc == Decimal("0.01")
    assert concito.read(sheets, market="GB").family != concito.read(sheets, market="DK").family
    with pytest.raises(FactorHeaderUnknown):
        concito.read(sheets, market="NL")


SEL_USERS = (
    "FOOD COMMODITY GROUP;Food commodity ITEM;Carbon Footprint kg CO2eq/kg or l of food ITEM;Uncertainty    low (L) high (H);"
    "Suggested CF value;Food commodity TYPOLOGY;Carbon Footprint g CO2eq/g o cc of food TYPOLOGY;Food commodity sub-TYPOLOGY;"
    "Carbon Footprint g CO2eq/g o cc of food sub-TYPOLOGY"
)


def sel(*rows: str) -> dict[str, ReadFactor]:
    return by_key(su_eatable.read(csv_sheets("\r".join([SEL_USERS, *rows]).encode())))


def test_su_eatable_takes_the_value_that_it_suggests() -> None:
    found = sel(
        "AGRICULTURAL PROCESSED;BREAD PLAIN**;0,89;L;OK item;BREAD;0,86;-;-",
        "AGRICULTURAL PROCESSED;BREAD MULTICEREAL**;0,70;H;better typology;BREAD;0,86;-;-",
        "CROPS;CLEMENTINE;0,41;H;better typol. or subtypol.;FRUIT OPENFIELD;0,40;CITRUS FRUIT ;0,34",
        "ANIMAL HUSBANDRY;BEEF BONE FREE MEAT*;25,75;H;Item matching typology;BEEF BONE FREE MEAT*;25,75;;-",
    )
    values = {key: row.kg_co2e_per_kg for key, row in found.items()}
    assert values == {
        "BREAD PLAIN": Decimal("0.89"),
        "BREAD MULTICEREAL": Decimal("0.86"),
        "CLEMENTINE": Decimal("0.34"),
        "BEEF BONE FREE MEAT": Decimal("25.75"),
    }
    assert (found["BREAD PLAIN"].grade, found["CLEMENTINE"].grade) == ("B", "D")
    assert found["CLEMENTINE"].note == "value of the sub-typology CITRUS FRUIT"


def test_su_eatable_figures_per_litre_are_no_factor_per_kilogram() -> None:
    coffee = sel("AGRICULTURAL PROCESSED;ESPRESSO (L);0,55;L;OK item;COFFEE LIQUID;0,55;-;-")["ESPRESSO (L)"]
    assert coffee.kg_co2e_per_kg is None
    assert "per litre" in coffee.note


def test_su_eatable_items_of_one_name_are_told_apart() -> None:
    found = sel(
        "AGRICULTURAL PROCESSED;CHOCOLATE;6,60;L;OK item;ICE CREAM;4,30;-;-",
        "AGRICULTURAL PROCESSED;CHOCOLATE;3,16;L;OK item;SWEETS;3,16;-;-",
    )
    assert set(found) == {"CHOCOLATE (ICE CREAM)", "CHOCOLATE (SWEETS)"}


def test_su_eatable_statistics_have_a_unit_row_above_the_header_and_give_quartiles() -> None:
    head = [
        "FOOD COMMODITY GROUP",
        "FOOD COMMODITY TYPOLOGY",
        "FOOD COMMODITY sub-TYPOLOGY",
        "FOOD COMMODITY ITEM",
        "n",
        "mean",
        "median",
        "st.dev.",
        "min",
        "max",
        "MAD",
        "Q1",
        "Q3",
        "CV",
        "skewness",
        "kurtosis",
        "Shapiro Wilk test P",
        "FLAG 1 (SIZE)",
        "FLAG 2 (outlier)",
    ]
    milk: list[Cell] = [
        "ANIMAL HUSBANDRY",
        "MILK",
        "-",
        "COW MILK*",
        62,
        "1.4",
        "1.31",
        "-",
        "0.9",
        "8.44",
        "-",
        "1.1",
        "1.5",
    ]
    snail: list[Cell] = [
        "ANIMAL HUSBANDRY",
        "SNAILS*",
        "-",
        "SNAILS*",
        1,
        "0.73",
        "0.73",
        "-",
        "-",
        "-",
        "-",
        "-",
        "-",
    ]
    rows: Rows = [
        ["kg CO2 eq/kg"],
        head,
        [*milk, "-", "-", "-", "-", "-", "yes"],
        [*snail, *["-"] * 6],
        [None] * 19,
    ]
    found = by_key(su_eatable.read({"INTRO": [["x"]], "SEL CF  ITEMS STAT": rows}))
    assert found["COW MILK"].kg_co2e_per_kg == Decimal("1.31")
    assert found["COW MILK"].gsd is not None
    assert round(found["COW MILK"].gsd, 3) == Decimal("1.258")
    assert "outliers" in found["COW MILK"].note
    assert (found["SNAILS"].gsd, found["SNAILS"].low) == (None, None)


def test_su_eatable_without_its_sheet_is_refused() -> None:
    with pytest.raises(FactorHeaderUnknown):
        su_eatable.read({"INTRO": [["x"]]})


def test_owid_totals_and_stages_are_two_sets() -> None:
    totals = owid.read_totals(
        csv_sheets(
            b"Entity,Category,Year,emissions_per_kilogram\nBeef (beef herd),Meats,2010,99.48\nNuts,Nuts,2010,\n"
        )
    )
    head = "Entity,Code,Year," + ",".join(f"food_emissions_{stage}" for stage in owid.STAGES)
    stages = owid.read_stages(
        csv_sheets(
            f"{head}\nBeef (beef herd),,2018,16.3,39.4,1.9,1.3,0.3,0.2,0.2\nNuts,,2018,-2.1,2.1,0,0,0.1,0,\n".encode()
        )
    )
    assert by_key(totals)["Beef (beef herd)"].kg_co2e_per_kg == Decimal("99.48")
    assert by_key(stages)["Beef (beef herd)"].kg_co2e_per_kg == Decimal("59.6")
    assert by_key(stages)["Nuts"].luc == Decimal("-2.1")
    assert [by_key(each)["Nuts"].kg_co2e_per_kg for each in (totals, stages)] == [None, None]
    assert totals.family != stages.family
    with pytest.raises(FactorHeaderUnknown):
        owid.read_totals(csv_sheets(b"Entity,Year\nBeef,2010\n"))


@pytest.mark.parametrize(
    "head",
    [
        "Entity,Code,Year,Greenhouse gas emissions per kilogram",
        "Entity,Year,Greenhouse gas emissions per kilogram",
        'Entity,Code,Year,"GHG emissions per kilogram (Poore & Nemecek, 2018)"',
    ],
)
def test_owid_totals_are_read_under_the_full_name_that_a_download_has(head: str) -> None:
    row = f"Beef (beef herd),{',' * head.count('Code')}2010,99.48"
    found = owid.read_totals(csv_sheets(f"{head}\n{row}\n".encode()))
    assert by_key(found)["Beef (beef herd)"].kg_co2e_per_kg == Decimal("99.48")


# As the chart's download tells them in 2026, with an eighth stage that the older file does not have.
OWID_EIGHT = (
    "Entity,Code,Year,Land use change,Farm,Animal feed,Processing,Transport,Retail,Packaging,Losses\n"
    "Beef (beef herd),,2018,23.237535,56.22806,2.6809785,1.811083,0.4941246,0.23353784,0.35208446,14.439998\n"
    "Wine,,2018,-0.061264314,0.6260269,0,0.13862641,0.093284145,0.039322365,0.7492315,0.20353575\n"
    "Nuts,,2018,-2.1,2.1,0,0,0.1,0,0.1,\n"
)


def test_owid_stages_that_tell_losses_sum_to_the_totals_and_say_so() -> None:
    short = OWID_EIGHT.replace("Losses", "food_emissions_losses")
    for key, name in owid.STAGES.items():
        short = short.replace(f",{name},", f",food_emissions_{key},", 1)
    for text in (OWID_EIGHT, short):
        read = owid.read_stages(csv_sheets(text.encode()))
        rows = by_key(read)
        assert rows["Beef (beef herd)"].kg_co2e_per_kg == Decimal("99.47740140")
        assert rows["Wine"].luc == Decimal("-0.061264314")
        assert rows["Nuts"].kg_co2e_per_kg is None
        assert read.boundary == owid.WITH_LOSSES
    older = (
        OWID_EIGHT.splitlines()[0].removesuffix(",Losses") + "\nBeef,,2018,16.3,39.4,1.9,1.3,0.3,0.2,0.2\n"
    )
    assert owid.read_stages(csv_sheets(older.encode())).boundary == owid.WITHOUT_LOSSES


def test_a_header_is_met_whatever_its_spaces() -> None:
    text = (
        "FOOD COMMODITY GROUP;Food commodityITEM;Carbon Footprint kg CO2eq/kg or l of food ITEM;"
        "Uncertainty    low  (L)  high (H);Suggested CF value;Food commodity TYPOLOGY;"
        "Carbon Footprint g CO2eq/g o cc of food TYPOLOGY;Food commodity sub-TYPOLOGY;"
        "Carbon Footprint g CO2eq/g o cc of food sub-TYPOLOGY\nCROPS;LENTIL;0,81;L;OK item value;LEGUMES;0,9;-;-\n"
    )
    assert by_key(su_eatable.read(csv_sheets(text.encode())))["LENTIL"].kg_co2e_per_kg == Decimal("0.81")


RISE = {
    "family": "RISE-2.4",
    "columns": {"key": "Nr", "name": "Livsmedel", "kg_co2e_per_kg": "Klimatpåverkan (kg CO2e/kg)"},
    "missing": ["saknas"],
    "boundary": "ends when the food leaves processing",
}
RISE_FILE = (
    "RISE klimatdatabas;;\n\nNr;Livsmedel;Klimatpåverkan  (kg CO2e/kg)\n"
    "101;Mjölk;0,9\n102;Vatten;0\n103;Bär;saknas\n104;Salt;\n;Summa utan nummer;1,5\n;;\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_municipalitys_own_file_is_read_by_its_mapping(encoding: str) -> None:
    found = by_key(own_factors.read(csv_sheets(RISE_FILE.encode(encoding)), own_factors.own_mapping(RISE)))
    assert {key: row.kg_co2e_per_kg for key, row in found.items()} == {
        "101": Decimal("0.9"),
        "102": Decimal(0),
        "103": None,
        "104": None,
        "Summa utan nummer": Decimal("1.5"),
    }
    assert found["101"].row == 4


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"columns": {"name": "A"}, "family": "X"},
        {"columns": {"name": "A", "kg_co2e_per_kg": "B"}},
        {"columns": {"name": "A", "kg_co2e_per_kg": "B", "kcal": "C"}, "family": "X"},
        {"columns": {"name": "A", "kg_co2e_per_kg": 2}, "family": "X"},
        {"columns": {"name": "A", "kg_co2e_per_kg": "B"}, "family": "X", "colour": "red"},
        {"columns": {"name": "A", "kg_co2e_per_kg": "B"}, "family": "X", "foods": ["potato"]},
        {"columns": {"name": "A", "kg_co2e_per_kg": "B"}, "family": "X", "missing": 5},
        {"columns": {"name": "A", "kg_co2e_per_kg": "B"}, "family": "X", "missing": "saknas"},
        [],
    ],
)
def test_a_mapping_that_says_too_little_or_too_much_is_refused(told: object) -> None:
    with pytest.raises(FactorMappingUnreadable):
        own_factors.own_mapping(told)


OWN = {"family": "EGEN", "columns": {"name": "Livsmedel", "kg_co2e_per_kg": "kg CO2e/kg"}}


@pytest.mark.parametrize(
    "text",
    [
        "Livsmedel;kg CO2e/kg\nPotatis, kokt, skalad;0,17\nFärs, nöt, 10 %;28,0\n",
        "Klimatdata, version 3, med import\nLivsmedel\tkg CO2e/kg\nPotatis, kokt, skalad\t0,17\nFärs, nöt, 10 %\t28,0\n",
        'Livsmedel,kg CO2e/kg\n"Potatis, kokt, skalad","0,17"\n"Färs, nöt, 10 %","28,0"\n',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_commas_in_names_and_figures_do_not_part_a_file_that_something_else_parts(
    text: str, encoding: str
) -> None:
    found = by_key(own_factors.read(csv_sheets(text.encode(encoding)), own_factors.own_mapping(OWN)))
    assert found["Potatis, kokt, skalad"].kg_co2e_per_kg == Decimal("0.17")
    assert found["Färs, nöt, 10 %"].kg_co2e_per_kg == Decimal("28.0")


@pytest.mark.parametrize(
    "heading",
    [
        "kg CO2e/portion",
        "Klimatpåverkan (kg CO2e per portion)",
        "g CO2e/kg",
        "Gram CO2-ekv per kg",
        "kg CO2e/100 g",
        "kg CO₂e per 100g",
        "kg CO2e/liter",
        "kg CO2e/st",
        "kg CO2e per tusen kcal",
    ],
)
def test_a_column_that_says_another_unit_is_no_factor_per_kilogram(heading: str) -> None:
    with pytest.raises(FactorColumnOfAnotherUnit) as refused:
        own_factors.own_mapping({"family": "X", "columns": {"name": "Livsmedel", "kg_co2e_per_kg": heading}})
    assert heading in refused.value.sentence("sv")


@pytest.mark.parametrize(
    "heading",
    [
        "kg CO2e/kg",
        "Klimatavtryck (kg CO2-ekvivalenter per kg livsmedel)",
        "CO2e",
        "kg CO2eq/kg eller liter",
        "g CO2e/g",
        "Medel",
    ],
)
def test_a_column_per_kilogram_or_without_a_unit_is_taken(heading: str) -> None:
    told = {"family": "X", "columns": {"name": "Livsmedel", "kg_co2e_per_kg": heading}}
    assert own_factors.own_mapping(told).columns["kg_co2e_per_kg"] == heading


def test_two_sheets_with_the_same_headings_are_not_chosen_between() -> None:
    years = {
        year: [["Livsmedel", "kg CO2e/kg"], ["Potatis", value]]
        for year, value in (("2023", "0.2"), ("2024", "0.1"))
    }
    with pytest.raises(FactorSheetsAlike) as refused:
        own_factors.read(years, own_factors.own_mapping(OWN))
    assert "2023, 2024" in refused.value.sentence("en")
    told = own_factors.own_mapping(OWN | {"sheet": "2024"})
    assert by_key(own_factors.read(years, told))["Potatis"].kg_co2e_per_kg == Decimal("0.1")


def test_a_header_twice_is_no_header() -> None:
    with pytest.raises(FactorHeaderUnknown) as refused:
        table_of({"": [["Namn", "namn "]]}, sheet=None, wanted={"name": ("Namn",)})
    assert refused.value.figures["missing"] == "Namn"


def test_what_is_no_number_stops_the_reading_with_its_place() -> None:
    file = RISE_FILE.replace("0,9", "0,9 ca").replace("1,5", "1.234,5")
    with pytest.raises(FactorCellsUnreadable) as refused:
        own_factors.read(csv_sheets(file.encode()), own_factors.own_mapping(RISE))
    assert refused.value.figures["count"] == 2
    assert "4: kg_co2e_per_kg = '0,9 ca'" in refused.value.figures["first"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("−0,2", "-0.2"),
        ("9.3E-06", "0.0000093"),
        ("1 200", "1200"),
        ("\u00a00,4", "0.4"),
    ],
)
def test_numbers_with_comma_point_and_spaces(text: str, number: str) -> None:
    table = table_of({"": [["Namn"], [text]]}, sheet=None, wanted={"name": ("Namn",)})
    assert table.number(2, "name") == Decimal(number)
    assert table.text(2, "absent") == ""
