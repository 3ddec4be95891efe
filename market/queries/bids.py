"""Who may see the bids of an award, and how many there are, before it is decided (19 kap. 3 § OSL)."""

from datetime import date

from config.ground.models import User
from config.ground.sorting import in_swedish
from market.models import Agreement, LawParagraph
from market.refusals import BidsSealed


def is_decided(agreement: Agreement) -> bool:
    """Signed, or one who bid has been told of the award."""
    return agreement.signed_at is not None or agreement.bidders.exclude(told_on=None).exists()


def handlers_of(agreement: Agreement) -> list[User]:
    """Those assigned to the award, and who signed it first, by name. One statement."""
    assigned = agreement.bid_handlers.values("handler")
    signed = agreement.signatures.filter(number=1).values("signer")
    return list(User.objects.filter(pk__in=assigned.union(signed)).order_by(in_swedish("name"), "pk"))


def check_sees_bids(agreement: Agreement, user: User, *, on: date) -> None:
    """Raises BidsSealed, before the decision, for whoever does not handle the award: other officers and auditors too."""
    if is_decided(agreement) or user in handlers_of(agreement):
        return
    found = LawParagraph.objects.on(on).filter(rule="secrecy_bids", regime=agreement.regime).first()
    raise BidsSealed(paragraph=found.paragraph if found else "")
