"""What a kitchen typed into its forecast."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError

from config.ground.fields import read_decimal
from orders.queries.checking import GRAMS, MOST_QUANTITY

_NAME = re.compile(r"prognos-(\d{1,18})-(\d{4}-\d{2}-\d{2})", re.ASCII)


@dataclass(slots=True)
class ForecastForm:
    """Quantities by product and week (``prognos-<product>-<Monday>``). ``wrong`` are the names that can't be read."""

    quantities: dict[tuple[int, date], Decimal | None] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    wrong: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, posted: Mapping[str, str], *, weeks: list[date]) -> "ForecastForm":
        """Weeks that the page does not show are passed over."""
        form = cls()
        for name, text in posted.items():
            found = _NAME.fullmatch(name)
            if found is None:
                continue
            try:
                week = date.fromisoformat(found[2])
            except ValueError:
                continue
            if week in weeks:
                form._take(name, (int(found[1]), week), str(text))
        return form

    def _take(self, name: str, key: tuple[int, date], text: str) -> None:
        self.typed[name] = text.strip()[:20]
        try:
            quantity = read_decimal(text)
        except ValidationError:
            self.wrong.add(name)
            return
        exponent = 0 if quantity is None else quantity.as_tuple().exponent
        if quantity is not None and not (
            0 <= quantity <= MOST_QUANTITY and isinstance(exponent, int) and exponent >= GRAMS
        ):
            self.wrong.add(name)
            return
        self.quantities[key] = quantity

    @property
    def products(self) -> set[int]:
        return {product for product, _week in self.quantities}


def cell_name(product_id: int, week: date) -> str:
    return f"prognos-{product_id}-{week.isoformat()}"
