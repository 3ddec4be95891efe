"""Lot and party verdicts, each at its edges."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from market.rules.call_off import LotFacts, PartyFacts, Rule, allows_next_rank, judge_lot, judge_party

CUT_OFF = datetime(2026, 11, 27, 11, 0, tzinfo=UTC)

LOT = LotFacts(
    lot_id=1,
    agreement_id=1,
    title="Rotfrukter 2026",
    lot_name="Potatis",
    case_number="KS 2026/1",
    kind="framework",
    regime="directive",
    signed=True,
    valid_from=date(2026, 1, 1),
    valid_to=date(2026, 12, 31),
    terminated_on=None,
    delivers_after_end=False,
    posted_stock_is_an_answer=True,
    part_call_off_allowed=True,
    authority_named=True,
    ceiling_sek=Decimal(1000),
    room_sek=Decimal(1000),
    ceiling_kg=None,
    room_kg=None,
)
PARTY = PartyFacts(
    supplier_id=7,
    supplier_name="Björkhaga gård",
    rank=1,
    suspended=None,
    bankrupt=False,
    missing_permits=frozenset(),
    run_id=3,
    run_open=True,
    cut_off=CUT_OFF,
)


@pytest.mark.parametrize(
    ("change", "ordered_on", "delivery_date", "in_force"),
    [
        ({}, date(2026, 1, 1), date(2026, 1, 5), True),
        ({}, date(2025, 12, 31), date(2026, 1, 5), False),
        ({}, date(2026, 12, 31), date(2026, 12, 31), True),
        ({}, date(2027, 1, 1), date(2027, 1, 2), False),
        # Case 19: placed before the last midnight, delivered a week later.
        ({}, date(2026, 12, 31), date(2027, 1, 7), False),
        ({"delivers_after_end": True}, date(2026, 12, 31), date(2027, 1, 7), True),
        ({"delivers_after_end": True}, date(2027, 1, 1), date(2027, 1, 7), False),
        ({"signed": False}, date(2026, 6, 1), date(2026, 6, 5), False),
        ({"terminated_on": date(2026, 6, 1)}, date(2026, 6, 1), date(2026, 6, 1), True),
        ({"terminated_on": date(2026, 6, 1)}, date(2026, 6, 2), date(2026, 6, 5), False),
        # A termination ends deliveries too, whatever the terms say of the ordinary end.
        (
            {"terminated_on": date(2026, 6, 1), "delivers_after_end": True},
            date(2026, 6, 1),
            date(2026, 6, 5),
            False,
        ),
    ],
)
def test_an_agreement_is_in_force(
    change: dict[str, Any], ordered_on: date, delivery_date: date, in_force: bool
) -> None:
    verdict = judge_lot(replace(LOT, **change), ordered_on=ordered_on, delivery_date=delivery_date)[0]
    assert verdict.rule is Rule.AGREEMENT_IN_FORCE
    assert verdict.ok is in_force


def test_an_authority_that_is_not_named_may_not_call_off() -> None:
    verdicts = judge_lot(
        replace(LOT, authority_named=False), ordered_on=date(2026, 6, 1), delivery_date=date(2026, 6, 5)
    )
    assert [(each.rule, each.ok) for each in verdicts] == [(Rule.AUTHORITY_NAMED, False)]


def test_nothing_is_told_of_an_agreement_that_names_others() -> None:
    over = replace(LOT, authority_named=False, valid_to=date(2026, 1, 2), signed=False)
    verdicts = judge_lot(over, ordered_on=date(2026, 6, 1), delivery_date=date(2026, 6, 5))
    assert [dict(each.figures) for each in verdicts] == [{}]


@pytest.mark.parametrize(
    ("change", "arrived_at", "failed", "next_rank"),
    [
        ({}, CUT_OFF, [], True),
        ({}, CUT_OFF + timedelta(microseconds=1), [Rule.CUT_OFF], False),
        ({"run_open": False}, CUT_OFF - timedelta(hours=1), [Rule.CUT_OFF], False),
        ({"run_id": None, "run_open": False, "cut_off": None}, CUT_OFF, [Rule.CUT_OFF], True),
        ({"suspended": "12.3"}, CUT_OFF, [Rule.STANDING], True),
        ({"bankrupt": True}, CUT_OFF, [Rule.STANDING], True),
        ({"missing_permits": frozenset({"packing_centre"})}, CUT_OFF, [Rule.PERMITS], True),
        ({"organic": True}, CUT_OFF, [], True),
        ({"organic": False}, CUT_OFF, [Rule.ORGANIC], True),
        ({"suspended": "12.3"}, CUT_OFF + timedelta(seconds=1), [Rule.STANDING, Rule.CUT_OFF], False),
    ],
)
def test_a_party_is_judged_and_opens_the_next_rank_or_not(
    change: dict[str, Any], arrived_at: datetime, failed: list[Rule], next_rank: bool
) -> None:
    verdicts = judge_party(LOT, replace(PARTY, **change), arrived_at=arrived_at)
    assert [each.rule for each in verdicts if not each.ok] == failed
    assert allows_next_rank(verdicts) is next_rank


@pytest.mark.parametrize(("organic", "told"), [(None, []), (True, [True]), (False, [False])])
def test_organic_goods_are_spoken_of_only_where_the_agreement_asks_for_them(
    organic: bool | None, told: list[bool]
) -> None:
    verdicts = judge_party(LOT, replace(PARTY, organic=organic), arrived_at=CUT_OFF)
    assert [each.ok for each in verdicts if each.rule is Rule.ORGANIC] == told
