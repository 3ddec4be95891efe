"""The letters that orders cause, written when they are sent."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from config.ground.models import OutboxMessage
from config.ground.outbox import Letter, renderer
from orders.models import PurchaseOrder


@renderer("purchase_order")
def purchase_order_letter(message: OutboxMessage) -> Letter:
    """To the farm: what it is to bring, for whom, when, and where to answer."""
    order = (
        PurchaseOrder.objects.select_related("supplier", "authority", "supplier_run__delivery_run__hub")
        .prefetch_related("lines__pack", "lines__product")
        .get(pk=message.cause_id)
    )
    told = {
        "order": order,
        "hub": order.supplier_run.delivery_run.hub,
        "answer_url": f"{settings.SITE_URL}/gard/{order.supplier_id}/inkopsorder/{order.pk}/",
    }
    subject = _("Inköpsorder %(number)s till %(day)s") % {
        "number": order.number,
        "day": f"{order.delivery_date:%Y-%m-%d}",
    }
    return Letter(subject=subject, text=render_to_string("orders/letters/purchase_order.txt", told))
