"""The world that other tests stand on is itself what it says."""

import pytest

from market.models import LotBalance, SupplierRun
from tests.factories.world import Farm, Goods, PackOf, make_world

pytestmark = pytest.mark.django_db


def test_a_plain_world_has_one_farm_that_may_sell_to_one_kitchen() -> None:
    world = make_world()
    assert world.pool.quantity == 100
    assert world.prices[world.supplier.pk, world.pack.pk].price_sek == 50
    assert list(world.agreement.authorities.all()) == [world.authority]
    assert LotBalance.objects.filter(agreement_lot=world.lot).count() == 3
    assert world.supplier_run.cut_off.isoformat() == "2026-11-27T11:00:00+00:00"


def test_farms_and_goods_are_as_asked_for() -> None:
    world = make_world(
        farms=(
            Farm(name="Ett", rank=1, stock={"Ägg": 30}),
            Farm(name="Två", rank=2, price=12, runs=False, stock=None),
        ),
        products=(Goods(), Goods(name="Ägg", unit="piece", packs=(PackOf(30), PackOf(180)), food=None)),
        kitchens=2,
    )
    assert [pool.product.name_sv for pool in world.pools.values()] == ["Ägg"]
    assert world.prices[world.suppliers[1].pk, world.packs[world.products[1].pk][1].pk].price_sek == 12 * 180
    assert list(SupplierRun.objects.values_list("supplier__name", flat=True)) == ["Ett"]
    assert len(world.kitchens) == 2


def test_a_second_authority_can_stand_beside_and_share_the_farms() -> None:
    first = make_world()
    second = make_world(beside=first, ceiling_sek=500)
    assert second.authority != first.authority
    assert second.pool == first.pool
    assert second.lot.ceiling_sek == 500
