from decimal import Decimal

import pytest

from market.rules.factor_changes import Change, changes


def figures(**told: str) -> dict[str, Decimal]:
    return {key: Decimal(figure) for key, figure in told.items()}


def test_a_new_version_is_told_by_what_is_added_gone_and_changed() -> None:
    found = changes(
        figures(milk="0.65", herring="3.10", lentils="2.46", moose="0.5", water="0"),
        figures(milk="0.50", herring="3.10", lentils="3.08", quinoa="1", water="0.1"),
    )
    assert (found.added, found.gone) == (["quinoa"], ["moose"])
    assert [each.key for each in found.changed] == ["lentils", "milk", "water"]
    assert [each.key for each in found.telling] == ["water", "lentils", "milk"]


@pytest.mark.parametrize(
    ("before", "after", "telling"),
    [
        ("1", "1.2", False),
        ("1", "1.2001", True),
        ("1", "0.79", True),
        ("-1", "-1.3", True),
        ("0", "0.001", True),
        ("2", "2", False),
    ],
)
def test_more_than_a_fifth_is_telling(before: str, after: str, telling: bool) -> None:
    assert Change("x", Decimal(before), Decimal(after)).is_telling is telling
