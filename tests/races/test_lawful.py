"""What always holds, from eight threads: no call-off without room, no award at the limit, one judgement of the same facts."""

import random
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db.models import F

from config.ground.trail import acting
from market.actions.agreements import sign_agreement
from market.models import Agreement, AgreementLot, AgreementPrice, LotBalance, Offer, OwnLimit, StockPool
from market.refusals import DirectAwardLimit
from market.rules.agreement_draft import AgreementDraft, LotDraft, PartyDraft
from orders.actions.placing import place_order
from orders.models import CallOff
from orders.queries.balances import unproven_balances
from orders.queries.checking import AskedLine, check_order, reply_of
from tests.factories.world import Farm, Goods, World, make_world
from tests.races.crowd import crowd

pytestmark = [
    pytest.mark.long,
    pytest.mark.race,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

THREADS = 8
LIMIT = Decimal(700_000)
SEEDS = range(1, 8)
CEILINGS = (
    "1.00",
    "60000",
    "99999.99",
    "233333.33",
    "233333.34",
    "349999.99",
    "350000",
    "699999.99",
    "700000",
)


def scarce(seed: int) -> World:
    """Three farms and twelve goods; stock, and the lot's ceilings in SEK and kg, each too small for what is asked."""
    chance = random.Random(seed)
    return make_world(
        farms=[
            Farm(name=f"Gård {rank}", rank=rank, stock=Decimal(chance.randint(30, 200))) for rank in (1, 2, 3)
        ],
        products=[Goods(name=f"Vara {number:02}") for number in range(12)],
        kitchens=3,
        ceiling_sek=chance.choice([777, 1_000, 5_000]),
        ceiling_kg=chance.choice([None, 95, 400]),
    )


def lines_of(world: World, chance: random.Random) -> list[AskedLine]:
    products = chance.sample(world.products, k=chance.randint(1, 12))
    return [
        AskedLine(
            product_id=each.pk, quantity=Decimal(chance.randint(1, 6) * 5), accept_part=chance.random() < 0.7
        )
        for each in products
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_call_off_is_accepted_without_room(seed: int) -> None:
    world = scarce(seed)

    def order(number: int) -> Any:
        return place_order(
            kitchen=world.kitchens[number % 3],
            delivery_date=world.delivery_date,
            lines=lines_of(world, random.Random(seed * 1000 + number)),
            arrived_at=world.now,
            by=world.by,
        )

    outcome = crowd([partial(order, number) for number in range(48)], threads=THREADS)
    assert outcome.errors == []
    lot = LotBalance.objects.get(authority=None, supplier=None)
    call_offs = list(CallOff.objects.all())
    assert call_offs
    assert lot.ceiling_sek is not None
    assert sum(each.net_sek for each in call_offs) <= lot.ceiling_sek
    assert lot.ceiling_kg is None or sum(each.kg or Decimal(0) for each in call_offs) <= lot.ceiling_kg
    assert all(
        Decimal(each.finding["inputs"]["room_sek"]) >= each.net_sek
        and all(verdict["ok"] for verdict in each.finding["verdicts"] if verdict["rule"] == "ceiling_room")
        for each in call_offs
    )
    assert all(pool.reserved <= pool.quantity for pool in StockPool.objects.all())
    assert unproven_balances() == []


def award(world: World, number: int, ceiling: str) -> AgreementDraft:
    lot = LotDraft(
        name="Rotfrukter",
        allotment="single",
        ceiling_sek=Decimal(ceiling),
        parties=(PartyDraft(world.supplier.pk),),
        product_ids=(world.product.pk,),
        prices=(),
    )
    return AgreementDraft(
        title=f"Direktupphandling {number}",
        kind="direct_award",
        regime="direct_award",
        case_number=f"KS 2026/{number}",
        valid_from=date(2026, 12, 1),
        valid_to=date(2027, 11, 30),
        authority_ids=(world.authority.pk,),
        need_category_id=world.need.pk,
        reason="Enda gården",
        lots=(lot,),
    )


@pytest.mark.parametrize("own", [None, Decimal(300_000)])
@pytest.mark.parametrize("seed", SEEDS)
def test_no_award_is_signed_at_or_over_the_limit(seed: int, own: Decimal | None) -> None:
    """An award that was refused would, beside those that stand, reach the limit: nothing else refuses it."""
    world = make_world()
    if own is not None:
        with acting(world.by_officer):
            OwnLimit.objects.create(
                authority=world.authority,
                code="direct_award_limit",
                value=own,
                decision="KF 2025-12-01",
                valid_from=date(2026, 1, 1),
                entered_by=world.officer,
            )
    limit = own or LIMIT
    chance = random.Random(seed)
    asked = [chance.choice(CEILINGS) for _ in range(24)]

    def sign(number: int) -> str:
        try:
            sign_agreement(
                draft=award(world, number, asked[number]),
                signer=world.officer,
                signed_at=datetime(2026, 11, 23, tzinfo=UTC),
                by=world.by_officer,
            )
        except DirectAwardLimit:
            return "refused"
        return "signed"

    outcome = crowd([partial(sign, number) for number in range(len(asked))], threads=THREADS)
    assert outcome.errors == []
    signed = AgreementLot.objects.filter(agreement__kind="direct_award", agreement__need_category=world.need)
    whole = sum(signed.values_list("ceiling_sek", flat=True), start=Decimal(0))
    assert whole < limit
    assert (
        signed.count()
        == outcome.replies.count("signed")
        == Agreement.objects.filter(kind="direct_award").count()
    )
    refused = [Decimal(asked[number]) for number, said in enumerate(outcome.replies) if said == "refused"]
    assert all(whole + each >= limit for each in refused)


def shuffle_rows(world: World, chance: random.Random) -> None:
    """Write each row anew in another order: a statement that trusts the order of the table answers otherwise then."""
    with acting(world.by_officer):
        for table, column in ((StockPool, "quantity"), (Offer, "pack_id"), (AgreementPrice, "price_sek")):
            keys = list(table._default_manager.values_list("pk", flat=True))
            chance.shuffle(keys)
            for key in keys:
                table._default_manager.filter(pk=key).update(**{column: F(column)})


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_facts_are_judged_the_same_by_all_and_in_any_order_of_the_tables(seed: int) -> None:
    world = scarce(seed)
    lines = lines_of(world, random.Random(seed))

    def judge() -> Any:
        return reply_of(
            check_order(
                kitchen=world.kitchen,
                delivery_date=world.delivery_date,
                lines=lines,
                arrived_at=world.now,
            )
        )

    first = judge()
    assert first["lines"]
    for _ in range(2):
        shuffle_rows(world, random.Random(seed))
        outcome = crowd([judge] * 24, threads=THREADS)
        assert outcome.errors == []
        assert all(reply == first for reply in outcome.replies)
