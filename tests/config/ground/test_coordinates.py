"""Where a place lies, as people write it."""

from decimal import Decimal

import pytest
from django.utils import translation

from config.ground.coordinate_fields import CoordinatesForm, degrees_written
from config.ground.coordinates import Coordinates, read_degrees

D = Decimal


@pytest.mark.parametrize(
    ("text", "value"),
    [("59.04", D("59.04")), (" 15,87° ", D("15.87")), ("-3", D(-3)), ("\u22123,5", D("-3.5"))]
    + [(text, None) for text in ("", "59°2'24", "N59", "1e2", "٥٩", "5" * 21, "1234")],
)  # fmt: skip
def test_degrees_are_read(text: str, value: Decimal | None) -> None:
    assert read_degrees(text) == value


def test_they_are_rounded_to_a_hundred_metres() -> None:
    assert Coordinates(D("59.04349"), D("15.8715")).rounded == Coordinates(D("59.043"), D("15.872"))


@pytest.mark.parametrize(
    ("latitude", "longitude", "is_near"),
    [("59.04", "15.87", True), ("15.87", "59.04", False), ("0", "0", False), ("72", "32", True), ("53.9", "4", False)],
)  # fmt: skip
def test_the_wrong_way_round_is_far_away(latitude: str, longitude: str, is_near: bool) -> None:
    assert Coordinates(D(latitude), D(longitude)).is_near is is_near


@pytest.mark.parametrize(
    ("latitude", "longitude", "wrong"),
    [
        ("59,04", "15.87", ""),
        ("", "", ""),
        ("59,04", "", "longitude"),
        ("", "15.87", "latitude"),
        ("norr", "15.87", "latitude"),
        ("15.87", "59.04", "latitude"),
    ],
)
def test_the_form_wants_both_or_neither(latitude: str, longitude: str, wrong: str) -> None:
    form = CoordinatesForm({"latitude": latitude, "longitude": longitude})
    assert form.is_valid() is not bool(wrong)
    assert list(form.errors) == ([wrong] if wrong else [])
    if not wrong:
        assert form.coordinates == (Coordinates(D("59.04"), D("15.87")) if latitude else None)


def test_they_are_written_as_the_page_writes_numbers() -> None:
    assert degrees_written(D("59.040000"), D("15.870000")) == {"latitude": "59,04", "longitude": "15,87"}
    with translation.override("en"):
        assert degrees_written(D(59), None) == {"latitude": "59"}
        assert degrees_written(D("59.5"), None) == {"latitude": "59.5"}
