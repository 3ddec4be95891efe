"""A farm registers itself in three screens and keeps its certificates."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from stdnum import luhn

from config.ground.models import StoredFile, TrailEntry
from market.models import SupplierHubTerms, SupplierPause
from suppliers.models import Certificate, FarmMember, Supplier
from tests.factories.world import World, make_world

PERSON = "18800101999"  # no register gives it out; its check digit follows


@pytest.fixture
def world(db: None) -> Iterator[World]:
    made = make_world()
    with time_machine.travel(made.now, tick=False):
        yield made


@pytest.fixture
def outsider(world: World, client: Client) -> Client:
    client.force_login(world.people.outsider, backend="config.ground.sign_in.EmailBackend")
    return client


def business(**extra: str) -> dict[str, str]:
    plain = {"legal_form": "company", "number": "559900-9990", "name": "Nygården", "place": "Läppe"}
    return {**plain, "email": "ny@gard.example", "phone": "0151-123", **extra}


def valid(head: str) -> str:
    return head + str(luhn.calc_check_digit(head))


def test_three_screens_make_a_farm_that_can_deliver(world: World, outsider: Client) -> None:
    answer = outsider.post("/gard/ny/", business(number=valid("559900999")))
    farm = Supplier.objects.get(name="Nygården")
    assert answer.headers["Location"] == f"/gard/{farm.pk}/intyg/"
    assert FarmMember.objects.get(supplier=farm).user == world.people.outsider
    paper = {
        "kind": "krav",
        "number": "K-1",
        "issuer": "Provorganet",
        "valid_from": "2026-01-01",
        "valid_to": "2026-12-31",
        "group_codes": ["vegetables"],
        "file": SimpleUploadedFile("../intyg.pdf", b"%PDF-1.7 krav"),
    }
    outsider.post(f"/gard/{farm.pk}/intyg/", paper)
    kept = Certificate.objects.get(supplier=farm)
    assert (kept.kind, kept.valid_to, kept.file and kept.file.name) == (
        "krav",
        date(2026, 12, 31),
        "intyg.pdf",
    )
    assert [group.code for group in kept.product_groups.all()] == ["vegetables"]
    assert outsider.get(f"/fil/{kept.file_id}/").status_code == 200
    hub = f"nav{world.hub.pk}"
    terms = {
        "nav": world.hub.pk,
        f"{hub}-weekdays": list(world.hub.weekdays),
        f"{hub}-lead_working_days": "3",
    }
    outsider.post(
        f"/gard/{farm.pk}/villkor/",
        {**terms, f"{hub}-cut_off_time": "10:00", f"{hub}-minimum_order_sek": "500"},
    )
    own = SupplierHubTerms.objects.get(supplier=farm)
    assert [own.lead_working_days, own.cut_off_time.hour, own.minimum_order_sek] == [3, 10, 500]
    assert outsider.get(f"/gard/{farm.pk}/").status_code == 200


def test_a_sole_traders_number_is_shown_nowhere(world: World, outsider: Client) -> None:
    number = valid(PERSON)
    faulty = outsider.post("/gard/ny/", business(legal_form="sole_trader", number=number, name=""))
    assert faulty.status_code == 422
    assert number not in faulty.content.decode()
    assert "ny@gard.example" in faulty.content.decode(), "all else that was typed is kept"
    answer = outsider.post("/gard/ny/", business(legal_form="sole_trader", number=number), follow=True)
    farm = Supplier.objects.get(name="Nygården")
    assert farm.personal_number == number
    for page in (answer, outsider.get(f"/gard/{farm.pk}/"), outsider.get(f"/api/v1/suppliers/{farm.pk}/")):
        assert number[2:] not in page.content.decode()
    for entry in TrailEntry.objects.filter(table_name="suppliers_supplier", row_id=farm.pk):
        assert number not in str(entry.payload)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"number": "559900-0000"}, "number"),
        ({"number": "🐄"}, "number"),
        ({"email": "x"}, "email"),
        ({"phone": ""}, "phone"),
    ],
)
def test_a_fault_is_told_beside_its_box_and_the_rest_is_kept(
    world: World, outsider: Client, wrong: dict[str, str], field: str
) -> None:
    answer = outsider.post("/gard/ny/", business(**wrong))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in html
    assert "Nygården" in html
    assert not Supplier.objects.filter(name="Nygården").exists()


def test_a_farm_of_a_strange_name_is_told_or_kept_as_it_is(world: World, outsider: Client) -> None:
    assert outsider.post("/gard/ny/", business(name="Ny\x00gården")).status_code == 422
    strange = "=cmd()|🐄 \u202eGården <script>"
    html = outsider.post(
        "/gard/ny/", business(name=strange, number=valid("559900999")), follow=True
    ).content.decode()
    assert "<script>alert" not in html
    assert "🐄 \u202eGården <script>" not in html, "a name is text, never a part of the page"
    assert Supplier.objects.filter(name=strange).count() == 1


def test_a_certificates_file_keeps_no_path_and_no_hidden_suffix(world: World, client: Client) -> None:
    client.force_login(world.people.farmers[0], backend="config.ground.sign_in.EmailBackend")
    page = f"/gard/{world.supplier.pk}/intyg/"
    paper = {"kind": "krav", "number": "K-9", "issuer": "Provorganet", "valid_from": "2026-01-01"}
    pdf = b"%PDF-1.7\n"
    for number, name in enumerate(("../../etc/intyg.pdf", "intyg\u202e.pdf", "intyg.exe")):
        file = SimpleUploadedFile(name, pdf)
        client.post(page, {**paper, "number": f"K-{number}", "group_codes": ["food"], "file": file})
    assert set(StoredFile.objects.values_list("name", flat=True)) == {"intyg.pdf"}
    large = SimpleUploadedFile("i.pdf", pdf + bytes(10 * 1024 * 1024))
    answer = client.post(page, {**paper, "group_codes": ["food"], "file": large})
    assert answer.status_code == 422
    assert "större än 10 MB" in answer.content.decode().replace("\u00a0", " ")
    assert not Certificate.objects.filter(number="K-9").exists()


def test_a_number_that_is_taken_is_told(world: World, outsider: Client) -> None:
    taken = outsider.post("/gard/ny/", business(number=world.supplier.org_number or ""))
    assert taken.status_code == 422
    assert "finns redan en leverantör" in taken.content.decode()


def test_a_certificate_is_refused_with_its_file_and_ended_by_a_tap(world: World, client: Client) -> None:
    client.force_login(world.people.farmers[0], backend="config.ground.sign_in.EmailBackend")
    page = f"/gard/{world.supplier.pk}/intyg/"
    paper = {"kind": "organic", "number": "E-1", "issuer": "Provorganet", "valid_from": "2026-01-01"}
    spelled = {**paper, "group_codes": ["vegetables"], "file": SimpleUploadedFile("i.pdf", b"MZ\x90\x00")}
    refused = client.post(page, spelled)
    assert refused.status_code == 422
    assert "varken PDF" in refused.content.decode()
    assert not StoredFile.objects.exists()
    client.post(page, {**paper, "group_codes": ["vegetables"]})
    assert client.post(page, {**paper, "group_codes": ["vegetables"]}).status_code == 422
    made = Certificate.objects.get(number="E-1")
    client.post(f"{page}{made.pk}/avsluta/")
    made.refresh_from_db()
    assert made.valid_to == world.today


def test_a_pause_is_set_and_taken_away(world: World, client: Client) -> None:
    client.force_login(world.people.farmers[0], backend="config.ground.sign_in.EmailBackend")
    page = f"/gard/{world.supplier.pk}/villkor/"
    wrong = client.post(f"{page}paus/", {"first_day": "2026-12-05", "last_day": "2026-12-01"})
    assert wrong.status_code == 422
    set_ = client.post(
        f"{page}paus/", {"first_day": "2026-11-30", "last_day": "2026-12-05", "reason": "jul"}, follow=True
    )
    assert "1 leveransdag är redan planerad" in set_.content.decode()
    pause = SupplierPause.objects.get(supplier=world.supplier)
    client.post(f"{page}paus/{pause.pk}/ta-bort/")
    assert not SupplierPause.objects.exists()


@pytest.mark.parametrize("hub", ["", "0", "x", "9" * 30])
def test_terms_at_no_hub_are_not_found(world: World, client: Client, hub: str) -> None:
    client.force_login(world.people.farmers[0], backend="config.ground.sign_in.EmailBackend")
    assert client.post(f"/gard/{world.supplier.pk}/villkor/", {"nav": hub}).status_code == 404
