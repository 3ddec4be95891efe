"""What a finding says to a person: one sentence for each rule, and whether its paragraph was read by anybody."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from market.queries.findings import lawful_ways, main_reasons, told, ways_out_of
from market.rules.call_off import Rule

CUT_OFF = "2026-11-27T11:00:00+00:00"
FAILED = [
    (
        Rule.AGREEMENT_IN_FORCE,
        {
            "agreement": "Rot",
            "signed": True,
            "valid_from": "2026-01-01",
            "last_day": "2026-10-31",
            "ordered_on": "2026-11-23",
            "delivery_date": "2026-12-01",
        },
        "Avtalet ”Rot” löpte ut lördag 31 oktober 2026.",
    ),
    (
        Rule.AGREEMENT_IN_FORCE,
        {
            "agreement": "Rot",
            "signed": True,
            "valid_from": "2026-01-01",
            "last_day": "2026-11-30",
            "ordered_on": "2026-11-23",
            "delivery_date": "2026-12-01",
        },
        "Avtalet ”Rot” löper ut måndag 30 november 2026, före leveransen.",
    ),
    (
        Rule.AGREEMENT_IN_FORCE,
        {
            "agreement": "Rot",
            "signed": True,
            "valid_from": "2027-01-01",
            "last_day": "2027-11-30",
            "ordered_on": "2026-11-23",
            "delivery_date": "2026-12-01",
        },
        "Avtalet ”Rot” börjar gälla först fredag 1 januari 2027.",
    ),
    (
        Rule.AGREEMENT_IN_FORCE,
        {"agreement": "Rot", "signed": False, "last_day": "2027-11-30"},
        "Avtalet ”Rot” är inte undertecknat.",
    ),
    (Rule.AUTHORITY_NAMED, {}, "Varan finns bara i avtal där er myndighet inte är namngiven."),
    (Rule.PRODUCT_IN_LOT, {}, "Varan ingår inte i något avtal"),
    (Rule.PARTY_OF_LOT, {}, "Delkontraktet har ingen leverantör av varan."),
    (Rule.PARTY_OF_LOT, {"chosen_by_the_terms": ["Björkhaga"]}, "villkoren ger Björkhaga."),
    (
        Rule.STANDING,
        {"supplier": "Åsen", "clause": "punkt 9.2"},
        "Åsen är avstängd från nya avrop: punkt 9.2.",
    ),
    (Rule.STANDING, {"supplier": "Åsen", "bankrupt": True}, "Åsen är i konkurs."),
    (Rule.PERMITS, {"supplier": "Åsen", "missing": ["approval"]}, "på leveransdagen: godkännande."),
    (Rule.ORGANIC, {"supplier": "Åsen"}, "Åsen har ingen certifierad vara på leveransdagen."),
    (Rule.CUT_OFF, {"supplier": "Åsen", "cut_off": None}, "Åsen kör inte till ert nav den dagen."),
    (
        Rule.CUT_OFF,
        {"supplier": "Åsen", "cut_off": CUT_OFF, "arrived_at": "2026-11-27T11:00:01+00:00"},
        "Stopptiden för Åsen var fredag 27 november kl.\u00a012.00. Beställningen nådde servern kl. 12.00.01.",
    ),
    (
        Rule.CUT_OFF,
        {"supplier": "Åsen", "cut_off": CUT_OFF, "arrived_at": CUT_OFF},
        "Åsen har redan stängt leveransdagen.",
    ),
    (Rule.PRICE_AGREED, {"supplier": "Åsen"}, "Avtalet har inget pris på varan från Åsen."),
    (
        Rule.STOCK,
        {"supplier": "Åsen", "in_stock": "1500.000", "wanted": "2000"},
        "Åsen har 1\u00a0500\u00a0kg kvar. Ni frågade efter 2\u00a0000\u00a0kg.",
    ),
    (
        Rule.STOCK,
        {"supplier": "Åsen", "declined": 2, "reason": "frost"},
        "Åsen kan inte leverera 2 förpackningar: frost.",
    ),
    (Rule.RANKING, {"supplier": "Åsen", "agreement": "Rot"}, "Åsen står först i ”Rot” och måste svara"),
    (Rule.RANKING, {"chosen_by_the_terms": ["Björkhaga"]}, "avtalets villkor ger Björkhaga."),
    (
        Rule.CEILING_ROOM,
        {"room_sek": "900", "ceiling_sek": "60000.00"},
        "Takvärdet räcker inte: 900\u00a0kr av 60\u00a0000\u00a0kr är kvar",
    ),
    (
        Rule.CEILING_ROOM,
        {"room_sek": "900", "ceiling_sek": "60000", "room_kg": "5", "ceiling_kg": "100"},
        "och 5\u00a0kg av 100\u00a0kg är kvar",
    ),
    (
        Rule.PACK_SIZE,
        {"supplier": "Åsen", "pack": "5", "left": "2"},
        "Minsta förpackningen från Åsen är 5\u00a0kg. Det som blir över, 2\u00a0kg, fyller ingen.",
    ),
]


def finding(rule: Rule, figures: dict[str, object], *, ok: bool = False) -> dict[str, object]:
    verdict = {"rule": rule.value, "ok": ok, "paragraph": "7 kap. 6 § LOU", "figures": figures}
    inputs = {
        "in_stock": "15",
        "rank": 1,
        "room_sek": "100",
        "ceiling_sek": "200",
        "cut_off": CUT_OFF,
        "arrived_at": datetime(2026, 11, 23, tzinfo=UTC).isoformat(),
    }
    return {"verdicts": [verdict], "inputs": inputs}


@pytest.mark.parametrize(("rule", "figures", "sentence"), FAILED)
def test_a_failed_rule_tells_its_figures(rule: Rule, figures: dict[str, object], sentence: str) -> None:
    with translation.override("sv"):
        [verdict] = told(finding(rule, figures), unit="kg", confirmed=frozenset())
    assert sentence in verdict.sentence
    assert verdict.next_step
    assert not verdict.confirmed


@pytest.mark.parametrize("rule", list(Rule))
def test_a_rule_that_holds_has_a_sentence_and_no_next_step(rule: Rule) -> None:
    with translation.override("sv"):
        known = frozenset({(rule.value, "7 kap. 6 § LOU")})
        [verdict] = told(finding(rule, {}, ok=True), unit="kg", confirmed=known)
    assert verdict.sentence.endswith(".")
    assert verdict.next_step == ""
    assert verdict.confirmed


def test_every_rule_has_been_tried() -> None:
    assert {rule for rule, _figures, _sentence in FAILED} == set(Rule)


def test_another_authoritys_agreement_is_no_reason_beside_a_nearer_one() -> None:
    both = finding(Rule.STOCK, {"supplier": "Åsen", "in_stock": "1", "wanted": "2"})
    both["verdicts"] += finding(Rule.AUTHORITY_NAMED, {})["verdicts"]  # type: ignore[operator]
    verdicts = told(both, confirmed=frozenset())
    assert [each.rule for each in main_reasons(verdicts)] == ["stock"]
    ways = ways_out_of({"ways_out": [{"code": "ask_the_officer", "quantity": None}]})
    assert lawful_ways(ways, main_reasons(verdicts)) == []


def test_a_way_out_says_its_quantity() -> None:
    with translation.override("sv"):
        [way] = ways_out_of({"ways_out": [{"code": "round_up", "quantity": "15.000"}]}, unit="kg")
    assert way.words == "Ta 15\u00a0kg i allt"
    assert way.quantity == 15


@pytest.mark.django_db
def test_no_finding_no_words() -> None:
    assert told(None) == []
    assert ways_out_of(None) == []
