"""A kitchen's standing lists."""

from django.db.models import QuerySet

from config.ground.refusals import NotFound
from kitchens.models import Kitchen, StandingList
from kitchens.queries.baskets import WantedLine


def standing_lists(kitchen: Kitchen) -> list[StandingList]:
    """The lists with their lines, in Swedish order. Two statements."""
    rows = kitchen.standing_lists.order_by("sort_key", "pk").prefetch_related("lines__product")
    return list(rows)


def standing_lists_of(kitchen: Kitchen) -> QuerySet[StandingList]:
    """The lists with their lines."""
    return StandingList.objects.filter(kitchen=kitchen).prefetch_related("lines")


def standing_list_for(kitchen: Kitchen, pk: int) -> StandingList:
    """Raises NotFound."""
    found = standing_lists_of(kitchen).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def lines_of_list(kitchen: Kitchen, list_id: int) -> list[WantedLine]:
    """A list's lines as a basket wants them, in Swedish order. Raises NotFound."""
    found = StandingList.objects.filter(kitchen=kitchen, pk=list_id).first()
    if found is None:
        raise NotFound
    return [
        WantedLine(
            product_id=line.product_id, quantity=line.quantity, accept_part=line.accept_part, note=line.note
        )
        for line in found.lines.order_by("product__sort_key")
    ]
