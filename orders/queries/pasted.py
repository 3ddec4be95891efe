"""What pasted lines mean in a day's range, and what of them is not understood."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kitchens.models import Kitchen
from kitchens.queries.baskets import WantedLine
from kitchens.rules.pasting import Fault, PastedLine, in_base_unit, read_pasted
from market.queries.day_range import DayRange, Entry, day_range, places_of
from market.queries.facets import Sought, narrowed
from market.queries.names import unit_name
from market.rules.calendar import STOCKHOLM
from orders.queries.checking import MOST_QUANTITY

NAMED_AT_MOST = 4


@dataclass(frozen=True, slots=True)
class Understood:
    """A pasted line and the goods that it means, in their own unit."""

    text: str
    product_id: int
    name: str
    quantity: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    number: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Pasted:
    understood: tuple[Understood, ...]
    not_understood: tuple[NotUnderstood, ...]

    @property
    def lines(self) -> list[WantedLine]:
        """A line each of the goods; what was pasted of the same goods twice is added up."""
        sums: dict[int, Decimal] = {}
        for line in self.understood:
            sums[line.product_id] = sums.get(line.product_id, Decimal(0)) + line.quantity
        return [WantedLine(product_id=product, quantity=quantity) for product, quantity in sums.items()]

    @property
    def left(self) -> str:
        """What was not understood, to be mended and pasted again."""
        return "\n".join(line.text for line in self.not_understood)


def pasted_lines(*, kitchen: Kitchen, delivery_date: date, text: str, arrived_at: datetime) -> Pasted:
    """Read lines and find their goods among what the kitchen may order for the day. Two statements at most."""
    goods = day_range(
        authority_id=kitchen.authority_id,
        hub_id=kitchen.hub_id,
        day=delivery_date,
        ordered_on=arrived_at.astimezone(STOCKHOLM).date(),
        arrived_at=arrived_at,
    )
    shelf = Shelf(goods)
    understood: list[Understood] = []
    not_understood: list[NotUnderstood] = []
    for line in read_pasted(text):
        told = _meant(line, shelf)
        if isinstance(told, Understood):
            understood.append(told)
        else:
            not_understood.append(NotUnderstood(number=line.number, text=line.text, why=told))
    return Pasted(understood=tuple(understood), not_understood=tuple(not_understood))


def _meant(line: PastedLine, shelf: "Shelf") -> Understood | str:
    """The goods, or why they are not found, in a sentence."""
    english = (get_language() or "sv").startswith("en")
    if line.fault is not None or line.quantity is None:
        return _fault(line.fault or Fault.NO_QUANTITY, unit="")
    found = shelf.best_of(line.name)
    if not found:
        return _("Ingen vara i utbudet heter så.")
    if len(found) > 1:
        names = ", ".join(entry.name(english=english) for entry in found[:NAMED_AT_MOST])
        return _("Flera varor stämmer: %(names)s. Skriv hela namnet.") % {"names": names}
    entry = found[0]
    quantity = in_base_unit(line.quantity, unit=line.unit, base_unit=entry.unit.value)
    if isinstance(quantity, Fault):
        return _fault(quantity, unit=unit_name(entry.unit))
    if not 0 < quantity <= MOST_QUANTITY:
        return _("Skriv ett antal större än 0.")
    return Understood(
        text=line.text,
        product_id=entry.product_id,
        name=entry.name(english=english),
        quantity=quantity,
        unit=unit_name(entry.unit),
    )


@dataclass(frozen=True)
class Shelf:
    """A day's range as many lines are sought in it: put in order once, each name sought once."""

    goods: DayRange
    _found: dict[str, Sequence[Entry]] = field(default_factory=dict)

    def best_of(self, name: str) -> Sequence[Entry]:
        """The goods that answer best, by heading and name; none that may not be ordered where one may."""
        if name not in self._found:
            self._found[name] = self._sought(name)
        return self._found[name]

    def _sought(self, name: str) -> Sequence[Entry]:
        """More words than names: fewer will do."""
        for words in _fewer_and_fewer(name):
            levels = narrowed(self.goods, Sought(words=words), left_out=()).levels
            if levels:
                _level, answers = levels[0]
                best = answers & self.goods.orderable or answers
                places = places_of(best, of=len(self.goods.entries))
                rank = self.goods.ranks(english=False)
                return [self.goods.entries[place] for place in sorted(places, key=rank.__getitem__)]
        return []


def _fewer_and_fewer(name: str) -> Iterator[str]:
    words = name.split()
    for length in range(len(words), 0, -1):
        yield " ".join(words[:length])


def _fault(fault: Fault, *, unit: str) -> str:
    told = {
        Fault.NO_QUANTITY: _("Det står inget antal på raden."),
        Fault.NO_NAME: _("Det står ingen vara på raden."),
        Fault.SEVERAL_NUMBERS: _(
            "Det står flera tal på raden. Skriv enheten efter antalet, till exempel 12 kg."
        ),
        Fault.THOUSANDS: _("Menar du tusental? Skriv talet utan punkt eller komma."),
        Fault.TOO_FINE: _("Högst tre decimaler."),
        Fault.OTHER_UNIT: _("Varan beställs i %(unit)s. Skriv antalet så.") % {"unit": unit},
        Fault.BY_PACK: _("Förpackningar är olika stora. Skriv antalet i %(unit)s.") % {"unit": unit},
    }
    return told[fault]
