"""Delegations, and the signatures of a direct award: one, or two by two persons over the authority's own amount."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from config.ground.models import User
from config.ground.refusals import InvalidInput, NotFound
from config.ground.trail import Actor, acting
from market.actions.agreements import held_need, judge_again, require_officer_of
from market.actions.standing import require_officer
from market.models import Agreement, Authority, AuthorityMember, AwardSignature, SigningMandate
from market.queries.organic import check_certified, uncertified_of
from market.queries.signatures import amount_of, check_mandate, needs_two
from market.queries.standing import check_no_interest, check_not_excluded
from market.refusals import AlreadySigned, LaterFigureThere, SignedByYou
from market.rules.calendar import STOCKHOLM

ONE_DAY = timedelta(days=1)


def give_mandate(
    *,
    authority: Authority,
    holder: User,
    up_to_sek: Decimal,
    decision: str,
    first_day: date,
    last_day: date | None = None,
    officer: User,
    by: Actor,
) -> SigningMandate:
    """The holder signs up to the amount from that day; her delegation before ends the day before.

    Raises InvalidInput (to oneself, to whoever is no officer there, no decision), NotAllowed, LaterFigureThere.
    """
    require_officer(officer, authority)
    faults: dict[str, list[str]] = {}
    if holder == officer:
        faults["holder"] = [_("Ingen ger sig själv delegation. Be en annan upphandlare skriva in den.")]
    elif not authority.members.filter(user=holder, role=AuthorityMember.Role.OFFICER).exists():
        faults["holder"] = [_("Välj en upphandlare hos myndigheten.")]
    if up_to_sek <= 0:
        faults["up_to_sek"] = [_("Beloppet måste vara mer än noll.")]
    if not decision.strip():
        faults["decision"] = [_("Skriv vilket delegationsbeslut det är.")]
    if last_day is not None and last_day < first_day:
        faults["last_day"] = [_("Sista dagen ligger före den första.")]
    if faults:
        raise InvalidInput(fields=faults)
    with acting(by):
        rows = SigningMandate.objects.select_for_update(no_key=True).filter(
            authority=authority, holder=holder
        )
        later = rows.filter(valid_from__gte=first_day).order_by("valid_from").first()
        if later is not None:
            raise LaterFigureThere(code=holder.name, valid_from=later.valid_from)
        rows.on(first_day).update(valid_to=first_day - ONE_DAY)
        return SigningMandate.objects.create(
            authority=authority,
            holder=holder,
            up_to_sek=up_to_sek,
            decision=decision.strip(),
            valid_from=first_day,
            valid_to=last_day,
            entered_by=officer,
        )


def sign_first(*, agreement: Agreement, signer: User, signed_at: datetime, by: Actor) -> bool:
    """Keep the first signature of an award that was just judged. True: it is enough, and the award is signed.

    Else the award waits unsigned for a second person, and counts for nothing meanwhile. Raises MandateTooLow.
    """
    on = signed_at.astimezone(STOCKHOLM).date()
    amount = amount_of(agreement)
    with acting(by):
        named = list(agreement.named.values_list("authority", flat=True))
        mandate = check_mandate(authority_ids=named, user_id=signer.pk, amount_sek=amount, on=on)
        _keep(agreement, number=1, signer=signer, signed_at=signed_at, mandate=mandate)
        if not needs_two(authority_ids=named, amount_sek=amount, on=on):
            return True
        Agreement.objects.filter(pk=agreement.pk).update(signed_at=None, signed_by=None)
        agreement.signed_at = agreement.signed_by = None
        return False


def countersign(*, agreement: Agreement, signer: User, signed_at: datetime, by: Actor) -> Agreement:
    """The second person signs: the award is judged anew, under its need's locked row, and is signed from now on.

    Raises SignedByYou (the first signer), AlreadySigned, MandateTooLow, DirectAwardLimit, LawFigureMissing,
    ConflictOfInterest, SupplierExcluded, OrganicNotCertified, NotAllowed, NotFound.
    """
    on = signed_at.astimezone(STOCKHOLM).date()
    named = tuple(agreement.named.values_list("authority", flat=True))
    require_officer_of(signer, named)
    with acting(by):
        need = held_need(agreement)
        first = AwardSignature.objects.filter(agreement=agreement, number=1).first()
        if first is None:
            raise NotFound
        agreement.refresh_from_db()
        if agreement.signed_at is not None:
            raise AlreadySigned(title=agreement.title)
        if first.signer_id == signer.pk:
            raise SignedByYou(title=agreement.title)
        suppliers = list(agreement.lots.values_list("parties__supplier", flat=True))
        check_no_interest(authority_ids=named, supplier_ids=suppliers, user_id=signer.pk)
        check_not_excluded(authority_ids=named, supplier_ids=suppliers, on=on)
        check_certified(uncertified_of(agreement, on=on), on=on)
        amount = amount_of(agreement)
        mandate = check_mandate(authority_ids=named, user_id=signer.pk, amount_sek=amount, on=on)
        judge_again(need, asked_sek=amount, on=on)
        _keep(agreement, number=2, signer=signer, signed_at=signed_at, mandate=mandate)
        agreement.signed_at, agreement.signed_by = signed_at, signer
        agreement.save(update_fields=["signed_at", "signed_by"])
    return agreement


def _keep(
    agreement: Agreement, *, number: int, signer: User, signed_at: datetime, mandate: SigningMandate | None
) -> None:
    AwardSignature.objects.create(
        agreement=agreement, number=number, signer=signer, signed_at=signed_at, mandate=mandate
    )
