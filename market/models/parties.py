"""Contracting authorities, their officers, and hubs."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config.ground.models import User
from config.ground.sorting import swedish_key


class Authority(models.Model):
    """A contracting authority (upphandlande myndighet): the root of all that belongs to one buyer."""

    name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=160, editable=False)
    code = models.CharField(max_length=8, unique=True, help_text="begins the numbers of its purchase orders")
    org_number = models.CharField(max_length=10, unique=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "authorities"

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: object) -> None:
        self.sort_key = swedish_key(self.name)
        super().save(**kwargs)  # type: ignore[arg-type]


class AuthorityMember(models.Model):
    """A person at an authority: a procurement officer acts, an auditor reads and changes nothing."""

    class Role(models.TextChoices):
        OFFICER = "officer", "Upphandlare"
        AUDITOR = "auditor", "Revisor"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="authorities")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="members")
    role = models.CharField(max_length=10, choices=Role)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "authority"], name="authority_member_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.authority} ({self.role})"


class Hub(models.Model):
    """A place where farms hand over and from which kitchens are served. It belongs to no authority."""

    name = models.CharField(max_length=80)
    sort_key = models.CharField(max_length=100, editable=False)
    address = models.CharField(max_length=200, blank=True, default="")
    weekdays = models.CharField(max_length=7, help_text="delivery days, 1 Monday … 7 Sunday, e.g. 24")
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="hub_weekdays", condition=Q(weekdays__regex="^[1-7]+$"))]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: object) -> None:
        self.sort_key = swedish_key(self.name)
        super().save(**kwargs)  # type: ignore[arg-type]


class HubWorker(models.Model):
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="hubs")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="workers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "hub"], name="hub_worker_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.hub}"
