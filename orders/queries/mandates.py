"""The delegations of an authority, as its officers read them."""

from config.ground.sorting import in_swedish
from market.models import Authority, SigningMandate


def mandates_of(authority: Authority) -> list[SigningMandate]:
    """All, ended ones too, by person and the newest first. One statement."""
    rows = SigningMandate.objects.filter(authority=authority).select_related("holder", "entered_by")
    return list(rows.order_by(in_swedish("holder__name"), "-valid_from"))
