"""Call-offs as the rows behind a figure, newest first, read page by page from a cursor.

``net_sek`` and ``kg`` are of the basis that was asked for, as the tallies count them: *ordered* is what the placed
call-off promised, *delivered* what was received less what was sent back. ``bound_sek`` is what the call-off holds of
its lot's ceiling. The rows of a figure sum to it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from config.ground.refusals import InvalidInput
from market.models import Authority, SupplierRun
from market.queries.factors import factor_join, mapping_join
from orders.models import Basis, CallOff
from orders.queries.narrowed import Narrowed
from orders.queries.states import State, call_off_state
from suppliers.models import public_number

PAGE = 50
CHUNK = 1000  # rows at a time, for an export


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the list: a call-off by delivery date and key."""

    day: date
    call_off_id: int

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """``2026-12-01.1234``. Raises InvalidInput."""
        day, _, pk = text.partition(".")
        try:
            return cls(day=date.fromisoformat(day), call_off_id=int(pk))
        except ValueError as fault:
            raise InvalidInput(fields={"efter": ["2026-12-01.1"]}) from fault

    def __str__(self) -> str:
        return f"{self.day.isoformat()}.{self.call_off_id}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the list a page lies: behind the cursor, or with ``newer`` just before it."""

    cursor: Cursor
    newer: bool = False


@dataclass(frozen=True, slots=True)
class WantedRows(Narrowed):
    """Which rows: of a lot, or of a period on a basis, narrowed to a kitchen, supplier, category, product or mark."""

    basis: str = Basis.ORDERED
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class CallOffRow:
    """``call_off`` with what is shown of it. ``kg`` None where the weight of the goods is not known; ``co2e_kg`` None where there is no factor for it.

    ``factor`` is kg CO2e per kg, ``source`` the key of its publication; both are told where it has none of its weight.
    """

    call_off: CallOff
    state: State
    net_sek: Decimal
    kg: Decimal | None
    co2e_kg: Decimal | None
    bound_sek: Decimal
    factor: Decimal | None = None
    grade: str = ""
    source: str = ""

    @property
    def supplier_number(self) -> str:
        return public_number(self.call_off.supplier.org_number)

    @property
    def cursor(self) -> Cursor:
        return Cursor(day=self.call_off.delivery_date, call_off_id=self.call_off.pk)


@dataclass(frozen=True, slots=True)
class RowsPage:
    """``newer`` and ``older`` are the cursors of the pages before and after; None where there is none."""

    rows: tuple[CallOffRow, ...]
    newer: Cursor | None
    older: Cursor | None


# Of a call-off and what it points to: what pages and files of rows tell, and its state's quantities.
_SHOWN = (
    *("delivery_date", "packs", "promise", "kitchen__name", "supplier__name", "supplier__org_number"),
    *("supplier_run__state", "supplier_run__cut_off"),
    *(
        f"quantity__{name}"
        for name in ("confirmed", "declined", "handed_over", "delivered", "rejected", "returned")
    ),
)
_WHERE = {
    "first": "c.delivery_date >= %(first)s",
    "last": "c.delivery_date <= %(last)s",
}
MARKS_OF_A_CALL_OFF = "coalesce((SELECT string_agg(m, ',' ORDER BY m) FROM jsonb_array_elements_text(c.promise -> 'marks') AS m), '')"
# The rule of the first verdict that led past a farm or an agreement which was earlier in turn.
PASSED_OVER = (
    "coalesce((SELECT v.each ->> 'rule' FROM jsonb_array_elements(c.finding -> 'verdicts') WITH ORDINALITY AS v(each, n)"
    " WHERE v.each ->> 'ok' = 'false' ORDER BY v.n LIMIT 1), '')"
)
_CAME = """EXISTS (SELECT 1 FROM orders_movement v WHERE v.call_off_id = c.id
                   AND v.kind IN ('delivered', 'returned'))"""

_ROWS = """
WITH page AS MATERIALIZED (
  SELECT c.id, c.delivery_date, c.product_id, c.kg, c.net_sek
  FROM orders_calloff c
  WHERE c.authority_id = %(authority)s AND c.state = 'placed' AND {where}
  ORDER BY c.delivery_date {way}, c.id {way} LIMIT %(limit)s
)
SELECT page.id, {net_sek}, {kg}, factor.kg_co2e_per_kg, coalesce(held.net_sek, 0), coalesce(factor.grade, ''),
       coalesce(factor.basis, '')
FROM page
LEFT JOIN market_commitment held ON held.call_off_id = page.id
LEFT JOIN LATERAL (
  SELECT sum(CASE WHEN v.kind = 'returned' THEN -v.kg ELSE v.kg END) AS kg,
         sum(CASE WHEN v.kind = 'returned' THEN -v.net_sek ELSE v.net_sek END) AS net_sek
  FROM orders_movement v WHERE v.call_off_id = page.id AND v.kind IN ('delivered', 'returned')
) came ON true
LEFT JOIN market_foodmapping food ON {mapping}
LEFT JOIN market_climatefactor factor ON {factor}
ORDER BY page.delivery_date DESC, page.id DESC
"""
_VIEW = {
    Basis.ORDERED: {"net_sek": "page.net_sek", "kg": "page.kg"},
    Basis.DELIVERED: {"net_sek": "came.net_sek", "kg": "CASE WHEN page.kg IS NOT NULL THEN came.kg END"},
}


def rows_page(
    authority: Authority,
    wanted: WantedRows,
    *,
    now: datetime,
    place: Place | None = None,
    size: int = PAGE,
) -> RowsPage:
    """A page of rows, in two statements. Without a place in the list it is the newest."""
    older_than = place.cursor if place and not place.newer else None
    newer_than = place.cursor if place and place.newer else None
    numbers = _numbers(authority, wanted, older_than=older_than, newer_than=newer_than, limit=size + 1)
    more = len(numbers) > size
    if more:
        numbers = numbers[1:] if newer_than else numbers[:-1]
    rows = _rows(numbers, now=now)
    if not rows:
        return RowsPage(rows=(), newer=None, older=None)
    return RowsPage(
        rows=rows,
        newer=rows[0].cursor if older_than or (newer_than and more) else None,
        older=rows[-1].cursor if newer_than or more else None,
    )


def all_rows(authority: Authority, wanted: WantedRows, *, now: datetime) -> Iterator[CallOffRow]:
    """Every row, newest first, a thousand at a time, so that memory stays flat."""
    page = rows_page(authority, wanted, now=now, size=CHUNK)
    yield from page.rows
    while page.older is not None:
        page = rows_page(authority, wanted, now=now, place=Place(cursor=page.older), size=CHUNK)
        yield from page.rows


def _numbers(
    authority: Authority,
    wanted: WantedRows,
    *,
    older_than: Cursor | None,
    newer_than: Cursor | None,
    limit: int,
) -> list[tuple[Any, ...]]:
    cursor_at = older_than or newer_than
    asked: dict[str, Any] = {name: getattr(wanted, name) for name in _WHERE}
    where = [clause for name, clause in _WHERE.items() if asked[name] is not None]
    where += wanted.clauses(row="c", marks=MARKS_OF_A_CALL_OFF, passed_over=PASSED_OVER)
    asked |= wanted.keys
    if wanted.basis == Basis.DELIVERED:
        where.append(_CAME)
    if cursor_at is not None:
        sign = "<" if older_than else ">"
        where.append(f"(c.delivery_date, c.id) {sign} (%(day)s, %(pk)s)")
        asked |= {"day": cursor_at.day, "pk": cursor_at.call_off_id}
    statement = _ROWS.format(
        where=" AND ".join(where) or "true",
        way="ASC" if newer_than and not older_than else "DESC",
        mapping=mapping_join(product="page.product_id", day="page.delivery_date", alias="food"),
        factor=factor_join(
            food="food.food_id",
            day="page.delivery_date",
            factor_set="(SELECT id FROM market_factorset WHERE is_active)",
            alias="factor",
        ),
        **_VIEW[Basis(wanted.basis)],
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, {**asked, "authority": authority.pk, "limit": limit})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _rows(numbers: Sequence[tuple[Any, ...]], *, now: datetime) -> tuple[CallOffRow, ...]:
    call_offs = (
        CallOff.objects.filter(pk__in=[row[0] for row in numbers])
        .select_related("supplier", "kitchen", "supplier_run", "quantity")
        .only(*_SHOWN)
        .in_bulk()
    )
    return tuple(
        CallOffRow(
            call_off=call_offs[pk],
            state=_state(call_offs[pk], now=now),
            net_sek=net_sek,
            kg=kg,
            co2e_kg=None if kg is None or factor is None else kg * factor,
            bound_sek=bound_sek,
            factor=factor,
            grade=grade,
            source=source,
        )
        for pk, net_sek, kg, factor, bound_sek, grade, source in numbers
    )


def _state(call_off: CallOff, *, now: datetime) -> State:
    run = call_off.supplier_run
    return call_off_state(call_off, may_change=run.state == SupplierRun.State.OPEN and now <= run.cut_off)
