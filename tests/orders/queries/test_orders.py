"""A kitchen's order as it stands: on its page and in the API."""

from decimal import Decimal

import pytest

from orders.actions.editing import edit_order
from orders.actions.placing import place_order
from orders.queries.checking import AskedLine
from orders.queries.orders import order_sheet
from orders.queries.papers import order_for
from tests.factories.world import Goods, World, make_world

pytestmark = pytest.mark.django_db


def asked(world: World, wanted: dict[str, int]) -> list[AskedLine]:
    by_name = {product.name_sv: product.pk for product in world.products}
    return [AskedLine(product_id=by_name[name], quantity=Decimal(kg)) for name, kg in wanted.items()]


def test_a_changed_line_stays_where_its_goods_stood() -> None:
    world = make_world(products=[Goods(name=name) for name in ("Ärtor", "Morot", "Kål", "Lök")])
    placed = place_order(
        kitchen=world.kitchen,
        delivery_date=world.delivery_date,
        lines=asked(world, {"Ärtor": 10, "Morot": 10, "Kål": 10}),
        arrived_at=world.now,
        by=world.by,
    )

    def changed(version: int, wanted: dict[str, int]) -> list[tuple[str, int]]:
        edit_order(
            kitchen=world.kitchen,
            order_id=placed["order"],
            version=version,
            lines=asked(world, wanted),
            arrived_at=world.now,
            by=world.by,
        )
        sheet = order_sheet(kitchen=world.kitchen, order_id=placed["order"], now=world.now)
        told = order_for(world.manager, placed["order"]).lines.all()
        rows = [(row.line.product.name_sv, int(row.line.quantity)) for row in sheet.rows]
        assert rows == [(line.product.name_sv, int(line.quantity)) for line in told]
        return rows

    assert changed(1, {"Ärtor": 15, "Morot": 10, "Kål": 10}) == [("Ärtor", 15), ("Morot", 10), ("Kål", 10)]
    assert changed(2, {"Lök": 5, "Kål": 20, "Ärtor": 15}) == [("Ärtor", 15), ("Kål", 20), ("Lök", 5)]
    assert changed(3, {"Morot": 5, "Kål": 20, "Ärtor": 5, "Lök": 5}) == [
        ("Ärtor", 5),
        ("Morot", 5),
        ("Kål", 20),
        ("Lök", 5),
    ]
