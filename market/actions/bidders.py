"""Writing down who bid for an agreement, who handles the bids, and telling each of the award."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from config.ground.models import User
from config.ground.outbox import enqueue
from config.ground.refusals import InvalidInput, NotAllowed
from config.ground.trail import Actor, acting
from market.actions.standing import require_officer
from market.models import Agreement, AgreementAuthority, Authority, AuthorityMember, Bidder, BidHandler
from market.queries.bids import check_sees_bids, handlers_of
from market.refusals import BidderTold
from market.rules.notices import Channel


@dataclass(frozen=True, slots=True)
class BidderDraft:
    name: str
    email: str = ""
    won: bool = False


def add_bidder(
    *, authority: Authority, agreement: Agreement, draft: BidderDraft, officer: User, today: date, by: Actor
) -> Bidder:
    """Raises InvalidInput (no name, or one that is there), NotAllowed, BidsSealed."""
    _require_named(agreement.pk, authority=authority, officer=officer)
    check_sees_bids(agreement, officer, on=today)
    if not draft.name.strip():
        raise InvalidInput(fields={"name": [_("Skriv vem som lämnade anbud.")]})
    with acting(by):
        row, made = Bidder.objects.get_or_create(
            agreement=agreement,
            name=draft.name.strip(),
            defaults={"email": draft.email.strip(), "won": draft.won},
        )
        if not made:
            raise InvalidInput(fields={"name": [_("Den anbudsgivaren står redan här.")]})
    return row


def tell_bidder(
    *,
    authority: Authority,
    bidder: Bidder,
    channel: Channel,
    told_on: date,
    today: date,
    officer: User,
    by: Actor,
) -> Bidder:
    """Tell a bidder of the award, once: by a letter that leaves now, or on paper and written down here.

    A letter by e-mail counts from today. Raises InvalidInput, NotAllowed, BidderTold, BidsSealed.
    """
    _require_named(bidder.agreement_id, authority=authority, officer=officer)
    check_sees_bids(bidder.agreement, officer, on=today)
    if channel is Channel.EMAIL:
        told_on = today
        if not bidder.email:
            raise InvalidInput(fields={"channel": [_("Anbudsgivaren har ingen e-postadress här.")]})
    elif told_on > today:
        raise InvalidInput(fields={"told_on": [_("Dagen ligger framåt i tiden.")]})
    with acting(by):
        untold = Bidder.objects.filter(pk=bidder.pk, told_on=None)
        if not untold.update(channel=channel.value, told_on=told_on, told_by=officer):
            bidder.refresh_from_db()
            raise BidderTold(name=bidder.name, day=bidder.told_on)
        if channel is Channel.EMAIL:
            enqueue(
                kind="award_notice",
                recipient=bidder.email,
                language="sv",
                cause_table="market_bidder",
                cause_id=bidder.pk,
                dedupe_key=f"award_notice:{bidder.pk}",
            )
        bidder.refresh_from_db()
    return bidder


def assign_handler(
    *, authority: Authority, agreement: Agreement, handler: User, officer: User, today: date, by: Actor
) -> BidHandler:
    """An officer of the authority sees the bids from now on. Who handles them assigns; the first takes the case herself.

    Raises InvalidInput (no officer there), NotAllowed, BidsSealed.
    """
    _require_named(agreement.pk, authority=authority, officer=officer)
    if not authority.members.filter(user=handler, role=AuthorityMember.Role.OFFICER).exists():
        raise InvalidInput(fields={"handler": [_("Välj en upphandlare hos myndigheten.")]})
    with acting(by):
        Agreement.objects.select_for_update(no_key=True).get(pk=agreement.pk)
        if handlers_of(agreement):
            check_sees_bids(agreement, officer, on=today)
        row, _made = BidHandler.objects.get_or_create(
            agreement=agreement, handler=handler, defaults={"assigned_by": officer}
        )
    return row


def _require_named(agreement_id: int, *, authority: Authority, officer: User) -> None:
    """Raises NotAllowed for whoever is no officer of the authority, and for an agreement that does not name it."""
    require_officer(officer, authority)
    if not AgreementAuthority.objects.filter(agreement=agreement_id, authority=authority).exists():
        raise NotAllowed
