"""Pasted lines are sought in a range that is put in order once, however many they are."""

from collections import Counter
from typing import Any

import pytest

from market.queries.day_range import DayRange
from market.queries.facets import narrowed
from orders.queries.pasted import Pasted, pasted_lines
from tests.factories.world import Farm, Goods, World, make_world


@pytest.fixture
def world(db: None) -> World:
    goods = [Goods(name=name) for name in ("Potatis, fast", "Potatis, mjölig", "Morot", "Kålrot")]
    return make_world(farms=[Farm()], products=goods)


def read(world: World, text: str) -> Pasted:
    return pasted_lines(
        kitchen=world.kitchen, delivery_date=world.delivery_date, text=text, arrived_at=world.now
    )


def test_the_range_is_ordered_once_and_a_name_sought_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: Counter[str] = Counter()
    in_order = DayRange.in_order

    def ordering(goods: DayRange, **told: Any) -> Any:
        done["ordered"] += 1
        return in_order(goods, **told)

    def seeking(goods: DayRange, sought: Any, **told: Any) -> Any:
        done[sought.words] += 1
        return narrowed(goods, sought, **told)

    monkeypatch.setattr(DayRange, "in_order", ordering)
    monkeypatch.setattr("orders.queries.pasted.narrowed", seeking)
    found = read(world, "morot 2 kg\nkålrot 3 kg\nmorot 4 kg\npotatis 1 kg\nmorötter 1 kg")
    assert [line.name for line in found.understood] == ["Morot", "Kålrot", "Morot", "Morot"]
    assert "Potatis, fast, Potatis, mjölig" in found.not_understood[0].why
    assert done == {"ordered": 1, "morot": 1, "kålrot": 1, "potatis": 1, "morötter": 1}
