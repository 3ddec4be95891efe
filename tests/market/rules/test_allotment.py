"""Who gives how much: ranks, stock, ceilings, packs, wishes; and what always holds."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.rules.allotment import Allotment, Lot, Party, Wanted, WayOut, allot
from market.rules.call_off import LotFacts, Rule
from market.rules.filling import OfferFacts
from market.rules.quantities import BaseUnit, Pack
from tests.market.rules.test_call_off import CUT_OFF, LOT, PARTY

TODAY = date(2026, 11, 23)
DELIVERY = date(2026, 12, 1)
POTATO = 1


def offer(
    number: int,
    *,
    stock: object = 100,
    pack: object = 5,
    price: object = 50,
    per: str = "pack",
    pool: int | None = None,
    tolerance: str = "0",
) -> OfferFacts:
    return OfferFacts(
        offer_id=number,
        pool_id=pool or number,
        price_id=number,
        pack_id=number,
        pack=Pack(
            base_unit=BaseUnit.KG,
            base_per_pack=Decimal(str(pack)),
            kg_per_base=Decimal(1),
            catch_weight=tolerance != "0",
            upper_tolerance=Decimal(tolerance),
        ),
        price_sek=Decimal(str(price)),
        price_per=per,
        in_stock=Decimal(str(stock)),
    )


def farm(number: int, *offers: OfferFacts, priced: bool = True, **change: Any) -> Party:
    facts = replace(PARTY, supplier_id=number, supplier_name=f"Gård {number}", rank=number, **change)
    return Party(facts=facts, offers=offers, priced=priced)


def lot(*parties: Party, **change: Any) -> Lot:
    facts: LotFacts = replace(LOT, **{"room_sek": Decimal(10_000), **change})
    return Lot(facts=facts, parties=parties)


def allot_one(*lots: Lot, quantity: object = 20, **change: Any) -> Allotment:
    wanted = Wanted(position=1, product_id=POTATO, quantity=Decimal(str(quantity)), **change)
    return allot([wanted], lots={POTATO: lots}, arrived_at=CUT_OFF, ordered_on=TODAY, delivery_date=DELIVERY)[
        0
    ]


def given_by(allotment: Allotment) -> dict[int, Decimal]:
    given: dict[int, Decimal] = {}
    for part in allotment.parts:
        given[part.party.supplier_id] = given.get(part.party.supplier_id, Decimal(0)) + part.base_quantity
    return given


def failed(allotment: Allotment) -> list[Rule]:
    return [each.rule for each in allotment.verdicts if not each.ok]


def test_rank_one_gives_all_when_it_can() -> None:
    assert given_by(allot_one(lot(farm(1, offer(1)), farm(2, offer(2))))) == {1: 20}


def test_rank_two_gives_the_rest_when_posted_stock_is_an_answer() -> None:
    allotment = allot_one(lot(farm(1, offer(1, stock=15)), farm(2, offer(2))))
    assert given_by(allotment) == {1: 15, 2: 5}
    assert allotment.missing == 0


def test_case_15_rank_two_waits_for_rank_ones_answer() -> None:
    allotment = allot_one(
        lot(farm(1, offer(1, stock=15)), farm(2, offer(2)), posted_stock_is_an_answer=False)
    )
    assert given_by(allotment) == {1: 15}
    assert failed(allotment) == [Rule.STOCK, Rule.RANKING]
    assert WayOut("ask_rank_one") in allotment.ways_out


def test_case_17_without_part_call_off_rank_two_gives_the_whole() -> None:
    allotment = allot_one(lot(farm(1, offer(1, stock=15)), farm(2, offer(2)), part_call_off_allowed=False))
    assert given_by(allotment) == {2: 20}


def test_case_21_a_kitchen_can_not_pick_the_nearer_farm() -> None:
    allotment = allot_one(lot(farm(1, offer(1)), farm(2, offer(2))), supplier_id=2)
    assert not allotment.parts
    assert failed(allotment) == [Rule.RANKING]
    assert allotment.ways_out == (WayOut("let_the_terms_choose"),)


def test_a_farm_that_the_terms_give_may_be_asked_for() -> None:
    assert given_by(allot_one(lot(farm(1, offer(1)), farm(2, offer(2))), supplier_id=1)) == {1: 20}


def test_a_farm_that_is_no_party_is_refused() -> None:
    assert failed(allot_one(lot(farm(1, offer(1))), supplier_id=9)) == [Rule.PARTY_OF_LOT]


def test_a_suspended_rank_one_opens_rank_two() -> None:
    assert given_by(allot_one(lot(farm(1, offer(1), suspended="12.3"), farm(2, offer(2))))) == {2: 20}


def test_ordering_late_does_not_open_rank_two() -> None:
    early = CUT_OFF.replace(hour=1)
    allotment = allot_one(lot(farm(1, offer(1), cut_off=early), farm(2, offer(2))))
    assert not allotment.parts
    assert failed(allotment) == [Rule.CUT_OFF]


def test_case_12_a_ceiling_is_filled_and_the_rest_is_stopped() -> None:
    allotment = allot_one(lot(farm(1, offer(1)), farm(2, offer(2)), room_sek=Decimal("149.99")))
    assert given_by(allotment) == {1: 10}
    assert failed(allotment) == [Rule.CEILING_ROOM]


def test_a_ceiling_in_kg_binds_too() -> None:
    allotment = allot_one(lot(farm(1, offer(1)), ceiling_kg=Decimal(12), room_kg=Decimal(12)))
    assert given_by(allotment) == {1: 10}
    assert failed(allotment) == [Rule.CEILING_ROOM]


def test_no_room_at_all_gives_nothing() -> None:
    assert not allot_one(lot(farm(1, offer(1)), room_sek=Decimal(0))).parts


def test_what_is_no_whole_pack_is_told_with_both_ways_out() -> None:
    allotment = allot_one(lot(farm(1, offer(1)), farm(2, offer(2, pack=1))), quantity=22)
    assert given_by(allotment) == {1: 20}
    assert failed(allotment) == [Rule.PACK_SIZE]
    assert allotment.ways_out == (WayOut("round_down", Decimal(20)), WayOut("round_up", Decimal(25)))


def test_less_than_a_pack_can_only_be_rounded_up() -> None:
    assert allot_one(lot(farm(1, offer(1))), quantity=2).ways_out == (WayOut("round_up", Decimal(5)),)


def test_packs_are_combined_so_that_least_is_left() -> None:
    allotment = allot_one(lot(farm(1, offer(1, pack=6, pool=1), offer(2, pack=4, pool=1))), quantity=8)
    assert [(part.offer.offer_id, part.packs) for part in allotment.parts] == [(2, 2)]


def test_an_offer_without_stock_is_passed_over() -> None:
    allotment = allot_one(lot(farm(1, offer(1, pack=10, stock=0), offer(2, pack=5))), quantity=10)
    assert [(part.offer.offer_id, part.packs) for part in allotment.parts] == [(2, 2)]


def test_catch_weight_reserves_its_upper_tolerance_and_costs_by_kg() -> None:
    allotment = allot_one(
        lot(farm(1, offer(1, pack="1.2", price=100, per="kg", tolerance="0.1", stock=4))), quantity=6
    )
    part = allotment.parts[0]
    assert (part.packs, part.reserved, part.net_sek) == (3, Decimal("3.960"), Decimal("360.00"))
    assert failed(allotment) == [Rule.STOCK]


def test_a_party_without_a_price_stops_the_lot() -> None:
    assert failed(allot_one(lot(farm(1, priced=False), farm(2, offer(2))))) == [Rule.PRICE_AGREED]


def test_a_lot_without_parties_is_told() -> None:
    assert failed(allot_one(lot())) == [Rule.PARTY_OF_LOT]


def test_a_product_in_no_lot_is_told() -> None:
    allotment = allot_one()
    assert failed(allotment) == [Rule.PRODUCT_IN_LOT]
    assert allotment.ways_out == (WayOut("ask_the_officer"),)


def test_the_next_agreement_fills_what_the_first_lawfully_left() -> None:
    first, second = lot(farm(1, offer(1, stock=5))), lot(farm(2, offer(2)), lot_id=2)
    assert given_by(allot_one(first, second)) == {1: 5, 2: 15}


def test_an_unsigned_agreement_is_passed_over() -> None:
    assert given_by(allot_one(lot(farm(1, offer(1)), signed=False), lot(farm(2, offer(2)), lot_id=2))) == {
        2: 20
    }


def test_a_line_that_takes_no_part_leaves_room_for_the_next() -> None:
    whole = Wanted(position=1, product_id=POTATO, quantity=Decimal(30), accept_part=False)
    small = Wanted(position=2, product_id=POTATO, quantity=Decimal(20))
    lots = {POTATO: [lot(farm(1, offer(1, stock=20)), ceiling_kg=Decimal(50), room_kg=Decimal(50))]}
    first, second = allot(
        [whole, small], lots=lots, arrived_at=CUT_OFF, ordered_on=TODAY, delivery_date=DELIVERY
    )
    assert not first.parts
    assert given_by(second) == {1: 20}


def test_an_offer_without_weight_can_not_exceed_a_ceiling_in_kg() -> None:
    unweighed = replace(offer(1), pack=Pack(BaseUnit.PIECE, Decimal(10), None))
    allotment = allot_one(lot(farm(1, unweighed), ceiling_kg=Decimal(5), room_kg=Decimal(5)))
    assert allotment.parts[0].kg is None


def test_a_price_that_rounds_up_stays_under_the_ceiling() -> None:
    allotment = allot_one(lot(farm(1, offer(1, pack=1, price="0.335")), room_sek=Decimal("0.33")), quantity=1)
    assert failed(allotment) == [Rule.CEILING_ROOM]


quantities = st.integers(1, 60).map(Decimal)


@given(
    wanted=st.lists(quantities, min_size=1, max_size=6),
    stocks=st.lists(st.integers(0, 80), min_size=1, max_size=4),
    packs=st.lists(st.sampled_from([1, 2, 5, 10]), min_size=4, max_size=4),
    room=st.integers(0, 2000),
    answer=st.booleans(),
    part_allowed=st.booleans(),
)
def test_nothing_is_oversold_and_nothing_is_lost(
    wanted: list[Decimal], stocks: list[int], packs: list[int], room: int, answer: bool, part_allowed: bool
) -> None:
    parties = [
        farm(number, offer(number, stock=stock, pack=packs[number - 1], price=7))
        for number, stock in enumerate(stocks, start=1)
    ]
    the_lot = lot(
        *parties, room_sek=Decimal(room), posted_stock_is_an_answer=answer, part_call_off_allowed=part_allowed
    )
    lines = [Wanted(position=n, product_id=POTATO, quantity=q) for n, q in enumerate(wanted, start=1)]
    allotments = allot(
        lines, lots={POTATO: [the_lot]}, arrived_at=CUT_OFF, ordered_on=TODAY, delivery_date=DELIVERY
    )
    for allotment in allotments:
        assert sum(given_by(allotment).values()) + allotment.missing == allotment.wanted.quantity
        assert failed(allotment) or not allotment.missing
    for number, stock in enumerate(stocks, start=1):
        assert sum(given_by(each).get(number, Decimal(0)) for each in allotments) <= stock
    assert sum(part.net_sek for each in allotments for part in each.parts) <= room


class Unasked(Sequence[Party]):
    """Parties of which only those that are looked at exist."""

    def __init__(self, *parties: Party) -> None:
        self.parties, self.seen = parties, set[int]()

    def __len__(self) -> int:
        return len(self.parties)

    def __getitem__(self, at: Any) -> Any:
        found = self.parties[at]
        self.seen.add(at)
        return found


@pytest.mark.parametrize(("stock", "seen"), [(100, {0}), (5, {0, 1})])
def test_of_parties_handed_in_by_rank_the_next_is_not_looked_at_before_it_is_asked(
    stock: int, seen: set[int]
) -> None:
    parties = Unasked(farm(1, offer(1, stock=stock)), farm(2, offer(2)), farm(3, offer(3)))
    ranked = replace(lot(), parties=parties, in_rank_order=True)
    assert sum(given_by(allot_one(ranked)).values()) == 20
    assert parties.seen == seen


def test_a_key_puts_the_parties_in_its_turn_whatever_order_they_are_handed_in() -> None:
    dear = farm(1, offer(1), price_per_base=Decimal(12))
    cheap = farm(2, offer(2), price_per_base=Decimal(11))
    by_price = replace(lot(dear, cheap, allotment="lowest_price"), in_rank_order=True)
    assert given_by(allot_one(by_price)) == {2: Decimal(20)}
