"""Sending a purchase order's letter once more, when it did not come through."""

import logging
from datetime import datetime

from config.ground import outbox
from config.ground.models import OutboxMessage
from config.ground.refusals import NotFound
from config.ground.trail import Actor, acting
from market.models import Authority
from orders.models import PurchaseOrder

logger = logging.getLogger(__name__)


def send_order_again(*, authority: Authority, order_id: int, now: datetime, by: Actor) -> bool:
    """Queue the letter of one of the authority's purchase orders, to the address that the farm has now.

    False when it is already on its way or there. Raises NotFound.
    """
    order = PurchaseOrder.objects.select_related("supplier").filter(pk=order_id, authority=authority).first()
    letter = OutboxMessage.objects.filter(dedupe_key=f"purchase_order:{order_id}").first()
    if order is None or letter is None:
        raise NotFound
    with acting(by):
        again = outbox.send_again(message_id=letter.pk, recipient=order.supplier.email, now=now)
    if again:
        logger.info("letter %s queued again by %s at %s", letter.dedupe_key, by.name, by.door)
    return again
