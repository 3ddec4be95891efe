"""A price that rose keeps a line out of the order until the kitchen approves it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from market.rules.allotment import WayOut
from market.rules.call_off import Rule
from orders.rules.repricing import unapproved_finding, withhold_risen
from tests.market.rules.test_allotment import allot_one, farm, lot, offer
from tests.market.rules.test_call_off import CUT_OFF

SEEN = CUT_OFF - timedelta(hours=2)
RISEN = replace(offer(1, stock=15), was_sek=Decimal("0.50"), adjusted_at=SEEN + timedelta(minutes=1))


def test_a_line_whose_price_rose_waits_whole_and_no_other_farm_is_asked() -> None:
    allotment = allot_one(lot(farm(1, RISEN), farm(2, offer(2))))
    assert len(allotment.parts) == 2
    withheld = withhold_risen(allotment, seen_at=SEEN)
    assert (withheld.parts, withheld.missing) == ((), allotment.wanted.quantity)
    assert [(each.rule, each.supplier_id, each.ok) for each in withheld.verdicts] == [
        (Rule.PRICE_AGREED, allotment.parts[0].party.supplier_id, False)
    ]
    assert withheld.ways_out == (WayOut("approve_price"),)


def test_a_line_that_was_seen_at_the_new_price_stays_as_it_is() -> None:
    allotment = allot_one(lot(farm(1, RISEN)))
    assert withhold_risen(allotment, seen_at=CUT_OFF) is allotment
    assert withhold_risen(allotment, seen_at=None) is allotment


def test_why_a_placed_line_is_back_in_the_basket() -> None:
    told = unapproved_finding(
        supplier="Björkhaga", was_sek=Decimal(10), price_sek=Decimal("10.40"), price_per="pack"
    )
    assert told["verdicts"][0]["figures"] == {
        "supplier": "Björkhaga",
        "was_sek": "10",
        "price_sek": "10.40",
        "price_per": "pack",
    }
    assert [way["code"] for way in told["ways_out"]] == ["another_delivery_day"]
