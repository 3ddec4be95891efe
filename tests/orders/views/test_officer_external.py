"""What is bought elsewhere: files with their coverage, periods that open to their rows, and nothing compared below 90 %."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from config.ground.models import User
from config.ground.trail import acting
from market.models import Authority, AuthorityMember
from orders.actions.importing import import_purchases, undo_import
from orders.models import PurchaseImport
from tests.orders.purchase_files import GOOD, OFFICER, make_authority, make_factors, mapping, write
from tests.orders.views.desk import client_of, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_without_reference")]


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    factors = make_factors("set-1", carrot="0.11", milk_semi="1.157")
    authority = make_authority()
    with acting(OFFICER):
        type(factors).objects.filter(pk=factors.pk).update(is_active=True)
        user = User.objects.create_user(name="Sara Avtal", email="sara@prov.example")
        AuthorityMember.objects.create(user=user, authority=authority, role="auditor")
    file = write(tmp_path, *GOOD)
    import_purchases(authority=authority, file_name=file.name, content=file, mapping=mapping(), by=OFFICER)
    return authority


@pytest.fixture
def client(authority: Authority) -> Client:
    return client_of(User.objects.get(authorities__authority=authority))


def url(authority: Authority, name: str, *keys: object) -> str:
    return reverse(f"officer:{name}", args=[authority.pk, *keys])


def test_the_page_lists_periods_and_files_and_compares_nothing_half_covered(
    authority: Authority, client: Client
) -> None:
    said = client.get(url(authority, "external")).content.decode()
    assert PurchaseImport.objects.get().file_name in said
    assert "räknas med" in said
    assert "Där jämförs ingenting per kg" in said


def test_a_period_opens_to_its_rows(authority: Authority, client: Client) -> None:
    head, *periods = table(client.get(url(authority, "external"), {"format": "csv"}))[1:]
    assert head[:3] == ["Från", "Till", "Valuta"]
    for period in periods:
        question = {"from": period[0], "to": period[1], "currency": period[2]}
        rows = table(client.get(url(authority, "purchases"), {**question, "format": "csv"}))[3:]
        assert len(rows) == int(period[3])
        assert rows[0][1] in client.get(url(authority, "purchases"), question).content.decode()


def test_a_file_opens_to_its_rows_also_when_it_was_undone(authority: Authority, client: Client) -> None:
    imported = PurchaseImport.objects.get()
    undo_import(purchase_import=imported, by=OFFICER)
    assert "ångrad" in client.get(url(authority, "external")).content.decode()
    said = client.get(url(authority, "imported", imported.pk)).content.decode()
    assert "räknas ingenstans" in said
    assert (
        len(table(client.get(url(authority, "imported", imported.pk), {"format": "csv"}))[3:])
        == imported.rows
    )


def test_rows_go_on_behind_a_key(
    authority: Authority, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orders.queries.imports.PAGE", 1)
    imported = PurchaseImport.objects.get()
    said = client.get(url(authority, "imported", imported.pk)).content.decode()
    first, second = imported.purchases.order_by("pk")[:2]
    assert f"efter={first.pk}" in said
    assert said.count('<th scope="row">') == 1
    behind = client.get(url(authority, "imported", imported.pk), {"efter": first.pk}).content.decode()
    assert f"efter={second.pk}" in behind


def test_another_authoritys_file_is_not_there(authority: Authority, client: Client) -> None:
    other = make_authority("ANDRA", org_number="2120000002")
    with acting(OFFICER):
        PurchaseImport.objects.update(authority=other)
    assert client.get(url(authority, "imported", PurchaseImport.objects.get().pk)).status_code == 404


def test_a_period_that_is_none_is_said_so(authority: Authority, client: Client) -> None:
    assert client.get(url(authority, "purchases"), {"from": "x"}).status_code == 422
