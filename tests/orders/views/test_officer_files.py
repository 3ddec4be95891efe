"""What is saved as a file holds the figures of its page to the öre, says that a demo is invented, and hides a person's number."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.test import override_settings

from config.ground.trail import acting
from market.models import ProductCategory
from orders.models import Basis
from orders.queries.climate import climate_report
from orders.queries.lots import agreements_of
from orders.queries.spend import spend
from orders.rules.periods import year_of
from suppliers.models import Supplier
from tests.factories.walked import JOB, make_walked
from tests.factories.world import World
from tests.orders.views.desk import address, client_of, number, table

pytestmark = pytest.mark.django_db
YEAR = year_of(date(2026, 11, 23))


@pytest.fixture(autouse=True)
def _on_the_worlds_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def world() -> World:
    return make_walked(1)


@pytest.mark.parametrize("basis", [Basis.ORDERED, Basis.DELIVERED])
@pytest.mark.parametrize(("by", "before"), [("supplier", 2), ("category", 1), ("product", 1)])
def test_spend_is_read_back_as_it_stands_on_the_page(world: World, basis: str, by: str, before: int) -> None:
    answer = client_of(world.officer).get(
        address(world, "spend"), {"format": "csv", "by": by, "basis": basis}
    )
    rows = table(answer)[3:]
    report = spend(world.authority, YEAR, basis=basis, by=by)  # type: ignore[arg-type]
    parts = {part.name: part.sums.net_sek_total for part in report.parts}
    assert {row[0]: number(row[before + 1]) for row in rows[:-1]} == parts
    assert number(rows[-1][before + 1]) == report.whole.net_sek_total == sum(parts.values())
    page = client_of(world.officer).get(address(world, "spend"), {"by": by, "basis": basis}).content.decode()
    whole = f"{report.whole.net_sek_total:,.2f}".replace(",", "\u00a0").replace(".", ",")
    assert f"{whole}\u00a0kr" in page


def test_rows_sum_to_the_figure_that_they_open(world: World) -> None:
    answer = client_of(world.officer).get(address(world, "spend_rows"), {"format": "csv"})
    rows = table(answer)[3:]
    report = spend(world.authority, YEAR, basis=Basis.ORDERED, by="supplier")
    assert sum(number(row[9]) or Decimal(0) for row in rows) == report.whole.net_sek_total
    assert sum(number(row[8]) or Decimal(0) for row in rows) == report.whole.kg_total
    assert len(rows) == report.whole.lines


def test_a_lots_rows_and_parties_sum_to_what_it_has_bound(world: World) -> None:
    client, url = client_of(world.officer), address(world, "lot", world.lot.pk)
    lot = agreements_of(world.authority)[0].lots[0]
    rows = table(client.get(url, {"format": "csv"}))[3:]
    parties = table(client.get(url, {"format": "csv", "table": "parties"}))[3:]
    assert sum(number(row[10]) or Decimal(0) for row in rows) == lot.committed_sek
    assert sum(number(row[3]) or Decimal(0) for row in parties) == lot.committed_sek


def test_the_climate_file_leaves_a_missing_factor_empty(world: World) -> None:
    answer = client_of(world.officer).get(address(world, "climate"), {"format": "csv"})
    rows = {row[0]: row for row in table(answer)[4:]}
    report = climate_report(world.authority, YEAR, basis=Basis.ORDERED)
    assert report.uncovered
    assert {row.product for row in report.uncovered} == {name for name, row in rows.items() if row[8] == ""}
    told = sum(number(row[8]) or Decimal(0) for row in rows.values())
    assert abs(told - report.whole.co2e_kg) <= Decimal("0.0005") * len(rows)


@pytest.mark.parametrize(
    "name", ["agreements", "spend", "spend_rows", "climate", "refused", "waiting", "external"]
)
def test_a_demos_file_says_first_that_its_figures_are_invented(world: World, name: str) -> None:
    client, url = client_of(world.people.auditor), address(world, name)
    assert table(client.get(url, {"format": "csv"}))[0][0].startswith("\ufeffPåhittade siffror")
    with override_settings(DEMO=False):
        assert "Påhittade" not in str(table(client.get(url, {"format": "csv"})))


def test_the_international_variant_has_comma_and_point(world: World) -> None:
    answer = client_of(world.officer).get(
        address(world, "spend"), {"format": "csv", "variant": "international"}
    )
    rows = table(answer, delimiter=",")
    report = spend(world.authority, YEAR, basis=Basis.ORDERED, by="supplier")
    assert Decimal(rows[-1][3]) == report.whole.net_sek_total


def test_no_goods_name_becomes_a_formula(world: World) -> None:
    with acting(JOB):
        ProductCategory.objects.filter(code="beef").update(name_sv="=1+1")
    answer = client_of(world.officer).get(address(world, "spend"), {"format": "csv", "by": "category"})
    names = {row[0] for row in table(answer)}
    assert "'=1+1" in names
    assert "=1+1" not in names


def test_a_sole_traders_number_is_on_no_page_and_in_no_file(world: World) -> None:
    with acting(JOB):
        Supplier.objects.filter(pk=world.supplier.pk).update(
            legal_form="sole_trader", org_number=None, personal_number="188001019999"
        )
    client = client_of(world.officer)
    urls = [address(world, name) for name in ("spend", "spend_rows", "suppliers", "agreements")]
    urls.append(address(world, "lot", world.lot.pk))
    said = "".join(
        str(table(client.get(url, {"format": "csv"}))) + client.get(url).content.decode() for url in urls
    )
    assert "enskild firma" in said
    assert "8001019999" not in said
    assert "800101-9999" not in said


def test_an_export_reads_every_row_whatever_their_number(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orders.queries.call_off_rows.CHUNK", 2)
    answer = client_of(world.officer).get(address(world, "spend_rows"), {"format": "csv"})
    report = spend(world.authority, YEAR, basis=Basis.ORDERED, by="supplier")
    assert len(table(answer)[3:]) == report.whole.lines > 4
