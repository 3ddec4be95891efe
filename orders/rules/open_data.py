"""What may be told in public: no figure by which one supplier's sales could be read.

Groups of fewer suppliers than ``FEWEST`` are laid together; where even that is too few, the smallest that could be told
is laid to it, so that nothing can be had by subtracting what is told from the whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

FEWEST = 3  # our own limit, no law: of two suppliers, each knows the other's sales
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Group:
    """Goods of one kind. ``key`` empty is what is laid together. SEK excl. VAT, kg, kg CO2e of the covered kg."""

    key: str
    suppliers: frozenset[int]
    sek: Decimal = NOTHING
    kg: Decimal = NOTHING
    covered_kg: Decimal = NOTHING
    co2e_kg: Decimal = NOTHING
    organic_sek: Decimal = NOTHING

    def __add__(self, other: "Group") -> "Group":
        return Group(
            key="",
            suppliers=self.suppliers | other.suppliers,
            sek=self.sek + other.sek,
            kg=self.kg + other.kg,
            covered_kg=self.covered_kg + other.covered_kg,
            co2e_kg=self.co2e_kg + other.co2e_kg,
            organic_sek=self.organic_sek + other.organic_sek,
        )


def tellable(groups: Sequence[Group]) -> tuple[Group, ...]:
    """The groups that may be told, in their order, what is laid together last; nothing where all are too few."""
    told = [group for group in groups if len(group.suppliers) >= FEWEST]
    few = [group for group in groups if len(group.suppliers) < FEWEST]
    if not few:
        return tuple(told)
    rest = Group("", frozenset())
    for group in few:
        rest += group
    while len(rest.suppliers) < FEWEST and told:
        smallest = min(told, key=lambda group: (len(group.suppliers), group.sek, group.key))
        told.remove(smallest)
        rest += smallest
    return (*told, rest) if len(rest.suppliers) >= FEWEST else ()
