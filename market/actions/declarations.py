"""A supplier's self-declaration as the authority holds it: received, and asked for anew when it is old."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from config.ground.models import User
from config.ground.outbox import enqueue
from config.ground.refusals import InvalidInput
from config.ground.trail import Actor, acting
from market.actions.standing import require_officer
from market.models import Authority, DeclarationRequest, SelfDeclaration
from market.queries.law import law_figure
from market.queries.standing import is_in_a_dis
from market.refusals import DeclarationAsked
from market.rules.standing import declaration_due_on
from suppliers.models import Supplier


def receive_declaration(
    *,
    authority: Authority,
    supplier: Supplier,
    declared_on: date,
    accepted_to: date,
    reference: str,
    today: date,
    officer: User,
    by: Actor,
) -> SelfDeclaration:
    """Keep a declaration with its day and the last day that it is accepted; an open request is answered by it.

    Raises InvalidInput, NotAllowed.
    """
    faults: dict[str, list[str]] = {}
    if declared_on > today:
        faults["declared_on"] = [_("Dagen ligger framåt i tiden.")]
    if accepted_to < declared_on:
        faults["accepted_to"] = [_("Sista dagen ligger före den första.")]
    if not reference.strip():
        faults["reference"] = [_("Skriv var egenförsäkran finns.")]
    if faults:
        raise InvalidInput(fields=faults)
    require_officer(officer, authority)
    with acting(by):
        row = SelfDeclaration.objects.create(
            authority=authority,
            supplier=supplier,
            valid_from=declared_on,
            valid_to=accepted_to,
            reference=reference.strip(),
            received_by=officer,
        )
        DeclarationRequest.objects.filter(
            authority=authority, supplier=supplier, answered_by=None, asked_on__lte=declared_on
        ).update(answered_by=row)
    return row


def ask_for_declaration(
    *, authority: Authority, supplier: Supplier, due_on: date | None, today: date, officer: User, by: Actor
) -> DeclarationRequest:
    """Ask the supplier, by letter where it has an address, for a fresh declaration. Call-offs go on meanwhile (15:4).

    Inside a DIS the time is the law's number of working days (8:13) and ``due_on`` is not read; else the officer sets a
    day. Raises InvalidInput, NotAllowed, DeclarationAsked, LawFigureMissing.
    """
    require_officer(officer, authority)
    with acting(by):
        if is_in_a_dis(authority_id=authority.pk, supplier_id=supplier.pk, on=today):
            days = law_figure(code="declaration_days_dis", on=today)
            due_on = declaration_due_on(asked_on=today, working_days=int(days.value))
            paragraph = days.paragraph
        elif due_on is None or due_on <= today:
            raise InvalidInput(fields={"due_on": [_("Ge gården minst till i morgon.")]})
        else:
            paragraph = ""
        row = _asked(authority, supplier, asked_on=today, due_on=due_on, paragraph=paragraph, officer=officer)
        if supplier.email:
            enqueue(
                kind="declaration_request",
                recipient=supplier.email,
                language=supplier.language,
                cause_table="market_declarationrequest",
                cause_id=row.pk,
                dedupe_key=f"declaration_request:{row.pk}",
            )
    return row


def _asked(
    authority: Authority, supplier: Supplier, *, asked_on: date, due_on: date, paragraph: str, officer: User
) -> DeclarationRequest:
    """One request is open at a time; the database says so when two officers ask at once."""
    try:
        with transaction.atomic():
            return DeclarationRequest.objects.create(
                authority=authority,
                supplier=supplier,
                asked_on=asked_on,
                due_on=due_on,
                paragraph=paragraph,
                asked_by=officer,
            )
    except IntegrityError as twice:
        row = DeclarationRequest.objects.filter(
            authority=authority, supplier=supplier, answered_by=None
        ).first()
        if row is None:
            raise
        raise DeclarationAsked(supplier=supplier.name, day=row.due_on) from twice
