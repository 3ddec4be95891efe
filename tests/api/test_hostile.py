"""What strangers may send to POST /orders/: each is answered with a problem, nothing is written, nothing breaks."""

import json
from typing import Any

import pytest

from kitchens.models import Basket
from orders.models import Order, RefusedLine
from tests.api.program import Program
from tests.api.test_orders import asked
from tests.factories.world import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def send(world: World, body: str | bytes, **sent: Any) -> Any:
    """Send a body that is to be refused: a problem comes back and nothing is written."""
    told = f"{body[:60]!r}"
    reply = Program(world.manager).call("POST", "orders/", body, **sent)
    assert 400 <= reply.status_code < 500, (told, reply.content[:300])
    assert reply.headers["Content-Type"] == "application/problem+json", told
    for table in (Order, RefusedLine, Basket):
        assert not table.objects.exists(), told
    return reply


def body_with(world: World, field: str, value: str) -> str:
    """A good order in which one field is written as ``value``, JSON as it stands."""
    good = json.dumps(asked(world, note="–"), default=str)
    line = asked(world)["lines"][0]
    present = {
        "quantity": '"quantity": 20',
        "product": f'"product": {line["product"]}',
        "kitchen": f'"kitchen": {world.kitchen.pk}',
        "note": '"note": "\\u2013"',
        "delivery_date": f'"delivery_date": "{world.delivery_date}"',
    }[field]
    assert present in good
    return good.replace(present, f'"{field}": {value}')


NUMBERS = [
    "1e400",
    "-1e400",
    "1e-400",
    "1e999999999",
    "1E+99999999999999999999",
    "NaN",
    "Infinity",
    "-Infinity",
    "0",
    "-0",
    "-1",
    "0.0001",
    "1000000.001",
    "9" * 30,
    "9" * 5000,
    '"1e3"',
    '"NaN"',
    '"١٢"',
    '"0x10"',
    '" 5"',
    '"5,5"',
    '""',
    "true",
    "null",
    "[]",
    "{}",
    "[5]",
]


def test_a_quantity_that_is_none_is_refused(world: World) -> None:
    for number in NUMBERS:
        send(world, body_with(world, "quantity", number))


@pytest.mark.parametrize("field", ["product", "kitchen"])
def test_an_id_that_is_none_is_refused(world: World, field: str) -> None:
    for number in ("1e400", "9" * 30, str(2**63), "-1", "0", "1.5", "true", '"1"', "null", "[1]"):
        reply = send(world, body_with(world, field, number))
        assert reply.status_code == 422, number
        assert any(field in name for name in reply.json()["fields"]), number


@pytest.mark.parametrize("field", ["product", "kitchen"])
def test_an_id_that_nothing_has_is_refused(world: World, field: str) -> None:
    assert send(world, body_with(world, field, str(2**63 - 1))).status_code in {404, 422}


def test_a_note_that_is_no_text_is_refused(world: World) -> None:
    for text in (
        '"\\u0000"',
        '"a\\u0000b"',
        '"\\ud800"',
        '"\\udc00\\ud800"',
        f'"{"x" * 201}"',
        "5",
        "null",
        "{}",
    ):
        send(world, body_with(world, "note", text))


def test_a_note_that_is_only_strange_is_kept_as_it_is(world: World) -> None:
    for text in ("Löksås 🧅", "\u202eabc", "'; DROP TABLE orders_order; --", "<script>", "=1+1"):
        reply = Program(world.manager).post("orders/", asked(world, 5, note=text))
        assert reply.status_code == 201
        assert Order.objects.get(pk=reply.json()["order"]).lines.get().note == text


def test_a_day_that_is_none_is_refused(world: World) -> None:
    for day in ("2026-13-01", "2026-02-30", "0000-01-01", "2026-1-1", "20261201", "2026-W49-2", "i morgon"):
        reply = send(world, body_with(world, "delivery_date", f'"{day}"'))
        assert list(reply.json()["fields"]) == ["delivery_date"], day
    send(world, body_with(world, "delivery_date", "5"))


def test_a_day_far_off_has_no_run_and_orders_nothing(world: World) -> None:
    for day in ("0001-01-01", "9999-12-31", "2026-11-23"):
        reply = Program(world.manager).post("orders/", {**asked(world), "delivery_date": day})
        assert (reply.status_code, reply.json()["order"]) == (200, None), day


BODIES = [
    b"",
    b"null",
    b"5",
    b'"x"',
    b"[]",
    b"{",
    b"{'a': 1}",
    b"\xff\xfe{}",
    b'\xef\xbb\xbf{"a": 1}',
    b'{"\\ud800": 1}',
    b'{"lines": "\xc3\x28"}',
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b"[" * 5_000 + b"]" * 5_000,
]


def test_a_body_that_is_no_order_is_refused(world: World) -> None:
    for body in BODIES:
        send(world, body)


def test_a_body_that_is_too_large_is_not_read(world: World) -> None:
    reply = send(world, b'{"note": "' + b"x" * 10 * 1024 * 1024 + b'"}')
    assert (reply.status_code, reply.json()["code"]) == (413, "too_large")


def test_only_json_is_read(world: World) -> None:
    good = json.dumps(asked(world), default=str)
    form = "application/x-www-form-urlencoded"
    for kind in ("text/plain", "application/xml", "multipart/form-data; boundary=x", form, "", "x/"):
        assert send(world, good, content_type=kind).status_code == 415, kind


def test_a_misshapen_order_is_told_where(world: World) -> None:
    twice = asked(world)["lines"] * 2
    cases: list[tuple[dict[str, Any], str]] = [
        ({"lines": []}, "lines"),
        ({"lines": {}}, "lines"),
        ({"lines": [{"product": 1, "quantity": 1}] * 1001}, "lines"),
        ({"lines": [5]}, "lines.0.body"),
        ({"lines": twice}, "lines.1.product"),
        ({"kitchne": 1}, "kitchne"),
    ]
    for change, field in cases:
        reply = send(world, json.dumps({**asked(world), **change}, default=str))
        assert list(reply.json()["fields"]) == [field]


def test_a_key_that_is_none_signs_nobody_in(world: World) -> None:
    program = Program()
    for key in ("", "x", "g" * 40, "å" * 40, "0" * 40, "0" * 4000, "a b", "\x00" * 40):
        program.headers["Authorization"] = f"Token {key}"
        assert program.post("orders/", asked(world)).status_code == 401, key


@pytest.mark.parametrize("accept", ["text/html", "application/xml"])
def test_another_format_is_refused_in_the_same_shape(world: World, accept: str) -> None:
    reply = Program(world.manager).get("orders/", Accept=accept)
    assert (reply.status_code, reply.json()["code"]) == (406, "no_such_format")


def test_a_method_that_is_none_is_refused(world: World) -> None:
    for method in ("DELETE", "OPTIONS", "TRACE", "PATCH"):
        reply = Program(world.manager).call(method, "orders/")
        assert (reply.status_code, reply.json()["code"]) == (405, "wrong_method")
        assert reply.headers["Allow"] == "GET, POST, HEAD"


def test_an_address_that_is_none_is_not_found_in_the_same_shape(world: World) -> None:
    program = Program(world.manager)
    for path in ("nowhere/", "orders/x/", "orders/-1/", f"orders/{2**70}/", "orders/%00/"):
        reply = program.client.get(f"/api/v1/{path}", headers=program.headers)
        assert (reply.status_code, reply.json()["code"]) == (404, "not_found"), path
