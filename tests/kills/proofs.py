"""What must hold after a kill, read from rows: nothing answered is gone, nothing is there twice."""

import re
from collections import Counter

from django.core.management import call_command
from django.db.models import Count, Sum

from config.ground import sealing
from config.ground.models import IdempotencyRecord
from orders.models import CallOff, Order, PurchaseOrder, PurchaseOrderLink, Tally
from tests.kills.week import Week

MESSAGE_ID = re.compile(rb"^Message-ID: <(\d+)\.", re.MULTILINE | re.IGNORECASE)


def prove_orders(week: Week) -> None:
    """Each order that was answered is there with exactly the call-offs that were told, and there is no other."""
    told = {order.id: set().union(*order.call_offs.values()) for order in week.orders}
    assert len(told) == len(week.orders), "two answers name one order"
    assert set(Order.objects.filter(kitchen__in=week.kitchen_ids).values_list("pk", flat=True)) == set(told)
    there: dict[int, set[int]] = {order_id: set() for order_id in told}
    placed = CallOff.objects.filter(kitchen__in=week.kitchen_ids, state="placed")
    for order_id, call_off in placed.values_list("order_id", "pk"):
        there[order_id].add(call_off)
    assert there == told
    for customer in week.customers:
        customer.ask_again()
    assert not IdempotencyRecord.objects.filter(reply=None).exists(), "a key was kept without its reply"


def prove_purchase_orders(week: Week) -> None:
    """One a farm, run and buyer that ordered; each placed call-off in exactly one line of it."""
    placed = CallOff.objects.filter(kitchen__in=week.kitchen_ids, state="placed")
    wanted = set(placed.values_list("supplier_run_id", "supplier_id", "authority_id"))
    made = PurchaseOrder.objects.filter(supplier_run__in=week.run_ids)
    assert Counter(made.values_list("supplier_run_id", "supplier_id", "authority_id")) == Counter(wanted)
    links = PurchaseOrderLink.objects.filter(call_off__kitchen__in=week.kitchen_ids)
    assert Counter(links.values_list("call_off_id", flat=True)) == Counter(
        placed.values_list("pk", flat=True)
    )
    ordered = placed.annotate(times=Count("movements")).exclude(times=1)
    assert not ordered.exists(), "a call-off was not ordered exactly once"


def prove_letters(week: Week, *, mails: list[bytes], may_leave_twice: bool) -> None:
    """Each purchase order's letter left and is marked. At the worst one left twice, with one and the same Message-ID."""
    letters = list(week.letters())
    assert len(letters) == PurchaseOrder.objects.filter(supplier_run__in=week.run_ids).count()
    assert {letter.state for letter in letters} == {"done"}
    left = Counter(int(found[1]) for mail in mails if (found := MESSAGE_ID.search(mail)))
    times = sorted(left[letter.pk] for letter in letters)
    assert times == [1] * (len(times) - 1) + [2 if may_leave_twice else 1]


def prove_tallies(week: Week) -> None:
    """kg and SEK ordered, as tallied and as placed."""
    sums = {"all_kg": Sum("kg"), "all_sek": Sum("net_sek")}
    tallied = Tally.objects.filter(kitchen__in=week.kitchen_ids, basis="ordered").aggregate(**sums)
    assert tallied == CallOff.objects.filter(kitchen__in=week.kitchen_ids, state="placed").aggregate(**sums)


def prove_counters_and_trail() -> None:
    """The house's own two commands; each ends with SystemExit when something does not hold."""
    sealing.seal_trail()
    call_command("prove_balances", verbosity=0)
    call_command("verify_trail", verbosity=0)
