"""What a kitchen of a world orders, by the action and through the door. Imported when Django is set up."""

import io
import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib import import_module
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.generator import FIRST_OPEN_DAY, NOW
from config.ground.models import User
from config.ground.trail import Actor, Once
from config.wsgi import application
from kitchens.models import Kitchen
from market.models import Product
from orders.actions.placing import place_order
from orders.queries.checking import AskedLine, Checked, check_order

ADDRESS = "/api/v1/orders/"
CSRF = "b" * 32
QUANTITY = Decimal(60)  # whole packs of every size that a world has


def first_kitchen() -> Kitchen:
    return Kitchen.objects.select_related("authority").earliest("id")


def asked_lines(count: int) -> list[AskedLine]:
    """Products evenly over the whole list, so that the lines fall under as many lots and farms as they can."""
    products = list(Product.objects.order_by("id").values_list("id", flat=True))
    step = len(products) // count
    return [AskedLine(product_id=product, quantity=QUANTITY) for product in products[: step * count : step]]


def check(kitchen: Kitchen, lines: Sequence[AskedLine]) -> Checked:
    return check_order(kitchen=kitchen, delivery_date=FIRST_OPEN_DAY, lines=lines, arrived_at=NOW)


def statements_of_check(kitchen: Kitchen, lines: Sequence[AskedLine]) -> list[str]:
    """The SQL that judging sends, its values in it."""
    with CaptureQueriesContext(connection) as taken:
        check(kitchen, lines)
    return [each["sql"] for each in taken]


@dataclass(frozen=True, slots=True)
class Placed:
    order_id: int
    key: str


def place(kitchen: Kitchen, lines: Sequence[AskedLine]) -> Placed:
    """Place by the action. AssertionError when a line was not placed whole: then it is another thing that is timed."""
    key = uuid.uuid4().hex
    reply = place_order(
        kitchen=kitchen,
        delivery_date=FIRST_OPEN_DAY,
        lines=lines,
        arrived_at=NOW,
        once=Once.of(endpoint="orders", key=key, body={}),
        by=Actor.person(kitchen.authority_id, door="bench"),
    )
    assert all(Decimal(line["missing"]) == 0 for line in reply["lines"]), reply
    return Placed(order_id=reply["order"], key=key)


def statements(kitchen: Kitchen, lines: Sequence[AskedLine]) -> int:
    """SQL statements of one placing, BEGIN and COMMIT among them."""
    with CaptureQueriesContext(connection) as taken:
        place(kitchen, lines)
    return len(taken)


class Door:
    """The API's order door, in this process: the whole of the middleware, a session, no network."""

    def __init__(self, kitchen: Kitchen, lines: Sequence[AskedLine]) -> None:
        assert isinstance(application, WSGIHandler)
        self._cookies = (
            f"{settings.SESSION_COOKIE_NAME}={session_of(kitchen)}; {settings.CSRF_COOKIE_NAME}={CSRF}"
        )
        self._body = json.dumps(
            {
                "kitchen": kitchen.pk,
                "delivery_date": FIRST_OPEN_DAY.isoformat(),
                "lines": [{"product": line.product_id, "quantity": str(line.quantity)} for line in lines],
            }
        ).encode()

    def place(self) -> None:
        """Send the order. AssertionError for anything but 201 with every line placed whole."""
        told: list[str] = []

        def begin(status: str, *_: object) -> Callable[[bytes], object]:
            told.append(status)
            return told.append  # type: ignore[return-value]  # nobody writes by it

        response = application(self._environ(), begin)
        body = b"".join(response)
        response.close()
        assert told[0].startswith("201"), (told, body[:500])
        self._reply = body

    def statements(self) -> int:
        with CaptureQueriesContext(connection) as taken:
            self.place()
        lines = json.loads(self._reply)["lines"]
        assert all(Decimal(line["missing"]) == 0 for line in lines), lines
        return len(taken)

    def _environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": ADDRESS,
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(self._body)),
            "HTTP_COOKIE": self._cookies,
            "HTTP_X_CSRFTOKEN": CSRF,
            "HTTP_IDEMPOTENCY_KEY": uuid.uuid4().hex,
            "wsgi.input": io.BytesIO(self._body),
        }
        setup_testing_defaults(environ)
        return environ


def session_of(kitchen: Kitchen) -> str:
    """The key of a session in which the kitchen's manager is signed in."""
    manager = User.objects.filter(kitchens__kitchen=kitchen).earliest("id")
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(manager.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = manager.get_session_auth_hash()
    session.create()
    return str(session.session_key)
