"""One refusal, three shapes; and what every door knows of who stands before it."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from config.ground.doors import actor_of, arrival_middleware
from config.ground.models import User
from config.ground.refusals import NotAllowed
from config.ground.trail import Actor, acting

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.config.ground.refusing_urls")]

SENTENCES = {
    "sv": "Någon annan har ändrat detta medan du hade det öppet (version 5, du hade 4).",
    "en": "Somebody else changed this while you had it open (version 5, you had 4).",
}
NEXT = {"sv": "Jämför de båda och spara igen.", "en": "Compare the two and save again."}
HTMX = {"HX-Request": "true"}


def speak(client: Client, language: str) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_refusal_is_a_whole_page(client: Client, language: str) -> None:
    speak(client, language)
    response = client.get("/test/refuse/")
    page = response.content.decode()
    assert (response.status_code, response["Content-Language"]) == (409, language)
    assert f'<html lang="{language}"' in page
    assert SENTENCES[language] in page
    assert NEXT[language] in page
    assert "Någon skrev 12." in page
    assert "changed_meanwhile" in page


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_refusal_is_a_fragment_for_htmx(client: Client, language: str) -> None:
    speak(client, language)
    response = client.get("/test/refuse/", headers=HTMX)
    fragment = response.content.decode()
    assert response.status_code == 409
    assert "<html" not in fragment
    assert 'role="alert"' in fragment
    assert SENTENCES[language] in fragment
    assert NEXT[language] in fragment


def test_a_boosted_link_gets_the_page(client: Client) -> None:
    response = client.get("/test/refuse/", headers={**HTMX, "HX-Boosted": "true"})
    assert "<html" in response.content.decode()


@pytest.mark.parametrize("address", ["/api/test/plain/", "/api/test/rest/"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_refusal_is_a_problem_for_a_program(client: Client, address: str, language: str) -> None:
    response = client.get(address, headers={"Accept-Language": language})
    assert (response.status_code, response["Content-Type"]) == (409, "application/problem+json")
    told = response.json()
    assert told["detail"].startswith(NEXT[language])
    del told["detail"]
    assert told == {
        "type": "/api/problems/changed_meanwhile",
        "title": SENTENCES[language],
        "status": 409,
        "code": "changed_meanwhile",
        "fields": {"kg": ["Någon skrev 12."]},
        "figures": {"now": 5, "yours": 4},
    }


def test_a_page_is_swedish_whatever_the_browser_asks_for(client: Client) -> None:
    response = client.get("/test/refuse/", headers={"Accept-Language": "en"})
    assert response["Content-Language"] == "sv"


def test_an_unexpected_error_shows_no_trace_of_the_code(client: Client) -> None:
    client.raise_request_exception = False
    response = client.get("/test/fall/")
    assert response.status_code == 500
    assert "ZeroDivisionError" not in response.content.decode()


def test_the_door_is_named_in_the_actor(client: Client, by: Actor) -> None:
    with acting(by):
        ada = User.objects.create_user(name="Ada", email="ada@example.se")
    client.force_login(ada)
    assert client.get("/test/who/").content == b"web:who"


def test_nobody_is_no_actor() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    with pytest.raises(NotAllowed):
        actor_of(request)


@pytest.mark.parametrize(
    ("headers", "form", "key"),
    [
        ({"Idempotency-Key": "a-1"}, {}, b"a-1"),
        ({}, {"once": "b-2"}, b"b-2"),
        ({"Idempotency-Key": "x" * 120}, {}, b"x" * 120),
        ({}, {}, b"none"),
    ],
)
def test_the_key_of_a_write_comes_by_header_or_form(
    client: Client, headers: dict[str, str], form: dict[str, str], key: bytes
) -> None:
    assert client.post("/test/key/", form, headers=headers).content == key


@pytest.mark.parametrize("key", ["x" * 121, "nyckel-å", "a\tb"])
def test_a_key_that_can_not_be_kept_whole_is_refused(client: Client, key: str) -> None:
    assert client.post("/test/key/", {"once": key}).status_code == 422


def test_the_time_of_arrival_is_noted() -> None:
    def arrived(request: HttpRequest) -> HttpResponse:
        return HttpResponse(str(getattr(request, "arrived_at", None)))

    with time_machine.travel(datetime(2026, 5, 12, 12, tzinfo=UTC), tick=False):
        response = arrival_middleware(arrived)(RequestFactory().get("/"))
    assert response.content == b"2026-05-12 12:00:00+00:00"
