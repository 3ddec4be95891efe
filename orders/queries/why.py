"""Why a call-off, and each of an order, was allowed: its finding, what was booked on it, and who did what through which door."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from config.ground import figures, moments
from config.ground.models import TrailEntry, User
from config.ground.refusals import NotFound
from market.models import Authority
from market.queries.findings import Confirmed, ToldVerdict, confirmed_paragraphs, told
from market.queries.names import unit_name
from orders.models import CallOff, Movement, Order
from orders.queries.officer_words import change_name, door_name, movement_name

Row: TypeAlias = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Trace:
    """One line of the trail. ``who`` is a person's name, or the job that acted by itself."""

    at: datetime
    who: str
    door: str
    reason: str
    what: str


@dataclass(frozen=True, slots=True)
class Booked:
    """A movement with the paper that booked it."""

    at: datetime
    what: str
    packs: Decimal
    kg: Decimal | None
    net_sek: Decimal
    goods_lot: str
    source: str


@dataclass(frozen=True, slots=True)
class JudgedFigure:
    """A figure that the judgement rested on, as a person reads it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Why:
    """``passed`` are the rules that the call-off met; ``passed_over`` why an earlier rank or agreement was not used."""

    call_off: CallOff
    unit: str
    rules_version: str
    ordered_on: date | None
    figures: tuple[JudgedFigure, ...]
    passed: tuple[ToldVerdict, ...]
    passed_over: tuple[ToldVerdict, ...]
    trail: tuple[Trace, ...]
    movements: tuple[Booked, ...]


@dataclass(frozen=True, slots=True)
class WhyOrder:
    """A kitchen's order with the story of each call-off that its lines became, those that were replaced too."""

    order: Order
    call_offs: tuple[Why, ...]
    trail: tuple[Trace, ...]


def why(authority: Authority, call_off_id: int) -> Why:
    """The whole story of one call-off of the authority, in five statements. Raises NotFound."""
    found = _stories(CallOff.objects.filter(pk=call_off_id, authority=authority))
    if not found:
        raise NotFound
    return found[0]


def why_order(authority: Authority, order_id: int) -> WhyOrder:
    """The story of each call-off of an order of the authority, in eight statements however long it is. Raises NotFound."""
    order = (
        Order.objects.filter(pk=order_id, authority=authority).select_related("kitchen", "placed_by").first()
    )
    if order is None:
        raise NotFound
    lines = [("orders_orderline", pk) for pk in order.lines.values_list("pk", flat=True)]
    return WhyOrder(
        order=order,
        call_offs=tuple(_stories(order.call_offs.order_by("order_line__position", "pk"))),
        trail=trail_of(("orders_order", order.pk), *lines),
    )


def _stories(call_offs: QuerySet[CallOff]) -> list[Why]:
    found = list(
        call_offs.select_related(
            "supplier", "kitchen", "product", "agreement", "agreement_lot", "order", "supplier_run"
        )
    )
    keys = [call_off.pk for call_off in found]
    trails = _trails([("orders_calloff", key) for key in keys])
    movements = _movements(keys)
    confirmed = confirmed_paragraphs()
    return [
        _story(
            call_off,
            confirmed=confirmed,
            trail=trails.get(("orders_calloff", call_off.pk), ()),
            movements=movements.get(call_off.pk, ()),
        )
        for call_off in found
    ]


def _story(
    call_off: CallOff, *, confirmed: Confirmed, trail: Sequence[Trace], movements: Sequence[Booked]
) -> Why:
    unit = unit_name(call_off.product.base_unit)
    verdicts = told(call_off.finding, unit=unit, confirmed=confirmed)
    inputs = call_off.finding.get("inputs", {})
    return Why(
        call_off=call_off,
        unit=unit,
        rules_version=call_off.finding.get("rules", ""),
        ordered_on=date.fromisoformat(inputs["ordered_on"]) if inputs.get("ordered_on") else None,
        figures=_figures(inputs, unit=unit),
        passed=tuple(verdict for verdict in verdicts if verdict.ok),
        passed_over=tuple(verdict for verdict in verdicts if not verdict.ok),
        trail=tuple(trail),
        movements=tuple(movements),
    )


def _figures(inputs: Mapping[str, Any], *, unit: str) -> tuple[JudgedFigure, ...]:
    def amount(name: str) -> str:
        return figures.with_unit(figures.number(inputs.get(name)), unit=unit)

    def moment(name: str) -> str:
        told = inputs.get(name)
        return moments.instant(datetime.fromisoformat(told)) if told else figures.UNKNOWN

    room_kg = inputs.get("room_kg")
    shown = [
        (_("Köket bad om"), amount("wanted")),
        (_("Avropet gav"), amount("given")),
        (_("Gården hade"), amount("in_stock")),
        (_("Gårdens rang"), figures.number(inputs.get("rank"))),
        (_("Takvärde"), figures.money(inputs.get("ceiling_sek"))),
        (_("Kvar av takvärdet"), figures.money(inputs.get("room_sek"))),
        *(
            [(_("Kvar av taket i kg"), figures.with_unit(figures.number(room_kg), unit="kg"))]
            if room_kg
            else []
        ),
        (_("Stopptid"), moment("cut_off")),
        (_("Beställningen nådde huset"), moment("arrived_at")),
    ]
    return tuple(JudgedFigure(label=label, value=value) for label, value in shown)


def trail_of(*rows: Row) -> tuple[Trace, ...]:
    """Who did what to these rows (table, key), through which door, in order; in two statements."""
    return tuple(trace for _row, trace in _traces(rows))


def _trails(rows: Sequence[Row]) -> dict[Row, list[Trace]]:
    """The same row by row."""
    found: dict[Row, list[Trace]] = {}
    for row, trace in _traces(rows):
        found.setdefault(row, []).append(trace)
    return found


def _traces(rows: Sequence[Row]) -> list[tuple[Row, Trace]]:
    these = Q(pk__in=[])
    for table in {table for table, _key in rows}:
        these |= Q(table_name=table, row_id__in=[key for name, key in rows if name == table])
    entries = list(
        TrailEntry.objects.filter(these)
        .order_by("id")
        .values_list("table_name", "row_id", "at", "actor", "door", "reason", "op")
    )
    people = _people([entry[3] for entry in entries])
    return [
        (
            (table, key or 0),
            Trace(
                at=at,
                who=people.get(actor, actor.partition(":")[2]),
                door=door_name(door),
                reason=reason,
                what=change_name(op),
            ),
        )
        for table, key, at, actor, door, reason, op in entries
    ]


def _people(actors: Sequence[str]) -> dict[str, str]:
    """Names by actor. An actor is ``user:<id>`` or ``job:<name>``."""
    keys = {int(actor.partition(":")[2]) for actor in actors if actor.startswith("user:")}
    return {f"user:{pk}": name for pk, name in User.objects.filter(pk__in=keys).values_list("pk", "name")}


def _movements(call_offs: Sequence[int]) -> dict[int, list[Booked]]:
    found: dict[int, list[Booked]] = {}
    for row in Movement.objects.filter(call_off__in=call_offs).select_related("goods_lot").order_by("id"):
        found.setdefault(row.call_off_id, []).append(
            Booked(
                at=row.at,
                what=movement_name(row.kind),
                packs=row.packs,
                kg=row.kg,
                net_sek=row.net_sek,
                goods_lot=row.goods_lot.number if row.goods_lot else "",
                source=row.source,
            )
        )
    return found
