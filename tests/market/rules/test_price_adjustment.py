"""May a price change, and who approves it anew? The examples of docs/rules/agreements.md."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from market.rules.price_adjustment import (
    Adjustment,
    Fault,
    Ground,
    adjustment_faults,
    indexed_price,
    must_approve,
)

TODAY = date(2026, 11, 23)
OLD = Decimal(10)
BY_CLAUSE = Adjustment(
    price_sek=Decimal("10.40"), first_day=date(2026, 12, 1), ground=Ground.CLAUSE, clause="punkt 7.3"
)
BY_INDEX = replace(
    BY_CLAUSE, ground=Ground.INDEX, index_name="KPI", index_before=Decimal(400), index_now=Decimal(416)
)
AGREED = replace(BY_CLAUSE, ground=Ground.AGREED, agreed_on=TODAY)


@pytest.mark.parametrize("asked", [BY_CLAUSE, BY_INDEX, AGREED, replace(BY_CLAUSE, first_day=TODAY)])
def test_a_price_changes_on_its_ground(asked: Adjustment) -> None:
    assert adjustment_faults(asked, old_sek=OLD, today=TODAY) == ()


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        (replace(BY_CLAUSE, price_sek=Decimal(0)), ("price_sek", Fault.PRICE_NOT_POSITIVE)),
        (replace(BY_CLAUSE, price_sek=OLD), ("price_sek", Fault.PRICE_AS_BEFORE)),
        (replace(BY_CLAUSE, first_day=date(2026, 11, 22)), ("first_day", Fault.BACKWARDS)),
        (replace(BY_CLAUSE, clause=" "), ("clause", Fault.CLAUSE_MISSING)),
        (replace(BY_INDEX, index_name=""), ("index_name", Fault.INDEX_MISSING)),
        (replace(BY_INDEX, index_now=None), ("index_name", Fault.INDEX_MISSING)),
        (replace(BY_INDEX, index_before=Decimal(0)), ("index_name", Fault.INDEX_MISSING)),
        (replace(BY_INDEX, price_sek=Decimal("10.41")), ("price_sek", Fault.NOT_BY_THE_INDEX)),
        (replace(AGREED, agreed_on=None), ("agreed_on", Fault.AGREED_WHEN)),
        (replace(AGREED, agreed_on=date(2026, 11, 24)), ("agreed_on", Fault.AGREED_WHEN)),
    ],
)
def test_what_stands_against_a_change(asked: Adjustment, fault: tuple[str, Fault]) -> None:
    assert adjustment_faults(asked, old_sek=OLD, today=TODAY) == (fault,)


@pytest.mark.parametrize(
    ("before", "now", "price"), [("400", "416", "10.4000"), ("300", "301", "10.0333"), ("3", "2", "6.6667")]
)
def test_a_price_by_its_index(before: str, now: str, price: str) -> None:
    assert indexed_price(OLD, before=Decimal(before), now=Decimal(now)) == Decimal(price)


SEEN = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 9, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("was", "now", "adjusted_at", "seen_at", "asked"),
    [
        ("10", "10.40", LATER, SEEN, True),
        ("10", "10.40", SEEN, SEEN, False),
        ("10", "9.60", LATER, SEEN, False),
        ("10", "10.40", LATER, None, False),
        (None, "10.40", None, SEEN, False),
        ("10", "10.40", None, SEEN, False),
    ],
)
def test_a_rise_after_it_was_seen_is_approved_anew(
    was: str | None, now: str, adjusted_at: datetime | None, seen_at: datetime | None, asked: bool
) -> None:
    was_sek = None if was is None else Decimal(was)
    found = must_approve(was_sek=was_sek, price_sek=Decimal(now), adjusted_at=adjusted_at, seen_at=seen_at)
    assert found is asked
