"""A kitchen's school year: its terms, and the days between on which it serves nobody."""

from datetime import timedelta

from django.utils.translation import gettext as _

from config.ground.refusals import InvalidInput, NotFound
from config.ground.trail import Actor, acting
from kitchens.models import Kitchen, KitchenClosure, SchoolTerm
from kitchens.rules.school_year import Period

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
