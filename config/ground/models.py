"""What all other rooms stand on: people, trail, outbox, idempotency, files, jobs."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower, Now


class UserManager(BaseUserManager["User"]):
    def by_email(self, email: str) -> models.QuerySet["User"]:
        return self.get_queryset().filter(email=email.strip().casefold())

    def create_user(self, *, name: str, email: str | None, password: str | None = None) -> "User":
        user = User(name=name, email=email.strip().casefold() if email else None)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """A person. E-mail is case-folded and may be missing: kitchen staff can share a tablet and still be named.

    There is no ``last_login``: signing in is no change of the person, and the trail would refuse it.
    """

    last_login = None
    name = models.CharField(max_length=120)
    email = models.CharField(max_length=254, null=True, unique=True)
    phone = models.CharField(max_length=40, blank=True, default="")
    language = models.CharField(max_length=2, default="sv", choices=[("sv", "Svenska"), ("en", "English")])
    is_active = models.BooleanField(default=True)
    is_platform_admin = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="user_email_is_case_folded",
                condition=models.Q(email=Lower("email")) | models.Q(email=None),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TrailTable(models.Model):
    """A table whose every change is trailed, and its columns that are secret or erasable and so left out."""

    table_name = models.CharField(max_length=63, primary_key=True)
    left_out = ArrayField(models.CharField(max_length=63), default=list)

    def __str__(self) -> str:
        return self.table_name


class TrailEntry(models.Model):
    """One row's state after a change (before it, for a deletion), or the digest of many rows of one job.

    Written by triggers only. ``payload`` may be disposed of by rule; ``digest`` stays and is what the seals chain.
    """

    at = models.DateTimeField(db_default=Now())
    xid = models.BigIntegerField()
    actor = models.CharField(max_length=80)
    door = models.CharField(max_length=80)
    reason = models.TextField(blank=True)
    table_name = models.CharField(max_length=63)
    op = models.CharField(
        max_length=1, choices=[("I", "insert"), ("U", "update"), ("D", "delete"), ("B", "bulk")]
    )
    row_id = models.BigIntegerField(null=True)
    row_ids = ArrayField(models.BigIntegerField(), null=True)
    authority_id = models.BigIntegerField(null=True)
    payload = models.JSONField(null=True)
    digest = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["table_name", "row_id", "id"], name="trail_by_row")]
        constraints = [
            models.CheckConstraint(
                name="trail_row_or_bulk",
                condition=models.Q(op="B", row_ids__isnull=False) | models.Q(row_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.op} {self.table_name} {self.row_id}"


class TrailSeal(models.Model):
    """A sealed batch: this authority's entries after its previous seal, up to and with ``to_entry``.

    ``digest`` is SHA-256 of the previous seal's digest and of the entries' digests in the order of their ids.
    """

    authority_id = models.BigIntegerField(default=0, help_text="0 holds what belongs to no authority")
    number = models.IntegerField()
    sealed_at = models.DateTimeField(db_default=Now())
    to_entry = models.BigIntegerField()
    entries = models.IntegerField()
    digest = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority_id", "number"], name="seal_number_once"),
            models.UniqueConstraint(fields=["authority_id", "to_entry"], name="seal_range_once"),
        ]

    def __str__(self) -> str:
        return f"{self.authority_id}/{self.number}"


class SealMark(models.Model):
    """Up to which entry ids had been given out when transaction ``xid`` began (see ``config.ground.sealing``)."""

    to_entry = models.BigIntegerField()
    xid = models.BigIntegerField()
    taken_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.to_entry} at {self.xid}"


class IdempotencyRecord(models.Model):
    """A key that an actor used at an endpoint, what it asked (hash) and what it was answered."""

    actor = models.CharField(max_length=80)
    endpoint = models.CharField(max_length=80)
    key = models.CharField(max_length=120)
    body_sha256 = models.CharField(max_length=64)
    reply = models.JSONField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor", "endpoint", "key"], name="idempotency_key_once")
        ]

    def __str__(self) -> str:
        return f"{self.endpoint} {self.key}"


class OutboxMessage(models.Model):
    """A mail or document that must leave, written in the transaction that caused it.

    ``kind`` names the renderer that makes its text when it is sent; ``cause_table`` and ``cause_id`` say what for.
    """

    class State(models.TextChoices):
        PENDING = "pending"
        IN_FLIGHT = "in_flight"
        DONE = "done"
        BOUNCED = "bounced"
        FAILED = "failed"

    kind = models.CharField(max_length=40)
    recipient = models.CharField(max_length=254)
    language = models.CharField(max_length=2, default="sv")
    cause_table = models.CharField(max_length=63)
    cause_id = models.BigIntegerField()
    dedupe_key = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING, db_default=State.PENDING)
    attempts = models.SmallIntegerField(default=0, db_default=0)
    next_attempt_at = models.DateTimeField(db_default=Now())
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True, default="", db_default="")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                name="outbox_due",
                condition=models.Q(state__in=["pending", "in_flight"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} till {self.recipient}"


class StoredFile(models.Model):
    """A file that somebody handed in: its type is read from its bytes, its size limited, its readers known.

    ``shelf`` names who may read it (see ``config.ground.files``); ``shelf_id`` is the row that it belongs to.
    """

    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.IntegerField()
    content = models.BinaryField()
    shelf = models.CharField(max_length=40)
    shelf_id = models.BigIntegerField()
    uploaded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT)
    uploaded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="file_size_in_bounds", condition=models.Q(size__gt=0, size__lte=10 * 1024 * 1024)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class JobRun(models.Model):
    """One run of a job: when, how it ended, what it did."""

    class State(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    name = models.CharField(max_length=60)
    subject = models.CharField(max_length=120, blank=True, default="")
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    started_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)
    result = models.JSONField(null=True)
    error = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["name", "-started_at"], name="job_runs_latest")]

    def __str__(self) -> str:
        return f"{self.name} {self.subject}".strip()


class BarrierReport(models.Model):
    """What somebody could not use, in her own words (lag 2018:1937). Anybody may write one, signed in or not.

    ``answer_to`` is where she wants the answer; it is left out of the trail.
    """

    page = models.CharField(max_length=200, blank=True, default="")
    text = models.CharField(max_length=2000)
    answer_to = models.CharField(max_length=254, blank=True, default="")
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(db_default=Now())
    answered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.reported_at}: {self.text[:60]}"
