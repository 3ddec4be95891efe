"""Which lots are asked: the authority's own; another's only to be able to say why there is none."""

from collections.abc import Sequence

import pytest

from market.models import Product
from market.queries.judging import Facts, Reading, facts_for
from tests.factories.specs import Farm, Goods
from tests.factories.world import World, make_world

pytestmark = pytest.mark.django_db


def facts_of(world: World, *, reading: Reading = Reading.WHOLE, of: Sequence[Product] | None = None) -> Facts:
    return facts_for(
        authority_id=world.authority.pk,
        hub_id=world.hub.pk,
        delivery_date=world.delivery_date,
        ordered_on=world.today,
        product_ids=[product.pk for product in of or world.products],
        reading=reading,
    )


def test_lots_of_other_authorities_are_not_asked_when_there_is_one_of_its_own() -> None:
    first = make_world()
    second = make_world(beside=first)
    assert [lot.facts.lot_id for lot in facts_of(second).lots[first.product.pk]] == [second.lot.pk]


def test_a_product_in_another_authoritys_lot_only_tells_that_this_one_is_not_named() -> None:
    first = make_world()
    second = make_world(beside=first, authority_named=False)
    lots = facts_of(second).lots[first.product.pk]
    assert [(lot.facts.lot_id, lot.facts.authority_named) for lot in lots] == [(first.lot.pk, False)]
    assert list(lots[0].parties) == []


def test_a_promise_carries_only_the_labels_that_a_certificate_covers() -> None:
    world = make_world(farms=[Farm(labels=("organic",), claims=("organic", "krav"))])
    promise = facts_of(world).promise(offer_id=world.offer.pk, lot_id=world.lot.pk)
    assert promise["marks"] == ["organic"]
    assert promise["legal"]["case_number"] == world.agreement.case_number


def test_who_asks_for_farms_alone_reads_no_promise_and_the_same_lots() -> None:
    world = make_world(farms=[Farm(), Farm(name="Åsens lantbruk", rank=2)])
    with_promise, without = facts_of(world), facts_of(world, reading=Reading.FARMS)
    lots = [list(facts.lots[world.product.pk]) for facts in (with_promise, without)]
    parties = [[list(lot.parties) for lot in each] for each in lots]
    assert parties[0] == parties[1]
    assert [lot.facts for lot in lots[0]] == [lot.facts for lot in lots[1]]
    with pytest.raises(AttributeError):
        without.promise(offer_id=world.offer.pk, lot_id=world.lot.pk)


def test_facts_joined_tell_of_each_product_what_the_later_reading_knows() -> None:
    world = make_world(products=[Goods(), Goods(name="Morot", food="carrot")])
    potato, carrot = world.products
    joined = facts_of(world, reading=Reading.FIRST_LOTS).joined(facts_of(world, of=[potato]))
    assert [joined.goods[each.pk].name for each in (potato, carrot)] == ["Potatis", "Morot"]
    of_potato, of_carrot = (joined.lots[each.pk][0].parties[0].offers[0] for each in (potato, carrot))
    assert joined.promise(offer_id=of_potato.offer_id, lot_id=world.lot.pk)["product"] == "Potatis"
    with pytest.raises(AttributeError):  # read without what is promised
        joined.promise(offer_id=of_carrot.offer_id, lot_id=world.lot.pk)
