"""Questions that a person keeps, and files that the house makes of them while the person does something else."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config.ground.models import User
from market.models import Authority
from market.models.dated import Dated, DatedQuerySet, ends_after_it_begins, one_at_a_time
from orders.rules.schedules import Rhythm, Window


class SavedReport(models.Model):
    """A report with its question, and when it is mailed to the one who keeps it. Put away, never deleted.

    ``question`` is the address's own, name and text. ``next_on`` is the day on which it is due.
    """

    class Format(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "Excel"
        PDF = "pdf", "PDF"
        JSON = "json", "JSON"

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="saved_reports")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="saved_reports")
    name = models.CharField(max_length=120)
    slug = models.CharField(max_length=60)
    question = models.JSONField()
    window = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Window])
    format = models.CharField(max_length=4, choices=Format)
    language = models.CharField(max_length=2)
    rhythm = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Rhythm])
    next_on = models.DateField(null=True)
    saved_at = models.DateTimeField(db_default=Now())
    put_away_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="saved_report_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="due_only_when_mailed", condition=Q(rhythm="never", next_on=None) | ~Q(rhythm="never")
            ),
        ]
        indexes = [models.Index(fields=["next_on"], name="saved_report_due", condition=Q(put_away_at=None))]

    def __str__(self) -> str:
        return self.name


class ReportFile(models.Model):
    """A file that somebody asked for, or a saved report was due for. It is found again here when a process died.

    ``kind`` is ``report`` (with ``slug`` and ``question``), ``rows`` of a report, or ``everything`` of the authority.
    A maker holds it until ``held_until``; then another takes it. ``steps_of`` None is not known.
    """

    class Kind(models.TextChoices):
        REPORT = "report"
        ROWS = "rows"
        EVERYTHING = "everything"

    class State(models.TextChoices):
        WAITING = "waiting"
        MAKING = "making"
        READY = "ready"
        FAILED = "failed"
        GONE = "gone"

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="report_files")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="report_files")
    saved = models.ForeignKey(SavedReport, null=True, on_delete=models.PROTECT, related_name="files")
    due_on = models.DateField(null=True)
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=200)
    slug = models.CharField(max_length=60, blank=True, default="")
    question = models.JSONField()
    format = models.CharField(max_length=4)
    language = models.CharField(max_length=2)
    mailed = models.BooleanField()
    asked_at = models.DateTimeField(db_default=Now())
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.SmallIntegerField(default=0)
    held_until = models.DateTimeField(null=True)
    steps_done = models.IntegerField(default=0)
    steps_of = models.IntegerField(null=True)
    name = models.CharField(max_length=200, blank=True, default="")
    content_type = models.CharField(max_length=100, blank=True, default="")
    size = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    made_at = models.DateTimeField(null=True)
    keep_until = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["saved", "due_on"], name="made_once_a_due_day"),
            models.CheckConstraint(
                name="ready_file_has_its_sum", condition=~Q(state="ready") | ~Q(sha256="", made_at=None)
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"], name="report_files_to_make", condition=Q(state__in=["waiting", "making"])
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ReportFilePiece(models.Model):
    """A megabyte of a file at most, so that neither maker nor reader holds it whole."""

    file = models.ForeignKey(ReportFile, on_delete=models.PROTECT, related_name="pieces")
    number = models.IntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="piece_once")]

    def __str__(self) -> str:
        return f"{self.file} {self.number}"


class OpenDataDecision(Dated):
    """An authority's decision to publish its purchases as open data, and from when to when it stands."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="open_data_decisions")
    decision = models.CharField(max_length=200)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            one_at_a_time("one_open_data_decision_at_a_time", "authority"),
            ends_after_it_begins("open_data_decision_dates"),
            models.CheckConstraint(name="open_data_rests_on_a_decision", condition=~Q(decision="")),
        ]

    def __str__(self) -> str:
        return f"{self.authority}: {self.decision}"
