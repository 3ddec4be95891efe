"""One order under a key: ``python -m tests.kills.one_order JSON`` places it from an armed process of its own."""

import json
import sys
from datetime import date, datetime
from decimal import Decimal
from importlib import import_module
from typing import Any

if __name__ == "__main__":
    import_module("tests.kills.armed")  # Django must be set up before what follows is imported

from config.ground.trail import Actor, Once
from kitchens.models import Kitchen
from orders.actions.placing import place_order
from orders.queries.checking import AskedLine


def place(told: dict[str, Any]) -> dict[str, Any]:
    return place_order(
        kitchen=Kitchen.objects.get(pk=told["kitchen"]),
        delivery_date=date.fromisoformat(told["day"]),
        lines=[AskedLine(product_id=told["product"], quantity=Decimal(20))],
        arrived_at=datetime.fromisoformat(told["now"]),
        once=Once.of(endpoint="orders", key="one tap", body=told),
        by=Actor.person(told["manager"], door="web"),
    )


if __name__ == "__main__":
    place(json.loads(sys.argv[1]))
