"""The reports' API: the same figures as the page, by the same question and permission."""

import pytest
import time_machine
from django.urls import reverse

from orders.interchange.report_files import as_json
from orders.queries.reports.register import REPORTS
from tests.factories.reports import asked_of
from tests.factories.walked import make_walked
from tests.factories.world import World
from tests.orders.views.desk import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_walked(1, kitchens=2)


@pytest.mark.parametrize("slug", REPORTS)
def test_each_report_tells_what_its_query_tells(world: World, slug: str) -> None:
    client = client_of(world.people.auditor)
    with time_machine.travel(world.now, tick=False):
        asked: dict[str, int | str] = {
            "authority": world.authority.pk,
            "first": str(world.delivery_date.year),
        }
        reply = client.get(reverse("api_report", args=[slug]), asked)
        told = as_json(REPORTS[slug].make(asked_of(world, slug)))
    assert reply.status_code == 200
    assert reply.json() == told | {"next": None, "previous": None}
    keys = [part.key for part in REPORTS[slug].make(asked_of(world, slug)).parts]
    assert len(set(keys)) == len(keys)


def test_parts_come_by_the_page_with_the_whole_of_all(world: World) -> None:
    client = client_of(world.officer)
    asked = {
        "authority": str(world.authority.pk),
        "by": "product",
        "page_size": "1",
        "first": "2026",
        "last": "2027",
    }
    parts, wholes, back = [], set(), []
    told = client.get(reverse("api_report", args=["inkop"]), asked).json()
    assert told["previous"] is None
    while True:
        parts += told["parts"]
        wholes.add(told["whole"]["net_sek"])
        if told["next"] is None:
            break
        told = client.get(told["next"]).json()
    while told["previous"] is not None:
        told = client.get(told["previous"]).json()
        back += told["parts"]
    assert len(parts) > 1
    assert back == parts[-2::-1]
    whole = client.get(reverse("api_report", args=["inkop"]), asked | {"page_size": "1000"}).json()
    assert whole["parts"] == parts
    assert len(wholes) == 1


def test_the_same_answer_is_not_sent_twice(world: World) -> None:
    client = client_of(world.officer)
    url, asked = reverse("api_report", args=["inkop"]), {"authority": str(world.authority.pk)}
    first = client.get(url, asked)
    again = client.get(url, asked, headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)


@pytest.mark.parametrize(
    "asked",
    [
        {"by": "moon"},
        {"first": "x"},
        {"moon": "1"},
        {"page_size": "9999"},
        {"page_size": "0"},
        {"cursor": "å"},
        {"cursor": "eA=="},
        {"cursor": "x"},
        {"basis": "sold"},
    ],
)
def test_what_cannot_be_read_is_refused(world: World, asked: dict[str, str]) -> None:
    reply = client_of(world.officer).get(
        reverse("api_report", args=["inkop"]), {"authority": str(world.authority.pk), **asked}
    )
    assert reply.status_code == 422
    assert reply["Content-Type"] == "application/problem+json"


def test_the_library_names_each_report(world: World) -> None:
    told = client_of(world.officer).get(reverse("api_reports")).json()
    assert {each["slug"] for each in told["reports"]} == set(REPORTS)
