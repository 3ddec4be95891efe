"""The signed link in a purchase order's letter: it answers that order, once, until the goods are due."""

from datetime import datetime, timedelta

from django.core import signing

from config.ground.refusals import NotFound
from market.rules.calendar import STOCKHOLM
from orders.models import PurchaseOrder
from orders.queries.purchase_orders import PurchaseOrderSheet, sheet_of
from orders.refusals import LinkOver

SALT = "orders.answer_link"
LONGEST = timedelta(days=60)  # no order is answered two months after its cut-off


def answer_token(order: PurchaseOrder) -> str:
    """What the letter's address ends in: the order's id, signed with the time."""
    return signing.dumps({"order": order.pk}, salt=SALT)


def sheet_by_token(token: str, *, now: datetime) -> PurchaseOrderSheet:
    """The order that the link is for. Raises NotFound for what we did not sign, LinkOver (410) after the delivery day."""
    try:
        pk = int(signing.loads(token, salt=SALT, max_age=LONGEST)["order"])
    except signing.SignatureExpired as expired:
        raise LinkOver from expired
    except signing.BadSignature as forged:
        raise NotFound from forged
    sheet = sheet_of(pk)
    if sheet.order.delivery_date < now.astimezone(STOCKHOLM).date():
        raise LinkOver
    return sheet
