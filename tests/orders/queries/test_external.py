"""The footprint of what is bought elsewhere: at least so much, with what it covers, a currency at a time."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from market.models import Authority, FactorSet
from orders.actions.importing import import_purchases, undo_import
from orders.interchange.purchase_mapping import Mapping
from orders.models import PurchaseImport
from orders.queries.external import external_footprint
from tests.orders.purchase_files import GOOD, OFFICER, make_authority, make_factors, mapping, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def factors() -> FactorSet:
    return make_factors("set-1", carrot="0.11", milk_semi="1.157")


@pytest.fixture
def authority(factors: FactorSet) -> Authority:
    return make_authority()


def bring_in(authority: Authority, content: Path, *, read_by: Mapping | None = None) -> None:
    import_purchases(
        authority=authority, file_name=content.name, content=content, mapping=read_by or mapping(), by=OFFICER
    )


def test_each_period_has_its_kilograms_coverage_and_footprint(
    authority: Authority, factors: FactorSet, tmp_path: Path
) -> None:
    bring_in(authority, write(tmp_path, *GOOD))
    first, second = external_footprint(authority, factors)
    assert (first.kg, first.kg_covered, first.co2e_kg) == (Decimal(60), Decimal(30), Decimal("3.3"))
    assert first.coverage_by_mass == Decimal("0.5")
    assert first.co2e_per_covered_kg == Decimal("0.11")
    assert (first.lines, first.lines_without_kg, first.lines_without_amount, first.lines_covered) == (
        5,
        2,
        1,
        2,
    )
    assert (first.amount, first.amount_covered) == (Decimal(510), Decimal(100))
    assert first.coverage_by_lines == Decimal("0.4")
    assert (second.period_start.year, second.co2e_kg, second.coverage_by_amount) == (
        2020,
        Decimal("46.28"),
        None,
    )


def test_another_set_covers_what_it_has(authority: Authority, tmp_path: Path) -> None:
    bring_in(authority, write(tmp_path, *GOOD))
    only_milk = make_factors("set-2", milk_semi="1")
    first, second = external_footprint(authority, only_milk)
    assert [first.kg_covered, first.co2e_kg, first.coverage_by_mass] == [0, 0, 0]
    assert first.co2e_per_covered_kg is None
    assert second.coverage_by_mass == 1


def test_e10_a_zero_factor_covers(authority: Authority, tmp_path: Path) -> None:
    bring_in(authority, write(tmp_path, *GOOD))
    first, _ = external_footprint(authority, make_factors("set-3", carrot="0"))
    assert [first.coverage_by_mass, first.co2e_kg] == [Decimal("0.5"), 0]


def test_currencies_are_never_added(authority: Authority, factors: FactorSet, tmp_path: Path) -> None:
    bring_in(authority, write(tmp_path, GOOD[0]))
    bring_in(
        authority,
        write(tmp_path, GOOD[2], name="sek.csv"),
        read_by=replace(mapping(), currency="SEK", vat_percent=Decimal(0)),
    )
    assert [(each.currency, each.amount) for each in external_footprint(authority, factors)] == [
        ("SEK", Decimal(300)),
        ("USD", Decimal(100)),
    ]


def test_an_undone_import_counts_nowhere(authority: Authority, factors: FactorSet, tmp_path: Path) -> None:
    bring_in(authority, write(tmp_path, *GOOD))
    undo_import(purchase_import=PurchaseImport.objects.get(), by=OFFICER)
    assert external_footprint(authority, factors) == ()


def test_another_authoritys_purchases_are_not_seen(
    authority: Authority, factors: FactorSet, tmp_path: Path
) -> None:
    bring_in(authority, write(tmp_path, *GOOD))
    assert external_footprint(make_authority("KRI", org_number="2120000002"), factors) == ()
