"""The API's document, its page, and the addresses of its problems."""

import io

import pytest
from django.core.management import call_command
from django.test import Client

from config.ground.refusals import all_refusals
from tests.api.program import document


@pytest.mark.long
def test_the_document_is_whole_and_says_nothing_unsure() -> None:
    told = io.StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=told)
    assert "openapi: 3.1.0" in told.getvalue()


def test_every_error_is_promised_in_one_shape() -> None:
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            for status, answer in operation["responses"].items():
                if status == "default" or status.startswith("4"):
                    schema = answer["content"]["application/problem+json"]["schema"]
                    assert schema["$ref"].endswith("/Problem"), (method, path, status)


@pytest.mark.django_db
def test_the_page_has_no_inline_script_and_nothing_from_elsewhere() -> None:
    reply = Client().get("/api/v1/docs/")
    page = reply.content.decode()
    assert "script-src 'self'" in reply.headers["Content-Security-Policy"]
    assert "<style" not in page
    assert "http" not in page
    assert page.count("<script ") == page.count("</script>") == 2


@pytest.mark.django_db
def test_the_type_of_a_problem_leads_to_its_meaning() -> None:
    told = Client().get("/api/v1/orders/").json()
    meaning = Client().get(told["type"]).json()
    assert (meaning["code"], meaning["status"]) == (told["code"], told["status"])
    assert set(Client().get("/api/problems").json()) >= set(all_refusals()) - {"test_out_of_cheese"}
    assert Client().get("/api/problems/no-such").status_code == 404
