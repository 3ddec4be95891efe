"""The cases of docs/rules/invoicing.md: sacks of 5 kg at 60 SEK for two kitchens, and weighed beef at 150 SEK a kg."""

from datetime import date
from decimal import ROUND_DOWN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.rules.invoicing import (
    BillRefusal,
    LineTerms,
    Match,
    Standing,
    bill,
    billed,
    credit,
    last_due_day,
    match,
)
from orders.rules.movements import (
    NOTHING,
    ORE,
    Amount,
    Movement,
    MovementKind,
    Quantities,
    booked,
    fold,
    may_book,
)

SACKS = LineTerms(price_sek=Decimal(60), price_per="pack", is_weighed=False)
BEEF = LineTerms(price_sek=Decimal(150), price_per="kg", is_weighed=True)


def sacks(packs: int) -> Amount:
    return Amount(Decimal(packs), Decimal(5 * packs), Decimal(60 * packs))


def beef(packs: int, kg: str) -> Amount:
    return Amount(Decimal(packs), Decimal(kg), Decimal(kg) * 150)


def walked(came: int, *, kept: int | None = None, sent_back: int = 0, done: int = 0) -> Quantities:
    """``came`` sacks were handed over; ``kept`` of them were received, None of them yet; ``done`` are billed."""
    return Quantities(
        ordered=sacks(came),
        confirmed=sacks(came),
        handed_over=sacks(came),
        delivered=sacks(kept or 0),
        rejected=NOTHING if kept is None else sacks(came - kept),
        returned=sacks(sent_back),
        invoiced=sacks(done),
    )


def standings(*positions: Quantities) -> list[Standing]:
    return [Standing(number, position) for number, position in enumerate(positions, start=1)]


def by_call_off(verdict_parts: object) -> dict[int, int]:
    return {part.call_off_id: int(part.amount.packs) for part in verdict_parts}  # type: ignore[attr-defined]


# (what stands on the two kitchens' call-offs, packs of the line, packs by call-off)
INVOICES = [
    ((walked(10, kept=10), walked(10, kept=10)), 20, {1: 10, 2: 10}, "all of it came"),
    ((walked(10, kept=8), walked(10, kept=10)), 18, {1: 8, 2: 10}, "18 of 20 came (case 56)"),
    ((walked(10, kept=8), walked(10, kept=10)), 20, {1: 10, 2: 10}, "billed as sent: 2 are to be credited"),
    ((walked(10, kept=8), walked(10)), 18, {1: 8, 2: 10}, "on its way goes before what failed"),
    ((walked(10), walked(10)), 15, {1: 10, 2: 5}, "billed at the hub"),
    ((walked(10, kept=10, done=10), walked(10, kept=10)), 4, {2: 4}, "the first kitchen's is billed already"),
    ((walked(10, done=4), walked(10)), 16, {1: 6, 2: 10}, "a part was billed on its way"),
    ((walked(10, kept=10, sent_back=3), walked(10, kept=10)), 17, {1: 7, 2: 10}, "3 went back"),
]


@pytest.mark.parametrize(
    ("positions", "packs", "parts"), [pytest.param(*case[:3], id=case[3]) for case in INVOICES]
)
def test_an_invoice_falls_first_on_what_came(
    positions: tuple[Quantities, ...], packs: int, parts: dict[int, int]
) -> None:
    verdict = bill(standings(*positions), packs=packs, kg=None, net_sek=Decimal(60 * packs), terms=SACKS)
    assert by_call_off(verdict.parts) == parts
    assert sum((part.amount for part in verdict.parts), NOTHING) == sacks(packs)


@pytest.mark.parametrize(
    ("packs", "sek", "refusal", "most"),
    [
        (20, "1200.02", None, "0"),
        (20, "1200.03", BillRefusal.MORE_SEK, "1200.02"),
        (20, "900.00", None, "0"),
        (21, "1200.00", BillRefusal.MORE_PACKS, "20"),
    ],
)
def test_no_more_than_came_and_no_dearer_than_agreed(
    packs: int, sek: str, refusal: BillRefusal | None, most: str
) -> None:
    two = standings(walked(10, kept=10), walked(10, kept=10))
    verdict = bill(two, packs=packs, kg=None, net_sek=Decimal(sek), terms=SACKS)
    assert (verdict.refusal, verdict.most) == (refusal, Decimal(most))
    assert bool(verdict.parts) is (refusal is None)


def weighed(hub: str, kitchen: str) -> Quantities:
    return Quantities(
        ordered=beef(5, "60"),
        confirmed=beef(5, "60"),
        handed_over=beef(5, hub),
        delivered=beef(5, kitchen),
    )


@pytest.mark.parametrize(
    ("hub", "kitchen", "kg", "sek", "booked_kg", "refusal"),
    [
        ("60.0", "58.2", None, "8730", "58.2", None),
        ("60.0", "58.2", "60.0", "9000", "60.0", None),
        ("60.0", "63.5", "63.5", "9525", "63.5", None),
        ("60.0", "58.2", "60.1", "9000", None, BillRefusal.MORE_KG),
        ("60.0", "58.2", None, "9000", None, BillRefusal.MORE_SEK),
    ],
)
def test_catch_weight_is_billed_by_the_scale(
    hub: str, kitchen: str, kg: str | None, sek: str, booked_kg: str | None, refusal: BillRefusal | None
) -> None:
    asked = None if kg is None else Decimal(kg)
    verdict = bill(standings(weighed(hub, kitchen)), packs=5, kg=asked, net_sek=Decimal(sek), terms=BEEF)
    assert verdict.refusal is refusal
    assert [part.amount.kg for part in verdict.parts] == ([] if booked_kg is None else [Decimal(booked_kg)])


def test_weights_and_ore_are_parted_so_that_none_is_lost() -> None:
    three = standings(walked(1, kept=1), walked(1, kept=1), walked(1, kept=1))
    verdict = bill(three, packs=3, kg=None, net_sek=Decimal("100.00"), terms=SACKS)
    assert [str(part.amount.net_sek) for part in verdict.parts] == ["33.34", "33.33", "33.33"]


def invoiced(position: Quantities, packs: int) -> Quantities:
    return booked(position, Movement(MovementKind.INVOICED, packs, Decimal(5 * packs), Decimal(60 * packs)))


def to_credit(*kept: int) -> list[Standing]:
    """Call-offs of 10 sacks, all invoiced."""
    positions = [invoiced(walked(10, kept=each), 10) for each in kept]
    return [Standing(number, each, on_invoice=sacks(10)) for number, each in enumerate(positions, start=1)]


@pytest.mark.parametrize(
    ("kept", "packs", "sek", "parts"),
    [
        ((10, 8), 2, "120", {2: (2, 120)}),
        ((10, 8), 5, "300", {2: (5, 300)}),
        ((10, 8), 14, "840", {2: (10, 600), 1: (4, 240)}),
        ((7, 8), 5, "300", {1: (3, 180), 2: (2, 120)}),
        ((10, 10), 0, "50", {1: (0, 50)}),
        ((10, 10), 1, "700", {1: (1, 600), 2: (0, 100)}),
    ],
)
def test_a_credit_falls_first_on_what_was_not_kept(
    kept: tuple[int, ...], packs: int, sek: str, parts: dict[int, tuple[Decimal, Decimal]]
) -> None:
    verdict = credit(to_credit(*kept), packs=packs, kg=None, net_sek=Decimal(sek), is_weighed=False)
    found = {part.call_off_id: (part.amount.packs, part.amount.net_sek) for part in verdict.parts}
    assert found == parts


@pytest.mark.parametrize(
    ("packs", "kg", "sek", "refusal", "most"),
    [
        (21, None, "10", BillRefusal.MORE_PACKS, "20"),
        (1, "100.1", "10", BillRefusal.MORE_KG, "100"),
        (1, None, "1200.01", BillRefusal.MORE_SEK, "1200"),
        (0, "1.8", "10", None, "0"),
    ],
)
def test_nothing_is_credited_beyond_its_invoice(
    packs: int, kg: str | None, sek: str, refusal: BillRefusal | None, most: str
) -> None:
    asked = None if kg is None else Decimal(kg)
    verdict = credit(to_credit(10, 10), packs=packs, kg=asked, net_sek=Decimal(sek), is_weighed=True)
    assert (verdict.refusal, verdict.most) == (refusal, Decimal(most))


@pytest.mark.parametrize(
    ("received", "bill_packs", "sek", "found"),
    [
        (18, 0, "0", Match.NOT_BILLED),
        (18, 18, "1080", Match.MATCHED),
        (18, 18, "1080.02", Match.MATCHED),
        (18, 18, "1080.03", Match.BILLED_TOO_MUCH),
        (18, 20, "1200", Match.BILLED_TOO_MUCH),
        (18, 10, "600", Match.BILLED_IN_PART),
        (0, 20, "1200", Match.BILLED_TOO_MUCH),
    ],
)
def test_an_invoice_is_matched_to_what_was_received(
    received: int, bill_packs: int, sek: str, found: Match
) -> None:
    invoice = Amount(Decimal(bill_packs), Decimal(5 * bill_packs), Decimal(sek))
    assert match(received=sacks(received), invoiced=invoice, call_offs=2) is found


def test_payment_is_due_within_the_laws_days() -> None:
    assert last_due_day(issued_on=date(2026, 12, 1), days=Decimal("30.0000")) == date(2026, 12, 31)


COUNTS = st.lists(st.tuples(st.integers(1, 9), st.integers(0, 9), st.booleans()), min_size=1, max_size=5)


@given(counts=COUNTS, share=st.integers(0, 100), ore=st.integers(0, 60_000), back=st.integers(0, 100))
def test_all_that_is_billed_and_credited_is_parted_and_may_be_booked(
    counts: list[tuple[int, int, bool]], share: int, ore: int, back: int
) -> None:
    positions = [walked(came, kept=None if away else min(good, came)) for came, good, away in counts]
    packs = max(sum(came for came, _, _ in counts) * share // 100, 1)
    sek = min(Decimal(ore) / 100, Decimal(60 * packs))
    verdict = bill(standings(*positions), packs=packs, kg=None, net_sek=sek, terms=SACKS)
    total = sum((part.amount for part in verdict.parts), NOTHING)
    assert (total.packs, total.net_sek) == (Decimal(packs), sek)
    after = book(positions, verdict.parts, MovementKind.INVOICED)
    own = {part.call_off_id: part.amount for part in verdict.parts}
    held = [
        Standing(number, each, on_invoice=own.get(number, NOTHING))
        for number, each in enumerate(after, start=1)
    ]
    some, some_sek = packs * back // 100, (sek * back / 100).quantize(ORE, rounding=ROUND_DOWN)
    returned = credit(held, packs=some, kg=None, net_sek=some_sek, is_weighed=False)
    credited = sum((part.amount for part in returned.parts), NOTHING)
    assert (credited.packs, credited.net_sek) == (Decimal(some), some_sek)
    book(after, returned.parts, MovementKind.CREDITED)


def book(positions: list[Quantities], parts: object, kind: MovementKind) -> list[Quantities]:
    after = list(positions)
    for part in parts:  # type: ignore[attr-defined]
        amount = part.amount
        movement = Movement(kind, amount.packs, amount.kg, amount.net_sek)
        assert may_book(after[part.call_off_id - 1], movement).allowed
        after[part.call_off_id - 1] = booked(after[part.call_off_id - 1], movement)
    return after


def test_what_is_billed_is_what_is_invoiced_less_credits() -> None:
    position = fold(
        [
            Movement(MovementKind.INVOICED, 3, Decimal(15), Decimal(180)),
            Movement(MovementKind.CREDITED, 1, Decimal(5), Decimal(60)),
        ]
    )
    assert billed(position) == sacks(2)
