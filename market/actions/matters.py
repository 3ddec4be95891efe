"""A matter about a supplier: opened on a ground, heard, answered, cleansed perhaps, and decided by an officer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.ground.models import User
from config.ground.outbox import enqueue
from config.ground.refusals import InvalidInput
from config.ground.trail import Actor, acting
from market.actions.standing import require_officer, suspended_by_matter
from market.models import Authority, SelfCleaning, StandingMatter
from market.queries.standing import check_no_interest, paragraph_of_ground, running_regimes
from market.refusals import MatterDecided
from market.rules.standing import (
    Cleaning,
    Cleansed,
    Decision,
    Fault,
    Ground,
    Hearing,
    Outcome,
    faults_of_decision,
)
from suppliers.models import Supplier

FIELDS: Mapping[Fault, tuple[str, Promise]] = {
    Fault.REASON_NEEDED: ("reason", gettext_lazy("Skriv skälen till beslutet.")),
    Fault.HEARING_NEEDED: (
        "outcome",
        gettext_lazy("Gården är inte hörd. Hör den först, eller skriv varför det inte kan vänta."),
    ),
    Fault.HEARING_RUNS: ("outcome", gettext_lazy("Gårdens tid att svara är inte ute än.")),
    Fault.CLEANED: (
        "outcome",
        gettext_lazy("Gården har visat att grunden är borta (13 kap. 5 § LOU). Den får inte uteslutas."),
    ),
    Fault.MUST_EXCLUDE: (
        "outcome",
        gettext_lazy(
            "Grunden är obligatorisk: gården ska uteslutas så länge den inte har visat självsanering."
        ),
    ),
    Fault.NO_GROUND_TO_EXCLUDE: (
        "outcome",
        gettext_lazy(
            "En brist i ett löpande avtal är ingen uteslutningsgrund. Stäng av med avtalets klausul."
        ),
    ),
    Fault.CLAUSE_NEEDED: ("clause", gettext_lazy("Skriv den klausul i avtalet som avstängningen vilar på.")),
    Fault.ENDS_BEFORE_IT_BEGINS: ("last_day", gettext_lazy("Sista dagen ligger före den första.")),
}


def open_matter(
    *,
    authority: Authority,
    supplier: Supplier,
    ground: Ground,
    facts: str,
    today: date,
    officer: User,
    by: Actor,
) -> StandingMatter:
    """Open a matter. One about a bankruptcy pauses new call-offs at the authority until it is decided.

    Nothing that is ordered is cancelled. Raises InvalidInput, NotAllowed, ConflictOfInterest.
    """
    if not facts.strip():
        raise InvalidInput(fields={"facts": [_("Skriv vad som är känt och varifrån.")]})
    require_officer(officer, authority)
    with acting(by):
        check_no_interest(authority_ids=[authority.pk], supplier_ids=[supplier.pk], user_id=officer.pk)
        regimes = running_regimes(authority_id=authority.pk, supplier_id=supplier.pk, on=today)
        regime, paragraph = paragraph_of_ground(ground, regimes=regimes, on=today)
        return StandingMatter.objects.create(
            authority=authority,
            supplier=supplier,
            ground=ground.value,
            regime=regime,
            paragraph=paragraph,
            facts=facts.strip(),
            opened_on=today,
            opened_by=officer,
            handled_by=officer,
        )


def hear_supplier(
    *, matter: StandingMatter, text: str, due_on: date, today: date, officer: User, by: Actor
) -> StandingMatter:
    """Ask the supplier, by letter where it has an address, what it has to say, until a day (13:4; 19:17).

    A second hearing takes the first one's place; the trail keeps it. Raises InvalidInput, NotAllowed,
    ConflictOfInterest, MatterDecided.
    """
    faults: dict[str, list[str]] = {}
    if not text.strip():
        faults["text"] = [_("Skriv vad gården ska få svara på.")]
    if due_on <= today:
        faults["due_on"] = [_("Ge gården minst till i morgon.")]
    if faults:
        raise InvalidInput(fields=faults)
    with acting(by):
        matter = _held(matter, officer=officer)
        matter.hearing_text, matter.hearing_sent_on, matter.hearing_due_on = text.strip(), today, due_on
        matter.save(update_fields=["hearing_text", "hearing_sent_on", "hearing_due_on"])
        if matter.supplier.email:
            enqueue(
                kind="supplier_hearing",
                recipient=matter.supplier.email,
                language=matter.supplier.language,
                cause_table="market_standingmatter",
                cause_id=matter.pk,
                dedupe_key=f"supplier_hearing:{matter.pk}:{today.isoformat()}",
            )
    return matter


def leave_unheard(*, matter: StandingMatter, reason: str, officer: User, by: Actor) -> StandingMatter:
    """Record why the supplier can't be heard before the decision. Raises as ``hear_supplier``."""
    if not reason.strip():
        raise InvalidInput(fields={"unheard_reason": [_("Skriv varför gården inte kan höras först.")]})
    with acting(by):
        matter = _held(matter, officer=officer)
        matter.unheard_reason = reason.strip()
        matter.save(update_fields=["unheard_reason"])
    return matter


def record_answer(
    *, matter: StandingMatter, answer: str, answered_on: date, today: date, officer: User, by: Actor
) -> StandingMatter:
    """What the supplier answered, in its own words. Raises InvalidInput, NotAllowed, ConflictOfInterest, MatterDecided."""
    faults: dict[str, list[str]] = {}
    if not answer.strip():
        faults["answer"] = [_("Skriv vad gården svarade.")]
    if answered_on > today:
        faults["answered_on"] = [_("Dagen ligger framåt i tiden.")]
    with acting(by):
        matter = _held(matter, officer=officer)
        if matter.hearing_sent_on is None:
            faults["answer"] = [_("Gården är inte tillfrågad än.")]
        elif answered_on < matter.hearing_sent_on:
            faults["answered_on"] = [_("Gården blev tillfrågad senare än så.")]
        if faults:
            raise InvalidInput(fields=faults)
        matter.answer, matter.answered_on = answer.strip(), answered_on
        matter.save(update_fields=["answer", "answered_on"])
    return matter


@dataclass(frozen=True, slots=True)
class Shown:
    """What the supplier has shown; ``valid_to`` is the last day of a payment plan."""

    kind: Cleaning
    proof: str
    shown_on: date
    valid_to: date | None = None


def record_cleaning(*, matter: StandingMatter, shown: Shown, officer: User, by: Actor) -> SelfCleaning:
    """The officer has seen it and judges it sufficient (13:5). Raises as ``hear_supplier``."""
    faults: dict[str, list[str]] = {}
    if not shown.proof.strip():
        faults["proof"] = [_("Skriv vad gården har visat, och var det finns.")]
    if shown.valid_to is not None and shown.valid_to < shown.shown_on:
        faults["valid_to"] = [_("Sista dagen ligger före den första.")]
    if faults:
        raise InvalidInput(fields=faults)
    with acting(by):
        return SelfCleaning.objects.create(
            matter=_held(matter, officer=officer),
            kind=shown.kind.value,
            proof=shown.proof.strip(),
            shown_on=shown.shown_on,
            valid_to=shown.valid_to,
            recorded_by=officer,
        )


def decide_matter(
    *, matter: StandingMatter, decision: Decision, today: date, officer: User, by: Actor
) -> StandingMatter:
    """Decide the matter once: keep, exclude from new contracts, or suspend by a clause. What is ordered stands.

    Two officers who decide at the same moment wait for each other, and the second is told. Raises InvalidInput (no
    hearing, a ground that was cleansed, no reason …), NotAllowed, ConflictOfInterest, MatterDecided.
    """
    with acting(by):
        matter = _held(matter, officer=officer)
        faults = faults_of_decision(
            Ground(matter.ground),
            decision,
            regime=matter.regime,
            hearing=hearing_of(matter),
            shown=cleansings_of(matter),
            on=today,
        )
        fields: dict[str, list[str]] = {}
        for fault in faults:
            name, sentence = FIELDS[fault]
            fields.setdefault(name, []).append(str(sentence))
        first_day = decision.first_day or today
        if decision.outcome is not Outcome.KEEP and first_day < today:
            fields.setdefault("first_day", []).append(_("Välj i dag eller en senare dag."))
        if fields:
            raise InvalidInput(fields=fields)
        matter.outcome, matter.decision_reason = decision.outcome.value, decision.reason.strip()
        matter.decided_on, matter.decided_by = today, officer
        if decision.outcome is not Outcome.KEEP:
            matter.holds_from, matter.holds_to = first_day, decision.last_day
        matter.save(
            update_fields=["outcome", "decision_reason", "decided_on", "decided_by", "holds_from", "holds_to"]
        )
        if decision.outcome is Outcome.SUSPEND:
            suspended_by_matter(
                matter, clause=decision.clause, first_day=first_day, last_day=decision.last_day
            )
    return matter


def hearing_of(matter: StandingMatter) -> Hearing:
    return Hearing(
        sent_on=matter.hearing_sent_on,
        due_on=matter.hearing_due_on,
        answered_on=matter.answered_on,
        unheard_reason=matter.unheard_reason,
    )


def cleansings_of(matter: StandingMatter) -> list[Cleansed]:
    return [
        Cleansed(kind=Cleaning(row.kind), shown_on=row.shown_on, valid_to=row.valid_to)
        for row in matter.cleanings.all()
    ]


def _hold(pk: int) -> StandingMatter:
    """The matter's row, held until the transaction ends."""
    return (
        StandingMatter.objects.select_for_update(no_key=True, of=("self",))
        .select_related("supplier", "authority", "decided_by")
        .get(pk=pk)
    )


def _held(matter: StandingMatter, *, officer: User) -> StandingMatter:
    """The open matter as it stands now. Raises NotAllowed, ConflictOfInterest, MatterDecided."""
    row = _hold(matter.pk)
    require_officer(officer, row.authority)
    check_no_interest(authority_ids=[row.authority_id], supplier_ids=[row.supplier_id], user_id=officer.pk)
    if row.outcome:
        raise MatterDecided(day=row.decided_on, who=row.decided_by.name if row.decided_by else "")
    return row
