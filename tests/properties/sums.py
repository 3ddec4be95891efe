"""The sums that hold after every act, each worked out here from the rows and by the rules alone."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from django.db import connection

from config.ground.trail import Actor
from market.models import Commitment, LotBalance, StockPool
from orders.actions.booking import reserved_for_packs
from orders.actions.tallying import tally_dirty
from orders.models import CallOff, GoodsLot, Movement, PurchaseOrderLine, Tally
from orders.queries.balances import unproven_balances
from orders.rules import movements as rules

ZERO = Decimal(0)
TABLES = [
    "market_stockpool",
    "market_commitment",
    "market_lotbalance",
    "market_needtotal",
    "market_supplierrun",
    "kitchens_basket",
    "kitchens_basketline",
    "orders_order",
    "orders_orderline",
    "orders_calloff",
    "orders_refusedline",
    "orders_purchaseorder",
    "orders_purchaseorderline",
    "orders_purchaseorderlink",
    "orders_movement",
    "orders_calloffquantity",
    "orders_handover",
    "orders_handoverline",
    "orders_goodslot",
    "orders_receipt",
    "orders_receiptline",
    "orders_goodsreturn",
    "orders_invoice",
    "orders_invoiceline",
    "orders_creditnote",
    "orders_creditnoteline",
    "orders_tallydirty",
    "ground_outboxmessage",
    "ground_idempotencyrecord",
]
TRAIL = "ground_trailentry"
_DIGEST = "md5(string_agg(t::text, chr(10) ORDER BY t.id))"


# What this transaction tried to write, also what it took back; a truncated table has a new file.
_WRITTEN = """
SELECT relname, concat_ws(' ', relfilenode, pg_stat_get_xact_tuples_inserted(oid), pg_stat_get_xact_tuples_updated(oid),
    pg_stat_get_xact_tuples_deleted(oid))
FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""


def written() -> Mapping[str, str]:
    """By table, what grows with every row that is written; as long as it is the same, so are the table's rows.

    Savepoints may come and go; it holds within one transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN)
        return dict(cursor.fetchall())


class Everything:
    """A digest of every row that an order may touch, a table. What nobody wrote to since is not read again."""

    def __init__(self) -> None:
        self._written: Mapping[str, str] = {}
        self._digests: Mapping[str, str] = {}

    def now(self) -> Mapping[str, str]:
        before, self._written = self._written, written()
        touched = [name for name in [*TABLES, TRAIL] if self._written[name] != before.get(name)]
        self._digests = {**self._digests, **_digested(touched)}
        return self._digests


def _digested(tables: list[str]) -> Mapping[str, str]:
    """In one statement. The trail only grows, so its rows are counted."""
    if not tables:
        return {}
    digests = (
        f"SELECT '{name}', {'count(*)::text' if name == TRAIL else _DIGEST} FROM {name} t" for name in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(digests))
        return dict(cursor.fetchall())


class Rows:
    """The call-offs as they stand, and what each one's movements come to."""

    def __init__(self) -> None:
        self.call_offs = list(CallOff.objects.select_related("pack").order_by("pk"))
        self.positions = _positions()


def faults(rows: Rows) -> list[str]:
    """What does not add up, each in a few words."""
    call_offs, positions = rows.call_offs, rows.positions
    return [
        *(str(unproven) for unproven in unproven_balances()),
        *(fault for call_off in call_offs for fault in _conserved(call_off, positions[call_off.pk])),
        *_commitments(call_offs, positions),
        *_ceilings(),
        *_stock(call_offs, positions),
    ]


def _positions() -> dict[int, rules.Quantities]:
    booked: dict[int, list[rules.Movement]] = defaultdict(list)
    told = Movement.objects.order_by("pk").values_list("call_off_id", "kind", "packs", "kg", "net_sek")
    for call_off_id, kind, packs, kg, net_sek in told:
        booked[call_off_id].append(
            rules.Movement(rules.MovementKind(kind), packs=packs, kg=kg, net_sek=net_sek)
        )
    found: dict[int, rules.Quantities] = defaultdict(rules.Quantities)
    for call_off_id, movements in booked.items():
        found[call_off_id] = rules.fold(movements)
    return found


def _conserved(call_off: CallOff, position: rules.Quantities) -> list[str]:
    """Packs, kg and SEK: ordered = declined + still owed + in transit + rejected + delivered + difference."""
    if not position.ordered.packs:
        return []
    found = []
    told = rules.Amount(Decimal(call_off.packs), call_off.kg or ZERO, call_off.net_sek)
    if position.ordered != told:
        found.append(f"{call_off.pk}: ordered {position.ordered} of {told}")
    gone = position.declined + rules.still_owed(position) + rules.in_transit(position)
    there = position.rejected + position.delivered
    left = position.ordered - gone - there
    if left != rules.difference(position):
        found.append(f"{call_off.pk}: {left} is not the difference {rules.difference(position)}")
    if left.packs or (call_off.price_per != "kg" and (left.kg or left.net_sek)):
        found.append(f"{call_off.pk}: goods of fixed weight leave {left} over")
    if call_off.kg is None and any(getattr(position, kind.value).kg for kind in rules.MovementKind):
        found.append(f"{call_off.pk}: kg of goods whose weight nobody knows")
    kept = rules.kept(position)
    if min(kept.packs, kept.kg, kept.net_sek) < 0 or (not kept.packs and (kept.kg or kept.net_sek)):
        found.append(f"{call_off.pk}: {kept} is kept")
    if call_off.price_per == "kg" and abs(kept.net_sek - kept.kg * call_off.price_sek) > Decimal("0.15"):
        found.append(f"{call_off.pk}: {kept} at {call_off.price_sek} a kg")
    if call_off.price_per == "pack" and abs(kept.net_sek - kept.packs * call_off.price_sek) > Decimal("0.02"):
        found.append(f"{call_off.pk}: {kept} at {call_off.price_sek} a pack")
    return found


def _commitments(call_offs: list[CallOff], positions: dict[int, rules.Quantities]) -> list[str]:
    """A commitment is what its call-off promises until it is closed, and then what its movements leave."""
    found = []
    held = {each.call_off_id: each for each in Commitment.objects.all()}
    for call_off in call_offs:
        position, row = positions[call_off.pk], held[call_off.pk]
        due = rules.committed(position)
        if not position.ordered.packs:
            stands = call_off.state == CallOff.State.PLACED
            due = rules.Amount(ZERO, (call_off.kg or ZERO) * stands, call_off.net_sek * stands)
        if (row.net_sek, row.kg) != (due.net_sek, due.kg):
            found.append(f"{call_off.pk}: {row.net_sek} SEK {row.kg} kg committed, {due} due")
    return found


def _ceilings() -> list[str]:
    """Passed by weighing alone, and then by no more than is recorded."""
    found = []
    for lot in LotBalance.objects.filter(authority=None, supplier=None):
        over_sek = lot.committed_sek - (lot.ceiling_sek or ZERO)
        over_kg = ZERO if lot.ceiling_kg is None else lot.committed_kg - lot.ceiling_kg
        if over_sek > lot.overshoot_sek or over_kg > lot.overshoot_kg:
            found.append(f"lot {lot.agreement_lot_id}: {over_sek} SEK {over_kg} kg over")
        weighed = CallOff.objects.filter(price_per="kg", agreement_lot=lot.agreement_lot_id)
        if (lot.overshoot_sek or lot.overshoot_kg) and not weighed.exists():
            found.append(f"lot {lot.agreement_lot_id}: an overshoot of goods that nobody weighs")
    return found


def _stock(call_offs: list[CallOff], positions: dict[int, rules.Quantities]) -> list[str]:
    """A pool holds what its placed call-offs take, less what their farms have declined; never more than it has."""
    taken: dict[int, Decimal] = defaultdict(Decimal)
    for call_off in call_offs:
        if call_off.state == CallOff.State.PLACED:
            standing = call_off.packs - positions[call_off.pk].declined.packs
            taken[call_off.pool_id] += reserved_for_packs(call_off, standing)
    return [
        f"pool {pool.pk}: {pool.reserved} of {pool.quantity} reserved, {taken[pool.pk]} taken"
        for pool in StockPool.objects.all()
        if pool.reserved != taken[pool.pk] or not 0 <= pool.reserved <= pool.quantity
    ]


Row = tuple[object, ...]


def tallied_by_changes(*, by: Actor) -> list[Row]:
    """The tallies as the job leaves them, fed by nothing but the keys that the acts marked."""
    while tally_dirty(by=by):
        pass
    key = ("day", "kitchen_id", "supplier_id", "product_id", "agreement_lot_id", "marks")
    told = ("passed_over", "origin_country", "origin_place", "basis")
    sums = ("kg", "net_sek", "net_sek_without_kg", "lines", "lines_without_kg")
    return sorted(Tally.objects.values_list(*key, *told, *sums), key=str)


def tallied_from_rows(rows: Rows) -> list[Row]:
    """The same from every call-off and movement there is."""
    views: dict[Row, list[tuple[Decimal | None, Decimal]]] = defaultdict(list)
    positions, brought = rows.positions, _origins_brought()
    for call_off in rows.call_offs:
        if call_off.state != CallOff.State.PLACED:
            continue
        key = (
            call_off.delivery_date,
            call_off.kitchen_id,
            call_off.supplier_id,
            call_off.product_id,
            call_off.agreement_lot_id,
            ",".join(sorted(call_off.promise["marks"])),
            next((each["rule"] for each in call_off.finding["verdicts"] if not each["ok"]), ""),
        )
        promised = (call_off.promise.get("origin_country") or "", call_off.promise.get("origin_place") or "")
        views[(*key, *promised, "ordered")].append((call_off.kg, call_off.net_sek))
        if positions[call_off.pk].delivered.packs:
            kept = rules.kept(positions[call_off.pk])
            came = (*key, *_origin(brought[call_off.pk], promised), "delivered")
            views[came].append((None if call_off.kg is None else kept.kg, kept.net_sek))
    return sorted(
        (
            (
                *key,
                sum((kg for kg, _ in lines if kg is not None), ZERO),
                sum((sek for _, sek in lines), ZERO),
                sum((sek for kg, sek in lines if kg is None), ZERO),
                len(lines),
                sum(1 for kg, _ in lines if kg is None),
            )
            for key, lines in views.items()
        ),
        key=str,
    )


Origins = set[tuple[str, str]]


def _origins_brought() -> dict[int, Origins]:
    """By call-off, country and place of the goods lots that the hub took over for it."""
    found: dict[int, Origins] = defaultdict(set)
    lots = GoodsLot.objects.filter(movements__kind="handed_over")
    for call_off_id, *origin in lots.values_list(
        "movements__call_off_id", "origin_country", "origin_place"
    ).distinct():
        found[call_off_id].add((origin[0], origin[1]))
    return found


def _origin(found: Origins, promised: tuple[str, str]) -> tuple[str, str]:
    """Country and place of all that was brought; empty where they differ, as promised without one."""
    if not found:
        return promised
    countries, places = ({each[at] for each in found} for at in (0, 1))
    return (
        countries.pop() if len(countries) == 1 else "",
        places.pop() if len(places) == 1 else "",
    )


def of_all_kinds() -> bool:
    """Whether a week had all that it can have; a machine that refuses everything would prove nothing."""
    kinds = set(Movement.objects.values_list("kind", flat=True))
    return {"ordered", "confirmed", "declined", "handed_over", "delivered", "rejected"} <= kinds and (
        PurchaseOrderLine.objects.exists()
    )
