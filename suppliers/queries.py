"""Reads about those who sell."""

from config.ground.models import User
from config.ground.refusals import NotFound
from suppliers.models import Supplier


def supplier_for(user: User, pk: int) -> Supplier:
    """The supplier that ``user`` acts for. Raises NotFound, also where it is there but somebody else's."""
    found = Supplier.objects.filter(pk=pk, members__user=user, members__user__is_active=True).first()
    if found is None:
        raise NotFound
    return found
