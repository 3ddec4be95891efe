"""A week played in any order: kitchens, farms, hubs and doors act as they like, and after each act the sums hold.

Nothing is kept in Python but the world: what can be done next is read from the tables, as the pages do.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from config.ground.refusals import Refusal
from config.ground.trail import Actor
from kitchens.models import Kitchen
from orders.actions.answering import confirm
from orders.actions.closing import close_supplier_run
from orders.actions.editing import edit_order
from orders.actions.handing_over import HandedLine, hand_over
from orders.actions.invoicing import book_credit, book_invoice
from orders.actions.papers import BilledLine, CreditDraft, InvoiceDraft
from orders.actions.placing import place_order
from orders.actions.receiving import ReceivedLine, receive, return_goods
from orders.models import (
    CallOff,
    CallOffQuantity,
    CreditNote,
    Invoice,
    Order,
    PurchaseOrder,
    PurchaseOrderLine,
)
from orders.queries.checking import AskedLine
from tests.factories.world import Farm, Goods, PackOf, World, make_world
from tests.properties import sums

JOB = Actor.job("tests")
GOODS = (
    Goods(name="Potatis", packs=(PackOf(5), PackOf(2, name="Småpåse"))),
    Goods(
        name="Ägg", unit="piece", kg_per_base=Decimal("0.0623"), packs=(PackOf(15, name="Bricka"),), food=None
    ),
    Goods(name="Lammstek", packs=(PackOf(Decimal("2.505"), name="Stek", tolerance=Decimal("0.1")),)),
    Goods(name="Persilja", unit="piece", kg_per_base=None, packs=(PackOf(1, name="Knippe"),), food=None),
)
FARMS = (
    Farm(
        name="Björkhaga gård",
        stock={"Potatis": 37, "Ägg": 200, "Lammstek": 15, "Persilja": 30},
        prices={
            "Bricka": Decimal("41.0049"),
            "Stek": Decimal("129.3333"),
            "Knippe": Decimal("12.3456"),
            "Småpåse": Decimal("21.105"),
        },
    ),
    Farm(
        name="Näs",
        rank=2,
        stock={"Potatis": 60, "Ägg": 90, "Lammstek": 30},
        prices={"Bricka": Decimal("43.3333"), "Stek": Decimal("131.0001"), "Knippe": Decimal(13)},
    ),
)
PICK = st.integers(min_value=0, max_value=10_000)
# Packs of each kind of goods, none for most.
BASKET = st.lists(st.sampled_from([0, 0, 1, 2, 3, 4, 7]), min_size=4, max_size=4).filter(any)
SHARE = st.sampled_from([Decimal(0), Decimal("0.3"), Decimal("0.5"), Decimal("0.67"), Decimal(1), Decimal(1)])
# What the scale shows of a promised kg.
SCALE = st.sampled_from([None, Decimal("0.871"), Decimal("0.9993"), Decimal("1.0007"), Decimal("1.1")])


def two_towns() -> list[World]:
    """Two authorities whose kitchens buy of the same farms, each under a ceiling that is soon reached."""
    first = make_world(farms=FARMS, products=GOODS, kitchens=2, ceiling_sek=2_600, ceiling_kg=70)
    return [first, make_world(farms=FARMS, products=GOODS, kitchens=1, ceiling_sek=900, beside=first)]


def closed(week: "Week") -> bool:
    return week.is_closed


class Week(RuleBasedStateMachine):
    """One week in ``worlds``; all that it wrote is rolled back at its end."""

    worlds: Sequence[World] = ()

    def __init__(self) -> None:
        super().__init__()
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.is_closed = False
        self.everything = sums.Everything()
        self.held_for: Mapping[str, str] = {}

    def teardown(self) -> None:
        connection.check_constraints()
        transaction.set_rollback(True)
        self.frame.__exit__(None, None, None)

    # --- who acts ---------------------------------------------------------------------------------------------

    def kitchen(self, pick: int) -> tuple[World, Kitchen]:
        doors = [(world, kitchen) for world in self.worlds for kitchen in world.kitchens]
        return doors[pick % len(doors)]

    def asked(self, world: World, basket: Sequence[int], *, part: bool = True) -> list[AskedLine]:
        return [
            AskedLine(product.pk, packs * world.packs[product.pk][0].base_per_pack, accept_part=part)
            for product, packs in zip(world.products, basket, strict=True)
            if packs
        ]

    def do(self, deed: Callable[[], Any]) -> Any:
        """What the deed answered; None where it was refused, which must have left everything as it was."""
        before = self.everything.now()
        try:
            with transaction.atomic():
                return deed()
        except Refusal as refusal:
            note(f"refused: {refusal.code} {refusal.figures}")
            assert self.everything.now() == before
            return None

    # --- what is done -----------------------------------------------------------------------------------------

    @initialize(baskets=st.lists(BASKET, min_size=3, max_size=3), far=st.booleans(), scale=SCALE)
    def begin(self, baskets: list[list[int]], far: bool, scale: Decimal | None) -> None:
        """Every kitchen orders; half of the weeks go on from where the farms have brought it all."""
        for who, basket in enumerate(baskets):
            self.place(who, basket, part=True)
        if far:
            for which, _farm in enumerate(FARMS):
                self.close(which)
            for which in range(PurchaseOrder.objects.count()):
                self.answer(which, Decimal(1))
                self.bring(which, Decimal(1), scale)

    @rule(who=PICK, basket=BASKET, part=st.booleans())
    def place(self, who: int, basket: list[int], part: bool) -> None:
        world, kitchen = self.kitchen(who)
        reply = self.do(
            lambda: place_order(
                kitchen=kitchen,
                delivery_date=world.delivery_date,
                lines=self.asked(world, basket, part=part),
                arrived_at=world.now,
                by=world.by,
            )
        )
        assert reply is not None

    @rule(which=PICK, basket=BASKET, stale=st.sampled_from([0, 0, 0, 1]), keep=st.integers(0, 4))
    def edit(self, which: int, basket: list[int], stale: int, keep: int) -> None:
        """Make the order's lines some of those that it has and some new; now and then all are taken away."""
        order = _picked(Order.objects.order_by("pk"), which)
        if order is None:
            return
        world = next(each for each in self.worlds if each.authority.pk == order.authority_id)
        lines = {
            line.product_id: AskedLine(line.product_id, line.quantity)
            for line in order.lines.filter(removed_at=None).order_by("position")[:keep]
        }
        if keep:
            lines = {line.product_id: line for line in self.asked(world, basket)} | lines
        self.do(
            lambda: edit_order(
                kitchen=order.kitchen,
                order_id=order.pk,
                version=order.version - stale,
                lines=list(lines.values()),
                arrived_at=world.now,
                by=world.by,
            )
        )

    @rule(which=PICK)
    def close(self, which: int) -> None:
        run = _picked(list(self.worlds[0].supplier_runs.values()), which)
        after = run.cut_off + timedelta(seconds=1)
        assert self.do(lambda: close_supplier_run(run_id=run.pk, now=after, by=JOB)) is not None
        self.is_closed = True

    @precondition(closed)
    @rule(which=PICK, share=SHARE)
    def answer(self, which: int, share: Decimal) -> None:
        order = _picked(PurchaseOrder.objects.order_by("pk"), which)
        if order is not None:
            packs = {line.pk: int(line.packs * share) for line in order.lines.all()}
            self.do(
                lambda: confirm(
                    purchase_order_id=order.pk,
                    packs=None if share == 1 else packs,
                    now=self.worlds[0].now,
                    by=self.worlds[0].by,
                )
            )

    @precondition(closed)
    @rule(which=PICK, share=SHARE, scale=SCALE)
    def bring(self, which: int, share: Decimal, scale: Decimal | None) -> None:
        """A farm brings a share of what it confirmed (of what was ordered, where it has not answered)."""
        order = _picked(PurchaseOrder.objects.order_by("pk"), which)
        if order is None:
            return
        lines = []
        for line in order.lines.all():
            packs = int(_confirmed(line) * share)
            kg = (line.pack.base_per_pack * packs * scale).quantize(Decimal("0.001")) if scale else None
            lines.append(HandedLine(line_id=line.pk, packs=packs, kg=kg, lot_number=f"P{which % 3}"))
        hub = self.worlds[0].hub
        self.do(
            lambda: hand_over(purchase_order_id=order.pk, hub_id=hub.pk, lines=lines, by=self.worlds[0].by)
        )

    @precondition(closed)
    @rule(who=PICK, share=SHARE, scale=SCALE, few=st.booleans())
    def take_in(self, who: int, share: Decimal, scale: Decimal | None, few: bool) -> None:
        """A kitchen receives what has come for it, or only the first of it."""
        world, kitchen = self.kitchen(who)
        waiting = CallOffQuantity.objects.filter(
            call_off__kitchen=kitchen, call_off__receipt_line=None, handed_over__gt=0
        ).order_by("call_off_id")
        lines = []
        for quantity in waiting[: 1 if few else 50]:
            came = int(quantity.handed_over)
            good = int(came * share)
            kg = (Decimal("2.505") * good * scale).quantize(Decimal("0.001")) if scale and good else None
            lines.append(
                ReceivedLine(
                    quantity.call_off_id, delivered=good, rejected=came - good, kg=kg, reason="krossad"
                )
            )
        self.do(lambda: receive(kitchen=kitchen, delivery_date=world.delivery_date, lines=lines, by=world.by))

    @precondition(closed)
    @rule(which=PICK, packs=st.integers(0, 3))
    def send_back(self, which: int, packs: int) -> None:
        call_off = _picked(CallOff.objects.filter(quantity__delivered__gt=0).order_by("pk"), which)
        if call_off is not None:
            self.do(
                lambda: return_goods(
                    call_off_id=call_off.pk,
                    kitchen=call_off.kitchen,
                    packs=packs,
                    reason="mögel",
                    by=self.worlds[0].by,
                )
            )

    @precondition(closed)
    @rule(which=PICK, share=SHARE, scale=SCALE, cheaper=st.sampled_from([1, 1, Decimal("0.93")]))
    def invoice(self, which: int, share: Decimal, scale: Decimal | None, cheaper: Decimal) -> None:
        """A farm bills a share of what it handed over, at the agreed price or below; what is too much is refused."""
        order = _picked(PurchaseOrder.objects.exclude(hand_over=None).order_by("pk"), which)
        if order is None:
            return
        lines = [billed for line in order.lines.all() if (billed := _billed(line, share, scale, cheaper))]
        draft = InvoiceDraft(
            supplier_id=order.supplier_id,
            authority_id=order.authority_id,
            order_reference=order.number,
            number=f"F{Invoice.objects.count()}",
            issued_on=self.worlds[0].today,
            due_on=self.worlds[0].today + timedelta(days=30),
            lines=lines,
        )
        self.do(lambda: book_invoice(draft=draft, now=self.worlds[0].now, by=self.worlds[0].by))

    @precondition(closed)
    @rule(which=PICK, packs=st.integers(0, 3), part=SHARE)
    def credit(self, which: int, packs: int, part: Decimal) -> None:
        """A farm credits packs of an invoice, or a part of its SEK alone."""
        invoice = _picked(Invoice.objects.order_by("pk"), which)
        if invoice is None:
            return
        lines = [
            BilledLine(line_id=line.pk, packs=packs, net_sek=max(sek, Decimal("0.01")))
            for line in invoice.lines.order_by("pk")[: 1 + which % 2]
            for sek in [(line.net_sek * part * max(packs, 1) / line.packs).quantize(Decimal("0.01"))]
        ]
        draft = CreditDraft(
            invoice_id=invoice.pk,
            number=f"K{CreditNote.objects.count()}",
            issued_on=self.worlds[0].today,
            reason="mögel",
            lines=lines,
        )
        self.do(lambda: book_credit(draft=draft, now=self.worlds[0].now, by=self.worlds[0].by))

    @precondition(closed)
    @rule(which=PICK, extra=st.integers(1, 3))
    def claim_too_much(self, which: int, extra: int) -> None:
        """More than was ordered, confirmed, handed over or received is refused, and nothing is half written."""
        line = _picked(PurchaseOrderLine.objects.order_by("pk"), which)
        if line is None:
            return
        order, world = line.purchase_order, self.worlds[0]
        call_off = line.links.order_by("pk").first().call_off
        far = line.packs + extra
        deeds: list[Callable[[], Any]] = [
            lambda: confirm(purchase_order_id=order.pk, packs={line.pk: far}, now=world.now, by=world.by),
            lambda: hand_over(
                purchase_order_id=order.pk, hub_id=world.hub.pk, lines=[HandedLine(line.pk, far)], by=world.by
            ),
            lambda: receive(
                kitchen=call_off.kitchen,
                delivery_date=call_off.delivery_date,
                lines=[ReceivedLine(call_off.pk, delivered=far)],
                by=world.by,
            ),
            lambda: return_goods(
                call_off_id=call_off.pk, kitchen=call_off.kitchen, packs=far, reason="fel", by=world.by
            ),
        ]
        assert [self.do(deed) for deed in deeds] == [None] * len(deeds)

    # --- what holds -------------------------------------------------------------------------------------------

    @invariant()
    def the_sums_hold(self) -> None:
        """And the tallies of changed keys are those made from scratch. Where nothing was written they hold as before."""
        if sums.written() == self.held_for:
            return
        rows = sums.Rows()
        assert sums.faults(rows) == []
        assert sums.tallied_by_changes(by=JOB) == sums.tallied_from_rows(rows)
        self.held_for = sums.written()


def _picked(rows: Any, pick: int) -> Any:
    found = list(rows)
    return found[pick % len(found)] if found else None


def _confirmed(line: PurchaseOrderLine) -> int:
    if line.purchase_order.answer == PurchaseOrder.Answer.NONE:
        return line.packs
    held = CallOffQuantity.objects.filter(call_off__link__purchase_order_line=line)
    return sum(int(quantity.confirmed) for quantity in held)


def _billed(
    line: PurchaseOrderLine, share: Decimal, scale: Decimal | None, cheaper: Decimal
) -> BilledLine | None:
    held = CallOffQuantity.objects.filter(call_off__link__purchase_order_line=line)
    packs = int(sum(quantity.handed_over for quantity in held) * share)
    kg = None if line.kg is None else (line.kg * packs / line.packs * (scale or 1)).quantize(Decimal("0.001"))
    unit = kg if line.price_per == "kg" and kg is not None else Decimal(packs)
    net_sek = (unit * line.price_sek * cheaper).quantize(Decimal("0.01"))
    return BilledLine(line.pk, packs, net_sek, kg) if packs and net_sek else None
