"""A kitchen has the farm asked that is in turn for what its basket lacks."""

from datetime import date, datetime

from config.ground.refusals import NotFound
from config.ground.trail import Actor
from kitchens.models import Kitchen
from market.actions.asking import ask_party
from market.models import PartyQuestion
from market.rules.call_off import Rule
from orders.queries.checking import AskedLine, check_order


def ask_in_turn(
    *, kitchen: Kitchen, delivery_date: date, line: AskedLine, now: datetime, by: Actor
) -> PartyQuestion:
    """Ask whoever the agreement's terms say is in turn for the line's missing part; never another.

    Raises NotFound (nobody is waited for), NoAnswerTime.
    """
    checked = check_order(kitchen=kitchen, delivery_date=delivery_date, lines=[line], arrived_at=now)
    allotment = checked.allotments[0]
    waited_for = next(
        (
            each
            for each in allotment.verdicts
            if each.rule is Rule.RANKING and not each.ok and "agreement" in each.figures
        ),
        None,
    )
    if waited_for is None:
        raise NotFound
    return ask_party(
        lot_id=waited_for.lot_id or 0,
        supplier_id=waited_for.supplier_id or 0,
        product_id=line.product_id,
        authority=kitchen.authority,
        delivery_date=delivery_date,
        quantity=allotment.missing,
        now=now,
        by=by,
    )
