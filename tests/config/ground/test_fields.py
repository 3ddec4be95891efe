"""Numbers as people type them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from config.ground.fields import TypedDecimalField, read_decimal


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        (" 1 200 ", "1200"),
        ("1\u00a0200,25", "1200.25"),
        ("1,000", "1.000"),
        ("-3", "-3"),
    ],
)
def test_a_swede_writes_either_mark(text: str, value: str) -> None:
    with translation.override("sv"):
        assert read_decimal(text) == Decimal(value)


@pytest.mark.parametrize(("language", "text"), [("sv", "1.000"), ("en", "1,000"), ("sv", "12.500")])
def test_what_may_be_thousands_is_asked_about_and_never_guessed(language: str, text: str) -> None:
    with translation.override(language), pytest.raises(ValidationError):
        read_decimal(text)


@pytest.mark.parametrize("text", ["tio", "1,2,3", "1e5", "NaN", "--1", "٣", "9" * 21, "1/2"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        read_decimal(text)


def test_nothing_is_nothing() -> None:
    assert read_decimal("  ") is None
    assert TypedDecimalField(required=False).clean("") is None
