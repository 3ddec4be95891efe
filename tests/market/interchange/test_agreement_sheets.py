"""A running agreement's sheet: which columns, which rows make which lots, and each fault at its place."""

from decimal import Decimal
from typing import Any

import pytest

from config.ground.sheets import read_sheet
from market.interchange.agreement_sheets import Reading, Register, read_agreement
from market.interchange.agreement_words import Column, Wrong, columns_of
from market.interchange.farm_lists import KnownPack, KnownProduct
from market.rules.agreement_draft import PartyDraft
from market.rules.quantities import BaseUnit, Pack


def pack(pk: int, name: str, base: str, *, catch: bool = False) -> KnownPack:
    measure = Pack(
        base_unit=BaseUnit.KG,
        base_per_pack=Decimal(base),
        kg_per_base=Decimal(1),
        catch_weight=catch,
        upper_tolerance=Decimal("0.1") if catch else Decimal(0),
    )
    return KnownPack(
        pack_id=pk, names=(name, name), measure=measure, price_sek=None, per_kg=catch, is_cap=False
    )


def product(pk: int, name: str, *packs: KnownPack) -> KnownProduct:
    return KnownProduct(
        product_id=pk, name=name, unit=BaseUnit.KG, packs=packs, vat_rate=Decimal(0), is_posted=False
    )


POTATO = product(1, "Potatis", pack(11, "säck 10 kg", "10"), pack(12, "säck 25 kg", "25"))
LAMB = product(2, "Lammstek", pack(21, "ca 2 kg", "2", catch=True))
REGISTER = Register(
    suppliers={"bjorkhaga gard": 7, "5561234567": 7, "asen": 8},
    products={"potatis": POTATO, "lammstek": LAMB},
    rates={1: Decimal("0.06"), 2: Decimal("0.12")},
)


def read(*rows: str, price_has_vat: bool | None = False, **change: Any) -> Reading:
    sheet = read_sheet("\n".join(rows).encode(), name="avtal.csv")
    return read_agreement(sheet, price_has_vat=price_has_vat, register=change.get("register", REGISTER))


HEAD = "Delkontrakt;Takvärde;Leverantör;Vara;Förpackning;Pris"
ROW = "Rotfrukter;100 000;Björkhaga gård;Potatis;säck 10 kg;125,00"


def wrongs(reading: Reading) -> list[tuple[int, str, Wrong]]:
    return [(fault.line, fault.column, fault.wrong) for fault in reading.faults]


def test_rows_become_lots_with_parties_prices_and_what_is_spent() -> None:
    reading = read(
        "Delkontrakt;Fördelning;Takvärde (kr);Tak i kg;Leverantör;Rang;Andel;Redan avropat (kr);Redan avropat i kg;Vara;Förpackning;Pris;Pris per",
        "Rotfrukter;andelar;200 000;9 000;556123-4567;1;60 %;12 500,50;1 000;Potatis;säck 10 kg;125,00;förp",
        "Rotfrukter;;;;556123-4567;;;;;Potatis;säck 25 kg;12,50;kg",
        "Rotfrukter;;;;Åsen;2;40;;;Potatis;10 kg;130;",
        "Kött;;50 000;;Åsen;;;;;Lammstek;;180;",
        "Summa;;250 000;;;;;;;;;;",
    )
    assert reading.faults == []
    roots, meat = reading.lots
    assert (roots.allotment, roots.ceiling_sek, roots.ceiling_kg) == (
        "shares",
        Decimal(200_000),
        Decimal(9_000),
    )
    assert roots.parties == (PartyDraft(7, 1, Decimal(60)), PartyDraft(8, 2, Decimal(40)))
    assert [(each.pack_id, each.price_sek, each.per) for each in roots.prices] == [
        (11, Decimal("125.00"), "pack"),
        (12, Decimal("12.50"), "kg"),
        (11, Decimal(130), "pack"),
    ]
    assert (meat.allotment, meat.ceiling_kg, [each.per for each in meat.prices]) == ("single", None, ["kg"])
    opening = reading.openings[0]
    assert (opening.lot, opening.supplier_id, opening.spent_sek, opening.spent_kg) == (
        "Rotfrukter",
        7,
        Decimal("12500.50"),
        Decimal(1_000),
    )
    assert len(reading.openings) == 1


def test_several_parties_without_a_word_are_ranked_in_their_order() -> None:
    reading = read(HEAD, ROW, "Rotfrukter;;Åsen;Potatis;säck 10 kg;130")
    assert (reading.lots[0].allotment, [each.rank for each in reading.lots[0].parties]) == ("ranking", [1, 2])


@pytest.mark.parametrize(
    ("heading", "answer", "price", "rate"),
    [
        ("Pris exkl. moms", None, "125.00", None),
        ("Pris exkl. moms", True, "125.00", None),
        ("Pris inkl. moms", None, "117.9245", "0.06"),
        ("Pris", True, "117.9245", "0.06"),
        ("Pris", False, "125.00", None),
    ],
)
def test_vat_is_told_by_the_heading_or_else_by_the_officer(
    heading: str, answer: bool | None, price: str, rate: str | None
) -> None:
    reading = read(HEAD.replace("Pris", heading), ROW, price_has_vat=answer)
    line = reading.prices[0]
    assert (line.price_sek, line.vat_rate) == (Decimal(price), None if rate is None else Decimal(rate))
    assert (reading.asks_vat, len(reading.converted)) == (False, 1 if rate else 0)


def test_where_nobody_says_whether_vat_is_in_it_is_asked() -> None:
    assert read(HEAD, ROW, price_has_vat=None).asks_vat


@pytest.mark.parametrize(("word", "price"), [("inkl", "117.9245"), ("exkl.", "125.00"), ("ja", "117.9245")])
def test_a_rows_own_word_on_vat_counts_before_the_answer(word: str, price: str) -> None:
    reading = read(f"{HEAD};Moms", f"{ROW};{word}", price_has_vat=None)
    assert reading.prices[0].price_sek == Decimal(price)
    assert not reading.asks_vat


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (("Vara;Pris", "Potatis;12"), (0, "", Wrong.NO_HEADER)),
        ((HEAD,), (0, "", Wrong.NO_ROWS)),
        ((HEAD, ROW.replace("Rotfrukter", "")), (2, "Delkontrakt", Wrong.EMPTY)),
        ((HEAD, ROW.replace("Björkhaga gård", "Okänd AB")), (2, "Leverantör", Wrong.UNKNOWN_SUPPLIER)),
        ((HEAD, ROW.replace("Björkhaga gård", "")), (2, "Leverantör", Wrong.EMPTY)),
        ((HEAD, ROW.replace("Potatis", "Guldkorn")), (2, "Vara", Wrong.UNKNOWN_PRODUCT)),
        ((HEAD, ROW.replace("Potatis", "")), (2, "Vara", Wrong.EMPTY)),
        ((HEAD, ROW.replace("säck 10 kg", "7 kg")), (2, "Förpackning", Wrong.UNKNOWN_PACK)),
        ((HEAD, ROW.replace("säck 10 kg", "")), (2, "Förpackning", Wrong.UNKNOWN_PACK)),
        ((HEAD, ROW.replace("125,00", "tolv")), (2, "Pris", Wrong.NO_NUMBER)),
        ((HEAD, ROW.replace("125,00", "")), (2, "Pris", Wrong.EMPTY)),
        ((HEAD, ROW.replace("125,00", "-5")), (2, "Pris", Wrong.NEGATIVE)),
        ((HEAD, ROW.replace("100 000", "")), (0, "Takvärde", Wrong.NO_CEILING)),
        ((HEAD, ROW, ROW.replace("100 000", "90 000")), (3, "Takvärde", Wrong.TOLD_TWICE)),
        ((f"{HEAD};Fördelning", f"{ROW};närmast"), (2, "Fördelning", Wrong.UNKNOWN_WORD)),
        ((f"{HEAD};Pris per", f"{ROW};pall"), (2, "Pris per", Wrong.UNKNOWN_WORD)),
        ((f"{HEAD};Moms", f"{ROW};kanske"), (2, "Moms", Wrong.UNKNOWN_WORD)),
        (
            (HEAD.replace("Takvärde", "Takvärde inkl. moms"), ROW),
            (0, "Takvärde inkl. moms", Wrong.VAT_IN_CEILING),
        ),
        ((HEAD, '"Rotfrukter;1;Åsen;Potatis'), (2, "", Wrong.BROKEN)),
    ],
)
def test_each_fault_is_told_at_its_line_and_column(
    rows: tuple[str, ...], fault: tuple[int, str, Wrong]
) -> None:
    assert fault in wrongs(read(*rows))


def test_a_price_with_vat_on_goods_whose_rate_is_not_known_is_refused() -> None:
    register = Register(suppliers=REGISTER.suppliers, products=REGISTER.products, rates={})
    assert (2, "Pris", Wrong.NO_VAT_RATE) in wrongs(read(HEAD, ROW, price_has_vat=True, register=register))


def test_kg_columns_are_not_taken_for_those_in_kronor() -> None:
    found = columns_of(["Tak i kg", "Tak (kr)", "Redan avropat i kg", "Redan avropat (kr)"])
    assert found == {
        Column.CEILING_KG: 0,
        Column.CEILING_SEK: 1,
        Column.SPENT_KG: 2,
        Column.SPENT_SEK: 3,
    }
