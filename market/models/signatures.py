"""Who may sign at an authority up to which amount, and who signed a direct award."""

from django.db import models
from django.db.models import F, Q

from config.ground.models import User
from market.models.agreements import Agreement
from market.models.dated import Dated, DatedQuerySet, ends_after_it_begins, one_at_a_time
from market.models.parties import Authority


class SigningMandate(Dated):
    """A delegation: the holder signs at the authority up to an amount, SEK excl. VAT. Nobody gives it to herself."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="mandates")
    holder = models.ForeignKey(User, on_delete=models.PROTECT, related_name="mandates")
    up_to_sek = models.DecimalField(max_digits=16, decimal_places=2)
    decision = models.CharField(max_length=200, help_text="the delegation that it rests on")
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            one_at_a_time("one_mandate_at_a_time", "authority", "holder"),
            ends_after_it_begins("mandate_dates"),
            models.CheckConstraint(name="mandate_is_positive", condition=Q(up_to_sek__gt=0)),
            models.CheckConstraint(name="mandate_from_another", condition=~Q(entered_by=F("holder"))),
        ]

    def __str__(self) -> str:
        return f"{self.holder}: {self.up_to_sek}"


class AwardSignature(models.Model):
    """A signature of a direct award: the first, and the second where the authority's amount asks for one."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")
    number = models.SmallIntegerField()
    signer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    mandate = models.ForeignKey(SigningMandate, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="signature_once"),
            models.UniqueConstraint(fields=["agreement", "signer"], name="signed_by_two_persons"),
            models.CheckConstraint(name="signed_first_or_second", condition=Q(number__in=[1, 2])),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} {self.number}: {self.signer}"
