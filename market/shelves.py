"""Who may read the files that farms hand in to the market."""

from django.contrib.auth.models import AnonymousUser

from config.ground.files import shelf
from config.ground.models import User
from suppliers.models import FarmMember


@shelf("farm_list")
def may_read_list(user: User | AnonymousUser, supplier_id: int) -> bool:
    """A farm's own people: its list holds its prices."""
    return isinstance(user, User) and FarmMember.objects.filter(user=user, supplier=supplier_id).exists()
