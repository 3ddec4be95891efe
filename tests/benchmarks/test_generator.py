"""A generated world is one that the house itself could have made: every constraint holds, every counter proves."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import Count, Sum

from benchmarks.generator import CUT_OFF, FIRST_OPEN_DAY, NOW, Shape, fill
from config.ground.trail import Actor
from kitchens.models import Kitchen
from market.models import Agreement
from orders.actions.closing import close_supplier_run
from orders.actions.placing import place_order
from orders.models import CallOff, Tally
from orders.queries.balances import unproven_balances
from orders.queries.checking import AskedLine

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("world"), pytest.mark.django_db]


def test_a_world_has_what_was_asked_for(small: Shape) -> None:
    assert CallOff.objects.filter(delivery_date__lt=FIRST_OPEN_DAY).count() == small.lines
    due = CallOff.objects.filter(delivery_date__gte=FIRST_OPEN_DAY)
    counts = due.values_list("delivery_date", "supplier_run").annotate(Count("id"))
    assert sorted(count for *_, count in counts) == [45, 45, 130]
    assert Agreement.objects.exclude(kind="direct_award").count() == small.agreements
    assert Kitchen.objects.count() == small.all_kitchens
    assert Tally.objects.aggregate(kg=Sum("kg")) == CallOff.objects.aggregate(kg=Sum("kg"))


def test_a_world_that_is_whole_is_filled_no_further(world: str, small: Shape) -> None:
    before = CallOff.objects.count()
    steps = fill(world, small)
    assert CallOff.objects.count() == before
    assert list(steps)[:3] == ["market", "agreements", "past"]


def test_every_foreign_key_holds() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = 'f' AND connamespace = 'public'::regnamespace"
        )
        keys = cursor.fetchall()
        assert len(keys) > 100
        for table, name, definition in keys:  # made anew, a constraint looks at every row
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}, ADD CONSTRAINT {name} {definition}")


def test_every_counter_is_the_sum_of_its_rows() -> None:
    assert unproven_balances() == []


def test_a_kitchen_of_the_world_gets_all_forty_lines() -> None:
    lines = [AskedLine(product_id=product, quantity=Decimal(60)) for product in range(1, 41)]
    reply = place_order(
        kitchen=Kitchen.objects.get(pk=4),
        delivery_date=FIRST_OPEN_DAY,
        lines=lines,
        arrived_at=NOW,
        by=Actor.person(1, door="tests"),
    )
    assert [line["missing"] for line in reply["lines"]] == ["0.000"] * 40


def test_a_due_run_of_the_world_closes_with_all_its_call_offs() -> None:
    run = CallOff.objects.filter(delivery_date=FIRST_OPEN_DAY).values_list("supplier_run", flat=True)[0]
    closed = close_supplier_run(run_id=run, now=CUT_OFF + timedelta(minutes=1), by=Actor.job("tests"))
    assert closed.call_offs == 45
    assert unproven_balances() == []
