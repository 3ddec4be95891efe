"""How many statements the API asks the database, counted as Django's own log does, BEGIN and COMMIT among them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.program import Program
from tests.api.test_orders import asked
from tests.factories.world import Goods, make_world

MOST = 14


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("by_session", [True, False], ids=["session", "key"])
@pytest.mark.parametrize("lines", [1, 40])
@pytest.mark.parametrize("key", ["", "monday-1"], ids=["", "idempotent"])
def test_placing_takes_the_same_few_statements_whatever_the_lines(
    lines: int, key: str, *, by_session: bool
) -> None:
    world = make_world(
        products=[Goods(name=f"Vara {number}") for number in range(lines)], ceiling_sek=1_000_000
    )
    body = asked(world)
    body["lines"] = [{"product": product.pk, "quantity": 10} for product in world.products]
    program = Program(world.manager, by_session=by_session)
    with CaptureQueriesContext(connection) as taken:
        reply = program.post("orders/", body, **({"Idempotency_Key": key} if key else {}))
    assert reply.status_code == 201
    assert sum(len(line["parts"]) for line in reply.json()["lines"]) == lines
    assert len(taken) <= MOST, [query["sql"][:90] for query in taken]
