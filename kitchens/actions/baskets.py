"""Filling a kitchen's basket. It has a version: two tabs can't write over each other unseen."""

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from config.ground.planned import numbers
from config.ground.refusals import ChangedMeanwhile, InvalidInput, NotFound
from config.ground.trail import Actor, acting
from kitchens.models import Basket, BasketLine, Kitchen
from kitchens.queries.baskets import WantedLine

MOST = Decimal(1_000_000)
SMALLEST = Decimal("0.001")


def save_basket(
    *, kitchen: Kitchen, delivery_date: date, lines: Sequence[WantedLine], version: int, by: Actor
) -> int:
    """Make ``lines`` the basket's lines and return its new version.

    A line that was refused keeps its reason while its quantity stays as it was. Raises ChangedMeanwhile
    (with both versions' lines) and InvalidInput, by line, for what can't be wanted.
    """
    _check(lines)
    asked = {line.product_id for line in lines}
    with acting(by):
        basket = _locked(kitchen, delivery_date, lines=lines, version=version)
        lying = basket.lines.values_list("product_id", "quantity", "accept_part", "note")
        present = {product_id: told for product_id, *told in lying}
        if gone := present.keys() - asked:
            basket.lines.filter(product_id__in=gone).delete()
        changed = [line for line in lines if not _same(line, present.get(line.product_id))]
        _lay(basket, changed)
        return _next_version(basket)


# The lines go as one JSON text: written as values or as arrays they took longer to write than to carry out.
_LAY = """
INSERT INTO kitchens_basketline (basket_id, product_id, quantity, accept_part, note, laid_at)
SELECT %(basket)s, product_id, quantity, accept_part, note, coalesce(laid_at, statement_timestamp())
FROM json_to_recordset(%(lines)s) AS line(product_id bigint, quantity numeric, accept_part boolean, note text,
                                          laid_at timestamptz)
ON CONFLICT (basket_id, product_id) DO UPDATE SET quantity = excluded.quantity, accept_part = excluded.accept_part,
  note = excluded.note, refused = NULL
"""


def _lay(basket: Basket, lines: Collection[WantedLine]) -> None:
    """Write lines into a basket; goods that lie there are told anew, and keep up to when their price was seen."""
    if not lines:
        return
    with connection.cursor() as cursor:
        told = [
            {
                "product_id": line.product_id,
                "quantity": str(line.quantity),
                "accept_part": line.accept_part,
                "note": line.note,
                "laid_at": line.laid_at and line.laid_at.isoformat(),
            }
            for line in lines
        ]
        cursor.execute(_LAY, {"basket": basket.pk, "lines": json.dumps(told)})


def _check(lines: Sequence[WantedLine]) -> None:
    faults: dict[str, list[str]] = {}
    asked = [line.product_id for line in lines]
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM market_product WHERE id = ANY(%s::bigint[])", [numbers(asked)])
        known = {pk for (pk,) in cursor.fetchall()}
    seen: set[int] = set()
    for number, line in enumerate(lines):
        if line.product_id not in known:
            faults[f"lines.{number}.product"] = [_("Varan finns inte.")]
        if line.product_id in seen:
            faults[f"lines.{number}.product"] = [_("Varan står redan på en annan rad.")]
        seen.add(line.product_id)
        if not line.quantity.is_finite() or not 0 < line.quantity <= MOST or line.quantity % SMALLEST:
            faults[f"lines.{number}.quantity"] = [_("Ange en mängd över noll med högst tre decimaler.")]
    if faults:
        raise InvalidInput(fields=faults)


_TAKE = """
WITH basket AS (
  SELECT id, version FROM kitchens_basket WHERE kitchen_id = %(kitchen)s AND delivery_date = %(day)s
  FOR NO KEY UPDATE
), gone AS (
  DELETE FROM kitchens_basketline l USING basket b
  WHERE l.basket_id = b.id AND b.version = %(version)s AND NOT l.product_id = ANY(%(asked)s)
)
SELECT version, (SELECT jsonb_object_agg(l.product_id, l.laid_at) FROM kitchens_basketline l
                 JOIN basket b ON b.id = l.basket_id)
FROM basket
"""


def take_basket(
    *, kitchen: Kitchen, delivery_date: date, lines: Sequence[WantedLine], version: int, by: Actor
) -> dict[int, datetime]:
    """Hold the basket that is being ordered and drop from it what is no longer asked for, in one statement.

    Returns, by product, up to when the kitchen has seen the price of what lay there. Raises ChangedMeanwhile with
    both versions' lines.
    """
    with acting(by), connection.cursor() as cursor:
        asked = [line.product_id for line in lines]
        cursor.execute(
            _TAKE, {"kitchen": kitchen.pk, "day": delivery_date, "version": version, "asked": asked}
        )
        found = cursor.fetchone()
        if (found[0] if found else 0) != version:
            _locked(kitchen, delivery_date, lines=lines, version=version)
    laid = json.loads(found[1] or "{}") if found else {}
    return {int(product): datetime.fromisoformat(at) for product, at in laid.items()}


def approve_price(
    *,
    kitchen: Kitchen,
    delivery_date: date,
    lines: Sequence[WantedLine],
    version: int,
    product_id: int,
    seen_at: datetime,
    by: Actor,
) -> None:
    """Save the basket; of one line the price is approved as it was shown at ``seen_at``.

    Raises ChangedMeanwhile, InvalidInput, NotFound (no such line).
    """
    with acting(by):
        save_basket(kitchen=kitchen, delivery_date=delivery_date, lines=lines, version=version, by=by)
        line = BasketLine.objects.filter(
            basket__kitchen=kitchen, basket__delivery_date=delivery_date, product=product_id
        )
        if not line.update(laid_at=seen_at, refused=None):
            raise NotFound


def move_line(
    *,
    kitchen: Kitchen,
    delivery_date: date,
    lines: Sequence[WantedLine],
    version: int,
    product_id: int,
    to_date: date,
    by: Actor,
) -> None:
    """Save the basket, then lay one of its lines into another day's, where it joins what lies there.

    Raises ChangedMeanwhile, InvalidInput, NotFound (no such line).
    """
    with acting(by):
        save_basket(kitchen=kitchen, delivery_date=delivery_date, lines=lines, version=version, by=by)
        source = Basket.objects.get(kitchen=kitchen, delivery_date=delivery_date)
        target, _fresh = Basket.objects.get_or_create(kitchen=kitchen, delivery_date=to_date)
        list(
            Basket.objects.select_for_update(no_key=True).filter(pk__in=[source.pk, target.pk]).order_by("pk")
        )
        line = source.lines.filter(product_id=product_id).first()
        if line is None:
            raise NotFound
        there = target.lines.filter(product_id=product_id).first()
        line.delete()
        BasketLine.objects.update_or_create(
            basket=target,
            product_id=product_id,
            defaults={
                "quantity": line.quantity + (there.quantity if there else 0),
                "accept_part": line.accept_part,
                "note": line.note or (there.note if there else ""),
                "refused": None,
                "laid_at": min(line.laid_at, there.laid_at) if there else line.laid_at,
            },
        )
        _next_version(target)


def add_to_basket(*, kitchen: Kitchen, delivery_date: date, lines: Sequence[WantedLine], by: Actor) -> None:
    """Lay lines into a basket as it is, whoever has it open: they get the new version. Same goods join.

    Raises InvalidInput.
    """
    _check(lines)
    with acting(by):
        basket, _fresh = Basket.objects.get_or_create(kitchen=kitchen, delivery_date=delivery_date)
        held = Basket.objects.select_for_update(no_key=True).get(pk=basket.pk)
        present = dict(held.lines.values_list("product_id", "quantity"))
        _lay(
            held,
            [
                replace(line, quantity=line.quantity + present.get(line.product_id, 0), laid_at=None)
                for line in lines
            ],
        )
        _next_version(held)


def _locked(kitchen: Kitchen, day: date, *, lines: Sequence[WantedLine], version: int) -> Basket:
    """The basket, locked, at the version that the person saw; made where there is none."""
    basket, fresh = Basket.objects.get_or_create(kitchen=kitchen, delivery_date=day)
    held = Basket.objects.select_for_update(no_key=True).get(pk=basket.pk)
    if held.version != version and not (fresh and version == 0):
        raise ChangedMeanwhile(
            now=held.version,
            yours=version,
            theirs=_told([_wanted(line) for line in held.lines.order_by("product__sort_key")]),
            mine=_told(lines),
        )
    return held


def _next_version(basket: Basket) -> int:
    Basket.objects.filter(pk=basket.pk).update(version=F("version") + 1, changed_at=Now())
    return basket.version + 1


def _same(line: WantedLine, present: list[Any] | None) -> bool:
    return present is not None and [line.quantity, line.accept_part, line.note] == present


def _wanted(line: BasketLine) -> WantedLine:
    return WantedLine(
        product_id=line.product_id,
        quantity=line.quantity,
        accept_part=line.accept_part,
        note=line.note,
        refused=line.refused,
    )


def _told(lines: Collection[WantedLine]) -> list[dict[str, Any]]:
    return [{"product": line.product_id, "quantity": str(line.quantity)} for line in lines]
