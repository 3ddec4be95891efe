"""Reports of what somebody could not use, and that they were answered (lag 2018:1937)."""

from datetime import datetime, timedelta

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from config.ground.models import BarrierReport
from config.ground.refusals import InvalidInput, NotFound, Refusal
from config.ground.trail import Actor, Once, acting

LONGEST = 2000
MOST_AN_HOUR = 60
SHOWN = 200


class TooManyReports(Refusal):
    code = "too_many_reports"
    status = 429
    what = {
        "sv": "Det har kommit många rapporter den senaste timmen. Din är inte sparad.",
        "en": "Many reports have come in the last hour. Yours is not saved.",
    }
    then = {"sv": "Försök igen om en stund.", "en": "Try again in a while."}


def report_barrier(
    *, text: str, page: str, answer_to: str, now: datetime, once: Once | None = None, by: Actor
) -> None:
    """Keep the report. Raises InvalidInput without words, TooManyReports (429): anybody may write, a flood may not."""
    if not text.strip():
        raise InvalidInput(fields={"text": [_("Skriv vad som inte gick.")]})
    with acting(by, once=once) as act:
        if act.reply is not None:
            return
        lately = BarrierReport.objects.filter(reported_at__gt=now - timedelta(hours=1)).count()
        if lately >= MOST_AN_HOUR:
            raise TooManyReports
        made = BarrierReport.objects.create(
            text=text.strip()[:LONGEST],
            page=page.strip()[:200],
            answer_to=answer_to.strip(),
            user_id=by.user_id,
        )
        act.answer(made.pk)


def answer_barrier(*, report_id: int, by: Actor) -> None:
    """The report is answered: where to answer is forgotten. Raises NotFound."""
    with acting(by):
        if not BarrierReport.objects.filter(pk=report_id).update(answered_at=Now(), answer_to=""):
            raise NotFound


def barriers() -> list[BarrierReport]:
    """The newest reports, those that wait for an answer first. One statement."""
    rows = BarrierReport.objects.order_by("answered_at", "-pk")
    waiting = list(rows.filter(answered_at=None)[:SHOWN])
    return [
        *waiting,
        *BarrierReport.objects.exclude(answered_at=None).order_by("-pk")[: SHOWN - len(waiting)],
    ]
