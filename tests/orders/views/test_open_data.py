"""Open data: published by decision, read by anybody, and nobody's own sales in it."""

import csv
import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from orders.models import OpenDataDecision
from orders.queries.open_data import COLUMNS
from orders.queries.reports.asked import Asked
from orders.queries.reports.register import REPORTS
from orders.rules.periods import year_of
from tests.factories.report_files import published_openly
from tests.factories.walked import make_walked
from tests.factories.world import Farm, World
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db
FARMS = tuple(Farm(name=f"Gård {number}", rank=number, stock=30, price=10 + number) for number in range(1, 5))


@pytest.fixture
def world() -> World:
    return make_walked(4, farms=FARMS, kitchens=4)


def url(world: World, form: str) -> str:
    return reverse("orders:open_data", args=[world.authority.pk, form])


def later(world: World) -> time_machine.travel:
    """The month after the deliveries: only then is their month over."""
    day = (world.delivery_date.replace(day=1) + timedelta(days=40)).replace(day=3)
    return time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=UTC), tick=False)


def test_nothing_is_public_before_it_is_decided_and_after_it_has_ended(world: World) -> None:
    with later(world):
        client = client_of(world.officer)
        assert Client().get(url(world, "csv")).status_code == 404
        assert world.authority.name not in Client().get(reverse("orders:open_data_index")).content.decode()
        assert client.post(address(world, "publish_open_data"), {"decision": " "}).status_code == 422
        assert client.post(address(world, "publish_open_data"), {"decision": "KS § 118"}).status_code == 302
        assert client.post(address(world, "publish_open_data"), {"decision": "igen"}).status_code == 422
        assert world.authority.name in Client().get(reverse("orders:open_data_index")).content.decode()
        assert Client().get(url(world, "csv")).status_code == 200
        assert Client().get(url(world, "xml")).status_code == 404
        assert "Inköpen är publicerade" in client.get(address(world, "publish_open_data")).content.decode()
        client.post(address(world, "publish_open_data"), {"end": "1"})
        assert client.post(address(world, "publish_open_data"), {"end": "1"}).status_code == 404
    ended = OpenDataDecision.objects.get().valid_to
    assert ended is not None
    with time_machine.travel(datetime(ended.year, ended.month, ended.day, 9, tzinfo=UTC) + timedelta(days=1)):
        assert Client().get(url(world, "json")).status_code == 404


def test_the_figures_are_the_reports_own_and_alike_in_each_form(world: World) -> None:
    published_openly(world)
    asked = Asked(
        authority=world.authority,
        period=year_of(world.delivery_date),
        today=world.today,
        basis="delivered",
        by="category",
    )
    report = REPORTS["inkop"].make(asked)
    assert report.whole is not None
    with later(world):
        answer = Client().get(url(world, "csv"))
        text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
        told = Client().get(url(world, "json")).json()
        package = Client().get(url(world, "datapackage")).json()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows
    assert sum(Decimal(row["net_sek"]) for row in rows) == report.whole.cells[report.column("net_sek")]
    assert [Decimal(row["net_sek"]) for row in told["rows"]] == [Decimal(row["net_sek"]) for row in rows]
    assert all(int(row["suppliers"]) >= 3 for row in rows)
    assert list(rows[0]) == [field["name"] for field in package["resources"][0]["schema"]["fields"]]
    assert [name for name, _kind, _about in COLUMNS] == list(rows[0])
    assert package["description"].endswith("Decision: KS § 118.")
    names = [supplier.name for supplier in world.suppliers] + [kitchen.name for kitchen in world.kitchens]
    assert not [name for name in names if name in text or name in str(told) or name in str(package)]


def test_a_month_that_is_not_over_is_not_told(world: World) -> None:
    published_openly(world)
    with time_machine.travel(datetime.combine(world.delivery_date, world.now.timetz()), tick=False):
        assert Client().get(url(world, "json")).json()["rows"] == []


def test_sales_of_too_few_suppliers_are_told_nowhere() -> None:
    world = make_walked(1, kitchens=1)
    published_openly(world)
    with later(world):
        assert Client().get(url(world, "json")).json()["rows"] == []
