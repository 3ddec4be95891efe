"""Who may read the files that farms hand in to the market."""

from django.contrib.auth.models import AnonymousUser

from config.ground.files import shelf
from config.ground.models import User
from market.models import AgreementAuthority
from suppliers.models import FarmMember


@shelf("farm_list")
def may_read_list(user: User | AnonymousUser, supplier_id: int) -> bool:
    """A farm's own people: its list holds its prices."""
    return isinstance(user, User) and FarmMember.objects.filter(user=user, supplier=supplier_id).exists()


@shelf("certificate")
def may_read_certificate(user: User | AnonymousUser, supplier_id: int) -> bool:
    """The farm's own people, and those of an authority that has an agreement with the farm."""
    if not isinstance(user, User):
        return False
    if FarmMember.objects.filter(user=user, supplier=supplier_id).exists():
        return True
    named = AgreementAuthority.objects.filter(
        authority__members__user=user, agreement__lots__parties__supplier=supplier_id
    )
    return named.exists()
