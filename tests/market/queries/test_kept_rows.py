"""A row serves again only where all that it was made of reads the same: nothing that is gone is shown, no old price."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db.models.functions import Now
from django.utils import translation

from config.ground.trail import acting
from market.models import (
    Agreement,
    AgreementPrice,
    ClimateFactor,
    FoodMapping,
    LotBalance,
    Offer,
    Pack,
    Product,
    StockPool,
    SupplierRun,
)
from market.queries.catalogue import CatalogueRow, catalogue_for, rows_kept
from market.queries.facets import Sought
from market.queries.kept_rows import KeptByEvidence
from suppliers.models import Certificate, Supplier
from tests.factories.world import Farm, World, make_world

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def make(
    kept: KeptByEvidence[str],
    *,
    evidence: object = (1, Decimal(2)),
    at: datetime = NOON,
    turns: tuple[datetime, ...] = (),
    lasts: bool = True,
) -> str:
    """A text that tells when it was made."""
    return kept.of(
        "carrots",
        evidence=evidence,
        turns=iter(turns),
        at=at,
        make=lambda: f"{evidence} {at:%H:%M}",
        lasts=lambda _made: lasts,
    )


def test_equal_evidence_serves_again_and_any_other_does_not() -> None:
    kept: KeptByEvidence[str] = KeptByEvidence(most=2)
    first = make(kept)
    assert make(kept, at=NOON + MINUTE) is first
    assert make(kept, evidence=(1, Decimal("2.001"))) != first
    assert make(kept, at=NOON + MINUTE) != first


def test_nothing_serves_beyond_a_turn_nor_at_it_nor_before_it_was_made() -> None:
    kept: KeptByEvidence[str] = KeptByEvidence(most=2)
    turns = (NOON - MINUTE, NOON + 2 * MINUTE, NOON + 5 * MINUTE)
    first = make(kept, turns=turns)
    assert make(kept, turns=turns, at=NOON + MINUTE) is first
    assert make(kept, turns=turns, at=NOON - MINUTE / 2) != first
    kept.forget()
    make(kept, turns=turns)
    assert make(kept, turns=turns, at=NOON + 2 * MINUTE).endswith("12:02")
    assert make(kept, turns=turns, at=NOON + 3 * MINUTE).endswith("12:03")
    assert make(kept, turns=turns, at=NOON + 4 * MINUTE).endswith("12:03")


def test_what_tells_its_moment_and_what_was_made_at_a_turn_is_not_kept() -> None:
    kept: KeptByEvidence[str] = KeptByEvidence(most=2)
    make(kept, lasts=False)
    assert make(kept, at=NOON + MINUTE).endswith("12:01")
    kept.forget()
    make(kept, turns=(NOON,))
    assert make(kept, turns=(NOON,), at=NOON + MINUTE).endswith("12:01")


def test_only_so_much_is_kept() -> None:
    kept: KeptByEvidence[int] = KeptByEvidence(most=2)
    made: list[int] = []

    def of(key: int) -> None:
        def make_it() -> int:
            made.append(key)
            return key

        kept.of(key, evidence=(), turns=(), at=NOON, make=make_it, lasts=lambda _: True)

    for key in (1, 2, 1, 3, 1):
        of(key)
    assert made == [1, 2, 3, 1]


def rows_of(world: World, *, at: datetime | None = None) -> tuple[CatalogueRow, ...]:
    return catalogue_for(
        authority_id=world.authority.pk,
        hub_id=world.hub.pk,
        delivery_date=world.delivery_date,
        ordered_on=world.today,
        arrived_at=at or world.now,
        sought=Sought(words="potatis"),
    ).rows


@pytest.fixture
def world(db: None) -> World:
    farms = (
        Farm(stock=100, labels=("organic",), claims=("organic",)),
        Farm(name="Åsens lantbruk", rank=2, stock=100),
    )
    return make_world(farms=farms)


CHANGES: dict[str, Callable[[World], object]] = {
    "the stock is booked": lambda w: StockPool.objects.filter(pk=w.pool.pk).update(reserved=1),
    "the stock is gone": lambda w: StockPool.objects.filter(pk=w.pool.pk).update(reserved=100),
    "the price rose": lambda w: AgreementPrice.objects.filter(supplier=w.supplier).update(price_sek=99),
    "the offer is withdrawn": lambda w: Offer.objects.filter(pk=w.offer.pk).update(withdrawn_at=w.now),
    "the goods changed": lambda w: Offer.objects.filter(pk=w.offer.pk).update(contains=["milk"]),
    "the room shrank": lambda w: LotBalance.objects.filter(agreement_lot=w.lot).update(committed_sek=7),
    "the farm went bankrupt": lambda w: Supplier.objects.filter(pk=w.supplier.pk).update(is_bankrupt=True),
    "the farm has another name": lambda w: Supplier.objects.filter(pk=w.supplier.pk).update(name="Nygård"),
    "the certificates ran out": lambda w: Certificate.objects.filter(supplier=w.supplier).update(
        valid_to=w.today - timedelta(days=1)
    ),
    "the run closed": lambda w: SupplierRun.objects.filter(pk=w.supplier_run.pk).update(
        state="closed", closed_at=w.now
    ),
    "the agreement has another title": lambda w: Agreement.objects.filter(pk=w.agreement.pk).update(
        title="Rotfrukter 2"
    ),
    "the pack has another name": lambda w: Pack.objects.filter(pk=w.pack.pk).update(name_sv="Säcken"),
    "the goods have no known weight": lambda w: Product.objects.filter(pk=w.product.pk).update(
        base_unit="piece", kg_per_base=None
    ),
    "the food is mapped no more": lambda w: FoodMapping.objects.filter(product=w.product).update(
        retired_at=w.now
    ),
    "the factor is superseded": lambda _w: ClimateFactor.objects.update(superseded_at=Now()),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_is_seen_by_the_next_who_looks(
    world: World, change: Callable[[World], object]
) -> None:
    (first,) = rows_of(world)
    (again,) = rows_of(world)
    assert again is first
    with acting(world.by):
        assert change(world)
    (changed,) = rows_of(world)
    rows_kept.forget()
    (anew,) = rows_of(world)
    assert changed == anew
    assert changed != first


def test_a_cut_off_that_passes_is_seen_and_so_is_the_moment_of_asking(world: World) -> None:
    at = world.supplier_run.cut_off
    (before,) = rows_of(world, at=at - MINUTE)
    assert rows_of(world, at=at - MINUTE / 2)[0] is before
    assert rows_of(world, at=at)[0] == before
    late = [rows_of(world, at=at + each * MINUTE)[0].refusals for each in (1, 2)]
    moments = [
        each["figures"]["arrived_at"] for told in late for each in told if "arrived_at" in each["figures"]
    ]
    assert moments == [(at + each * MINUTE).isoformat() for each in (1, 2)]


def test_a_pack_is_named_in_the_language_of_the_moment(world: World) -> None:
    with acting(world.by):
        Pack.objects.filter(pk=world.pack.pk).update(name_sv="Säck", name_en="Sack")
        Product.objects.filter(pk=world.product.pk).update(name_en=world.product.name_sv)
    (swedish,) = rows_of(world)
    with translation.override("en"):
        (english,) = rows_of(world)
    assert [row.packs[0].name for row in (swedish, english, *rows_of(world))] == ["Säck", "Sack", "Säck"]
