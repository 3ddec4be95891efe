"""A kitchen's school year: its terms, and the days between on which it serves nobody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from config.ground.refusals import InvalidInput, NotFound
from config.ground.trail import Actor, acting
from kitchens.models import Kitchen, KitchenClosure, SchoolTerm
from kitchens.rules.school_year import Period, What
from market.models import Authority

LONGEST = timedelta(days=366)
LONGEST_NAME = 80


def add_term(*, kitchen: Kitchen, term: Period, by: Actor) -> SchoolTerm:
    """Outside its terms the kitchen serves nobody. Raises InvalidInput, also for a term that meets another."""
    _check(term)
    with acting(by):
        _hold(kitchen)
        _refuse_meeting(term, [_period(each) for each in kitchen.terms.all()])
        return SchoolTerm.objects.create(
            kitchen=kitchen, first_day=term.first_day, last_day=term.last_day, name=term.name.strip()
        )


def add_closure(*, kitchen: Kitchen, closure: Period, by: Actor) -> KitchenClosure:
    """Days on which nobody is served. A menu that stands on them stays and is told as closed.

    Raises InvalidInput, also for days that meet another closure.
    """
    _check(closure)
    with acting(by):
        _hold(kitchen)
        _refuse_meeting(closure, [_period(each) for each in kitchen.closures.all()])
        return KitchenClosure.objects.create(
            kitchen=kitchen, first_day=closure.first_day, last_day=closure.last_day, name=closure.name.strip()
        )


_ROWS: dict[What, Any] = {What.TERM: SchoolTerm, What.CLOSURE: KitchenClosure}  # alike in all columns


@dataclass(frozen=True, slots=True)
class LaidForAll:
    """``left`` are the names of kitchens that have other days there and keep them."""

    kitchens: int
    left: tuple[str, ...]


def add_for_kitchens(
    *, authority: Authority, kitchen_ids: Collection[int], what: What, period: Period, by: Actor
) -> LaidForAll:
    """The same term or closure for several kitchens of an authority, in a number of statements that does not grow with them.

    A kitchen whose own days meet these is left as it is, and so is one that has just these. Raises InvalidInput; NotFound
    for a kitchen of another authority.
    """
    _check(period)
    if not kitchen_ids:
        raise InvalidInput(fields={"kitchens": [_("Välj minst ett kök.")]})
    with acting(by):
        kitchens = _hold_all(authority, kitchen_ids)
        rows = _ROWS[what].objects.filter(
            kitchen__in=kitchens, first_day__lte=period.last_day, last_day__gte=period.first_day
        )
        met = {row.kitchen_id: row for row in rows.order_by("first_day")}
        _ROWS[what].objects.bulk_create(
            _ROWS[what](
                kitchen=kitchen,
                first_day=period.first_day,
                last_day=period.last_day,
                name=period.name.strip(),
            )
            for kitchen in kitchens
            if kitchen.pk not in met
        )
        same = (period.first_day, period.last_day)
        return LaidForAll(
            kitchens=len(kitchens) - len(met),
            left=tuple(
                kitchen.name
                for kitchen in kitchens
                if (row := met.get(kitchen.pk)) is not None and (row.first_day, row.last_day) != same
            ),
        )


def remove_for_all(*, authority: Authority, what: What, period: Period, by: Actor) -> int:
    """Take this very period out of all the authority's kitchens that have it; how many. Raises NotFound for none."""
    with acting(by):
        removed: tuple[int, Any] = (
            _ROWS[what]
            .objects.filter(
                kitchen__authority=authority,
                first_day=period.first_day,
                last_day=period.last_day,
                name=period.name,
            )
            .delete()
        )
        if not removed[0]:
            raise NotFound
        return removed[0]


def _hold_all(authority: Authority, kitchen_ids: Collection[int]) -> list[Kitchen]:
    kitchens = Kitchen.objects.select_for_update(no_key=True).filter(authority=authority, pk__in=kitchen_ids)
    held = list(kitchens.order_by("pk"))
    if len(held) != len(set(kitchen_ids)):
        raise NotFound
    return sorted(held, key=lambda kitchen: kitchen.sort_key)


def remove_term(*, kitchen: Kitchen, term_id: int, by: Actor) -> None:
    """Raises NotFound, also for another kitchen's."""
    with acting(by):
        gone, _rows = SchoolTerm.objects.filter(kitchen=kitchen, pk=term_id).delete()
        if not gone:
            raise NotFound


def remove_closure(*, kitchen: Kitchen, closure_id: int, by: Actor) -> None:
    """Raises NotFound, also for another kitchen's."""
    with acting(by):
        gone, _rows = KitchenClosure.objects.filter(kitchen=kitchen, pk=closure_id).delete()
        if not gone:
            raise NotFound


def _hold(kitchen: Kitchen) -> None:
    """Whoever changes the kitchen's year queues here."""
    Kitchen.objects.select_for_update(no_key=True).get(pk=kitchen.pk)


def _period(row: SchoolTerm | KitchenClosure) -> Period:
    return Period(row.first_day, row.last_day, row.name)


def _check(period: Period) -> None:
    faults: dict[str, list[str]] = {}
    if not 0 < len(period.name.strip()) <= LONGEST_NAME:
        faults["name"] = [_("Ange ett namn, till exempel Höstlov.")]
    if period.last_day < period.first_day:
        faults["last_day"] = [_("Sista dagen är före den första.")]
    elif period.last_day - period.first_day > LONGEST:
        faults["last_day"] = [_("Ange högst ett år i taget.")]
    if faults:
        raise InvalidInput(fields=faults)


def _refuse_meeting(period: Period, others: list[Period]) -> None:
    met = next((each for each in others if each.overlaps(period)), None)
    if met is not None:
        words = _("Dagarna går in i %(name)s, %(first)s till %(last)s. Ta bort den eller välj andra dagar.")
        told = {"name": met.name, "first": met.first_day, "last": met.last_day}
        raise InvalidInput(fields={"first_day": [words % told]})
