"""Rows that hold for a time: valid from a day to another (both included) or without end."""

from datetime import date
from typing import TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

Row = TypeVar("Row", bound=models.Model)


class DatedQuerySet(models.QuerySet[Row]):
    def on(self, day: date) -> "DatedQuerySet[Row]":
        """The rows that hold on ``day``."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class Dated(models.Model):
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")))


def one_at_a_time(name: str, *fields: str, condition: Q | None = None) -> ExclusionConstraint:
    """No two rows with the same ``fields`` hold on the same day; with a condition, no two of those that meet it."""
    span = Func(
        F("valid_from"), F("valid_to"), Value("[]"), function="daterange", output_field=DateRangeField()
    )
    return ExclusionConstraint(
        name=name,
        expressions=[(span, RangeOperators.OVERLAPS), *((field, RangeOperators.EQUAL) for field in fields)],
        condition=condition,
    )
