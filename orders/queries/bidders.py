"""Who bid for an agreement, how each was told, and until when nothing may be signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from config.ground.models import User
from config.ground.refusals import NotFound
from market.models import Agreement, Authority, Bidder
from market.queries.bids import check_sees_bids, handlers_of, is_decided
from market.queries.law import law_figure
from market.rules.calendar import STOCKHOLM
from market.rules.notices import Channel, Standstill, Told, standstill


@dataclass(frozen=True, slots=True)
class Notices:
    """``until`` None: somebody is not told, or nobody bid. ``signed_early``: within the standstill."""

    agreement: Agreement
    handlers: Sequence[User]
    is_decided: bool
    bidders: Sequence[Bidder]
    until: Standstill | None
    paragraph: str
    binds: bool
    signed_early: bool

    @property
    def untold(self) -> int:
        return sum(each.told_on is None for each in self.bidders)

    @property
    def handler_names(self) -> str:
        return ", ".join(each.name for each in self.handlers)


def notices(authority: Authority, agreement_id: int, *, reader: User, today: date) -> Notices:
    """A direct award and a DIS have no compulsory standstill (19 a:10; 20:2 p 3).

    Raises NotFound; BidsSealed before the decision, for whoever does not handle the award.
    """
    agreement = agreement_of(authority, agreement_id)
    check_sees_bids(agreement, reader, on=today)
    rows = list(agreement.bidders.select_related("told_by").order_by("-won", "name"))
    electronic = law_figure(code="standstill_days_electronic", on=today)
    other = law_figure(code="standstill_days_other", on=today)
    until = standstill(
        [Told(channel=Channel(row.channel) if row.channel else None, on=row.told_on) for row in rows],
        electronic_days=int(electronic.value),
        other_days=int(other.value),
    )
    binds = agreement.kind == Agreement.Kind.FRAMEWORK
    signed_on = agreement.signed_at.astimezone(STOCKHOLM).date() if agreement.signed_at else None
    return Notices(
        agreement=agreement,
        handlers=handlers_of(agreement),
        is_decided=is_decided(agreement),
        bidders=rows,
        until=until,
        paragraph=_paragraph(agreement, electronic.paragraph),
        binds=binds,
        signed_early=bool(binds and until and signed_on and signed_on <= until.last_day),
    )


def _paragraph(agreement: Agreement, compulsory: str) -> str:
    return {
        Agreement.Kind.DIRECT_AWARD: _(
            "19 a kap. 10 § LOU: alla som lämnade anbud underrättas, ingen avtalsspärr."
        ),
        Agreement.Kind.DIS: _(
            "20 kap. 2 § 3 LOU: ingen tvingande avtalsspärr i ett DIS; en frivillig skyddar."
        ),
    }.get(Agreement.Kind(agreement.kind), compulsory)


def agreement_of(authority: Authority, agreement_id: int) -> Agreement:
    """An agreement that names the authority. Raises NotFound."""
    found = Agreement.objects.filter(pk=agreement_id, named__authority=authority).first()
    if found is None:
        raise NotFound
    return found


def bidder_of(authority: Authority, bidder_id: int, *, reader: User, today: date) -> Bidder:
    """Raises NotFound; BidsSealed before the decision, for whoever does not handle the award."""
    rows = Bidder.objects.filter(pk=bidder_id, agreement__named__authority=authority)
    found = rows.select_related("agreement").first()
    if found is None:
        raise NotFound
    check_sees_bids(found.agreement, reader, on=today)
    return found
