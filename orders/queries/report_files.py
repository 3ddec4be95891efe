"""Files that the house makes for a person: the list, what is to be made, and the content piece by piece."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, QuerySet

from config.ground.models import User
from config.ground.refusals import NotFound
from market.models import Authority, AuthorityMember
from orders.models import ReportFile, ReportFilePiece, SavedReport

SHOWN = 50


def my_files(authority: Authority, user: User) -> list[ReportFile]:
    """The latest that this person asked for or was due, newest first."""
    found = ReportFile.objects.filter(authority=authority, owner=user).select_related("saved")
    return list(found.order_by("-asked_at", "-pk")[:SHOWN])


def my_file(authority: Authority, user: User, file_id: int) -> ReportFile:
    """A file that can be fetched. Raises NotFound for another's, and for one that is not ready or no longer kept."""
    file = ReportFile.objects.filter(
        pk=file_id, authority=authority, owner=user, state=ReportFile.State.READY
    ).first()
    if file is None:
        raise NotFound
    return file


def my_saved(authority: Authority, user: User) -> list[SavedReport]:
    found = SavedReport.objects.filter(authority=authority, owner=user, put_away_at=None)
    return list(found.order_by("name", "pk"))


def pieces_of(file: ReportFile) -> Iterator[bytes]:
    """The content, a piece at a time."""
    numbers = ReportFilePiece.objects.filter(file=file).order_by("number").values_list("number", flat=True)
    for number in list(numbers):
        yield bytes(ReportFilePiece.objects.get(file=file, number=number).content)


def to_be_made(now: datetime) -> Q:
    """What waits, and what a silent maker left."""
    return Q(state=ReportFile.State.WAITING) | Q(state=ReportFile.State.MAKING, held_until__lte=now)


def files_to_make(now: datetime) -> list[int]:
    """The oldest first."""
    found = ReportFile.objects.filter(to_be_made(now))
    return list(found.order_by("asked_at", "pk").values_list("pk", flat=True))


def hold_of(file: ReportFile) -> "QuerySet[ReportFile]":
    """The row while this maker's hold stands: the number of attempts tells the holds apart."""
    return ReportFile.objects.filter(pk=file.pk, state=ReportFile.State.MAKING, attempts=file.attempts)


def is_seated(user: User, authority: Authority) -> bool:
    """Whether the person still sits at the authority's desk: only then is a file made, mailed or handed out."""
    return AuthorityMember.objects.filter(user=user, user__is_active=True, authority=authority).exists()
