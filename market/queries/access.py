"""Which of the market's rows a person may see, one function a noun."""

from config.ground.models import User
from config.ground.refusals import NotFound
from market.models import Hub


def hub_for(user: User, pk: int) -> Hub:
    """The hub that ``user`` works at. Raises NotFound, also where it is there but not hers."""
    found = Hub.objects.filter(pk=pk, workers__user=user, workers__user__is_active=True).first()
    if found is None:
        raise NotFound
    return found
