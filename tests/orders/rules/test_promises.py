"""What is written of a judged line."""

from decimal import Decimal

from market.rules.call_off import RULES_VERSION
from orders.rules.promises import call_off_finding, declined_finding, promise_key, refusal_finding
from tests.market.rules.test_allotment import TODAY, allot_one, farm, lot, offer
from tests.market.rules.test_call_off import CUT_OFF

PARAGRAPHS = {("stock", "directive"): "7 kap. 6 § LOU", ("agreement_in_force", "directive"): "avtalet"}


def test_equal_promises_have_equal_keys_whatever_their_order() -> None:
    assert promise_key({"a": 1, "å": ["x"]}) == promise_key({"å": ["x"], "a": 1})
    assert promise_key({"a": 1}) != promise_key({"a": 2})
    assert len(promise_key({})) == 32


def test_a_finding_holds_version_inputs_and_the_verdicts_of_its_own_farm() -> None:
    allotment = allot_one(lot(farm(1, offer(1, stock=15)), farm(2, offer(2))))
    finding = call_off_finding(
        allotment.parts[1], allotment=allotment, paragraphs=PARAGRAPHS, arrived_at=CUT_OFF, ordered_on=TODAY
    )
    told = {(each["rule"], each["ok"]) for each in finding["verdicts"]}
    assert finding["rules"] == RULES_VERSION
    assert finding["inputs"]["given"] == "5"
    assert ("agreement_in_force", True) in told
    # Why rank 1 was passed over stands in rank 2's finding, with its figures and paragraph.
    passed_over = next(each for each in finding["verdicts"] if not each["ok"])
    assert passed_over["figures"]["in_stock"] == "15"
    assert passed_over["paragraph"] == "7 kap. 6 § LOU"


def test_a_refusal_tells_only_what_failed_and_the_ways_out() -> None:
    allotment = allot_one(lot(farm(1, offer(1, stock=15))))
    finding = refusal_finding(
        allotment, paragraphs=PARAGRAPHS, regimes={1: "directive"}, arrived_at=CUT_OFF, ordered_on=TODAY
    )
    assert [each["rule"] for each in finding["verdicts"]] == ["stock"]
    assert finding["inputs"]["missing"] == "5"
    assert {"code": "take_what_there_is", "quantity": "15"} in finding["ways_out"]


def test_a_refusal_without_any_lot_has_no_paragraph() -> None:
    allotment = allot_one(quantity=Decimal(3))
    finding = refusal_finding(allotment, paragraphs={}, regimes={}, arrived_at=CUT_OFF, ordered_on=TODAY)
    assert finding["verdicts"] == [{"rule": "product_in_lot", "ok": False, "paragraph": ""}]


def test_what_a_farm_declined_says_so() -> None:
    finding = declined_finding(supplier="Björkhaga gård", packs=2, reason="frost")
    assert finding["verdicts"][0]["figures"] == {
        "supplier": "Björkhaga gård",
        "declined": 2,
        "reason": "frost",
    }
