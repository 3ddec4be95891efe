"""Why a call-off was allowed: its finding, what was booked on it, and who did what through which door."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from config.ground import figures, moments
from config.ground.models import TrailEntry, User
from config.ground.refusals import NotFound
from market.models import Authority
from market.queries.findings import ToldVerdict, told
from market.queries.wording import unit_name
from orders.models import CallOff, Movement
from orders.queries.officer_words import change_name, door_name, movement_name


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


def why(authority: Authority, call_off_id: int) -> Why:
    """The whole story of one call-off of the authority, in five statements. Raises NotFound."""
    call_off = (
        CallOff.objects.filter(pk=call_off_id, authority=authority)
        .select_related(
            "supplier", "kitchen", "product", "agreement", "agreement_lot", "order", "supplier_run"
        )
        .first()
    )
    if call_off is None:
        raise NotFound
    unit = unit_name(call_off.product.base_unit)
    verdicts = told(call_off.finding, unit=unit)
    inputs = call_off.finding.get("inputs", {})
    return Why(
        call_off=call_off,
        unit=unit,
        rules_version=call_off.finding.get("rules", ""),
        ordered_on=date.fromisoformat(inputs["ordered_on"]) if inputs.get("ordered_on") else None,
        figures=_figures(inputs, unit=unit),
        passed=tuple(verdict for verdict in verdicts if verdict.ok),
        passed_over=tuple(verdict for verdict in verdicts if not verdict.ok),
        trail=trail_of(("orders_calloff", call_off.pk)),
        movements=_movements(call_off),
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


def trail_of(*rows: tuple[str, int]) -> tuple[Trace, ...]:
    """Who did what to these rows (table, key), through which door, in order; in two statements."""
    these = Q()
    for table, key in rows:
        these |= Q(table_name=table, row_id=key)
    entries = list(
        TrailEntry.objects.filter(these).order_by("id").values_list("at", "actor", "door", "reason", "op")
    )
    people = _people([actor for _, actor, _, _, _ in entries])
    return tuple(
        Trace(
            at=at,
            who=people.get(actor, actor.partition(":")[2]),
            door=door_name(door),
            reason=reason,
            what=change_name(op),
        )
        for at, actor, door, reason, op in entries
    )


def _people(actors: Sequence[str]) -> dict[str, str]:
    """Names by actor. An actor is ``user:<id>`` or ``job:<name>``."""
    keys = {int(actor.partition(":")[2]) for actor in actors if actor.startswith("user:")}
    return {f"user:{pk}": name for pk, name in User.objects.filter(pk__in=keys).values_list("pk", "name")}


def _movements(call_off: CallOff) -> tuple[Booked, ...]:
    rows = Movement.objects.filter(call_off=call_off).select_related("goods_lot").order_by("id")
    return tuple(
        Booked(
            at=row.at,
            what=movement_name(row.kind),
            packs=row.packs,
            kg=row.kg,
            net_sek=row.net_sek,
            goods_lot=row.goods_lot.number if row.goods_lot else "",
            source=row.source,
        )
        for row in rows
    )
