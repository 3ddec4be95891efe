"""The law as dated data: figures, paragraphs, VAT. Seeded unconfirmed; an officer confirms."""

from django.db import models
from django.db.models import Q

from config.ground.models import User
from market.models.dated import Dated, DatedQuerySet, ends_after_it_begins, one_at_a_time
from market.models.parties import Authority
from market.models.products import VatClass


class Regime(models.TextChoices):
    """Which chapters of LOU govern: at or above the EU threshold, below it, or a direct award."""

    DIRECTIVE = "directive", "direktivstyrd"
    NATIONAL = "national", "under tröskelvärdet"
    DIRECT_AWARD = "direct_award", "direktupphandling"


class Sourced(Dated):
    """A figure of the law with its source; ``confirmed_by`` stays empty until a person has read the source."""

    source = models.TextField()
    checked_on = models.DateField()
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True, default="")
    ended_by_hand = models.BooleanField(
        default=False,
        db_default=False,
        help_text="a person's newer row begins after it: the file no longer ends it",
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True


def confirmed_with_time(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(confirmed_by=None, confirmed_at=None)
        | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
    )


class LawFigure(Sourced):
    """A threshold, term or share: value null means that the official figure is not known to the system."""

    code = models.CharField(max_length=60)
    regime = models.CharField(max_length=12, choices=[("all", "alla"), *Regime.choices])
    value = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    unit = models.CharField(max_length=20)
    paragraph = models.CharField(max_length=80)

    class Meta:
        constraints = [
            one_at_a_time("one_law_figure_at_a_time", "code", "regime"),
            ends_after_it_begins("law_figure_dates"),
            confirmed_with_time("law_figure_confirmed_with_time"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.value} {self.unit}"


class LawParagraph(Sourced):
    """The paragraph that a rule's finding names, by rule and regime."""

    rule = models.CharField(max_length=40)
    regime = models.CharField(max_length=12, choices=Regime)
    paragraph = models.CharField(max_length=160)

    class Meta:
        constraints = [
            one_at_a_time("one_paragraph_at_a_time", "rule", "regime"),
            ends_after_it_begins("law_paragraph_dates"),
            confirmed_with_time("law_paragraph_confirmed_with_time"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} ({self.regime}): {self.paragraph}"


class VatRate(Sourced):
    """The VAT rate of a class of goods, by delivery date; 0.12 is twelve per cent."""

    vat_class = models.ForeignKey(VatClass, on_delete=models.PROTECT, related_name="rates")
    rate = models.DecimalField(max_digits=5, decimal_places=4)

    class Meta:
        constraints = [
            one_at_a_time("one_vat_rate_at_a_time", "vat_class"),
            ends_after_it_begins("vat_rate_dates"),
            confirmed_with_time("vat_rate_confirmed_with_time"),
            models.CheckConstraint(name="vat_rate_is_a_share", condition=Q(rate__gte=0, rate__lt=1)),
        ]

    def __str__(self) -> str:
        return f"{self.vat_class} {self.rate}"


class OwnLimit(Dated):
    """An authority's own stricter limit beside the law's figure of the same code, by its own guidelines.

    It only ever lowers what may be done: the lower of the two binds.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="own_limits")
    code = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=16, decimal_places=2)
    decision = models.CharField(max_length=200, help_text="the guideline or decision that it rests on")
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            one_at_a_time("one_own_limit_at_a_time", "authority", "code"),
            ends_after_it_begins("own_limit_dates"),
            models.CheckConstraint(name="own_limit_not_negative", condition=Q(value__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.authority} {self.code}: {self.value}"
