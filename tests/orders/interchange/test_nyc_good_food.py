"""A real file: what seven agencies of New York City bought in three fiscal years. It stays outside the project.

The expected figures are counted here by a few lines of csv, apart from the code that is tested.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Count, Q, Sum

from market.actions.reference import load_climate
from market.models import FactorSet
from orders.actions.import_refusals import SameFileAgain
from orders.actions.importing import import_purchases, undo_import
from orders.interchange.food_tables import food_names
from orders.interchange.purchase_mapping import load_mapping
from orders.interchange.purchase_words import Oddity
from orders.interchange.purchases import Row, read_rows
from orders.models import ExternalPurchase, ExternalTally, PurchaseImport
from orders.queries.external import external_footprint
from tests.orders.purchase_files import OFFICER, make_authority

SHARED = Path(__file__).resolve().parents[4] / "shared"
FILE = SHARED / "data" / "real" / "nyc_good_food" / "Good_Food_Purchasing_Data.csv"
POUND = Decimal("0.45359237")
# Shares with a food and a weight: by mass, by cost, by lines; and by mass a year. docs/real-files.md shows them too.
SHARES = [Decimal("0.664"), Decimal("0.388"), Decimal("0.369")]
BY_YEAR = [Decimal("0.652"), Decimal("0.670"), Decimal("0.680")]

pytestmark = pytest.mark.skipif(
    not FILE.exists(),
    reason="NOT RUN: the real purchase file ../shared/data/real/nyc_good_food is not here",
)


@pytest.fixture(scope="module")
def cells() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    with FILE.open("rb") as file:
        read = list(read_rows(file, load_mapping("nyc_good_food")))
    return [each for each in read if isinstance(each, Row)]


@pytest.fixture
def factors(db: None) -> FactorSet:
    load_climate(by=OFFICER)
    return FactorSet.objects.get(is_active=True)


def number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def test_every_row_of_the_file_is_read(cells: list[dict[str, str]], rows: list[Row]) -> None:
    assert len(cells) == 17_208
    assert [dict(each.raw) for each in rows] == cells


def test_blank_zero_and_negative_are_told_apart(cells: list[dict[str, str]], rows: list[Row]) -> None:
    weights = [number(cell["Total Weight in lbs"]) for cell in cells]
    assert [each.kg is None for each in rows] == [weight is None for weight in weights]
    assert sum(weight == 0 for weight in weights) == sum(each.kg == 0 for each in rows) == 822
    assert [each.quantity for each in rows] == [number(cell["# of Units"]) for cell in cells]
    assert sum(each.quantity is not None and each.quantity < 0 for each in rows) == 5
    assert (
        sum(Oddity.NEGATIVE in each.odd for each in rows) == 6
    )  # one more line has a weight below zero, no units


def test_cost_is_present_on_few_rows_and_adds_up(cells: list[dict[str, str]], rows: list[Row]) -> None:
    costs = [each.amount for each in rows if each.amount is not None]
    assert costs == [Decimal(cell["Total Cost"]) for cell in cells if cell["Total Cost"]]
    assert (len(costs), sum(costs)) == (3_767, 526_829_801)
    assert sum(each != 0 for each in costs) == 3_762


def test_pounds_become_kilograms(cells: list[dict[str, str]], rows: list[Row]) -> None:
    pounds = sum(Decimal(cell["Total Weight in lbs"] or 0) for cell in cells)
    kg = sum((each.kg or Decimal(0) for each in rows), Decimal(0))
    assert pounds == 494_975_929
    assert abs(kg - pounds * POUND) < 1  # each row is rounded to a tenth of a gram


def test_exact_copies_are_flagged_and_kept(cells: list[dict[str, str]], rows: list[Row]) -> None:
    times = Counter(tuple(cell.values()) for cell in cells)
    copies = sum(each - 1 for each in times.values())
    assert copies == sum(Oddity.DUPLICATE in each.odd for each in rows) == 5


def test_two_spellings_of_one_agency_are_one_buyer(cells: list[dict[str, str]], rows: list[Row]) -> None:
    assert len({cell["Agency"] for cell in cells}) == 7
    assert len({each.buyer for each in rows}) == 6
    assert sum(Oddity.BUYER_MERGED in each.odd for each in rows) == 167


def test_fiscal_years_run_from_july_to_june(cells: list[dict[str, str]], rows: list[Row]) -> None:
    years = Counter(cell["Time Period"] for cell in cells)
    read = Counter(f"{each.period_start:%Y}-{each.period_end:%Y}" for each in rows)
    assert read == years
    assert {(f"{each.period_start:%m-%d}", f"{each.period_end:%m-%d}") for each in rows} == {
        ("07-01", "06-30")
    }


def test_the_label_is_an_answer_key_for_matching_by_the_sellers_text(rows: list[Row]) -> None:
    """By the text alone nearly the same mass finds a food, and where both find one they hardly ever disagree."""
    names, mass = food_names("en"), Counter[str]()
    for each in rows:
        by_label = names.food_of(each.product_label or each.product_text, beside=each.product_text)
        by_text = names.food_of(each.product_text)
        both = by_label and by_text
        kind = "silent" if not both else "same" if by_label.food_key == by_text.food_key else "other"  # type: ignore[union-attr]
        mass[kind] += int(each.kg or 0)
        mass["text only"] += int(each.kg or 0) if by_text and not by_label else 0
    total = mass["silent"] + mass["same"] + mass["other"]
    assert mass["same"] / total > 0.62
    assert mass["other"] / total < 0.001
    assert mass["text only"] / total < 0.006


def bring_in(authority: Any, *, dry_run: bool = False) -> Any:
    return import_purchases(
        authority=authority,
        file_name=FILE.name,
        content=FILE,
        mapping=load_mapping("nyc_good_food"),
        dry_run=dry_run,
        by=OFFICER,
    )


def tallies() -> Iterator[Any]:
    columns = [
        field.name for field in ExternalTally._meta.fields if field.name not in ("id", "purchase_import")
    ]
    return ExternalTally.objects.order_by(*columns).values_list(*columns).iterator()


@pytest.mark.long
@pytest.mark.django_db
def test_the_file_is_imported_whole_and_its_coverage_is_shown(factors: FactorSet) -> None:
    authority = make_authority()
    report = bring_in(authority)
    assert (report.rows, report.imported, report.refused) == (17_208, 17_208, 0)
    assert report.unknown_foods == set()
    assert PurchaseImport.objects.get().rows == ExternalPurchase.objects.counting().count() == 17_208
    assert ExternalTally.objects.aggregate(Sum("lines"), Sum("amount")) == {
        "lines__sum": 17_208,
        "amount__sum": Decimal("526829801.00"),
    }
    stored = ExternalPurchase.objects.aggregate(
        cost=Count("amount"), zero=Count("pk", filter=Q(kg=0)), returned=Count("pk", filter=Q(quantity__lt=0))
    )
    assert stored == {"cost": 3_767, "zero": 822, "returned": 5}

    total = report.totals()["USD"]
    assert [round(share, 3) for share in (total.by_mass, total.by_amount, total.by_lines)] == SHARES
    footprint = external_footprint(authority, factors)
    assert [round(each.coverage_by_mass or 0, 3) for each in footprint] == BY_YEAR
    assert sum(each.kg_covered for each in footprint) == total.kg_covered
    assert sum(each.amount_covered for each in footprint) == total.amount_covered
    assert {each.currency for each in footprint} == {"USD"}
    with pytest.raises(SameFileAgain):
        bring_in(authority)


@pytest.mark.django_db
@pytest.mark.long
def test_a_dry_run_and_an_undone_import_change_nothing(factors: FactorSet) -> None:
    authority = make_authority()
    assert bring_in(authority, dry_run=True).imported == 17_208
    assert (PurchaseImport.objects.count(), ExternalPurchase.objects.count()) == (0, 0)
    report = bring_in(authority)
    first = list(tallies())
    undo_import(purchase_import=PurchaseImport.objects.get(pk=report.import_id), by=OFFICER)
    assert list(tallies()) == []
    assert external_footprint(authority, factors) == ()
    bring_in(authority)
    assert list(tallies()) == first
