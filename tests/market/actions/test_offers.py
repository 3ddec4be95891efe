from datetime import date
from decimal import Decimal

import pytest

from config.ground.refusals import InvalidInput, NotFound
from config.ground.trail import Actor, acting
from market.actions.offers import OfferDraft, change_stock, publish_offer, publish_offers, withdraw_offer
from market.models import Offer, Product, StockPool
from market.refusals import OfferWithdrawn, PeriodOverlaps, StockReserved
from tests.factories.parts import make_goods
from tests.factories.world import Farm, Goods, PackOf, World, make_world

pytestmark = pytest.mark.django_db

BY = Actor.job("tests")
MONDAY, SUNDAY = date(2026, 11, 30), date(2026, 12, 6)
SACKS = (PackOf(5), PackOf(10))


@pytest.fixture
def world() -> World:
    return make_world(farms=(Farm(stock=None),), products=(Goods(packs=SACKS),))


def post(
    world: World, *, pack: int = 0, quantity: int = 100, first: date = MONDAY, last: date = SUNDAY
) -> Offer:
    return publish_offer(
        supplier=world.supplier,
        pack=world.packs[world.product.pk][pack],
        quantity=Decimal(quantity),
        valid_from=first,
        valid_to=last,
        by=BY,
    )


def test_a_first_offer_makes_the_stock_of_its_period(world: World) -> None:
    offer = post(world)
    assert [offer.pool.quantity, offer.pool.reserved] == [100, 0]
    assert (offer.product, offer.supplier) == (world.product, world.supplier)


def test_two_packs_draw_on_one_stock_which_is_not_counted_twice(world: World) -> None:
    small, big = post(world, pack=0), post(world, pack=1)
    assert small.pool == big.pool
    assert StockPool.objects.get().quantity == 100


def test_posting_more_raises_the_stock_and_posting_less_leaves_it(world: World) -> None:
    post(world)
    post(world, pack=1, quantity=150)
    assert StockPool.objects.get().quantity == 150
    post(world, pack=1, quantity=20)
    assert StockPool.objects.get().quantity == 150


def test_the_same_pack_posted_again_replaces_the_live_offer(world: World) -> None:
    first, second = post(world), post(world)
    first.refresh_from_db()
    assert first.withdrawn_at is not None
    assert Offer.objects.get(withdrawn_at=None) == second


def test_days_that_partly_overlap_another_stock_are_refused_with_its_days(world: World) -> None:
    post(world)
    with pytest.raises(PeriodOverlaps) as refusal:
        post(world, first=SUNDAY, last=date(2026, 12, 12))
    assert refusal.value.figures["valid_from"] == MONDAY


def test_a_list_of_offers_takes_no_more_statements_than_one(
    world: World, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    drafts = [
        OfferDraft(
            supplier=world.supplier,
            pack=pack,
            quantity=Decimal(50),
            valid_from=MONDAY.replace(year=year),
            valid_to=MONDAY.replace(year=year),
        )
        for year in range(2026, 2046)
        for pack in world.packs[world.product.pk]
    ]
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        assert len(publish_offers(drafts=drafts, by=BY)) == 40
    assert StockPool.objects.count() == 20


def test_what_is_wrong_is_named_by_field(world: World) -> None:
    with pytest.raises(InvalidInput) as refusal:
        publish_offer(
            supplier=world.supplier,
            pack=world.pack,
            quantity=Decimal(0),
            valid_from=SUNDAY,
            valid_to=MONDAY,
            own_price_sek=Decimal(-1),
            claims=["tasty"],
            allergens=["cats"],
            temperature="hot",
            by=BY,
        )
    assert set(refusal.value.fields) == {
        "quantity",
        "valid_to",
        "own_price_sek",
        "claims",
        "allergens",
        "temperature",
    }


def test_stock_goes_down_to_what_is_ordered_and_no_further(world: World) -> None:
    pool = post(world).pool
    with acting(BY):
        StockPool.objects.filter(pk=pool.pk).update(reserved=40)
    assert change_stock(pool=pool, quantity=Decimal(40), by=BY).quantity == 40
    with pytest.raises(StockReserved) as refusal:
        change_stock(pool=pool, quantity=Decimal(39), by=BY)
    assert refusal.value.figures["reserved"] == 40
    assert "40 kg av Potatis" in refusal.value.sentence("sv")


def test_less_than_nothing_and_a_stock_that_is_gone_are_refused(world: World) -> None:
    pool = post(world).pool
    with pytest.raises(InvalidInput):
        change_stock(pool=pool, quantity=Decimal(-1), by=BY)
    with pytest.raises(NotFound):
        change_stock(pool=StockPool(pk=0), quantity=Decimal(1), by=BY)


def test_an_offer_is_withdrawn_once(world: World) -> None:
    offer = post(world)
    withdraw_offer(offer=offer, by=BY)
    with pytest.raises(OfferWithdrawn):
        withdraw_offer(offer=offer, by=BY)
    assert Offer.objects.filter(withdrawn_at=None).count() == 0


def posted(world: World, **extra: object) -> Offer:
    plain: dict[str, object] = {"quantity": Decimal(100), "valid_from": MONDAY, "valid_to": SUNDAY}
    return publish_offer(supplier=world.supplier, pack=world.pack, **plain | extra, by=BY)  # type: ignore[arg-type]


def faults_of(world: World, **extra: object) -> dict[str, list[str]]:
    with pytest.raises(InvalidInput) as refusal:
        posted(world, **extra)
    assert not StockPool.objects.exists()
    return {name: list(told) for name, told in refusal.value.fields.items()}


def test_a_mark_needs_a_certificate_that_covers_a_day_of_the_offer() -> None:
    world = make_world(farms=(Farm(stock=None, labels=("organic",), labels_to=MONDAY),))
    assert list(faults_of(world, claims=["krav", "organic"])) == ["claims"]
    late = faults_of(world, claims=["organic"], valid_from=date(2026, 12, 1))
    assert "Inget intyg täcker" in late["claims"][0]
    assert posted(world, claims=["organic"]).claims == ["organic"]


def test_an_own_price_keeps_to_what_the_agreements_leave_open() -> None:
    capped = make_world(farms=(Farm(stock=None, price_is_cap=True, price=10),))
    cap = capped.prices[capped.supplier.pk, capped.pack.pk].price_sek
    assert "Högst" in faults_of(capped, own_price_sek=cap + Decimal("0.01"))["own_price_sek"][0]
    assert posted(capped, own_price_sek=cap).own_price_sek == cap
    fixed = make_world(beside=capped)
    assert posted(fixed, own_price_sek=cap - 1).own_price_sek == cap - 1, "the other agreement leaves it open"
    after = date(2028, 1, 3)
    assert posted(capped, own_price_sek=cap * 2, valid_from=after, valid_to=after), "no agreement holds then"


def test_a_fixed_price_leaves_no_own(world: World) -> None:
    assert "fast pris" in faults_of(world, own_price_sek=Decimal(1))["own_price_sek"][0]


def test_goods_that_are_merged_are_posted_as_what_they_are(world: World) -> None:
    kept = make_goods([Goods(name="Lök")])[0][0]
    with acting(BY):
        Product.objects.filter(pk=world.product.pk).update(merged_into=kept)
    world.pack.refresh_from_db()
    assert "Lök" in faults_of(world)["pack"][0]
