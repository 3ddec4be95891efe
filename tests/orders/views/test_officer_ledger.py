"""A ledger is read in on a page: columns told and remembered, a look first, all or nothing, undone."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from config.ground.models import StoredFile
from orders.models import ExternalPurchase, PurchaseImport, PurchaseMapping
from tests.factories.world import World, make_world
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db
LEDGER = (
    "Enhet;Bokföringsdatum;Leverantör;Organisationsnummer;Konto;Fakturanr;Text;Belopp\n"
    "Björkskolan;2026-10-05;Grossisten AB;556012-5790;4011 Livsmedel;F-1001;Potatis;1 234,50\n"
    "Björkskolan;2026-10-06;Grossisten AB;556012-5790;4011 Livsmedel;K-7;Kredit;-34,50\n"
)
ANSWERS = {
    "name": "Ekonomisystemet",
    "column_buyer": "Enhet",
    "column_period": "Bokföringsdatum",
    "column_product_text": "Text",
    "column_supplier_name": "Leverantör",
    "column_supplier_number": "Organisationsnummer",
    "column_category": "Konto",
    "column_invoice_number": "Fakturanr",
    "column_amount": "Belopp",
    "decimal": "comma",
    "period_style": "day",
    "vat_percent": "0",
}


@pytest.fixture(autouse=True)
def _on_the_worlds_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def officer(world: World) -> Client:
    return client_of(world.officer)


def handed_in(world: World, officer: Client, text: str = LEDGER, *, encoding: str = "cp1252") -> str:
    """The address of the file's page."""
    file = SimpleUploadedFile("reskontra.csv", text.encode(encoding))
    answer = officer.post(address(world, "ledger_upload"), {"file": file})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def test_the_columns_are_guessed_and_a_look_writes_nothing(world: World, officer: Client) -> None:
    url = handed_in(world, officer)
    page = officer.get(url).content.decode()
    assert '<option value="Fakturanr" selected>' in page
    page = officer.post(url, ANSWERS | {"do": "prova"}).content.decode()
    assert "1\xa0200,00 SEK" in page
    assert "Läs in allt" in page
    assert not PurchaseImport.objects.exists()
    assert PurchaseMapping.objects.get().name == "Ekonomisystemet"


def test_it_is_read_in_whole_with_its_invoice_numbers_and_undone(world: World, officer: Client) -> None:
    url = handed_in(world, officer)
    answer = officer.post(url, ANSWERS | {"do": "in"}, follow=True)
    page = answer.content.decode()
    assert "2 rader är inlästa." in page
    assert "faktura F-1001" in page
    row = ExternalPurchase.objects.get(amount=Decimal("1234.50"))
    assert (row.invoice_number, row.supplier_number, row.period_start) == (
        "F-1001",
        "5560125790",
        date(2026, 10, 5),
    )
    undone = officer.post(address(world, "undo_import", PurchaseImport.objects.get().pk), follow=True)
    assert "Inläsningen är ångrad" in undone.content.decode()
    assert not ExternalPurchase.objects.counting().exists()


def test_one_bad_row_stops_the_file_and_is_told_by_line_and_column(world: World, officer: Client) -> None:
    url = handed_in(world, officer, LEDGER.replace("1 234,50", "tolv"))
    answer = officer.post(url, ANSWERS | {"do": "in"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Rad 2: Belopp:" in page
    assert "Läs in allt" not in page
    assert not ExternalPurchase.objects.exists()


def test_the_answers_are_remembered_for_the_next_file(world: World, officer: Client) -> None:
    officer.post(handed_in(world, officer), ANSWERS | {"do": "prova", "vat_percent": "12"})
    page = officer.get(handed_in(world, officer, LEDGER.replace("2026-10", "2026-11"))).content.decode()
    assert 'value="Ekonomisystemet"' in page
    assert 'value="12"' in page


def test_the_same_file_twice_and_what_is_no_table_are_refused(world: World, officer: Client) -> None:
    url = handed_in(world, officer)
    officer.post(url, ANSWERS | {"do": "in"})
    assert officer.post(url, ANSWERS | {"do": "in"}).status_code == 409
    assert StoredFile.objects.count() == 1
    picture = SimpleUploadedFile("bild.csv", b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    assert officer.post(address(world, "ledger_upload"), {"file": picture}).status_code == 422
    assert officer.post(address(world, "ledger_upload"), {}).status_code == 422


def test_answers_that_lack_something_say_so(world: World, officer: Client) -> None:
    url = handed_in(world, officer)
    assert officer.post(url, ANSWERS | {"vat_percent": ""}).status_code == 422
    assert officer.post(url, ANSWERS | {"column_buyer": ""}).status_code == 422
