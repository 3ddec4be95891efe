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


def send(world: World, body: str | bytes, **sent: Any) -> Any:
    reply = Program(world.manager).call("POST", "orders/", body, **sent)
    assert 400 <= reply.status_code < 500, reply.content[:300]
    assert reply.headers["Content-Type"] == "application/problem+json"
    assert not Order.objects.exists()
    assert not RefusedLine.objects.exists()
    assert not Basket.objects.exists()
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


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: number[:24])
def test_a_quantity_that_is_none_is_refused(number: str) -> None:
    world = make_world()
    send(world, body_with(world, "quantity", number))


@pytest.mark.parametrize(
    "number", ["1e400", "9" * 30, str(2**63), "-1", "0", "1.5", "true", '"1"', "null", "[1]"]
)
@pytest.mark.parametrize("field", ["product", "kitchen"])
def test_an_id_that_is_none_is_refused(field: str, number: str) -> None:
    world = make_world()
    reply = send(world, body_with(world, field, number))
    assert reply.status_code == 422
    assert any(field in name for name in reply.json()["fields"])


@pytest.mark.parametrize("field", ["product", "kitchen"])
def test_an_id_that_nothing_has_is_refused(field: str) -> None:
    world = make_world()
    assert send(world, body_with(world, field, str(2**63 - 1))).status_code in {404, 422}


@pytest.mark.parametrize(
    "text", ['"\\u0000"', '"a\\u0000b"', '"\\ud800"', '"\\udc00\\ud800"', f'"{"x" * 201}"', "5", "null", "{}"]
)
def test_a_note_that_is_no_text_is_refused(text: str) -> None:
    world = make_world()
    send(world, body_with(world, "note", text))


@pytest.mark.parametrize(
    "text", ["Löksås 🧅", "\u202eabc", "'; DROP TABLE orders_order; --", "<script>", "=1+1"]
)
def test_a_note_that_is_only_strange_is_kept_as_it_is(text: str) -> None:
    world = make_world()
    reply = Program(world.manager).post("orders/", asked(world, note=text))
    assert reply.status_code == 201
    assert Order.objects.get().lines.get().note == text


@pytest.mark.parametrize(
    "day",
    [
        '"2026-13-01"',
        '"2026-02-30"',
        '"0000-01-01"',
        '"2026-1-1"',
        '"20261201"',
        '"2026-W49-2"',
        '"i morgon"',
        "5",
    ],
)
def test_a_day_that_is_none_is_refused(day: str) -> None:
    world = make_world()
    assert list(send(world, body_with(world, "delivery_date", day)).json()["fields"]) == ["delivery_date"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-11-23"])
def test_a_day_far_off_has_no_run_and_orders_nothing(day: str) -> None:
    world = make_world()
    reply = Program(world.manager).post("orders/", {**asked(world), "delivery_date": day})
    assert (reply.status_code, reply.json()["order"]) == (200, None)


@pytest.mark.parametrize(
    "body",
    [
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
    ],
    ids=lambda body: repr(body[:16]),
)
def test_a_body_that_is_no_order_is_refused(body: bytes) -> None:
    send(make_world(), body)


def test_a_body_that_is_too_large_is_not_read() -> None:
    world = make_world()
    reply = send(world, b'{"note": "' + b"x" * 10 * 1024 * 1024 + b'"}')
    assert (reply.status_code, reply.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/xml",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
        "",
        "x/",
    ],
)
def test_only_json_is_read(content_type: str) -> None:
    world = make_world()
    reply = send(world, json.dumps(asked(world), default=str), content_type=content_type)
    assert reply.status_code == 415


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"lines": []}, "lines"),
        ({"lines": {}}, "lines"),
        ({"lines": [{"product": 1, "quantity": 1}] * 1001}, "lines"),
        ({"lines": [5]}, "lines.0"),
        ({"kitchne": 1}, "kitchne"),
    ],
)
def test_a_misshapen_order_is_told_where(change: dict[str, Any], field: str) -> None:
    world = make_world()
    reply = send(world, json.dumps({**asked(world), **change}, default=str))
    assert any(name.startswith(field) for name in reply.json()["fields"]), reply.json()["fields"]


def test_a_product_that_stands_twice_is_told_where() -> None:
    world = make_world()
    body = asked(world)
    body["lines"] *= 2
    assert list(send(world, json.dumps(body, default=str)).json()["fields"]) == ["lines.1.product"]


@pytest.mark.parametrize("key", ["", "x", "g" * 40, "å" * 40, "0" * 40, "0" * 4000, "a b"])
def test_a_key_that_is_none_signs_nobody_in(key: str) -> None:
    world = make_world()
    program = Program()
    program.headers["Authorization"] = f"Token {key}"
    assert program.post("orders/", asked(world)).status_code == 401


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "application/json;q=0", "x"])
def test_another_format_is_refused_in_the_same_shape(accept: str) -> None:
    reply = Program(make_world().manager).get("orders/", Accept=accept)
    assert reply.headers["Content-Type"].startswith("application/")


@pytest.mark.parametrize("method", ["DELETE", "OPTIONS", "TRACE", "PATCH"])
def test_a_method_that_is_none_is_refused(method: str) -> None:
    reply = Program(make_world().manager).call(method, "orders/")
    assert (reply.status_code, reply.json()["code"]) == (405, "wrong_method")
    assert reply.headers["Allow"] == "GET, POST, HEAD"


@pytest.mark.parametrize("path", ["nowhere/", "orders/x/", "orders/-1/", f"orders/{2**70}/", "orders/%00/"])
def test_an_address_that_is_none_is_not_found_in_the_same_shape(path: str) -> None:
    client = Program(make_world().manager)
    reply = client.client.get(f"/api/v1/{path}", headers=client.headers)
    assert (reply.status_code, reply.json()["code"]) == (404, "not_found")
