"""Placing a kitchen's lines: judge, write, then lock and book; one transaction, ten statements whatever the lines."""

import contextlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import connection

from config.ground.trail import Actor, Once, acting
from kitchens.actions.baskets import take_basket
from kitchens.actions.settling import Kept, settle_basket
from kitchens.models import Kitchen
from kitchens.queries.baskets import WantedLine
from market.actions.booking import Booking, NoRoomAnyMore, book, lock_runs, lock_stock_and_balances
from market.rules.allotment import Allotment
from market.rules.filling import Part
from orders.models import CallOff
from orders.queries.checking import AskedLine, Checked, check_order, reply_of
from orders.refusals import TryAgain
from orders.rules.promises import promise_key

NOTHING = Decimal(0)


Key = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Placed:
    """The order that was written (None when no line could be placed) and its call-offs by line, offer and lot."""

    order_id: int | None
    call_offs: Mapping[Key, int]


_INSERT = """
WITH fresh AS (
  INSERT INTO orders_order (kitchen_id, authority_id, delivery_date, placed_by_id, arrived_at, placed_at)
  SELECT %(kitchen)s, %(authority)s, %(day)s, %(by)s, %(arrived_at)s, %(arrived_at)s WHERE %(order)s::bigint IS NULL
  RETURNING id
), placed AS (
  SELECT id FROM fresh UNION ALL SELECT %(order)s::bigint WHERE %(order)s::bigint IS NOT NULL
), line AS (
  INSERT INTO orders_orderline (order_id, position, product_id, quantity, accept_part, note, delivery_date)
  SELECT placed.id, l.position + %(before)s, l.product_id, l.quantity, l.accept_part, l.note, %(day)s
  FROM placed, jsonb_to_recordset(%(lines)s)
    AS l(position int, product_id bigint, quantity numeric, accept_part boolean, note text)
  RETURNING id, position, product_id
), call_off AS (
  INSERT INTO orders_calloff (order_line_id, order_id, authority_id, kitchen_id, delivery_date, supplier_id,
      supplier_run_id, agreement_id, agreement_lot_id, agreement_price_id, offer_id, pool_id, product_id, pack_id,
      vat_class_id, packs, base_quantity, kg, price_sek, price_per, net_sek, promise, promise_key, finding, placed_at)
  SELECT line.id, placed.id, %(authority)s, %(kitchen)s, %(day)s, c.supplier, c.run, c.agreement, c.lot, c.price,
         c.offer, c.pool, line.product_id, c.pack, c.vat_class, c.packs, c.base, c.kg, c.price_sek, c.price_per,
         c.net_sek, c.promise, c.promise_key, c.finding, %(arrived_at)s
  FROM placed, jsonb_to_recordset(%(call_offs)s)
    AS c(position int, supplier bigint, run bigint, agreement bigint, lot bigint, price bigint, offer bigint,
         pool bigint, pack bigint, vat_class bigint, packs int, base numeric, kg numeric, price_sek numeric,
         price_per text, net_sek numeric, promise jsonb, promise_key text, finding jsonb)
  JOIN line ON line.position = c.position + %(before)s
  RETURNING id, order_id, order_line_id, offer_id, agreement_lot_id
)
SELECT call_off.id, call_off.order_id, line.position - %(before)s, call_off.offer_id, call_off.agreement_lot_id
FROM call_off JOIN line ON line.id = call_off.order_line_id
"""

_FINISH = """
WITH refused AS (
  INSERT INTO orders_refusedline (kitchen_id, authority_id, product_id, delivery_date, quantity, missing, finding,
      refused_at)
  SELECT %(kitchen)s, %(authority)s, r.product_id, %(day)s, r.quantity, r.missing, r.finding, %(arrived_at)s
  FROM jsonb_to_recordset(%(refused)s) AS r(product_id bigint, quantity numeric, missing numeric, finding jsonb)
), reply AS (
  UPDATE ground_idempotencyrecord SET reply = %(reply)s WHERE id = %(reply_slot)s
)
INSERT INTO orders_tallydirty (day, kitchen_id) VALUES (%(day)s, %(kitchen)s)
"""


def place_order(
    *,
    kitchen: Kitchen,
    delivery_date: date,
    lines: Sequence[AskedLine],
    arrived_at: datetime,
    basket_version: int | None = None,
    once: Once | None = None,
    by: Actor,
) -> dict[str, Any]:
    """Place what may lawfully be ordered; the rest stays in the basket with its reason and its ways out.

    With ``basket_version`` the lines are the whole basket of the day as that version was shown: what is no longer
    asked for leaves it, and another version raises ChangedMeanwhile.

    Returns the reply as JSON-ready values: ``order`` (None when no line could be placed) and ``lines``. Two
    kitchens may race for the last crate: the loser is judged again with stock and ceilings locked. Raises
    InvalidInput, TryAgain; with ``once`` the same key gives the same reply.
    """
    check = partial(check_order, kitchen=kitchen, delivery_date=delivery_date, arrived_at=arrived_at)
    take = _basket_taker(kitchen, delivery_date, lines=lines, version=basket_version, by=by)
    for lock_first in (False, True):
        with contextlib.suppress(NoRoomAnyMore):
            return _place(check, lines=lines, take=take, once=once, by=by, lock_first=lock_first)
    raise TryAgain


def _basket_taker(
    kitchen: Kitchen, day: date, *, lines: Sequence[AskedLine], version: int | None, by: Actor
) -> Callable[[], Mapping[int, datetime]]:
    if version is None:
        return dict
    wanted = [
        WantedLine(
            product_id=line.product_id, quantity=line.quantity, accept_part=line.accept_part, note=line.note
        )
        for line in lines
    ]
    return partial(take_basket, kitchen=kitchen, delivery_date=day, lines=wanted, version=version, by=by)


def _place(
    check: Callable[..., Checked],
    *,
    lines: Sequence[AskedLine],
    take: Callable[[], Mapping[int, datetime]],
    once: Once | None,
    by: Actor,
    lock_first: bool,
) -> dict[str, Any]:
    with acting(by, once=once) as act:
        if act.reply is not None:
            return dict(act.reply)
        seen = take()
        asked = [replace(line, seen_at=seen.get(line.product_id, line.seen_at)) for line in lines]
        checked = check(lines=asked)
        if lock_first:
            lock_all(checked)
            checked = check(lines=asked)
        placed = write_and_book(checked, by=by)
        reply = reply_of_placing(checked, placed)
        _finish(checked, reply, reply_slot=act.reply_slot)
        return reply


def place_into(checked: Checked, *, order_id: int, first_position: int, by: Actor) -> dict[str, Any]:
    """Place judged lines into an order that exists; all that they touch is locked. For an edit."""
    placed = write_and_book(checked, by=by, order_id=order_id, before=first_position - 1)
    reply = {**reply_of_placing(checked, placed), "order": order_id}
    _finish(checked, reply, reply_slot=None)
    return reply


def lock_all(checked: Checked, *, also: Sequence[CallOff] = ()) -> None:
    """Lock what the lines might take, and what other call-offs hold, before the lines are judged for good."""
    lots = [lot for lots in checked.facts.lots.values() for lot in lots]
    parties = [party for lot in lots for party in lot.parties]
    open_runs = [party.facts.run_id for party in parties if party.facts.run_id and party.facts.run_open]
    with contextlib.suppress(NoRoomAnyMore):  # a run that has closed meanwhile is judged as closed
        lock_runs(open_runs)
    lock_stock_and_balances(
        pool_ids={offer.pool_id for party in parties for offer in party.offers}
        | {each.pool_id for each in also},
        lot_ids={lot.facts.lot_id for lot in lots} | {each.agreement_lot_id for each in also},
    )


def write_and_book(checked: Checked, *, by: Actor, order_id: int | None = None, before: int = 0) -> Placed:
    """Insert order, lines and call-offs in one statement, then lock and book. Raises NoRoomAnyMore."""
    parts = [
        (allotment, number) for allotment in checked.allotments for number in range(len(allotment.parts))
    ]
    if not parts:
        return Placed(order_id=order_id, call_offs={})
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            {
                "kitchen": checked.kitchen.pk,
                "authority": checked.kitchen.authority_id,
                "day": checked.delivery_date,
                "by": by.person_id,
                "arrived_at": checked.arrived_at,
                "order": order_id,
                "before": before,
                "lines": json.dumps(_line_rows(checked)),
                "call_offs": json.dumps(_call_off_rows(checked, parts)),
            },
        )
        written = cursor.fetchall()
    placed = Placed(
        order_id=written[0][1],
        call_offs={(position, offer, lot): call_off for call_off, _, position, offer, lot in written},
    )
    bookings = _bookings(checked, placed)
    lock_runs({allotment.parts[number].party.run_id or 0 for allotment, number in parts})
    lock_stock_and_balances(
        pool_ids={each.pool_id for each in bookings}, lot_ids={each.agreement_lot_id for each in bookings}
    )
    book(bookings)
    return placed


def _key(allotment: Allotment, part: Part) -> Key:
    return allotment.wanted.position, part.offer.offer_id, part.lot.lot_id


def _line_rows(checked: Checked) -> list[dict[str, Any]]:
    """The lines of which something is placed. A line placed in part is ordered for what it was given."""
    return [
        {
            "position": allotment.wanted.position,
            "product_id": line.product_id,
            "quantity": str(line.quantity - allotment.missing),
            "accept_part": line.accept_part,
            "note": line.note,
        }
        for line, allotment in zip(checked.lines, checked.allotments, strict=True)
        if allotment.parts
    ]


def _call_off_rows(checked: Checked, parts: Sequence[tuple[Allotment, int]]) -> list[dict[str, Any]]:
    return [_call_off_row(checked, allotment, number) for allotment, number in parts]


def _call_off_row(checked: Checked, allotment: Allotment, number: int) -> dict[str, Any]:
    part = allotment.parts[number]
    promise = checked.facts.promise(offer_id=part.offer.offer_id, lot_id=part.lot.lot_id)
    return {
        "position": allotment.wanted.position,
        "supplier": part.party.supplier_id,
        "run": part.party.run_id,
        "agreement": part.lot.agreement_id,
        "lot": part.lot.lot_id,
        "price": part.offer.price_id,
        "offer": part.offer.offer_id,
        "pool": part.offer.pool_id,
        "pack": part.offer.pack_id,
        "vat_class": checked.facts.goods[allotment.wanted.product_id].vat_class_id,
        "packs": part.packs,
        "base": str(part.base_quantity),
        "kg": None if part.kg is None else str(part.kg),
        "price_sek": str(part.offer.price_sek),
        "price_per": part.offer.price_per,
        "net_sek": str(part.net_sek),
        "promise": promise,
        "promise_key": promise_key(promise),
        "finding": checked.finding(allotment, part_number=number),
    }


def _bookings(checked: Checked, placed: Placed) -> list[Booking]:
    return [
        Booking(
            call_off_id=placed.call_offs[_key(allotment, part)],
            pool_id=part.offer.pool_id,
            agreement_lot_id=part.lot.lot_id,
            authority_id=checked.kitchen.authority_id,
            supplier_id=part.party.supplier_id,
            need_category_id=checked.facts.goods[allotment.wanted.product_id].need_category_id,
            delivery_date=checked.delivery_date,
            base_quantity=part.reserved,
            net_sek=part.net_sek,
            kg=part.kg or NOTHING,
        )
        for allotment in checked.allotments
        for part in allotment.parts
    ]


def reply_of_placing(checked: Checked, placed: Placed) -> dict[str, Any]:
    """The check's reply with the order's number and each part's call-off."""
    reply = reply_of(checked)
    for allotment, line in zip(checked.allotments, reply["lines"], strict=True):
        for part, told in zip(allotment.parts, line["parts"], strict=True):
            told["call_off"] = placed.call_offs[_key(allotment, part)]
    return {"order": placed.order_id, **reply}


def _finish(checked: Checked, reply: dict[str, Any], *, reply_slot: int | None) -> None:
    """Record what was refused, mark the tally's key, keep the reply for its key, settle the basket."""
    refused = [
        (line, allotment, checked.refusal(allotment))
        for line, allotment in zip(checked.lines, checked.allotments, strict=True)
        if allotment.missing > 0
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            _FINISH,
            {
                "kitchen": checked.kitchen.pk,
                "authority": checked.kitchen.authority_id,
                "day": checked.delivery_date,
                "arrived_at": checked.arrived_at,
                "refused": json.dumps(
                    [
                        {
                            "product_id": line.product_id,
                            "quantity": str(line.quantity),
                            "missing": str(allotment.missing),
                            "finding": finding,
                        }
                        for line, allotment, finding in refused
                    ]
                ),
                "reply": json.dumps(reply),
                "reply_slot": reply_slot,
            },
        )
    settle_basket(
        kitchen_id=checked.kitchen.pk,
        delivery_date=checked.delivery_date,
        placed=[
            line.product_id
            for line, allotment in zip(checked.lines, checked.allotments, strict=True)
            if allotment.missing == 0
        ],
        kept=[
            Kept(
                product_id=line.product_id,
                quantity=allotment.missing,
                accept_part=line.accept_part,
                note=line.note,
                refused=finding,
                laid_at=line.seen_at,
            )
            for line, allotment, finding in refused
        ],
    )
