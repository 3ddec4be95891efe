"""Who may read the files that are handed in about what is bought."""

from django.contrib.auth.models import AnonymousUser

from config.ground.files import shelf
from config.ground.models import User
from market.models import AuthorityMember


@shelf("ledger")
def may_read_ledger(user: User | AnonymousUser, authority_id: int) -> bool:
    """The authority's own officers and auditors: a ledger holds suppliers' numbers."""
    return (
        isinstance(user, User) and AuthorityMember.objects.filter(user=user, authority=authority_id).exists()
    )
