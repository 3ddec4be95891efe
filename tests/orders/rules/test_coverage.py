"""Coverage by mass, amount and lines; E10 and E11 of the climate method: zero is a value, missing is not."""

from decimal import Decimal

import pytest

from orders.rules.coverage import Coverage, is_without_weight


@pytest.mark.parametrize(
    ("kg", "quantity", "amount", "without"),
    [
        pytest.param(None, "1", "10", True, id="no weight told"),
        pytest.param("0", "114", None, True, id="114 cases of eggs don't weigh nothing"),
        pytest.param("0", None, "5", True, id="paid for, weighing nothing"),
        pytest.param("0", "0", "0", False, id="nothing bought weighs nothing"),
        pytest.param("0", None, None, False, id="nothing else told"),
        pytest.param("5", "1", "1", False, id="a weight"),
        pytest.param("-5", "-1", None, False, id="a return"),
    ],
)
def test_without_weight(kg: str | None, quantity: str | None, amount: str | None, without: bool) -> None:
    figures = [None if each is None else Decimal(each) for each in (kg, quantity, amount)]
    assert is_without_weight(kg=figures[0], quantity=figures[1], amount=figures[2]) is without


def counted(*lines: tuple[str | None, str | None, bool, bool]) -> Coverage:
    coverage = Coverage()
    for kg, amount, has_food, is_near in lines:
        coverage.count(
            kg=None if kg is None else Decimal(kg),
            quantity=None,
            amount=None if amount is None else Decimal(amount),
            has_food=has_food,
            is_near=is_near,
        )
    return coverage


def test_e11_ninety_of_a_hundred_kilograms_are_covered() -> None:
    coverage = counted(("60", None, True, False), ("30", None, True, True), ("10", None, False, False))
    assert coverage.by_mass == Decimal("0.9")
    assert coverage.kg_near == 30
    assert coverage.by_amount is None
    assert coverage.lines_without_amount == 3


def test_each_share_has_its_own_base() -> None:
    coverage = counted(("90", "10", True, False), ("10", "30", False, False), (None, "60", True, False))
    assert coverage.by_mass == Decimal("0.9")
    assert coverage.by_amount == Decimal("0.1")
    assert coverage.by_lines == Decimal(1) / 3
    assert coverage.lines_without_kg == 1


def test_a_food_without_a_weight_is_not_covered() -> None:
    assert counted(("0", "50", True, False)).lines_covered == 0


def test_nothing_bought_has_no_coverage_at_all() -> None:
    assert (Coverage().by_mass, Coverage().by_amount, Coverage().by_lines) == (None, None, None)
