"""The range of a day: the same farm as judging chooses, counted and searched without asking the database again."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from threading import Lock
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from config.ground.trail import acting
from market.actions.matters import decide_matter
from market.actions.offers import withdraw_offer
from market.actions.standing import suspend_supplier
from market.models import LotBalance, Offer, Product, StockPool
from market.queries.catalogue import Catalogue, catalogue_for
from market.queries.day_range import DayRange, day_range, places_of
from market.queries.day_range_sql import RANGE_TABLES
from market.queries.facets import REMEMBERED, Sought
from market.rules.calendar import STOCKHOLM
from market.rules.standing import Decision, Ground, Outcome
from tests.factories.criteria import demand_organic
from tests.factories.officers import matter_about
from tests.factories.world import Farm, Goods, PackOf, World, make_world

TWO = (Farm(stock=100), Farm(name="Åsens lantbruk", rank=2, stock=100))


def read(world: World, **changed: Any) -> DayRange:
    moment = changed.pop("arrived_at", world.now)
    return day_range(
        authority_id=world.authority.pk,
        hub_id=world.hub.pk,
        day=world.delivery_date,
        ordered_on=moment.astimezone(STOCKHOLM).date(),
        arrived_at=moment,
    )


def look(world: World, **sought: Any) -> Catalogue:
    return catalogue_for(
        authority_id=world.authority.pk,
        hub_id=world.hub.pk,
        delivery_date=world.delivery_date,
        ordered_on=world.today,
        arrived_at=world.now,
        sought=Sought(**sought),
    )


def names(found: Catalogue) -> list[str]:
    return [row.article.name for row in found.rows]


WORLDS: dict[str, dict[str, Any]] = {
    "the first rank has goods": {"farms": TWO},
    "the first rank has too little and stock is an answer": {
        "farms": (Farm(stock=2), TWO[1]),
        "posted_stock_is_an_answer": True,
    },
    "the first rank has too little and stock is no answer": {
        "farms": (Farm(stock=2), TWO[1]),
        "posted_stock_is_an_answer": False,
    },
    "the first rank is bankrupt": {"farms": (Farm(stock=100, bankrupt=True), TWO[1])},
    "the first rank lost its permit": {"farms": (Farm(stock=100, permits=()), TWO[1])},
    "the ceiling is below a pack": {"farms": TWO, "ceiling_sek": 10},
    "the ceiling in kg is below a pack": {"farms": TWO, "ceiling_kg": 1},
    "a single supplier": {"farms": (Farm(stock=100),), "allotment": "single"},
    "the lowest price": {
        "farms": (Farm(stock=100, price=12), Farm(name="Åsens lantbruk", rank=2, stock=100, price=11)),
        "allotment": "lowest_price",
    },
    "equal prices": {"farms": TWO, "allotment": "lowest_price"},
    "the lowest price has too little": {
        "farms": (Farm(stock=100, price=12), Farm(name="Åsens lantbruk", rank=2, stock=2, price=11)),
        "allotment": "lowest_price",
    },
    "the lowest price has too little and must answer": {
        "farms": (Farm(stock=100, price=12), Farm(name="Åsens lantbruk", rank=2, stock=2, price=11)),
        "allotment": "lowest_price",
        "posted_stock_is_an_answer": False,
    },
    "an own price under the cap": {
        "farms": (
            Farm(stock=100, price=12),
            Farm(name="Åsens lantbruk", rank=2, stock=100, price=15, price_is_cap=True, own_price=11),
        ),
        "allotment": "lowest_price",
    },
    "the first has no price": {"farms": (Farm(stock=100, price=None), TWO[1]), "allotment": "lowest_price"},
    "shares": {
        "farms": (Farm(stock=100, share=40), Farm(name="Åsens lantbruk", rank=2, stock=100, share=60)),
        "allotment": "shares",
    },
    "caught weight": {
        "farms": TWO,
        "products": (Goods(packs=(PackOf(3, tolerance=Decimal("0.2")),)),),
    },
}


@pytest.mark.django_db
@pytest.mark.parametrize("said", WORLDS.values(), ids=WORLDS)
def test_the_range_chooses_the_farm_that_judging_chooses(said: dict[str, Any]) -> None:
    world = make_world(**said)
    for words in ("", "potatis"):
        for row in look(world, words=words).rows:
            entry = read(world).entries[read(world).places[row.article.product_id]]
            assert entry.supplier_id == (row.part.party.supplier_id if row.part else None)
    for entry in read(world).entries:
        assert (entry.product_id in {row.article.product_id for row in look(world).rows}) is (
            entry.supplier_id is not None
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("had", "farm"), [((0, 0), 0), ((100, 0), 1), ((40, 60), 0), ((39, 61), 0), ((41, 59), 1)]
)
def test_the_range_follows_the_shares_as_they_are_called_off(had: tuple[int, int], farm: int) -> None:
    world = make_world(
        farms=(Farm(stock=100, share=40), Farm(name="Åsens lantbruk", rank=2, stock=100, share=60)),
        allotment="shares",
    )
    for supplier, sek in zip(world.suppliers, had, strict=True):
        LotBalance.objects.filter(agreement_lot=world.lot, supplier=supplier).update(committed_sek=sek)
    assert read(world).entries[0].supplier_id == world.suppliers[farm].pk
    row = look(world).rows[0]
    assert row.part is not None
    assert row.part.party.supplier_id == world.suppliers[farm].pk


@pytest.mark.django_db
def test_after_the_cut_off_and_under_a_suspension_too() -> None:
    world = make_world(farms=TWO)
    late = world.supplier_run.cut_off + timedelta(seconds=1)
    assert read(world, arrived_at=late).entries[0].supplier_id is None
    suspend_supplier(
        authority=world.authority,
        supplier=world.supplier,
        clause="punkt 14",
        first_day=world.today,
        unheard_reason="Fara för eleverna.",
        officer=world.officer,
        by=world.by_officer,
    )
    assert read(world).entries[0].supplier == "Åsens lantbruk"


ORGANIC = Farm(stock=100, labels=("organic",), claims=("organic",))
BOTH_PACKS = (PackOf(1), PackOf(5))


@pytest.mark.django_db
@pytest.mark.parametrize("allotment", ["ranking", "lowest_price"])
@pytest.mark.parametrize(
    ("farms", "groups", "chosen"),
    [
        ((ORGANIC, TWO[1]), ("plants",), 0),
        ((TWO[0], replace(ORGANIC, name="Åsens lantbruk", rank=2)), ("plants",), 1),
        ((TWO[0], replace(ORGANIC, name="Åsens lantbruk", rank=2)), ("animals",), 0),
        ((TWO[0], replace(ORGANIC, name="Åsens lantbruk", rank=2)), ("animals", "vegetables"), 1),
        ((replace(ORGANIC, claims=()), replace(ORGANIC, name="Åsens lantbruk", rank=2)), ("food",), 1),
        (
            (
                replace(ORGANIC, labels_to=date(2026, 11, 30)),
                replace(ORGANIC, name="Åsens lantbruk", rank=2),
            ),
            ("food",),
            1,
        ),
        ((replace(ORGANIC, labels=("krav",)), TWO[1]), ("food",), None),
    ],
)
def test_goods_that_must_be_organic_are_chosen_as_judging_does(
    farms: tuple[Farm, ...],
    groups: tuple[str, ...],
    chosen: int | None,
    allotment: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("market.queries.day_range.SPARED", 0)  # however long it took to read
    world = make_world(farms=farms, allotment=allotment, products=[Goods(packs=BOTH_PACKS)])
    before = read(world)
    demand_organic(world, *groups)
    (entry,) = read(world).entries
    assert read(world).stamp > before.stamp
    assert entry.supplier_id == (None if chosen is None else world.suppliers[chosen].pk)
    rows = look(world).rows
    assert [row.part and row.part.party.supplier_id for row in rows] == (
        [] if chosen is None else [entry.supplier_id]
    )


@pytest.mark.django_db
def test_of_a_farms_packs_only_those_that_are_organic_are_offered() -> None:
    world = make_world(farms=[ORGANIC], products=[Goods(packs=BOTH_PACKS)])
    with acting(world.by):
        Offer.objects.filter(pack__base_per_pack=1).update(claims=[])
    demand_organic(world, "plants")
    (row,) = look(world).rows
    assert row.part is not None
    assert row.part.offer.pack.base_per_pack == 5
    assert read(world).entries[0].supplier_id == world.supplier.pk


@pytest.mark.django_db
@pytest.mark.parametrize("silent_farms", [1, 2])
def test_beef_that_does_not_say_where_it_was_slaughtered_is_passed_over_as_judging_does(
    silent_farms: int,
) -> None:
    world = make_world(farms=TWO, products=[Goods(name="Nötfärs", group="beef", food="beef_mince")])
    with acting(world.by):
        Offer.objects.filter(supplier__in=world.suppliers[:silent_farms]).update(slaughtered_in="")
    chosen = read(world).entries[0].supplier_id
    assert chosen == (world.suppliers[1].pk if silent_farms == 1 else None)


@pytest.mark.django_db
def test_a_bankruptcy_and_the_decision_on_it_are_seen_at_once() -> None:
    world = make_world(farms=TWO)
    assert read(world).entries[0].supplier == world.supplier.name
    matter = matter_about(world, Ground.BANKRUPTCY)
    assert read(world).entries[0].supplier == "Åsens lantbruk"
    decide_matter(
        matter=matter,
        decision=Decision(outcome=Outcome.KEEP, reason="Konkursboet driver vidare."),
        today=world.today,
        officer=world.officer,
        by=world.by_officer,
    )
    assert read(world).entries[0].supplier == world.supplier.name


@pytest.fixture
def shop(db: None) -> World:
    """Potatoes and carrots of an organic farm, frozen peas that nobody has, apples in season in December."""
    goods = [Goods(name=name) for name in ("Potatis", "Morot", "Ärter, frysta", "Äpple")]
    world = make_world(
        farms=[Farm(name="Ekogården", labels=("organic",), claims=("organic",), stock=100)], products=goods
    )
    with acting(world.by):
        Product.objects.filter(name_sv="Äpple").update(season_months=[12])
    pea = world.products[2]
    withdraw_offer(offer=world.offers[world.supplier.pk, world.packs[pea.pk][0].pk], by=world.by)
    return world


def test_without_words_only_what_may_be_ordered_is_shown_and_a_search_tells_of_the_rest(shop: World) -> None:
    assert sorted(names(look(shop))) == ["Morot", "Potatis", "Äpple"]
    found = look(shop, words="ärta")
    assert names(found) == ["Ärter, frysta"]
    assert found.rows[0].part is None
    assert found.rows[0].refusals


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        ("morötter", ["Morot"]),
        ("morot ekologisk", ["Morot"]),
        ("eko", ["Äpple", "Morot", "Potatis"]),
        ("krav potatis", []),
        ("potats", ["Potatis"]),
        ("applen", ["Äpple"]),
        ("!?", []),
        ("frysta ärter", ["Ärter, frysta"]),
        ("po ta tis", ["Potatis"]),
    ],
)
def test_search(shop: World, words: str, hits: list[str]) -> None:
    assert sorted(names(look(shop, words=words))) == sorted(hits)


def test_each_filter_counts_what_it_would_leave(shop: World) -> None:
    facets = look(shop, in_season=True).facets
    assert [(each.name, each.count) for each in facets.supplier] == [("Ekogården", 1)]
    assert [(each.value, each.count) for each in facets.mark] == [("organic", 1)]
    assert (facets.in_season.count, facets.in_season.chosen) == (1, True)
    assert [each.count for each in look(shop, mark="krav").facets.mark] == [3]
    assert names(look(shop, mark="krav")) == []
    assert names(look(shop, in_season=True)) == ["Äpple"]
    assert sum(each.count for each in look(shop).facets.category) == 3
    assert names(look(shop, supplier_id=shop.supplier.pk, temperature="ambient", words="morot")) == ["Morot"]


def test_few_and_many_are_found_and_counted_alike(shop: World, monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    for few, worth in ((1, 0), (0, 10_000)):  # all looked through, and one after the other
        monkeypatch.setattr("market.queries.day_range.FEW", few * 100)
        monkeypatch.setattr("market.queries.facets.FEW", few * 100)
        monkeypatch.setattr("market.queries.facets.A_SET_S_WORTH", worth)
        read(shop).finds.clear()
        found = look(shop, words="eko")
        told.append((names(found), found.facets))
    assert told[0] == told[1]
    assert told[0][0] == ["Morot", "Potatis", "Äpple"]


def test_the_members_of_a_set_come_in_their_order() -> None:
    every = {number for number in range(100) if number % 7 in {0, 3}}
    for members in (set(), {0}, {99}, {0, 5, 99}, every, set(range(100))):
        assert places_of(sum(1 << each for each in members), of=100) == sorted(members)


def test_pages_and_goods_of_the_basket(shop: World) -> None:
    found = catalogue_for(
        authority_id=shop.authority.pk,
        hub_id=shop.hub.pk,
        delivery_date=shop.delivery_date,
        ordered_on=shop.today,
        arrived_at=shop.now,
        sought=Sought(page=9),
        also=[shop.product.pk],
    )
    assert (found.page, found.pages, found.found) == (1, 1, 2)
    assert found.articles[shop.product.pk].name == "Potatis"
    assert shop.product.pk not in {row.article.product_id for row in found.rows}


def test_english_names_are_sorted_as_english_and_searched_by(shop: World) -> None:
    with translation.override("en"):
        assert len(look(shop, words="potato").rows) <= 1
        assert len(look(shop).rows) == 3


def test_what_was_sought_is_remembered_whatever_the_page_until_the_range_changes(shop: World) -> None:
    first = look(shop, words="potatis")
    assert look(shop, words="potatis", page=2).facets is first.facets
    assert look(shop, words="potatis", in_season=True).facets is not first.facets
    with translation.override("en"):
        assert look(shop, words="potatis").facets is not first.facets
    withdraw_offer(offer=shop.offer, by=shop.by)
    assert look(shop, words="potatis").facets is not first.facets


def test_only_so_much_that_was_sought_is_remembered(shop: World) -> None:
    for number in range(REMEMBERED + 1):
        look(shop, words=f"potatis {number}")
    assert len(read(shop).finds) == 1


def test_the_range_is_kept_until_something_of_it_changes(shop: World) -> None:
    first = read(shop)
    with CaptureQueriesContext(connection) as taken:
        assert read(shop) is first
    assert len(taken) == 1
    withdraw_offer(offer=shop.offer, by=shop.by)
    assert read(shop).entries[first.places[shop.product.pk]].supplier_id is None


def test_the_range_is_kept_for_a_minute_at_most(shop: World) -> None:
    first = read(shop)
    with acting(shop.by):  # a booking leaves no trace in the trail
        StockPool.objects.filter(product=shop.product).update(reserved=100)
    assert read(shop) is first
    later = read(shop, arrived_at=shop.now + timedelta(seconds=61))
    assert later.entries[later.places[shop.product.pk]].supplier_id is None


def test_who_asks_while_another_reads_takes_the_range_before(
    shop: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = read(shop)
    withdraw_offer(offer=shop.offer, by=shop.by)
    turn = Lock()
    monkeypatch.setattr("market.queries.day_range._turns", (turn,))
    with turn:
        assert read(shop) is first
    assert read(shop) is not first


def test_who_waited_for_another_s_reading_does_not_read_again(
    shop: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Turn:
        """Another thread has its turn first."""

        def acquire(self, *, blocking: bool) -> bool:
            assert blocking  # the range before is too old to serve
            monkeypatch.setattr("market.queries.day_range._turns", (Lock(),))
            self.others = read(shop, arrived_at=later)
            return True

        def release(self) -> None:
            pass

    read(shop)
    later = shop.now + timedelta(minutes=3)
    turn = Turn()
    monkeypatch.setattr("market.queries.day_range._turns", (turn,))
    assert read(shop, arrived_at=later) is turn.others


def test_reading_leaves_the_planner_as_it_was(shop: World) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        read(shop, arrived_at=shop.now + timedelta(minutes=7))
        cursor.execute("SELECT current_setting('enable_nestloop'), current_setting('work_mem')")
        nested, memory = cursor.fetchone()
        cursor.execute(
            "SELECT reset_val FROM pg_settings WHERE name IN ('enable_nestloop', 'work_mem') ORDER BY name"
        )
        assert [nested, int(memory.removesuffix("MB")) * 1024] == ["on", int(cursor.fetchall()[1][0])]


def test_a_range_that_took_long_is_spared_a_while(shop: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("market.queries.day_range.WORTH_SPARING_SECONDS", 0)
    monkeypatch.setattr("market.queries.day_range.SPARED", 10_000)
    first = read(shop, arrived_at=shop.now + timedelta(minutes=2))
    withdraw_offer(offer=shop.offer, by=shop.by)
    with CaptureQueriesContext(connection) as taken:
        assert read(shop, arrived_at=shop.now + timedelta(minutes=2)) is first
    assert not taken  # whether anything changed makes no difference
    assert read(shop, arrived_at=shop.now + timedelta(minutes=4)) is not first
    assert replace(first).everything == 0b1111


def test_only_so_many_ranges_are_kept(shop: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("market.queries.day_range.KEPT_AT_ONCE", 0)
    first = read(shop, arrived_at=shop.now + timedelta(minutes=5))
    assert read(shop, arrived_at=shop.now + timedelta(minutes=5)) is not first


def test_the_stamp_reads_the_index_of_the_very_same_tables(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'trail_of_the_range'")
        definition = cursor.fetchone()[0]
    assert all(f"'{table}'" in definition for table in RANGE_TABLES)
    assert definition.count("'::character varying") == len(RANGE_TABLES)
