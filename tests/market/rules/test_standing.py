from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.rules.standing import (
    Cleaning,
    Cleansed,
    Decision,
    DeclarationState,
    Fault,
    Ground,
    Hearing,
    Outcome,
    declaration_due_on,
    declaration_state,
    faults_of_decision,
    is_cleansed,
    must_exclude,
    regime_of_matter,
)

DAY = date(2026, 11, 23)
BEFORE, AFTER = date(2026, 11, 22), date(2026, 11, 24)
ANSWERED = Hearing(sent_on=date(2026, 11, 1), due_on=date(2026, 11, 15), answered_on=date(2026, 11, 10))
PLAN = Cleansed(Cleaning.PAYMENT_PLAN, shown_on=BEFORE)


def faults(
    outcome: Outcome,
    *,
    ground: Ground = Ground.TAX_SHOWN,
    regime: str = "directive",
    hearing: Hearing = ANSWERED,
    shown: tuple[Cleansed, ...] = (),
    reason: str = "Skattekontot",
    clause: str = "punkt 14",
    last_day: date | None = None,
) -> set[Fault]:
    told = Decision(outcome=outcome, reason=reason, clause=clause, first_day=DAY, last_day=last_day)
    return set(faults_of_decision(ground, told, regime=regime, hearing=hearing, shown=shown, on=DAY))


@pytest.mark.parametrize(
    ("hearing", "heard"),
    [
        (Hearing(), False),
        (Hearing(sent_on=BEFORE, due_on=AFTER), False),
        (Hearing(sent_on=BEFORE, due_on=DAY), False),  # the last day is the supplier's
        (Hearing(sent_on=BEFORE, due_on=BEFORE), True),
        (Hearing(sent_on=BEFORE, due_on=AFTER, answered_on=DAY), True),
        (Hearing(unheard_reason="  "), False),
        (Hearing(unheard_reason="Fara för eleverna"), True),
    ],
)
def test_a_supplier_is_heard_by_its_answer_its_time_or_a_reason(hearing: Hearing, heard: bool) -> None:
    assert hearing.is_heard(DAY) is heard


@pytest.mark.parametrize("outcome", [Outcome.EXCLUDE, Outcome.SUSPEND])
def test_nothing_is_decided_against_who_is_not_heard(outcome: Outcome) -> None:
    assert faults(outcome, hearing=Hearing()) == {Fault.HEARING_NEEDED}
    assert faults(outcome, hearing=Hearing(sent_on=BEFORE, due_on=AFTER)) == {Fault.HEARING_RUNS}
    assert faults(outcome) == set()


def test_keeping_needs_a_reason_and_no_hearing() -> None:
    assert faults(Outcome.KEEP, hearing=Hearing()) == set()
    assert faults(Outcome.KEEP, reason=" ") == {Fault.REASON_NEEDED}


@pytest.mark.parametrize(
    ("ground", "shown", "cleansed"),
    [
        (Ground.TAX_DECIDED, (PLAN,), True),
        (Ground.TAX_SHOWN, (Cleansed(Cleaning.PAID, shown_on=DAY),), True),
        (Ground.TAX_SHOWN, (Cleansed(Cleaning.PAID, shown_on=AFTER),), False),
        (Ground.TAX_SHOWN, (Cleansed(Cleaning.PAYMENT_PLAN, shown_on=BEFORE, valid_to=BEFORE),), False),
        (Ground.TAX_SHOWN, (Cleansed(Cleaning.MEASURES, shown_on=BEFORE),), False),
        (Ground.MISCONDUCT, (Cleansed(Cleaning.MEASURES, shown_on=BEFORE),), True),
        (Ground.MISCONDUCT, (PLAN,), False),
        (Ground.TAX_SHOWN, (), False),
    ],
)
def test_what_takes_a_ground_away(ground: Ground, shown: tuple[Cleansed, ...], cleansed: bool) -> None:
    assert is_cleansed(ground, shown, on=DAY) is cleansed
    assert (Fault.CLEANED in faults(Outcome.EXCLUDE, ground=ground, shown=shown)) is cleansed


def test_a_mandatory_ground_is_kept_only_when_cleansed_and_only_binds_under_the_directive() -> None:
    assert faults(Outcome.KEEP, ground=Ground.TAX_DECIDED) == {Fault.MUST_EXCLUDE}
    assert faults(Outcome.KEEP, ground=Ground.TAX_DECIDED, shown=(PLAN,)) == set()
    assert faults(Outcome.KEEP, ground=Ground.TAX_DECIDED, regime="national") == set()
    assert [ground for ground in Ground if must_exclude(ground, regime="directive")] == [
        Ground.CONVICTION,
        Ground.TAX_DECIDED,
    ]


def test_a_suspension_rests_on_a_clause_and_days_in_order() -> None:
    assert faults(Outcome.SUSPEND, clause=" ") == {Fault.CLAUSE_NEEDED}
    assert faults(Outcome.SUSPEND, last_day=BEFORE) == {Fault.ENDS_BEFORE_IT_BEGINS}
    assert faults(Outcome.SUSPEND, last_day=DAY) == set()


def test_a_breach_of_a_running_contract_excludes_nobody() -> None:
    assert faults(Outcome.EXCLUDE, ground=Ground.CONTRACT) == {Fault.NO_GROUND_TO_EXCLUDE}
    assert faults(Outcome.SUSPEND, ground=Ground.CONTRACT) == set()


@given(
    ground=st.sampled_from(Ground),
    outcome=st.sampled_from([Outcome.EXCLUDE, Outcome.SUSPEND]),
    regime=st.text(),
)
def test_no_ground_and_no_regime_lets_a_decision_pass_without_a_hearing(
    ground: Ground, outcome: Outcome, regime: str
) -> None:
    assert Fault.HEARING_NEEDED in faults(outcome, ground=ground, regime=regime, hearing=Hearing())


@pytest.mark.parametrize(
    ("regimes", "regime"),
    [
        ((), "direct_award"),
        (("direct_award",), "direct_award"),
        (("national", "direct_award"), "national"),
        (("direct_award", "directive", "national"), "directive"),
    ],
)
def test_a_matter_is_judged_by_the_strictest_running_contract(regimes: tuple[str, ...], regime: str) -> None:
    assert regime_of_matter(regimes) == regime


@pytest.mark.parametrize(
    ("valid_to", "due", "state"),
    [
        (None, None, DeclarationState.NONE),
        (DAY, None, DeclarationState.VALID),
        (BEFORE, None, DeclarationState.OLD),
        (BEFORE, DAY, DeclarationState.ASKED),
        (BEFORE, BEFORE, DeclarationState.OVERDUE),
        (None, BEFORE, DeclarationState.OVERDUE),
    ],
)
def test_how_old_a_declaration_is(valid_to: date | None, due: date | None, state: DeclarationState) -> None:
    assert declaration_state(valid_to=valid_to, asked_due_on=due, on=DAY) is state


@pytest.mark.parametrize(
    ("asked_on", "due_on"),
    [
        (date(2026, 11, 23), date(2026, 11, 30)),  # Monday: five working days are a week
        (date(2026, 12, 22), date(2027, 1, 4)),  # 24, 25, 26, 31 December and 1 January are no working days
    ],
)
def test_a_fresh_declaration_is_due_in_five_working_days(asked_on: date, due_on: date) -> None:
    assert declaration_due_on(asked_on=asked_on, working_days=5) == due_on
