"""The week that is lived under a kill: what is ordered, by a seed, and how each step is known to be done."""

import http.client
import json
import random
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from rest_framework.authtoken.models import Token

from config.ground.models import OutboxMessage
from config.ground.trail import Actor, acting
from kitchens.models import Kitchen
from market.models import SupplierRun
from orders.models import PurchaseOrder, TallyDirty
from tests.factories.world import Farm, Goods, World, make_world
from tests.kills.house import PATIENCE

ROOTS, GREENS = ("Potatis", "Morötter"), ("Lök", "Vitkål")  # the first farm's and the second's
SAVED = {http.HTTPStatus.OK, http.HTTPStatus.CREATED}
EDITS = 0.3  # of the orders after the first
Lines = dict[int, Decimal]  # product id → kg


@dataclass(slots=True)
class Order:
    """An order as its kitchen was told it: what must be there."""

    id: int
    lines: Lines = field(default_factory=dict)
    call_offs: dict[int, set[int]] = field(default_factory=dict)  # ids by product

    def learn(self, reply: dict[str, Any], *, asked: Lines) -> None:
        """What stands as before is not told anew."""
        kept = {product for product, kg in asked.items() if self.lines.get(product) == kg}
        self.lines = {product: self.lines[product] for product in kept}
        self.call_offs = {product: self.call_offs[product] for product in kept}
        for line in reply["lines"]:
            if line["parts"]:
                self.lines[line["product"]] = Decimal(line["given"])
                self.call_offs[line["product"]] = {part["call_off"] for part in line["parts"]}


class Customer:
    """A kitchen's program: sends each order under a key until it is answered, as often as that takes."""

    def __init__(self, kitchen: Kitchen, *, token: str, port: int, chance: random.Random) -> None:
        self.kitchen, self.chance = kitchen, chance
        self.orders: list[Order] = []
        self._token, self._port = token, port
        self._answered: list[tuple[str, str, dict[str, Any], str, dict[str, Any]]] = []

    def order(self, lines: Lines, *, day: date) -> Order | None:
        body = {"kitchen": self.kitchen.pk, "delivery_date": str(day), "lines": _rows(lines)}
        reply = self._save("POST", "orders/", body)
        if reply["order"] is None:
            return None
        order = Order(id=reply["order"])
        order.learn(reply, asked=lines)
        self.orders.append(order)
        return order

    def edit(self, order: Order, lines: Lines) -> None:
        reply = self._save("PUT", f"orders/{order.id}/", {"version": 1, "lines": _rows(lines)})
        order.learn(reply, asked=lines)

    def ask_again(self) -> None:
        """Each key once more: the same reply."""
        for method, path, body, key, reply in self._answered:
            assert self._send(method, path, body, key=key)[1] == reply, f"{key} was answered otherwise"

    def _save(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        key = f"{self.kitchen.pk}-{self.chance.getrandbits(64):x}"
        deadline = time.monotonic() + PATIENCE
        while True:
            said = self._try(method, path, body, key=key)
            if said is not None:
                self._answered.append((method, path, body, key, said))
                return said
            assert time.monotonic() < deadline, f"{method} {path} was not answered within {PATIENCE:g} s"
            time.sleep(0.1)

    def _try(self, method: str, path: str, body: dict[str, Any], *, key: str) -> dict[str, Any] | None:
        """The reply; None when the connection broke, or the house said that it is not well."""
        try:
            status, reply = self._send(method, path, body, key=key)
        except (OSError, http.client.HTTPException):
            return None
        if status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
            return None
        assert status in SAVED, (status, reply)
        return reply

    def _send(self, method: str, path: str, body: dict[str, Any], *, key: str) -> tuple[int, dict[str, Any]]:
        caller = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        headers = {
            "Authorization": f"Token {self._token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        try:
            caller.request(method, f"/api/v1/{path}", json.dumps(body), headers)
            answer = caller.getresponse()
            words = answer.read()
        finally:
            caller.close()
        return answer.status, json.loads(words) if words.startswith(b"{") else {}


def _rows(lines: Lines) -> list[dict[str, Any]]:
    return [{"product": product, "quantity": str(kg)} for product, kg in lines.items()]


@dataclass(slots=True)
class Week:
    """Two municipalities that share a hub and two farms; each has a kitchen that orders."""

    worlds: list[World]
    customers: list[Customer]
    chance: random.Random

    @classmethod
    def begun(cls, *, seed: int, today: date, port: int) -> "Week":
        chance = random.Random(seed)
        terms: dict[str, Any] = {
            "today": today,
            "delivery_date": today + timedelta(days=8),
            "valid_from": today - timedelta(days=300),
            "valid_to": today + timedelta(days=60),
            "products": [Goods(name=name) for name in (*ROOTS, *GREENS)],
            "ceiling_sek": 1_000_000,
        }
        scarce = chance.choice((35, 60, 90))  # of one kind of goods: somebody may be refused
        farms = [
            Farm(name=f"Rotgården {seed}", stock={ROOTS[0]: 10_000, ROOTS[1]: scarce}),
            Farm(name=f"Bladgården {seed}", rank=2, stock=dict.fromkeys(GREENS, 10_000)),
        ]
        first = make_world(farms=farms, **terms)
        second = make_world(farms=farms, beside=first, **terms)
        customers = [
            Customer(
                world.kitchen,
                token=Token.objects.create(user=world.manager).key,
                port=port,
                chance=random.Random(f"{seed}/{world.kitchen.pk}"),
            )
            for world in (first, second)
        ]
        return cls(worlds=[first, second], customers=customers, chance=chance)

    @property
    def day(self) -> date:
        return self.worlds[0].delivery_date

    @property
    def kitchen_ids(self) -> list[int]:
        return [world.kitchen.pk for world in self.worlds]

    @property
    def run_ids(self) -> list[int]:
        return [run.pk for run in self.worlds[0].supplier_runs.values()]

    @property
    def orders(self) -> list[Order]:
        return [order for customer in self.customers for order in customer.orders]

    def order(self) -> list[Future[None]]:
        """Both kitchens order and edit at once; each future ends when all of its kitchen's are answered."""
        hands = ThreadPoolExecutor(max_workers=len(self.customers))
        shopping = [hands.submit(self._shop, customer) for customer in self.customers]
        hands.shutdown(wait=False)
        return shopping

    def _shop(self, customer: Customer) -> None:
        """Four orders; the first has goods of both farms and is edited, others perhaps."""
        chance, products = customer.chance, [product.pk for product in self.worlds[0].products]
        for number in range(4):
            lines = {
                product: Decimal(chance.randrange(5, 40, 5))
                for product in chance.sample(products, k=chance.randint(1, 3))
            }
            if number == 0:
                lines |= dict.fromkeys((products[0], products[-1]), Decimal(10))
            order = customer.order(lines, day=self.day)
            if order and (number == 0 or chance.random() < EDITS):
                some = chance.choice(sorted(order.lines))
                customer.edit(order, {**order.lines, some: order.lines[some] + 5})

    def pass_cut_offs(self, now: datetime) -> None:
        """The test's clock: what was to come in days has just been."""
        with acting(Actor.job("tests")):
            SupplierRun.objects.filter(pk__in=self.run_ids).update(cut_off=now - timedelta(seconds=1))

    def is_closed(self) -> bool:
        return not SupplierRun.objects.filter(pk__in=self.run_ids, state="open").exists()

    def letters(self) -> QuerySet[OutboxMessage]:
        orders = PurchaseOrder.objects.filter(supplier_run__in=self.run_ids).values("pk")
        return OutboxMessage.objects.filter(cause_table="orders_purchaseorder", cause_id__in=orders)

    def is_sent(self) -> bool:
        return not self.letters().exclude(state="done").exists()

    def is_tallied(self) -> bool:
        return not TallyDirty.objects.filter(kitchen__in=self.kitchen_ids).exists()

    def names(self) -> dict[str, Any]:
        """What a lock at a point needs to know."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT last_value + CASE WHEN is_called THEN 1 ELSE 0 END FROM orders_purchaseorder_id_seq"
            )
            return {"order": cursor.fetchone()[0], "day": self.day, "kitchen": self.kitchen_ids[0]}
