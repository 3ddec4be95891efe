"""How a question to the farm in turn stands, at its edges, and what it opens."""

from dataclasses import replace
from datetime import timedelta

import pytest

from market.rules.allotment import Allotment, WayOut
from market.rules.call_off import Rule
from market.rules.questions import Answer, Question, opens_next
from tests.market.rules.test_allotment import allot_one, failed, farm, given_by, lot, offer
from tests.market.rules.test_call_off import CUT_OFF

TWO_HOURS = timedelta(hours=2)
A_MOMENT = timedelta(microseconds=1)
QUESTION = Question(asked_at=CUT_OFF, answer_by=CUT_OFF + TWO_HOURS, said="")


@pytest.mark.parametrize(
    ("said", "after", "stands", "opens"),
    [
        # docs/rules/allotment.md
        ("", TWO_HOURS, Answer.WAITING, False),
        ("", TWO_HOURS + A_MOMENT, Answer.SILENT, True),
        ("no", timedelta(minutes=30), Answer.DECLINED, True),
        ("yes", TWO_HOURS, Answer.ACCEPTED, False),
        ("yes", TWO_HOURS + A_MOMENT, Answer.POSTED, True),
    ],
)
def test_a_question_stands_by_its_answer_and_the_clock(
    said: str, after: timedelta, stands: Answer, *, opens: bool
) -> None:
    question = replace(QUESTION, said=said)
    assert question.at(CUT_OFF + after) is stands
    assert opens_next(question, at=CUT_OFF + after) is opens


def test_who_was_not_asked_opens_nothing() -> None:
    assert not opens_next(None, at=CUT_OFF)


def asked(said: str, *, ended: bool) -> Allotment:
    """20 kg, of which the first in turn has posted 15; posted stock is no answer. Judged at the cut-off."""
    answer_by = CUT_OFF - A_MOMENT if ended else CUT_OFF
    question = Question(asked_at=CUT_OFF - TWO_HOURS, answer_by=answer_by, said=said)
    return allot_one(
        lot(
            farm(1, offer(1, stock=15), question=question),
            farm(2, offer(2)),
            posted_stock_is_an_answer=False,
            answer_hours=2,
        )
    )


@pytest.mark.parametrize(
    ("said", "ended", "given"),
    [
        ("", False, {1: 15}),
        ("", True, {1: 15, 2: 5}),
        ("no", False, {1: 15, 2: 5}),
        ("yes", False, {1: 15}),
        ("yes", True, {1: 15, 2: 5}),
    ],
)
def test_case_15_the_next_rank_is_asked_after_a_no_or_silence_and_not_before(
    said: str, given: dict[int, int], *, ended: bool
) -> None:
    assert given_by(asked(said, ended=ended)) == given


def test_case_15_the_reason_for_going_on_stands_in_the_verdicts() -> None:
    found = asked("", ended=True)
    assert failed(found) == [Rule.STOCK]
    stock = next(each.figures for each in found.verdicts if each.rule is Rule.STOCK)
    assert stock["answer"] == "silent"
    assert stock["answer_by"] == (CUT_OFF - A_MOMENT).isoformat()


def test_while_the_farm_has_time_nobody_is_asked_again() -> None:
    found = asked("", ended=False)
    assert failed(found) == [Rule.STOCK, Rule.RANKING]
    assert WayOut("ask_rank_one") not in found.ways_out
    ranking = next(each.figures for each in found.verdicts if each.rule is Rule.RANKING)
    assert (ranking["answer"], ranking["answer_hours"]) == ("waiting", "2")
