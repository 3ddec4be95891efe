"""Who may see the house's own rooms."""

from django.contrib.auth.models import AnonymousUser

from config.ground.models import User
from config.ground.refusals import NotAllowed, NotFound
from market.models import AuthorityMember


def check_may_see_jobs(user: User | AnonymousUser) -> None:
    """Platform administrators and officers. Raises NotFound: others need not know of the page."""
    if isinstance(user, AnonymousUser):
        raise NotFound
    officer = AuthorityMember.objects.filter(user=user, role=AuthorityMember.Role.OFFICER)
    if not user.is_platform_admin and not officer.exists():
        raise NotFound


def check_may_retry_jobs(user: User | AnonymousUser) -> None:
    """Platform administrators. Raises NotFound, and NotAllowed for one who sees the page and may not act on it."""
    check_may_see_jobs(user)
    if isinstance(user, AnonymousUser) or not user.is_platform_admin:
        raise NotAllowed


def check_is_administrator(user: User) -> None:
    """Raises NotFound for all but the platform's administrators: others need not know of the page."""
    if not user.is_platform_admin:
        raise NotFound
