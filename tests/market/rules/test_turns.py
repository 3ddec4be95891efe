"""Distribution keys: whose turn it is, what parts equals, and that the same facts always give the same farm."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.rules.allotment import Lot
from market.rules.call_off import PartyFacts, Rule
from market.rules.quantities import BaseUnit, Pack
from market.rules.turns import Form, comparable_price, in_turn, told_turn
from tests.market.rules.test_allotment import allot_one, failed, farm, given_by, lot, offer
from tests.market.rules.test_call_off import PARTY


def party(number: int, **change: Any) -> PartyFacts:
    return replace(PARTY, supplier_id=number, supplier_name=f"Gård {number}", rank=number, **change)


def turn(form: str, *parties: PartyFacts) -> list[int]:
    return [each.supplier_id for each in in_turn(form, parties)]


@pytest.mark.parametrize(
    ("prices", "asked"),
    [
        (("10", "8", "9"), [2, 3, 1]),
        (("8", "8", "7.9999"), [3, 1, 2]),
        (("8", "8", "8"), [1, 2, 3]),
        ((None, "8", None), [2, 1, 3]),
    ],
)
def test_the_lowest_price_is_asked_first_and_equals_by_their_rank(
    prices: tuple[str | None, ...], asked: list[int]
) -> None:
    parties = [
        party(number, price_per_base=None if price is None else Decimal(price))
        for number, price in enumerate(prices, start=1)
    ]
    assert turn(Form.LOWEST_PRICE, *parties) == asked


@pytest.mark.parametrize(
    ("called_off", "asked"),
    [
        ((0, 0, 0), [1, 2, 3]),  # nothing called off yet: by rank
        ((1000, 0, 0), [2, 3, 1]),  # 500, 300, 200 would be theirs: 500 ahead, 300 and 200 behind
        ((500, 300, 200), [1, 2, 3]),  # all at their share: by rank
        ((500, 299, 201), [2, 1, 3]),
        ((0, 600, 400), [1, 3, 2]),  # 500 behind, 300 ahead, 200 ahead
    ],
)
def test_who_is_furthest_behind_its_share_is_asked_first(
    called_off: tuple[int, ...], asked: list[int]
) -> None:
    parties = [
        party(
            number,
            share_percent=Decimal(share),
            called_off_sek=Decimal(sek),
            price_per_base=Decimal(10),
        )
        for number, (share, sek) in enumerate(zip((50, 30, 20), called_off, strict=True), start=1)
    ]
    assert turn(Form.SHARES, *parties) == asked


def test_a_farm_without_a_price_on_the_goods_stands_last_whatever_it_is_behind() -> None:
    behind = party(1, share_percent=Decimal(90), called_off_sek=Decimal(0))
    ahead = party(2, share_percent=Decimal(10), called_off_sek=Decimal(500), price_per_base=Decimal(8))
    assert turn(Form.SHARES, behind, ahead) == [2, 1]


def test_ranks_are_as_ever() -> None:
    assert turn(Form.RANKING, party(2, price_per_base=Decimal(1)), party(1)) == [1, 2]


@pytest.mark.parametrize(
    ("price", "per", "unit", "base", "kg_per_base", "compared"),
    [
        ("50", "pack", BaseUnit.KG, "5", "1", "10.0000"),
        ("10", "pack", BaseUnit.KG, "3", "1", "3.3333"),
        ("20", "pack", BaseUnit.KG, "3", "1", "6.6667"),
        ("80", "kg", BaseUnit.KG, "3", None, "80.0000"),
        ("80", "kg", BaseUnit.PIECE, "10", "0.5", "40.0000"),
        ("80", "kg", BaseUnit.PIECE, "10", None, None),
    ],
)
def test_prices_are_compared_a_base_unit(
    price: str, per: str, unit: BaseUnit, base: str, kg_per_base: str | None, compared: str | None
) -> None:
    pack = Pack(
        base_unit=unit,
        base_per_pack=Decimal(base),
        kg_per_base=None if kg_per_base is None else Decimal(kg_per_base),
    )
    found = comparable_price(price_sek=Decimal(price), price_per=per, pack=pack)
    assert found == (None if compared is None else Decimal(compared))


def keyed(form: Form, *stocks: int, **change: Any) -> Lot:
    """Three farms at 10, 8 and 9 SEK a kg with shares of 50, 30 and 20 per cent, of which the first has had 1 000 SEK."""
    parties = [
        farm(
            number,
            offer(number, stock=stock, price=price * 5),
            price_per_base=Decimal(price),
            share_percent=Decimal(share) if form is Form.SHARES else None,
            called_off_sek=Decimal(sek),
        )
        for number, (stock, price, share, sek) in enumerate(
            zip(stocks, (10, 8, 9), (50, 30, 20), (1000, 0, 0), strict=True), start=1
        )
    ]
    return lot(*parties, allotment=str(form), **change)


def test_a_line_goes_to_the_lowest_price_and_on_to_the_next_lowest() -> None:
    assert given_by(allot_one(keyed(Form.LOWEST_PRICE, 100, 100, 100))) == {2: 20}
    assert given_by(allot_one(keyed(Form.LOWEST_PRICE, 100, 10, 5))) == {2: 10, 3: 5, 1: 5}


def test_a_line_goes_to_the_one_behind_its_share_and_on_to_the_next() -> None:
    assert given_by(allot_one(keyed(Form.SHARES, 100, 100, 100))) == {2: 20}
    assert given_by(allot_one(keyed(Form.SHARES, 100, 10, 100))) == {2: 10, 3: 10}


def test_a_kitchen_cant_steer_the_turn_by_how_much_it_asks_for() -> None:
    for quantity in (5, 20, 100):
        parts = allot_one(keyed(Form.SHARES, 100, 100, 100), quantity=quantity).parts
        assert {part.party.supplier_id for part in parts} == {2}


@pytest.mark.parametrize("form", [Form.LOWEST_PRICE, Form.SHARES])
def test_who_is_in_turn_must_answer_where_posted_stock_is_no_answer(form: Form) -> None:
    found = allot_one(keyed(form, 100, 15, 100, posted_stock_is_an_answer=False))
    assert given_by(found) == {2: 15}
    assert failed(found) == [Rule.STOCK, Rule.RANKING]


@pytest.mark.parametrize("form", [Form.LOWEST_PRICE, Form.SHARES])
def test_a_suspended_farm_is_passed_over_and_the_finding_tells_what_was_compared(form: Form) -> None:
    world = keyed(form, 100, 100, 100)
    parties = tuple(
        replace(each, facts=replace(each.facts, suspended="punkt 14")) if each.facts.rank == 2 else each
        for each in world.parties
    )
    found = allot_one(replace(world, parties=parties))
    assert given_by(found) == {3: 20}
    told = next(each.figures for each in found.verdicts if each.rule is Rule.RANKING and each.ok)
    assert (told["form"], told["turn"]) == (str(form), 2)
    assert told["farms"] == ["Gård 2", "Gård 3", "Gård 1"]


def test_what_was_compared_is_told_in_figures() -> None:
    parties = [
        party(
            1, price_per_base=Decimal("8.0000"), share_percent=Decimal("66.67"), called_off_sek=Decimal(20)
        ),
        party(2, share_percent=Decimal("33.33"), called_off_sek=Decimal(40)),
    ]
    assert told_turn(Form.LOWEST_PRICE, parties, parties[1])["prices"] == ["8.0000", ""]
    told = told_turn(Form.SHARES, parties, parties[0])
    assert (told["shares"], told["called_off_sek"]) == (["66.67", "33.33"], ["20", "40"])
    assert told["called_off_percent"] == ["33.3", "66.7"]
    nothing_yet = [replace(each, called_off_sek=Decimal(0)) for each in parties]
    assert told_turn(Form.SHARES, nothing_yet, nothing_yet[0])["called_off_percent"] == ["0", "0"]


facts = st.builds(
    lambda number, price, sek: (number, price, sek),
    st.integers(1, 5),
    st.none() | st.decimals("0.0001", 50, places=4),
    st.decimals(0, 5000, places=2),
)


@given(
    form=st.sampled_from(list(Form)),
    rows=st.lists(facts, max_size=5, unique_by=lambda row: row[0]),
    seed=st.randoms(),
)
def test_the_same_facts_give_the_same_turn_in_whatever_order_they_are_read(
    form: Form, rows: list[tuple[int, Decimal | None, Decimal]], seed: Any
) -> None:
    parties = [
        party(number, price_per_base=price, share_percent=Decimal(20), called_off_sek=sek)
        for number, price, sek in rows
    ]
    shuffled = list(parties)
    seed.shuffle(shuffled)
    assert in_turn(form, parties) == in_turn(form, shuffled)
    assert sorted(turn(form, *parties)) == sorted(row[0] for row in rows)


@given(
    shares=st.sampled_from([(50, 50), (60, 40), (50, 30, 20), (90, 9, 1)]),
    orders=st.lists(st.integers(1, 500), min_size=1, max_size=60),
)
def test_in_the_long_run_each_gets_its_share_to_within_one_order(
    shares: tuple[int, ...], orders: list[int]
) -> None:
    had = [Decimal(0)] * len(shares)
    for net_sek in orders:
        parties = [
            party(
                number + 1,
                share_percent=Decimal(share),
                called_off_sek=had[number],
                price_per_base=Decimal(1),
            )
            for number, share in enumerate(shares)
        ]
        had[in_turn(Form.SHARES, parties)[0].supplier_id - 1] += net_sek
    for share, sek in zip(shares, had, strict=True):
        assert sek - sum(had) * Decimal(share) / 100 <= max(orders)
