"""Hard cases of the trade about agreements themselves, each by its number in the list (docs/cases.md)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import escape

from market.models import Agreement, AgreementPrice, LotBalance
from orders.models import CallOff
from orders.queries.balances import unproven_balances
from tests.factories.world import Farm, Goods, PackOf, World, make_world
from tests.orders.actions.test_placing import place
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db

FARM = Farm(price=Decimal("12.5"))  # SEK a kg
HEAD = "Delkontrakt;Takvärde;Leverantör;Redan avropat;Vara;Förpackning;{price}"


@pytest.fixture(autouse=True)
def _on_the_worlds_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        yield


def hand_in(world: World, sheet: str, *, do: str = "in", **change: Any) -> Any:
    said = {
        "title": "Rotfrukter 2025",
        "case_number": "KS 2025/7",
        "kind": "framework",
        "regime": "directive",
        "signed_on": "2025-03-01",
        "valid_from": "2025-03-15",
        "valid_to": "2027-03-14",
        "cut_over_on": "2026-11-23",
        "part_call_off_allowed": "on",
        "sheet": sheet,
        "do": do,
    }
    return client_of(world.officer).post(address(world, "take_over"), said | change)


def agreed(title: str = "Rotfrukter 2025") -> list[Decimal]:
    prices = AgreementPrice.objects.filter(agreement_lot__agreement__title=title)
    return list(prices.order_by("pk").values_list("price_sek", flat=True))


def one_row(price: str, heading: str = "Pris exkl. moms", spent: str = "") -> str:
    head = HEAD.format(price=heading)
    return f"{head}\nRötter;90 000;Björkhaga gård;{spent};Potatis;5 kg;{price}"


def test_case_9_prices_that_do_not_say_whether_vat_is_in_are_asked_about_and_nothing_is_written() -> None:
    world = make_world()
    page = hand_in(world, one_row("53", heading="Pris")).content.decode()
    assert "Är momsen med i priserna?" in page
    assert agreed() == []


@pytest.mark.parametrize(
    ("heading", "answer", "price", "written"),
    [
        ("Pris inkl. moms", {}, "53", "50.0000"),  # 6 % on food that day
        ("Pris", {"price_has_vat": "ja"}, "53", "50.0000"),
        ("Pris", {"price_has_vat": "nej"}, "50", "50.0000"),
        ("Pris exkl. moms", {}, "50", "50.0000"),
        ("Pris inkl. moms", {}, "52,49", "49.5189"),
    ],
)
def test_case_9_a_price_with_vat_is_brought_to_what_it_is_without(
    heading: str, answer: dict[str, str], price: str, written: str
) -> None:
    world = make_world()
    look = hand_in(world, one_row(price, heading=heading), do="look", **answer).content.decode()
    assert ("moms blir" in look) is (price != "50")
    assert hand_in(world, one_row(price, heading=heading), **answer).status_code == 302
    assert agreed() == [Decimal(written)]


def test_case_9_a_ceiling_told_with_vat_is_refused() -> None:
    world = make_world()
    page = hand_in(world, one_row("50").replace("Takvärde", "Takvärde inkl. moms")).content.decode()
    assert "anges utan moms" in page
    assert agreed() == []


@pytest.mark.parametrize(
    ("pack", "typed", "question"),
    [
        (10, "12,50", "per kg"),  # the crate of 10 kg costs 125
        (5, "12,50", "per kg"),  # only five times off, but just the price of a kilo
        (20, "12,50", "per kg"),
        (10, "1250", "gånger mer"),
    ],
)
def test_case_49_a_kilo_price_entered_as_a_crates_is_asked_about_once(
    pack: int, typed: str, question: str
) -> None:
    world = make_world(products=[Goods(packs=(PackOf(pack),))], farms=[FARM])
    sheet = one_row(typed).replace("5 kg", f"{pack} kg")
    page = hand_in(world, sheet).content.decode()
    assert question in page
    assert agreed() == []
    key = f"2:{world.pack.pk}:{Decimal(typed.replace(',', '.')):f}:pack"
    assert escape(key) in page
    assert hand_in(world, sheet, svarat=[key]).status_code == 302
    assert agreed() == [Decimal(typed.replace(",", "."))]


@pytest.mark.parametrize(("pack", "typed"), [(10, "125"), (10, "110"), (5, "40"), (10, "30")])
def test_case_49_a_price_that_is_only_lower_is_not_asked_about(pack: int, typed: str) -> None:
    world = make_world(products=[Goods(packs=(PackOf(pack),))], farms=[FARM])
    assert hand_in(world, one_row(typed).replace("5 kg", f"{pack} kg")).status_code == 302


def test_case_49_without_a_history_nothing_is_known_and_nothing_is_asked() -> None:
    world = make_world(farms=[Farm(price=None)])
    assert hand_in(world, one_row("1")).status_code == 302


def test_what_is_already_spent_counts_against_the_ceiling_from_the_cut_over() -> None:
    world = make_world()
    hand_in(world, one_row("50", spent="89 900"))
    agreement = Agreement.objects.get(title="Rotfrukter 2025")
    balances = LotBalance.objects.filter(agreement_lot__agreement=agreement)
    assert set(balances.values_list("committed_sek", flat=True)) == {Decimal("89900.00")}
    assert balances.count() == 3
    assert str(agreement.cut_over_on) == "2026-11-23"
    assert unproven_balances() == []


def test_more_spent_than_the_ceiling_is_refused() -> None:
    page = hand_in(make_world(), one_row("50", spent="90 001")).content.decode()
    assert "Mer är redan avropat än taket medger i Rötter" in page
    assert agreed() == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "dis"}, "Fyll i detta"),
        (
            {
                "kind": "dis",
                "notice_number": "2024/S 1",
                "notice_on": "2024-09-01",
                "standstill_to": "2025-03-01",
            },
            "Avtalsspärren",
        ),
        ({"cut_over_on": "2027-03-15"}, "utanför avtalets tid"),
        ({"regime": "national"}, ""),
    ],
)
def test_terms_that_do_not_hold_are_told_at_their_field(change: dict[str, str], words: str) -> None:
    world = make_world()
    told = hand_in(world, one_row("50"), **change)
    if words:
        assert words in told.content.decode()
        assert agreed() == []
    else:
        assert told.status_code == 302


def test_a_contract_from_a_dis_keeps_its_notice_and_its_standstill() -> None:
    world = make_world()
    notice = {
        "kind": "dis",
        "notice_number": "2024/S 123-456789",
        "notice_on": "2024-09-01",
        "notice_url": "https://ted.europa.eu/1",
        "standstill_to": "2025-02-28",
    }
    assert hand_in(world, one_row("50"), **notice).status_code == 302
    page = client_of(world.officer).get(address(world, "agreements")).content.decode()
    for words in ("2024/S 123-456789", "https://ted.europa.eu/1", "2025-02-28"):
        assert words in page


@pytest.mark.parametrize(("cut_over", "placed"), [("2026-11-23", True), ("2026-11-24", False)])
def test_before_the_cut_over_day_the_agreement_is_not_called_off_from_here(
    cut_over: str, placed: bool
) -> None:
    world = make_world(farms=[Farm(price=None)])
    hand_in(world, one_row("50"), cut_over_on=cut_over)
    taken = Agreement.objects.get(title="Rotfrukter 2025")
    assert (place(world, 5)["order"] is not None) is placed
    assert CallOff.objects.filter(agreement=taken).count() == placed


def test_a_sheet_as_a_file_stands_in_the_box_for_the_next_look() -> None:
    world = make_world()
    file = SimpleUploadedFile("avtal.csv", one_row("50", heading="Pris").encode())
    page = hand_in(world, "", do="look", file=file).content.decode()
    assert "Rötter\t90 000\tBjörkhaga gård" in page


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        ("", "Klistra in listan"),
        ("a;b\n1;2", "Ingen rubrikrad"),
        (one_row("50").replace("Potatis", "Fikon"), "Fikon"),
    ],
)
def test_a_sheet_that_cant_be_read_says_why(sheet: str, words: str) -> None:
    page = hand_in(make_world(), sheet).content.decode()
    assert words in page
    assert agreed() == []


def test_lots_whose_shares_do_not_add_up_are_told_by_name() -> None:
    sheet = (
        one_row("50").replace("Vara;", "Fördelning;Andel;Vara;").replace("Potatis;", "andelar;60;Potatis;")
    )
    assert "Rötter: Varje leverantör har en andel" in hand_in(make_world(), sheet).content.decode()


def test_options_of_an_agreement_that_is_taken_over_count_in_its_value_from_the_start() -> None:
    world = make_world()
    pasted = "Delkontrakt;Option;Klausul;Värde;Används senast;Förlänger till\n"
    row = "Rötter;Förlängning 12 månader;punkt 3.2;90 000;2027-01-31;2028-03-14"
    look = hand_in(world, one_row("50"), do="look", options=pasted + row).content.decode()
    assert "Räknas in i avtalets värde från början" in look
    unknown = hand_in(world, one_row("50"), options=pasted + row.replace("Rötter", "Kött"))
    assert unknown.status_code == 422
    assert "delkontrakt som inte finns" in unknown.content.decode()
    unread = hand_in(world, one_row("50"), options=pasted + row.replace("2027-01-31", "31/1"))
    assert "rad 2, Används senast: ”31/1” är ingen dag" in unread.content.decode()
    assert hand_in(world, one_row("50"), options=pasted + row).status_code == 302
    agreement = Agreement.objects.get(title="Rotfrukter 2025")
    page = client_of(world.officer).get(address(world, "agreement", agreement.pk)).content.decode()
    assert "180\N{NO-BREAK SPACE}000,00\N{NO-BREAK SPACE}kr" in page
    assert "Förlängning 12 månader" in page
