"""What a person may sign at an authority, and what waits for a second signature."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from market.models import Agreement, AgreementLot, AgreementOption, Authority, OwnLimit, SigningMandate
from market.refusals import MandateTooLow
from market.rules.signatures import may_sign, signatures_needed

TWO_PERSONS = "two_person_amount"


def amount_of(agreement: Agreement) -> Decimal:
    """What the agreement binds the authority to at most: its ceilings and the options that are left."""
    ceilings = AgreementLot.objects.filter(agreement=agreement).aggregate(sum=Sum("ceiling_sek"))["sum"]
    options = AgreementOption.objects.filter(agreement_lot__agreement=agreement, used_on=None)
    return (ceilings or Decimal(0)) + (options.aggregate(sum=Sum("value_sek"))["sum"] or Decimal(0))


def check_mandate(
    *, authority_ids: Collection[int], user_id: int | None, amount_sek: Decimal, on: date
) -> SigningMandate | None:
    """The delegation by which the person signs, None where the authority has written none. Raises MandateTooLow."""
    in_force = list(SigningMandate.objects.on(on).filter(authority__in=authority_ids))
    own = next((row for row in in_force if row.holder_id == user_id), None)
    if not may_sign(amount_sek, up_to_sek=own.up_to_sek if own else None, delegated=bool(in_force)):
        raise MandateTooLow(up_to_sek=own.up_to_sek if own else Decimal(0), amount_sek=amount_sek)
    return own


def needs_two(*, authority_ids: Collection[int], amount_sek: Decimal, on: date) -> bool:
    """Whether one of the authorities wants two persons for the amount that day."""
    own = OwnLimit.objects.on(on).filter(authority__in=authority_ids, code=TWO_PERSONS)
    least = min(own.values_list("value", flat=True), default=None)
    return signatures_needed(amount_sek, two_from_sek=least) > 1


def waiting_for_second(authority: Authority) -> list[Agreement]:
    """Direct awards that one person has signed and a second must sign, the oldest first. Two statements."""
    return list(
        Agreement.objects.filter(
            kind=Agreement.Kind.DIRECT_AWARD, named__authority=authority, signed_at=None, signatures__number=1
        )
        .prefetch_related("signatures__signer")
        .order_by("pk")
    )
