"""The cases of docs/rules/movements.md: a call-off on 20 sacks of 5 kg at 60 SEK, and one on weighed beef."""

from dataclasses import fields
from decimal import Decimal
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.rules.movements import (
    NOTHING,
    Amount,
    BookingRefusal,
    BookingVerdict,
    Movement,
    MovementKind,
    Quantities,
    back_to_stock,
    booked,
    committed,
    confirmed_outstanding,
    difference,
    fold,
    in_transit,
    kept,
    may_book,
    open_for,
    released,
    share_of,
    still_owed,
    unanswered,
)

ORDERED, CONFIRMED, HANDED_OVER = MovementKind.ORDERED, MovementKind.CONFIRMED, MovementKind.HANDED_OVER
DELIVERED, RETURNED = MovementKind.DELIVERED, MovementKind.RETURNED
INVOICED, CREDITED = MovementKind.INVOICED, MovementKind.CREDITED

SACK_KG = Decimal(5)
SACK_SEK = Decimal("60.00")
BEEF_SEK_PER_KG = Decimal("150.00")


def sacks(kind: MovementKind, packs: int) -> Movement:
    return Movement(kind, packs, packs * SACK_KG, packs * SACK_SEK)


def beef(kind: MovementKind, packs: int, kg: str) -> Movement:
    return Movement(kind, packs, Decimal(kg), Decimal(kg) * BEEF_SEK_PER_KG)


def read(booking: str) -> Movement:
    """A movement of sacks from its words, such as "delivered 18"."""
    kind, packs = booking.split()
    return sacks(MovementKind(kind), int(packs))


def walked(bookings: str) -> Quantities:
    """The position after lawful bookings of sacks; a booking that may not be is a mistake in the test."""
    position = Quantities()
    for booking in bookings.split(", "):
        assert may_book(position, read(booking)).allowed, booking
        position = booked(position, read(booking))
    return position


TO_THE_DOOR = "ordered 20, confirmed 20, handed_over 20"
RECEIVED = f"{TO_THE_DOOR}, delivered 20"
SHORT = f"{TO_THE_DOOR}, delivered 18, rejected 2"
INVOICED_FIRST = f"{TO_THE_DOOR}, invoiced 20, delivered 18, rejected 2"
IN_TWO = "ordered 30, confirmed 30, handed_over 20, invoiced 20, delivered 18, rejected 2"

# (movements, (not answered, promised, in transit), (counts against the ceiling, given back), what happened)
CALL_OFFS = [
    ("ordered 20", (20, 0, 0), (20, 0), "placed"),
    ("ordered 20, ordered -5", (15, 0, 0), (15, 0), "edited before the cut-off"),
    ("ordered 20, confirmed 15", (5, 15, 0), (20, 0), "confirmed in part"),
    ("ordered 20, confirmed 15, declined 5", (0, 15, 0), (15, 5), "and the rest declined"),
    ("ordered 20, confirmed 20, declined 2", (0, 18, 0), (18, 2), "a shortage after the confirmation"),
    ("ordered 20, confirmed 20, cancelled 8", (0, 12, 0), (12, 8), "the school closes, the farm agrees"),
    (TO_THE_DOOR, (0, 0, 20), (20, 0), "at the hub"),
    (RECEIVED, (0, 0, 0), (20, 0), "received"),
    (SHORT, (0, 0, 0), (18, 2), "18 of 20, not invoiced: the receipt releases 2"),
    (f"{SHORT}, invoiced 18", (0, 0, 0), (18, 2), "and the invoice on 18 changes nothing"),
    (INVOICED_FIRST, (0, 0, 0), (20, 0), "invoiced before the receipt: nothing is released"),
    (f"{INVOICED_FIRST}, credited 2", (0, 0, 0), (18, 2), "until the credit, and then 2 and not 4"),
    (f"{SHORT}, invoiced 20", (0, 0, 0), (20, 0), "an invoice on 20 takes the 2 back"),
    (f"{RECEIVED}, returned 3", (0, 0, 0), (17, 3), "returned before the invoice"),
    (f"{RECEIVED}, invoiced 20, returned 3", (0, 0, 0), (20, 0), "returned after the invoice"),
    (f"{RECEIVED}, invoiced 20, returned 3, credited 3", (0, 0, 0), (17, 3), "and credited"),
    (f"{RECEIVED}, invoiced 20, credited 4", (0, 0, 0), (16, 4), "a credit without goods going back"),
    (IN_TWO, (0, 10, 0), (30, 0), "two hand-overs, the first invoiced and short"),
    (f"{IN_TWO}, credited 2", (0, 10, 0), (28, 2), "and credited"),
    (f"{RECEIVED}, invoiced 20, credited 20, invoiced 18", (0, 0, 0), (18, 2), "a wrong invoice replaced"),
]


@pytest.mark.parametrize(
    ("bookings", "open_packs", "of_the_order"),
    [pytest.param(*row[:3], id=row[3]) for row in CALL_OFFS],
)
def test_a_call_off_of_sacks_after_its_movements(
    bookings: str,
    open_packs: tuple[int, int, int],
    of_the_order: tuple[int, int],
) -> None:
    position = walked(bookings)
    assert (
        unanswered(position),
        confirmed_outstanding(position),
        in_transit(position).packs,
    ) == tuple(Decimal(packs) for packs in open_packs)
    assert (committed(position), released(position)) == tuple(
        Amount(Decimal(packs), packs * SACK_KG, packs * SACK_SEK) for packs in of_the_order
    )


def test_only_what_never_left_the_farm_goes_back_to_stock() -> None:
    at_the_hub = "ordered 20, confirmed 15, declined 5, cancelled 1, handed_over 14"
    position = walked(f"{at_the_hub}, delivered 12, rejected 2, returned 3")
    assert back_to_stock(position).packs == 6
    assert kept(position).packs == 9


PARTLY = (
    "ordered 20, confirmed 12, declined 3, cancelled 1, handed_over 10, delivered 6, rejected 1, returned 2"
)


@pytest.mark.parametrize(
    ("kind", "packs"),
    [
        ("confirmed", 4),
        ("declined", 6),
        ("cancelled", 6),
        ("handed_over", 6),
        ("delivered", 3),
        ("rejected", 3),
        ("returned", 4),
    ],
)
def test_what_stands_before_a_movement_is_what_it_may_take_of(kind: str, packs: int) -> None:
    open_now = open_for(walked(PARTLY), MovementKind(kind))
    assert open_now == Amount(Decimal(packs), packs * SACK_KG, packs * SACK_SEK)


@pytest.mark.parametrize("kind", [ORDERED, INVOICED, CREDITED])
def test_a_document_takes_its_amounts_from_its_own_paper(kind: MovementKind) -> None:
    with pytest.raises(ValueError, match="its own paper"):
        open_for(walked(PARTLY), kind)


def test_the_last_packs_take_what_rounding_has_left() -> None:
    three = Amount(Decimal(3), Decimal("1.000"), Decimal("10.01"))
    first = share_of(three, Decimal(1))
    last = share_of(three - first, Decimal(2))
    assert (first.kg, first.net_sek) == (Decimal("0.333"), Decimal("3.34"))
    assert first + last == three


@given(
    packs=st.lists(st.integers(1, 9), min_size=1, max_size=8),
    grams=st.integers(0, 10**7),
    ore=st.integers(0, 10**7),
)
def test_shares_taken_one_after_the_other_add_up_to_the_whole(packs: list[int], grams: int, ore: int) -> None:
    left = whole = Amount(Decimal(sum(packs)), grams * Decimal("0.001"), ore * Decimal("0.01"))
    shares = []
    for part in packs:
        shares.append(share_of(left, Decimal(part)))
        left -= shares[-1]
    assert reduce(Amount.__add__, shares, NOTHING) == whole
    assert min(min(share.kg, share.net_sek) for share in shares) >= 0


# (movements, the one more, refusal, room in packs, what was tried)
REFUSED = [
    ("ordered 20", "confirmed 21", "more_than_ordered", 20, "confirm more than ordered"),
    ("ordered 20, declined 2", "confirmed 19", "more_than_ordered", 18, "confirm what was declined"),
    (
        "ordered 20, confirmed 15",
        "handed_over 16",
        "more_than_confirmed",
        15,
        "hand over more than confirmed",
    ),
    (TO_THE_DOOR, "declined 1", "more_than_ordered", 0, "decline what was handed over"),
    (TO_THE_DOOR, "cancelled 1", "more_than_ordered", 0, "cancel what was handed over"),
    (TO_THE_DOOR, "delivered 21", "more_than_handed_over", 20, "receive more than came"),
    (f"{TO_THE_DOOR}, delivered 18", "rejected 3", "more_than_handed_over", 2, "reject what was received"),
    (SHORT, "returned 19", "more_than_delivered", 18, "return more than received"),
    (TO_THE_DOOR, "invoiced 21", "more_than_handed_over", 20, "invoice what did not come"),
    (f"{RECEIVED}, invoiced 20", "invoiced 1", "more_than_handed_over", 0, "invoice twice"),
    (f"{RECEIVED}, invoiced 18", "credited 19", "more_than_invoiced", 18, "credit more than invoiced"),
    ("ordered 20, confirmed 20", "ordered -1", "more_than_ordered", None, "edit too late"),
    (TO_THE_DOOR, "handed_over -21", "less_than_nothing", None, "take back too much"),
    (TO_THE_DOOR, "invoiced -1", "document_taken_back", None, "rub out an invoice"),
    (TO_THE_DOOR, "credited -1", "document_taken_back", None, "rub out a credit"),
    (TO_THE_DOOR, "delivered 0", "nothing_to_book", None, "nothing"),
]


@pytest.mark.parametrize(
    ("bookings", "movement", "refusal", "room"),
    [pytest.param(*row[:4], id=row[4]) for row in REFUSED],
)
def test_a_movement_that_can_not_be_is_refused_with_the_room_there_is(
    bookings: str,
    movement: str,
    refusal: str,
    room: int | None,
) -> None:
    verdict = may_book(walked(bookings), read(movement))
    assert (verdict.allowed, verdict.refusal) == (False, refusal)
    assert (verdict.room.packs if verdict.room else None) == room


@pytest.mark.parametrize(
    ("bookings", "correction"),
    [
        pytest.param(RECEIVED, "delivered -2", id="a receipt"),
        pytest.param("ordered 20, confirmed 20, declined 2", "confirmed -1", id="a confirmation"),
        pytest.param("ordered 20, confirmed 20, declined 2", "declined -2", id="a decline"),
    ],
)
def test_what_was_booked_by_mistake_can_be_taken_back(bookings: str, correction: str) -> None:
    assert may_book(walked(bookings), read(correction)) == BookingVerdict(allowed=True)


def test_packs_that_come_while_kilograms_go_are_refused() -> None:
    crossed = Movement(DELIVERED, 1, Decimal(-5), Decimal(60))
    assert may_book(walked(TO_THE_DOOR), crossed).refusal == BookingRefusal.MIXED_SIGNS


BEEF_AT_THE_HUB = fold([beef(ORDERED, 5, "60.0"), beef(CONFIRMED, 5, "60.0"), beef(HANDED_OVER, 5, "63.5")])


def test_goods_without_a_known_weight_are_booked_in_packs() -> None:
    cans = [Movement(kind, 4, None, Decimal("240.00")) for kind in (ORDERED, CONFIRMED)]
    assert may_book(fold(cans), Movement(HANDED_OVER, 4, None, Decimal("240.00"))).allowed
    assert still_owed(fold(cans)) == Amount(packs=Decimal(4), net_sek=Decimal("240.00"))


def test_catch_weight_may_come_heavier_and_fixed_weight_may_not() -> None:
    position = fold([beef(ORDERED, 5, "60.0"), beef(CONFIRMED, 5, "60.0")])
    heavier = beef(HANDED_OVER, 5, "63.5")
    assert may_book(position, heavier, catch_weight=True).allowed
    assert may_book(position, heavier).refusal == BookingRefusal.MORE_THAN_ORDERED


def test_catch_weight_does_not_bring_more_packs() -> None:
    one_more = beef(DELIVERED, 6, "63.5")
    assert (
        may_book(BEEF_AT_THE_HUB, one_more, catch_weight=True).refusal == BookingRefusal.MORE_THAN_HANDED_OVER
    )


@pytest.mark.parametrize(
    ("at_the_door", "came_short_kg", "committed_kg"),
    [
        pytest.param("63.5", "-3.5", "63.5", id="heavier: the ceiling gives 3.5 kg more"),
        pytest.param("58.2", "1.8", "58.2", id="lighter: the ceiling gets 1.8 kg back"),
    ],
)
def test_the_real_weight_replaces_the_promised_one(
    at_the_door: str,
    came_short_kg: str,
    committed_kg: str,
) -> None:
    position = booked(BEEF_AT_THE_HUB, beef(DELIVERED, 5, at_the_door))
    short = Decimal(came_short_kg)
    assert difference(position) == Amount(Decimal(0), short, short * BEEF_SEK_PER_KG)
    assert committed(position) == Amount(
        Decimal(5),
        Decimal(committed_kg),
        Decimal(committed_kg) * BEEF_SEK_PER_KG,
    )


def test_beef_invoiced_by_promised_weight_is_held_until_the_credit() -> None:
    received = booked(BEEF_AT_THE_HUB, beef(DELIVERED, 5, "58.2"))
    invoiced = booked(received, beef(INVOICED, 5, "60.0"))
    assert committed(invoiced).kg == Decimal("60.0")
    assert committed(booked(invoiced, beef(CREDITED, 0, "1.8"))).kg == Decimal("58.2")


def test_a_pack_still_owed_never_shows_negative_kilograms() -> None:
    heavy = fold([beef(ORDERED, 5, "60.0"), beef(CONFIRMED, 5, "60.0"), beef(HANDED_OVER, 4, "61.0")])
    assert still_owed(heavy) == Amount(Decimal(1), Decimal(0), Decimal(0))
    assert difference(heavy).kg == Decimal("-1.0")


def test_a_credit_on_the_price_alone_is_bound_by_the_invoice() -> None:
    position = walked(f"{RECEIVED}, invoiced 20")
    whole_invoice = Movement(CREDITED, 0, Decimal(0), Decimal("1200.00"))
    one_ore_more = Movement(CREDITED, 0, Decimal(0), Decimal("1200.01"))
    assert may_book(position, whole_invoice, catch_weight=True).allowed
    assert may_book(position, one_ore_more, catch_weight=True).refusal == BookingRefusal.MORE_THAN_INVOICED


def test_three_deliveries_may_be_an_ore_off_by_rounding() -> None:
    rows = [Movement(kind, 3, Decimal(3), Decimal("10.01")) for kind in (ORDERED, CONFIRMED, HANDED_OVER)]
    rows += [Movement(DELIVERED, 1, Decimal(1), Decimal("3.34"))] * 2
    last = Movement(DELIVERED, 1, Decimal(1), Decimal("3.34"))
    assert may_book(fold(rows), last).allowed
    assert difference(booked(fold(rows), last)) == Amount(net_sek=Decimal("-0.01"))


kinds = st.sampled_from(MovementKind)
of_sacks = st.builds(sacks, kind=kinds, packs=st.integers(-4, 12))
of_beef = st.builds(
    beef,
    kind=kinds,
    packs=st.integers(0, 6),
    kg=st.decimals("0", "80", places=2).map(str),
)


def lawful(movements: list[Movement], *, catch_weight: bool) -> list[Movement]:
    """Those of the movements that may be booked, one after another."""
    position, allowed = Quantities(), []
    for movement in movements:
        if may_book(position, movement, catch_weight=catch_weight).allowed:
            position = booked(position, movement)
            allowed.append(movement)
    return allowed


sequences = st.one_of(
    st.lists(of_sacks, max_size=30).map(
        lambda drawn: lawful([sacks(ORDERED, 20), sacks(CONFIRMED, 12), *drawn], catch_weight=False),
    ),
    st.lists(of_beef, max_size=30).map(
        lambda drawn: lawful([beef(ORDERED, 9, "108"), beef(CONFIRMED, 9, "108"), *drawn], catch_weight=True),
    ),
)


@given(movements=sequences)
def test_nothing_ordered_is_lost_in_any_sequence_of_lawful_movements(movements: list[Movement]) -> None:
    position = fold(movements)
    accounted_for = [
        position.declined,
        position.cancelled,
        still_owed(position),
        in_transit(position),
        position.rejected,
        position.returned,
        kept(position),
        difference(position),
    ]
    assert reduce(Amount.__add__, accounted_for, NOTHING) == position.ordered
    assert committed(position) + released(position) == position.ordered
    assert difference(position).packs == 0


@given(movements=sequences)
def test_no_quantity_ever_falls_below_nothing(movements: list[Movement]) -> None:
    position = fold(movements)
    parts = [getattr(position, part.name) for part in fields(position)]
    for amount in [*parts, still_owed(position), in_transit(position), committed(position)]:
        assert min(amount.packs, amount.kg, amount.net_sek) >= 0
    assert unanswered(position) >= 0
    assert confirmed_outstanding(position) >= 0
    assert kept(position).packs >= 0


@given(movements=sequences, data=st.data())
def test_the_order_in_which_rows_are_read_changes_nothing(
    movements: list[Movement], data: st.DataObject
) -> None:
    assert fold(data.draw(st.permutations(movements))) == fold(movements)


@given(movements=sequences)
def test_without_an_invoice_the_ceiling_carries_what_comes_and_what_is_kept(
    movements: list[Movement],
) -> None:
    position = fold(each for each in movements if each.kind not in {INVOICED, CREDITED})
    assert committed(position) == still_owed(position) + in_transit(position) + kept(position)


@given(returned=st.integers(1, 18), credited=st.integers(1, 20))
def test_once_invoiced_a_credit_releases_itself_and_a_return_nothing(returned: int, credited: int) -> None:
    invoiced = walked(f"{SHORT}, invoiced 20")
    sent_back = booked(invoiced, sacks(RETURNED, returned))
    assert committed(sent_back) == committed(invoiced)
    assert released(booked(sent_back, sacks(CREDITED, credited))) == sacks(CREDITED, credited).amount
