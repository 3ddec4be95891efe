"""The letters that an authority's dealings with a supplier cause."""

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from config.ground.models import OutboxMessage
from config.ground.outbox import Letter, renderer
from market.models import Bidder, DeclarationRequest, LotParty, StandingMatter


@renderer("supplier_hearing")
def supplier_hearing_letter(message: OutboxMessage) -> Letter:
    """To the farm: what the authority considers, and until when it may answer."""
    matter = StandingMatter.objects.select_related("authority", "supplier", "handled_by").get(
        pk=message.cause_id
    )
    subject = _("%(authority)s vill höra %(farm)s före ett beslut") % {
        "authority": matter.authority.name,
        "farm": matter.supplier.name,
    }
    return Letter(
        subject=subject, text=render_to_string("market/letters/supplier_hearing.txt", {"matter": matter})
    )


@renderer("declaration_request")
def declaration_request_letter(message: OutboxMessage) -> Letter:
    """To the farm: a fresh self-declaration is wanted, until a day."""
    asked = DeclarationRequest.objects.select_related("authority", "supplier", "asked_by").get(
        pk=message.cause_id
    )
    subject = _("%(authority)s ber om en ny egenförsäkran") % {"authority": asked.authority.name}
    return Letter(
        subject=subject, text=render_to_string("market/letters/declaration_request.txt", {"asked": asked})
    )


@renderer("award_notice")
def award_notice_letter(message: OutboxMessage) -> Letter:
    """To one who bid: how the procurement ended, and why (19 a kap. 10 §, 12 kap. 12 § LOU)."""
    bidder = Bidder.objects.select_related("agreement").get(pk=message.cause_id)
    parties = LotParty.objects.filter(agreement_lot__agreement=bidder.agreement_id).order_by("rank")
    winners = ", ".join(dict.fromkeys(parties.values_list("supplier__name", flat=True)))
    subject = _("Underrättelse om beslut: %(agreement)s") % {"agreement": bidder.agreement.title}
    told = {"bidder": bidder, "winners": winners}
    return Letter(subject=subject, text=render_to_string("market/letters/award_notice.txt", told))
