"""Questions to a farm that is in turn, as it reads them."""

from dataclasses import dataclass
from datetime import datetime

from config.ground.refusals import NotFound
from market.models import PartyQuestion
from market.queries.names import unit_name
from market.rules.questions import Answer, Question
from suppliers.models import Supplier


@dataclass(frozen=True, slots=True)
class AskedFarm:
    """A question with how it stands now."""

    question: PartyQuestion
    answer: Answer

    @property
    def unit(self) -> str:
        return unit_name(self.question.product.base_unit)

    @property
    def is_open(self) -> bool:
        return self.answer is Answer.WAITING


def _asked(row: PartyQuestion, *, now: datetime) -> AskedFarm:
    question = Question(asked_at=row.asked_at, answer_by=row.answer_by, said=row.said)
    return AskedFarm(question=row, answer=question.at(now))


def question_for(supplier: Supplier, question_id: int, *, now: datetime) -> AskedFarm:
    """A question to this farm. Raises NotFound."""
    rows = PartyQuestion.objects.select_related("product", "authority", "agreement_lot__agreement")
    row = rows.filter(pk=question_id, supplier=supplier).first()
    if row is None:
        raise NotFound
    return _asked(row, now=now)


def open_questions(supplier: Supplier, *, now: datetime) -> list[AskedFarm]:
    """What the farm still has time to answer, the most urgent first. One statement."""
    rows = PartyQuestion.objects.select_related("product", "authority").filter(
        supplier=supplier, said="", answer_by__gte=now
    )
    return [_asked(row, now=now) for row in rows.order_by("answer_by", "pk")]
