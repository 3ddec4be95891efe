"""The seeded figures: they can be read, they don't contradict each other, and none claims to be confirmed."""

import csv
from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

import market
from market.rules.climate import Factor
from market.rules.prices import VatRate, vat_rate_on
from market.rules.valuation import LawFigure, UnknownLaw, law_on

DATA = Path(market.__file__).parent / "data"
Row = dict[str, str]


def rows_of(name: str) -> list[Row]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


LAW, VAT, FACTORS = rows_of("law.csv"), rows_of("vat.csv"), rows_of("climate_factors.csv")


def last_day(row: Row) -> date | None:
    return date.fromisoformat(row["valid_to"]) if row["valid_to"] else None


def law_figure(row: Row) -> LawFigure:
    return LawFigure(
        code=row["code"],
        value=Decimal(row["value"]),
        unit=row["unit"],
        regime=row["regime"],
        paragraph=row["paragraph"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=last_day(row),
        source=row["source"],
        checked_on=date.fromisoformat(row["checked_on"]),
        confirmed=row["confirmed"] == "yes",
    )


def vat_rate(row: Row) -> VatRate:
    return VatRate(
        vat_class=row["vat_class"],
        rate=Decimal(row["rate"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=last_day(row),
        source=row["source"],
        confirmed=row["confirmed"] == "yes",
    )


def climate_factor(row: Row) -> Factor:
    return Factor(
        food_key=row["food_key"],
        kg_co2e_per_kg=Decimal(row["kg_co2e_per_kg"]),
        low=Decimal(row["low"]) if row["low"] else None,
        high=Decimal(row["high"]) if row["high"] else None,
        grade=row["grade"],
        basis=row["basis"],
    )


FIGURES = [law_figure(row) for row in LAW if row["value"]]
RATES = [vat_rate(row) for row in VAT]


@pytest.mark.parametrize(
    ("rows", "columns"), [(LAW, 11), (VAT, 7), (FACTORS, 13)], ids=["law", "vat", "climate"]
)
def test_every_row_has_all_columns_and_a_source(rows: list[Row], columns: int) -> None:
    assert rows
    assert all(len(row) == columns and None not in row.values() for row in rows)
    assert all(row["source"].strip() for row in rows)


@pytest.mark.parametrize("rows", [LAW, VAT], ids=["law", "vat"])
def test_no_seeded_figure_claims_to_be_confirmed(rows: list[Row]) -> None:
    assert {row["confirmed"] for row in rows} == {"no"}
    today = datetime.now(UTC).date()
    assert all(date.fromisoformat(row["checked_on"]) <= today for row in rows)


@pytest.mark.parametrize(("rows", "key"), [(LAW, "code"), (VAT, "vat_class")], ids=["law", "vat"])
def test_the_periods_of_one_figure_follow_each_other_without_overlap(rows: list[Row], key: str) -> None:
    periods = defaultdict(list)
    for row in rows:
        periods[row[key]].append((date.fromisoformat(row["valid_from"]), last_day(row) or date.max))
    for spans in periods.values():
        assert all(first <= last for first, last in spans)
        assert all(earlier[1] < later[0] for earlier, later in pairwise(sorted(spans)))


def test_tax_on_food_has_no_day_without_a_rate() -> None:
    food = sorted((rate for rate in RATES if rate.vat_class == "food"), key=lambda rate: rate.valid_from)
    assert all(
        earlier.valid_to is not None and (later.valid_from - earlier.valid_to).days == 1
        for earlier, later in pairwise(food)
    )
    assert food[-1].valid_to is None


@pytest.mark.parametrize(
    ("vat_class", "on", "rate"),
    [
        pytest.param("food", date(2026, 3, 31), "0.12", id="before the change"),
        pytest.param("food", date(2026, 4, 1), "0.06", id="first day of 6 %"),
        pytest.param("food", date(2027, 12, 31), "0.06", id="last day of 6 %"),
        pytest.param("food", date(2028, 1, 3), "0.12", id="ordered 2027-12-30"),
        pytest.param("transport", date(2026, 11, 23), "0.25", id="transport"),
        pytest.param("other", date(2026, 11, 23), "0.25", id="crates"),
    ],
)
def test_the_seeded_rates(vat_class: str, on: date, rate: str) -> None:
    assert vat_rate_on(RATES, vat_class=vat_class, on=on).rate == Decimal(rate)


@pytest.mark.parametrize(
    ("code", "on", "value", "unit"),
    [
        ("direct_award_limit", date(2026, 11, 23), "700000", "SEK"),
        ("documentation_amount", date(2026, 11, 23), "100000", "SEK"),
        ("documentation_days", date(2026, 11, 23), "30", "days"),
        ("small_lot_amount", date(2026, 11, 23), "80000", "EUR"),
        ("small_lot_share", date(2026, 11, 23), "0.2", "share"),
        ("framework_length", date(2026, 11, 23), "4", "years"),
        ("loh_payment_days", date(2026, 11, 23), "30", "days"),
        ("loh_cancellation_days", date(2026, 11, 23), "30", "days"),
        ("loh_cancellation_days_serving", date(2026, 11, 23), "5", "days"),
        ("standstill_days_electronic", date(2026, 11, 23), "10", "days"),
        ("standstill_days_other", date(2026, 11, 23), "15", "days"),
        ("declaration_days_dis", date(2026, 11, 23), "5", "working_days"),
        ("eu_threshold_eur", date(2026, 11, 23), "216000", "EUR"),
        ("eu_threshold_sek", date(2025, 12, 31), "2389585", "SEK"),
    ],
)
def test_the_seeded_law(code: str, on: date, value: str, unit: str) -> None:
    figure = law_on(FIGURES, code=code, on=on)
    assert (figure.value, figure.unit) == (Decimal(value), unit)


def test_each_figure_of_the_law_names_a_regime_and_a_paragraph() -> None:
    assert {row["regime"] for row in LAW} == {"all", "directive", "direct_award"}
    assert all("§" in row["paragraph"] for row in LAW)


def test_the_threshold_in_kronor_of_2026_is_a_gap_that_says_so() -> None:
    gaps = [row for row in LAW if not row["value"]]
    assert {(row["code"], row["valid_from"]) for row in gaps} == {
        ("eu_threshold_sek", "2026-01-01"),
        ("small_lot_amount_sek", "2026-01-01"),
    }
    assert all("never compute it from a rate" in row["note"] for row in gaps)
    with pytest.raises(UnknownLaw):
        law_on(FIGURES, code="eu_threshold_sek", on=date(2026, 11, 23))


def test_the_factor_set_has_one_figure_per_food() -> None:
    assert len({row["food_key"] for row in FACTORS}) == len(FACTORS) == 275
    assert {row["factor_set"] for row in FACTORS} == {"SE-mix-2026.1"}
    assert all(row["name_sv"] and row["name_en"] and row["category"] and row["licence"] for row in FACTORS)


def test_every_factor_lies_within_its_own_range() -> None:
    for each in map(climate_factor, FACTORS):
        assert 0 <= (each.low or 0) <= each.kg_co2e_per_kg <= (each.high or each.kg_co2e_per_kg)
        assert each.grade in set("ABCDEP")
        assert each.basis


def test_a_proxy_rests_on_a_reason() -> None:
    proxies = [row for row in FACTORS if row["grade"] == "P"]
    assert proxies
    assert all(row["note"] or row["basis"].startswith("formula:") for row in proxies)
