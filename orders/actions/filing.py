"""Files that are made in the background: asked for, held by one maker at a time, kept in pieces, forgotten when old.

Everything stands in tables: a maker that dies leaves a hold that ends, and the next one makes the file anew.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO

from config.ground.models import User
from config.ground.outbox import enqueue
from config.ground.trail import Actor, acting
from market.models import Authority
from orders.models import ReportFile, ReportFilePiece
from orders.queries.report_files import hold_of, to_be_made
from orders.refusals import TooManyFilesWaiting

MOST_WAITING = 5  # of one person
MOST_ATTEMPTS = 3
HOLD = timedelta(minutes=5)  # how long a maker may be silent before another takes the file
KEPT = timedelta(days=30)
PIECE = 1024 * 1024
TO_BE_MADE = [ReportFile.State.WAITING, ReportFile.State.MAKING]


@dataclass(frozen=True, slots=True)
class AskedFile:
    """``question`` is the address's own; ``mailed`` sends it to the owner when it is ready."""

    kind: str
    title: str
    format: str
    language: str
    slug: str = ""
    question: dict[str, str] | None = None
    mailed: bool = False


def ask_file(*, authority: Authority, owner: User, asked: AskedFile, by: Actor) -> ReportFile:
    """The same that waits already is not made twice. Raises TooManyFilesWaiting."""
    with acting(by):
        waiting = list(
            ReportFile.objects.select_for_update(no_key=True).filter(
                authority=authority, owner=owner, state__in=TO_BE_MADE
            )
        )
        for each in waiting:
            if (each.kind, each.slug, each.question, each.format) == (
                asked.kind,
                asked.slug,
                asked.question or {},
                asked.format,
            ):
                return each
        if len(waiting) >= MOST_WAITING:
            raise TooManyFilesWaiting(most=MOST_WAITING)
        return ReportFile.objects.create(
            authority=authority,
            owner=owner,
            kind=asked.kind,
            title=asked.title,
            slug=asked.slug,
            question=asked.question or {},
            format=asked.format,
            language=asked.language,
            mailed=asked.mailed,
        )


def hold_file(*, file_id: int, now: datetime, by: Actor) -> ReportFile | None:
    """Take a file to make it. None when another holds it, when it is made, or was tried too often and is given up."""
    with acting(by):
        file = (
            ReportFile.objects.select_for_update(skip_locked=True, no_key=True)
            .filter(to_be_made(now), pk=file_id)
            .first()
        )
        if file is None:
            return None
        if file.attempts >= MOST_ATTEMPTS:
            file.state, file.held_until = ReportFile.State.FAILED, None
            file.error = file.error or "MakerEnded"
            file.save(update_fields=["state", "held_until", "error"])
            return None
        file.state, file.held_until = ReportFile.State.MAKING, now + HOLD
        file.attempts += 1
        file.steps_done, file.steps_of = 0, None
        file.save(update_fields=["state", "held_until", "attempts", "steps_done", "steps_of"])
        return file


def note_progress(*, file: ReportFile, done: int, of: int | None, now: datetime) -> None:
    """How far it is; the hold begins anew. Nothing, when the file has been taken by another meanwhile."""
    hold_of(file).update(steps_done=done, steps_of=of, held_until=now + HOLD)


def keep_file(
    *, file: ReportFile, content: BinaryIO, name: str, content_type: str, now: datetime, by: Actor
) -> bool:
    """What was made, in pieces; the letter to its owner leaves with it. False when another has taken the file."""
    with acting(by):
        if not hold_of(file).select_for_update(no_key=True).exists():
            return False
        digest, size = hashlib.sha256(), 0
        content.seek(0)
        for number, piece in enumerate(iter(lambda: content.read(PIECE), b"")):
            ReportFilePiece.objects.create(file=file, number=number, content=piece)
            digest.update(piece)
            size += len(piece)
        hold_of(file).update(
            state=ReportFile.State.READY,
            held_until=None,
            name=name,
            content_type=content_type,
            size=size,
            sha256=digest.hexdigest(),
            made_at=now,
            keep_until=now + KEPT,
            error="",
        )
        if file.mailed and file.owner.email:
            enqueue(
                kind="report_file",
                recipient=file.owner.email,
                language=file.language,
                cause_table="orders_reportfile",
                cause_id=file.pk,
                dedupe_key=f"report_file:{file.pk}",
            )
        return True


def give_up(*, file: ReportFile, error: str, for_good: bool, by: Actor) -> None:
    """It did not come off: it is tried again later, or ``for_good`` never. ``error`` is the fault's name."""
    with acting(by):
        last = for_good or file.attempts >= MOST_ATTEMPTS
        hold_of(file).update(
            state=ReportFile.State.FAILED if last else ReportFile.State.WAITING,
            held_until=None,
            error=error[:300],
        )


def forget_old_files(*, now: datetime, by: Actor) -> int:
    """What was kept its time: the content goes, that there was such a file stays."""
    with acting(by):
        old = ReportFile.objects.filter(state=ReportFile.State.READY, keep_until__lte=now)
        ids = list(old.values_list("pk", flat=True))
        ReportFilePiece.objects.filter(file__in=ids).delete()
        return old.filter(pk__in=ids).update(state=ReportFile.State.GONE)
