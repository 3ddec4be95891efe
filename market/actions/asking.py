"""The party that is in turn is asked, and answers, in the time that the agreement gives it."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from config.ground.outbox import enqueue
from config.ground.refusals import NotFound
from config.ground.trail import Actor, acting
from market.models import AgreementLot, Authority, LotParty, PartyQuestion
from market.refusals import AnswerTimeOver, NoAnswerTime, QuestionAnswered
from suppliers.models import Supplier


def ask_party(
    *,
    lot_id: int,
    supplier_id: int,
    product_id: int,
    authority: Authority,
    delivery_date: date,
    quantity: Decimal,
    now: datetime,
    by: Actor,
) -> PartyQuestion:
    """Ask a party once about a product and day; a question that stands is given back as it is. A letter tells the farm.

    Raises NotFound (no such party of a lot that names the authority), NoAnswerTime (the agreement gives none).
    """
    with acting(by):
        lot = (
            AgreementLot.objects.select_related("agreement")
            .filter(pk=lot_id, agreement__authorities=authority)
            .first()
        )
        party = (
            LotParty.objects.select_related("supplier")
            .filter(agreement_lot=lot_id, supplier=supplier_id)
            .first()
        )
        if lot is None or party is None:
            raise NotFound
        hours = lot.agreement.answer_hours
        if hours is None or lot.agreement.posted_stock_is_an_answer:
            raise NoAnswerTime(agreement=lot.agreement.title)
        question, fresh = PartyQuestion.objects.get_or_create(
            agreement_lot=lot,
            authority=authority,
            supplier_id=supplier_id,
            product_id=product_id,
            delivery_date=delivery_date,
            defaults={
                "quantity": quantity,
                "asked_at": now,
                "asked_by_id": by.user_id,
                "answer_by": now + timedelta(hours=hours),
            },
        )
        if fresh:
            enqueue(
                kind="party_question",
                recipient=party.supplier.email,
                language=party.supplier.language,
                cause_table="market_partyquestion",
                cause_id=question.pk,
                dedupe_key=f"party_question:{question.pk}",
            )
    return question


def answer_question(
    *, question_id: int, supplier: Supplier, can_bring: bool, now: datetime, by: Actor
) -> PartyQuestion:
    """The farm's answer, once and in its time. Raises NotFound, QuestionAnswered, AnswerTimeOver."""
    with acting(by):
        question = (
            PartyQuestion.objects.select_for_update(no_key=True)
            .filter(pk=question_id, supplier=supplier)
            .first()
        )
        if question is None:
            raise NotFound
        if question.said:
            raise QuestionAnswered
        if now > question.answer_by:
            raise AnswerTimeOver(answer_by=question.answer_by)
        question.said = PartyQuestion.Said.YES if can_bring else PartyQuestion.Said.NO
        question.said_at, question.said_by_id = now, by.user_id
        question.save(update_fields=["said", "said_at", "said_by"])
    return question
