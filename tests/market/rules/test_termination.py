"""An agreement ends by a clause, ahead, and with its notice."""

from dataclasses import replace
from datetime import date

import pytest

from market.rules.termination import Ending, Fault, Side, ending_faults

TODAY = date(2026, 11, 23)
ENDING = Ending(
    side=Side.BUYER,
    last_day=date(2026, 12, 23),
    clause="punkt 20",
    reason="Upprepade brister",
    told_on=TODAY,
    notice_days=30,
)


def faults(ending: Ending, *, valid_from: date = date(2026, 1, 1)) -> list[tuple[str, Fault]]:
    return list(ending_faults(ending, valid_from=valid_from, valid_to=date(2027, 12, 31), today=TODAY))


def test_an_ending_with_its_clause_and_notice_holds() -> None:
    assert faults(ENDING) == []
    assert faults(replace(ENDING, notice_days=None, last_day=TODAY)) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"clause": " "}, ("clause", Fault.MISSING)),
        ({"reason": ""}, ("reason", Fault.MISSING)),
        ({"told_on": date(2026, 11, 24), "notice_days": None}, ("told_on", Fault.BACKWARDS)),
        ({"last_day": date(2026, 11, 22), "notice_days": None}, ("last_day", Fault.BACKWARDS)),
        ({"last_day": date(2027, 12, 31)}, ("last_day", Fault.AFTER_ITS_END)),
        ({"last_day": date(2026, 12, 22)}, ("last_day", Fault.NOTICE_TOO_SHORT)),
    ],
)
def test_what_stands_against_an_ending(change: dict[str, object], fault: tuple[str, Fault]) -> None:
    assert faults(replace(ENDING, **change)) == [fault]  # type: ignore[arg-type]


def test_an_agreement_does_not_end_before_it_begins() -> None:
    assert faults(ENDING, valid_from=date(2027, 1, 1)) == [("last_day", Fault.BEFORE_ITS_START)]
