"""How much of what was bought has a climate food: by mass, by amount and by lines. What has none is said, never zero."""

from dataclasses import dataclass
from decimal import Decimal

NOTHING = Decimal(0)


def is_without_weight(*, kg: Decimal | None, quantity: Decimal | None, amount: Decimal | None) -> bool:
    """No weight is told, or 0 kg is told of something that was bought: then its weight isn't known."""
    return kg is None or (kg == 0 and bool(quantity or amount))


@dataclass(slots=True)
class Coverage:
    """A running count over lines of one period and currency. kg and amounts are sums of what is known."""

    lines: int = 0
    lines_covered: int = 0
    lines_without_kg: int = 0
    lines_without_amount: int = 0
    kg: Decimal = NOTHING
    kg_covered: Decimal = NOTHING
    kg_near: Decimal = NOTHING
    amount: Decimal = NOTHING
    amount_covered: Decimal = NOTHING

    def count(
        self,
        *,
        kg: Decimal | None,
        quantity: Decimal | None,
        amount: Decimal | None,
        has_food: bool,
        is_near: bool,
    ) -> None:
        """One more line. It is covered when it has both a food and a weight."""
        without_weight = is_without_weight(kg=kg, quantity=quantity, amount=amount)
        self.lines += 1
        self.lines_without_kg += without_weight
        self.lines_without_amount += amount is None
        self.kg += kg or NOTHING
        self.amount += amount or NOTHING
        if has_food and not without_weight:
            self.lines_covered += 1
            self.kg_covered += kg or NOTHING
            self.kg_near += (kg or NOTHING) if is_near else NOTHING
            self.amount_covered += amount or NOTHING

    @property
    def by_mass(self) -> Decimal | None:
        """Share of the known kg; None when there is none."""
        return share(self.kg_covered, of=self.kg)

    @property
    def by_amount(self) -> Decimal | None:
        return share(self.amount_covered, of=self.amount)

    @property
    def by_lines(self) -> Decimal | None:
        return share(Decimal(self.lines_covered), of=Decimal(self.lines))


def share(part: Decimal, *, of: Decimal) -> Decimal | None:
    return None if of == 0 else part / of
