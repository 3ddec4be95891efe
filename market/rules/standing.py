"""How a supplier stands with an authority: grounds for exclusion, hearing before decision, self-cleaning, declarations.

Exclusion concerns new contracts (13 kap. LOU; below the threshold 19:17). It never stops a call-off of a running
contract by itself: that takes a suspension with its clause and day, or the pause that a bankruptcy brings.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from market.rules.calendar import add_working_days


class Ground(StrEnum):
    """What a matter about a supplier is about; CONTRACT is a breach of a running contract and excludes nobody."""

    CONVICTION = "conviction"
    TAX_DECIDED = "tax_decided"
    TAX_SHOWN = "tax_shown"
    BANKRUPTCY = "bankruptcy"
    MISCONDUCT = "misconduct"
    EARLIER_BREACH = "earlier_breach"
    FALSE_DATA = "false_data"
    CONTRACT = "contract"


TAX = frozenset({Ground.TAX_DECIDED, Ground.TAX_SHOWN})
MANDATORY = frozenset({Ground.CONVICTION, Ground.TAX_DECIDED})
DIRECTIVE = "directive"
REGIMES = (DIRECTIVE, "national", "direct_award")  # the strictest first


class Cleaning(StrEnum):
    """Self-cleaning (13:5): a tax debt is cured by payment or a binding plan, all else by measures that are judged."""

    PAID = "paid"
    PAYMENT_PLAN = "payment_plan"
    MEASURES = "measures"


class Outcome(StrEnum):
    KEEP = "keep"
    EXCLUDE = "exclude"
    SUSPEND = "suspend"


class Fault(StrEnum):
    REASON_NEEDED = "reason_needed"
    HEARING_NEEDED = "hearing_needed"
    HEARING_RUNS = "hearing_runs"
    CLEANED = "cleaned"
    MUST_EXCLUDE = "must_exclude"
    NO_GROUND_TO_EXCLUDE = "no_ground_to_exclude"
    CLAUSE_NEEDED = "clause_needed"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"


@dataclass(frozen=True, slots=True)
class Hearing:
    """What the supplier was asked, until when, and when it answered; ``unheard_reason``: why it was not asked."""

    sent_on: date | None = None
    due_on: date | None = None
    answered_on: date | None = None
    unheard_reason: str = ""

    def is_heard(self, on: date) -> bool:
        """It has answered, its time is out, or there is a recorded reason not to hear it."""
        over = self.due_on is not None and self.due_on < on
        return self.answered_on is not None or over or bool(self.unheard_reason.strip())


@dataclass(frozen=True, slots=True)
class Cleansed:
    """One thing that the supplier has shown; ``valid_to`` is the last day of a payment plan, None without end."""

    kind: Cleaning
    shown_on: date
    valid_to: date | None = None

    def holds(self, on: date) -> bool:
        return self.shown_on <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Decision:
    outcome: Outcome
    reason: str
    clause: str = ""
    first_day: date | None = None
    last_day: date | None = None


def is_cleansed(ground: Ground, shown: Iterable[Cleansed], *, on: date) -> bool:
    """Whether what was shown takes the ground away that day (13:5; a tax debt by its third paragraph)."""
    cures = {Cleaning.PAID, Cleaning.PAYMENT_PLAN} if ground in TAX else {Cleaning.MEASURES}
    return any(each.kind in cures and each.holds(on) for each in shown)


def must_exclude(ground: Ground, *, regime: str) -> bool:
    """13:1 and 13:2 first paragraph; below the threshold every ground is optional (19:17)."""
    return regime == DIRECTIVE and ground in MANDATORY


def faults_of_decision(
    ground: Ground, decision: Decision, *, regime: str, hearing: Hearing, shown: Sequence[Cleansed], on: date
) -> tuple[Fault, ...]:
    """What hinders the decision that day; empty: it may be taken.

    Against the supplier nothing is decided before it is heard (13:4), or with a recorded reason why not.
    """
    faults = [] if decision.reason.strip() else [Fault.REASON_NEEDED]
    cleansed = is_cleansed(ground, shown, on=on)
    if decision.outcome is Outcome.KEEP:
        return (
            *faults,
            *([Fault.MUST_EXCLUDE] if must_exclude(ground, regime=regime) and not cleansed else []),
        )
    if not hearing.is_heard(on):
        faults.append(Fault.HEARING_RUNS if hearing.sent_on else Fault.HEARING_NEEDED)
    if decision.outcome is Outcome.SUSPEND and not decision.clause.strip():
        faults.append(Fault.CLAUSE_NEEDED)
    if decision.outcome is Outcome.EXCLUDE:
        if ground is Ground.CONTRACT:
            faults.append(Fault.NO_GROUND_TO_EXCLUDE)
        if cleansed:
            faults.append(Fault.CLEANED)
    if decision.first_day and decision.last_day and decision.last_day < decision.first_day:
        faults.append(Fault.ENDS_BEFORE_IT_BEGINS)
    return tuple(faults)


def regime_of_matter(regimes: Iterable[str]) -> str:
    """The rules that a matter is judged by: the strictest of the supplier's running contracts, a direct award's if none."""
    found = set(regimes)
    return next((regime for regime in REGIMES if regime in found), REGIMES[-1])


class DeclarationState(StrEnum):
    NONE = "none"
    VALID = "valid"
    OLD = "old"
    ASKED = "asked"
    OVERDUE = "overdue"


def declaration_state(*, valid_to: date | None, asked_due_on: date | None, on: date) -> DeclarationState:
    """``valid_to``: of the newest declaration; ``asked_due_on``: of a request that nobody has answered.

    An old one does not stop call-offs: for these it is not asked anew (15:4). It is asked for before a new contract.
    """
    if asked_due_on is not None:
        return DeclarationState.OVERDUE if asked_due_on < on else DeclarationState.ASKED
    if valid_to is None:
        return DeclarationState.NONE
    return DeclarationState.OLD if valid_to < on else DeclarationState.VALID


def declaration_due_on(*, asked_on: date, working_days: int) -> date:
    """The last day to hand in a fresh declaration: so many working days after it was asked for (8:13 in a DIS)."""
    return add_working_days(asked_on, days=working_days)
