"""What an authority itself lays down for its reports: what it calls local, and the goals that it has decided on."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from config.ground.models import User
from market.models import Authority
from market.models.dated import Dated, DatedQuerySet, ends_after_it_begins, one_at_a_time


class LocalDefinition(Dated):
    """What an authority counts as local when it follows up; never a requirement or a criterion (9 kap. 6 § LOU).

    ``places`` are the places of origin that goods are told with, compared without case. ``words`` say it to a reader.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="local_definitions")
    words = models.CharField(max_length=300)
    places = ArrayField(models.CharField(max_length=80))
    decision = models.CharField(max_length=200)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            one_at_a_time("one_local_definition_at_a_time", "authority"),
            ends_after_it_begins("local_definition_dates"),
            models.CheckConstraint(
                name="local_definition_says_what", condition=~Q(words="") & ~Q(places=[]) & ~Q(decision="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority}: {self.words}"

    @property
    def begins_or_ends_within_a_month(self) -> bool:
        return self.valid_from.day != 1 or (
            self.valid_to is not None and (self.valid_to + timedelta(days=1)).day != 1
        )


class ReportGoal(Dated):
    """A goal that an authority has decided on, as a line in its reports. A share is of one, climate kg CO2e per kg."""

    class Measure(models.TextChoices):
        CO2E_PER_KG = "co2e_per_kg", "kg CO₂e per kg"
        ORGANIC = "organic", "ekologisk andel av värdet"
        SWEDISH = "swedish", "svensk andel av värdet"
        LOCAL = "local", "lokal andel av värdet"

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="report_goals")
    measure = models.CharField(max_length=12, choices=Measure)
    value = models.DecimalField(max_digits=8, decimal_places=4)
    decision = models.CharField(max_length=200)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            one_at_a_time("one_goal_at_a_time", "authority", "measure"),
            ends_after_it_begins("goal_dates"),
            models.CheckConstraint(
                name="goal_is_reachable",
                condition=Q(value__gte=0) & (Q(measure="co2e_per_kg") | Q(value__lte=1)),
            ),
            models.CheckConstraint(name="goal_rests_on_a_decision", condition=~Q(decision="")),
        ]

    def __str__(self) -> str:
        return f"{self.authority} {self.measure}: {self.value}"
