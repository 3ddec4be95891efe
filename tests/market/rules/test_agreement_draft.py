from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from market.rules.agreement_draft import (
    AgreementDraft,
    Fault,
    LotDraft,
    OptionDraft,
    PartyDraft,
    PriceDraft,
    faults_of,
)

POTATOES, CARROTS, SACK = 1, 2, 11
PRICE = PriceDraft(supplier_id=7, product_id=POTATOES, pack_id=SACK, price_sek=Decimal(50))
LOT = LotDraft(
    name="Potatis",
    allotment="ranking",
    ceiling_sek=Decimal(100_000),
    parties=(PartyDraft(supplier_id=7, rank=1), PartyDraft(supplier_id=8, rank=2)),
    product_ids=(POTATOES,),
    prices=(PRICE,),
)
DRAFT = AgreementDraft(
    title="Rotfrukter",
    kind="framework",
    regime="directive",
    case_number="KS 2026/1",
    valid_from=date(2026, 1, 1),
    valid_to=date(2027, 12, 31),
    authority_ids=(1,),
    lots=(LOT,),
)
AWARD = replace(DRAFT, kind="direct_award", regime="direct_award", need_category_id=3, reason="Enda gården")
CONTRACT = replace(DRAFT, kind="dis", notice_number="2024/S 1", notice_on=date(2025, 9, 1))


def shared(*shares: str) -> tuple[PartyDraft, ...]:
    return tuple(
        PartyDraft(supplier_id=6 + rank, rank=rank, share_percent=Decimal(share))
        for rank, share in enumerate(shares, start=1)
    )


def test_a_whole_draft_has_no_fault() -> None:
    assert faults_of(DRAFT) == ()
    assert faults_of(AWARD) == ()
    assert faults_of(CONTRACT) == ()


@pytest.mark.parametrize(
    ("draft", "change", "field", "fault"),
    [
        (DRAFT, {"title": " "}, "title", Fault.MISSING),
        (DRAFT, {"case_number": ""}, "case_number", Fault.MISSING),
        (DRAFT, {"authority_ids": ()}, "authorities", Fault.MISSING),
        (DRAFT, {"lots": ()}, "lots", Fault.MISSING),
        (DRAFT, {"valid_to": date(2025, 12, 31)}, "valid_to", Fault.ENDS_BEFORE_IT_BEGINS),
        (DRAFT, {"regime": "direct_award"}, "regime", Fault.REGIME_OF_ANOTHER_KIND),
        (AWARD, {"regime": "national"}, "regime", Fault.REGIME_OF_ANOTHER_KIND),
        (AWARD, {"need_category_id": None}, "need_category", Fault.MISSING),
        (AWARD, {"reason": ""}, "reason", Fault.MISSING),
        (CONTRACT, {"notice_number": " "}, "notice_number", Fault.MISSING),
        (CONTRACT, {"notice_on": None}, "notice_on", Fault.MISSING),
        (DRAFT, {"lots": (LOT, LOT)}, "lots.1.name", Fault.NAME_TWICE),
    ],
)
def test_a_fault_of_the_terms_is_named_by_its_field(
    draft: AgreementDraft, change: dict[str, Any], field: str, fault: Fault
) -> None:
    assert faults_of(replace(draft, **change)) == ((field, fault),)


@pytest.mark.parametrize(
    ("change", "field", "fault"),
    [
        ({"name": ""}, "name", Fault.MISSING),
        ({"ceiling_sek": Decimal(0)}, "ceiling_sek", Fault.CEILING_NOT_POSITIVE),
        ({"ceiling_kg": Decimal(0)}, "ceiling_kg", Fault.CEILING_NOT_POSITIVE),
        ({"product_ids": (), "prices": ()}, "products", Fault.MISSING),
        ({"parties": (), "prices": ()}, "parties", Fault.MISSING),
        ({"allotment": "single"}, "parties", Fault.NOT_ONE_PARTY),
        ({"parties": (PartyDraft(7, 1), PartyDraft(7, 2))}, "parties", Fault.PARTY_TWICE),
        ({"parties": (PartyDraft(7, 1), PartyDraft(8, 3))}, "parties", Fault.RANKS_NOT_IN_ROW),
        ({"allotment": "by nearness"}, "allotment", Fault.ALLOTMENT_UNKNOWN),
        ({"allotment": "shares"}, "parties", Fault.SHARES_NOT_WHOLE),
        ({"allotment": "shares", "parties": shared("60", "39.99")}, "parties", Fault.SHARES_NOT_WHOLE),
        ({"allotment": "shares", "parties": shared("100", "0")}, "parties", Fault.SHARES_NOT_WHOLE),
        ({"allotment": "shares", "parties": shared("60.005", "39.995")}, "parties", Fault.SHARES_NOT_WHOLE),
        ({"parties": shared("60", "40")}, "parties", Fault.SHARE_WITHOUT_KEY),
        ({"prices": (replace(PRICE, price_sek=Decimal(0)),)}, "prices", Fault.PRICE_NOT_POSITIVE),
        ({"prices": (replace(PRICE, supplier_id=9),)}, "prices", Fault.PRICE_OF_NO_PARTY),
        ({"prices": (replace(PRICE, product_id=CARROTS),)}, "prices", Fault.PRICE_OUTSIDE_LOT),
        ({"prices": (PRICE, PRICE)}, "prices", Fault.PRICE_TWICE),
    ],
)
def test_a_fault_of_a_lot_is_named_by_lot_and_field(change: dict[str, Any], field: str, fault: Fault) -> None:
    draft = replace(DRAFT, lots=(replace(LOT, **change),))
    assert faults_of(draft) == ((f"lots.0.{field}", fault),)


def test_a_lot_with_a_kg_ceiling_and_one_farm_is_whole() -> None:
    lot = replace(LOT, allotment="shares", parties=shared("66.67", "33.33"))
    assert faults_of(replace(DRAFT, lots=(lot,))) == ()
    lot = replace(LOT, allotment="single", parties=(PartyDraft(7),), ceiling_kg=Decimal(500))
    assert faults_of(replace(DRAFT, lots=(lot,))) == ()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({}, None),
        ({"value_sek": Decimal(0)}, Fault.OPTION_INCOMPLETE),
        ({"what": " "}, Fault.OPTION_INCOMPLETE),
        ({"clause": ""}, Fault.OPTION_INCOMPLETE),
        ({"lot": "Annat"}, Fault.OPTION_OF_NO_LOT),
    ],
)
def test_an_option_has_a_lot_a_name_a_clause_and_a_value(change: dict[str, Any], fault: Fault | None) -> None:
    option = OptionDraft(
        lot=LOT.name, what="Ett år till", clause="punkt 3", value_sek=Decimal(10), last_day=date(2027, 1, 1)
    )
    draft = replace(DRAFT, options=(replace(option, **change),))
    assert faults_of(draft) == ((("options", fault),) if fault else ())


def test_the_value_holds_ceilings_and_options() -> None:
    option = OptionDraft(
        lot=LOT.name, what="Ett år till", clause="punkt 3", value_sek=Decimal(10), last_day=date(2027, 1, 1)
    )
    assert replace(DRAFT, options=(option, option)).value_sek == LOT.ceiling_sek + 20


def test_a_drafts_deals_are_each_party_of_a_lot_with_each_of_its_goods() -> None:
    other = replace(LOT, name="Morot", parties=(PartyDraft(supplier_id=9),), product_ids=(31, 32))
    assert replace(DRAFT, lots=(LOT, other)).deals == {(7, POTATOES), (8, POTATOES), (9, 31), (9, 32)}
