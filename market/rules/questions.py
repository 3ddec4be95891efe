"""A party that is in turn is asked whether it can bring more than it has posted, and has a stated time to answer in.

Only where the agreement does not say that posted availability is an answer. A no opens the next in turn, and so does silence
beyond the time (case 15); a yes does not until the time is over: the farm posts what it can bring and is ordered from.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Said(StrEnum):
    NOTHING = ""
    YES = "yes"
    NO = "no"


class Answer(StrEnum):
    """How a question stands at a moment."""

    WAITING = "waiting"
    SILENT = "silent"
    DECLINED = "declined"
    ACCEPTED = "accepted"
    POSTED = "posted"


OPENING = frozenset({Answer.DECLINED, Answer.SILENT, Answer.POSTED})


@dataclass(frozen=True, slots=True)
class Question:
    asked_at: datetime
    answer_by: datetime
    said: str

    def at(self, moment: datetime) -> Answer:
        """An answer may be given until ``answer_by`` itself; the moment after it is silence.

        After a yes the farm has the same time to post what it can bring; then what it has posted is its answer.
        """
        if self.said == Said.NO:
            return Answer.DECLINED
        in_time = moment <= self.answer_by
        if self.said == Said.YES:
            return Answer.ACCEPTED if in_time else Answer.POSTED
        return Answer.WAITING if in_time else Answer.SILENT


def opens_next(question: Question | None, *, at: datetime) -> bool:
    """Whether the next in turn may be asked for what this party has not posted."""
    return question is not None and question.at(at) in OPENING
