"""Questions that a person keeps (F117), and those that are due by mail today (F118)."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from config.ground.models import User
from config.ground.refusals import InvalidInput, NotFound
from config.ground.trail import Actor, acting
from market.models import Authority
from orders.models import ReportFile, SavedReport
from orders.queries.report_files import is_seated
from orders.rules.schedules import Rhythm, Window, next_on, question_on


def save_report(
    *,
    authority: Authority,
    owner: User,
    name: str,
    slug: str,
    question: dict[str, str],
    window: Window,
    file_format: str,
    rhythm: Rhythm,
    language: str,
    today: date,
    by: Actor,
) -> SavedReport:
    """Raises InvalidInput: no name, or a rhythm for a person who has no address for mail."""
    faults: dict[str, list[str]] = {}
    if not name.strip():
        faults["name"] = [_("Ge rapporten ett namn.")]
    if rhythm is not Rhythm.NEVER and not owner.email:
        faults["rhythm"] = [_("Du har ingen e-postadress här, så rapporten kan inte skickas.")]
    if faults:
        raise InvalidInput(fields=faults)
    with acting(by):
        return SavedReport.objects.create(
            authority=authority,
            owner=owner,
            name=name.strip(),
            slug=slug,
            question=question,
            window=window,
            format=file_format,
            language=language,
            rhythm=rhythm,
            next_on=next_on(rhythm, today),
        )


def put_away(*, authority: Authority, owner: User, saved_id: int, now: datetime, by: Actor) -> SavedReport:
    """It is listed and mailed no more. Raises NotFound for another's, and for one that is put away."""
    with acting(by):
        saved = (
            SavedReport.objects.select_for_update(no_key=True)
            .filter(pk=saved_id, authority=authority, owner=owner, put_away_at=None)
            .first()
        )
        if saved is None:
            raise NotFound
        saved.put_away_at = now
        saved.save(update_fields=["put_away_at"])
        return saved


def ask_due_reports(*, today: date, now: datetime, by: Actor) -> int:
    """A file for each saved report that is due, once a due day. Whose owner has left the desk is put away instead."""
    asked = 0
    with acting(by):
        due = (
            SavedReport.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
            .filter(put_away_at=None, next_on__lte=today)
            .select_related("owner", "authority")
            .order_by("pk")
        )
        for saved in due:
            due_on, rhythm = saved.next_on, Rhythm(saved.rhythm)
            if not is_seated(saved.owner, saved.authority):
                saved.put_away_at = now
                saved.save(update_fields=["put_away_at"])
                continue
            ReportFile.objects.get_or_create(
                saved=saved,
                due_on=due_on,
                defaults={
                    "authority": saved.authority,
                    "owner": saved.owner,
                    "kind": ReportFile.Kind.REPORT,
                    "title": saved.name,
                    "slug": saved.slug,
                    "question": question_on(saved.question, Window(saved.window), due_on or today),
                    "format": saved.format,
                    "language": saved.language,
                    "mailed": True,
                },
            )
            saved.next_on = next_on(rhythm, today)
            saved.save(update_fields=["next_on"])
            asked += 1
    return asked
