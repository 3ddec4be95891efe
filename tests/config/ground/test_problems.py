"""Problem JSON (RFC 9457): what a program reads of a refusal and of input that can't be read."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import translation
from rest_framework.exceptions import ValidationError
from rest_framework.views import APIView

from config.ground.problems import exception_handler, problem, wants_problem
from config.ground.refusals import ChangedMeanwhile, InvalidInput, KeyUsedForAnotherBody


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (3, 3),
        (None, None),
        (True, True),
        ([1, 2], [1, 2]),
        ({"kg": 3}, {"kg": 3}),
        (Decimal("12.50"), "12.50"),
        ("text", "text"),
    ],
)
def test_figures_are_plain_and_a_decimal_keeps_its_digits(value: object, told: object) -> None:
    assert problem(ChangedMeanwhile(now=value, yours=0))["figures"]["now"] == told


def test_a_problem_names_the_fields() -> None:
    told = problem(InvalidInput(fields={"kg": ("Skriv ett tal.",)}))
    assert (told["status"], told["fields"]) == (422, {"kg": ["Skriv ett tal."]})


@pytest.mark.parametrize(("language", "title"), [("sv", "Nyckeln k har redan"), ("en", "The key k was")])
def test_a_problem_is_told_in_the_language_of_the_request(language: str, title: str) -> None:
    with translation.override(language):
        assert problem(KeyUsedForAnotherBody(key="k"))["title"].startswith(title)


def handled(error: Exception) -> Any:
    context: Any = {"view": APIView(), "args": (), "kwargs": {}, "request": RequestFactory().get("/api/x/")}
    return exception_handler(error, context)


def test_input_that_can_not_be_read_takes_the_same_shape() -> None:
    response = handled(ValidationError({"lines": [{"kg": ["Ett giltigt nummer krävs."]}]}))
    assert response.status_code == response.data["status"] == 422
    assert response.data["code"] == "invalid_input"
    assert response.data["fields"] == {"lines.0.kg": ["Ett giltigt nummer krävs."]}


@pytest.mark.parametrize(
    ("address", "wanted"), [("/api/v1/orders/", True), ("/", False), ("/kok/api/", False)]
)
def test_only_the_api_answers_in_problems(address: str, *, wanted: bool) -> None:
    assert wants_problem(RequestFactory().get(address)) is wanted
