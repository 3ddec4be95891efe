"""What a kitchen ordered last, to order it again."""

from datetime import date

from config.ground.refusals import NotFound
from kitchens.models import Kitchen
from kitchens.queries.baskets import WantedLine
from orders.models import OrderLine


def lines_of_last_order(kitchen: Kitchen, *, before: date) -> list[WantedLine]:
    """The lines of the kitchen's latest delivery day before ``before`` that it ordered for. One statement.

    What was added to the same day by a later order is in; what was taken out is not.
    """
    rows = (
        OrderLine.objects.filter(
            order__kitchen=kitchen, order__delivery_date__lt=before, removed_at__isnull=True
        )
        .order_by("-order__delivery_date", "product__sort_key", "pk")
        .values_list("order__delivery_date", "product", "quantity", "accept_part", "note")
    )
    lines: dict[int, WantedLine] = {}
    latest = None
    for day, product_id, quantity, accept_part, note in rows[:2000].iterator():
        latest = latest or day
        if day != latest:
            break
        there = lines.get(product_id)
        lines[product_id] = WantedLine(
            product_id=product_id,
            quantity=quantity + (there.quantity if there else 0),
            accept_part=accept_part,
            note=note,
        )
    return list(lines.values())


def line_to_order_again(kitchen: Kitchen, line_id: int) -> WantedLine:
    """A line of one of the kitchen's orders, as a basket wants it. Raises NotFound."""
    line = OrderLine.objects.filter(order__kitchen=kitchen, pk=line_id).first()
    if line is None:
        raise NotFound
    return WantedLine(
        product_id=line.product_id, quantity=line.quantity, accept_part=line.accept_part, note=line.note
    )
