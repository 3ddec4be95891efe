"""What a kitchen typed into its order page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from config.ground.fields import read_decimal
from kitchens.queries.baskets import WantedLine
from orders.queries.checking import GRAMS, MOST_LINES, MOST_QUANTITY, AskedLine, asked_lines

LONGEST_NOTE = 200


@dataclass(slots=True)
class BasketForm:
    """Quantities by product (``antal-<id>``), whether a part will do (``hel-<id>``), notes (``not-<id>``).

    ``typed`` and ``errors`` hold, by product, what was written and what is wrong with it. Empty or 0 is no line.
    ``seen_at`` (``sedd``) is when the page with its prices was shown.
    """

    lines: list[WantedLine] = field(default_factory=list)
    typed: dict[int, str] = field(default_factory=dict)
    errors: dict[int, str] = field(default_factory=dict)
    version: int = 0
    seen_at: datetime | None = None

    @classmethod
    def read(cls, posted: Mapping[str, str]) -> "BasketForm":
        form = cls(version=_whole(posted.get("version", "")), seen_at=_moment(posted.get("sedd", "")))
        for name, text in posted.items():
            if found := re.fullmatch(r"antal-(\d{1,18})", name):
                form._take(int(found[1]), str(text), posted)
        if len(form.lines) > MOST_LINES:
            form.errors[0] = _("En beställning har högst %(most)s rader.") % {"most": MOST_LINES}
        return form

    def _take(self, product_id: int, text: str, posted: Mapping[str, str]) -> None:
        self.typed[product_id] = text.strip()[:20]
        try:
            quantity = _quantity(text)
        except ValidationError as error:
            self.errors[product_id] = " ".join(error.messages)
            return
        if quantity is not None:
            self.lines.append(
                WantedLine(
                    product_id=product_id,
                    quantity=quantity,
                    accept_part=f"hel-{product_id}" not in posted,
                    note=str(posted.get(f"not-{product_id}", "")).strip()[:LONGEST_NOTE],
                    laid_at=self.seen_at,
                )
            )

    @property
    def by_product(self) -> dict[int, WantedLine]:
        return {line.product_id: line for line in self.lines}

    @property
    def asked(self) -> list[AskedLine]:
        return asked_lines(self.lines)

    def with_quantity(self, product_id: int, quantity: Decimal) -> list[WantedLine]:
        """The lines with one of them set; 0 takes it out."""
        others = [line for line in self.lines if line.product_id != product_id]
        if quantity <= 0:
            return others
        note = next((line.note for line in self.lines if line.product_id == product_id), "")
        return [
            *others,
            WantedLine(product_id=product_id, quantity=quantity, note=note, laid_at=self.seen_at),
        ]


def _quantity(text: str) -> Decimal | None:
    quantity = read_decimal(text)
    if quantity is None or quantity == 0:
        return None
    exponent = quantity.as_tuple().exponent
    if quantity < 0 or quantity > MOST_QUANTITY:
        raise ValidationError(_("Skriv ett antal större än 0."))
    if isinstance(exponent, int) and exponent < GRAMS:
        raise ValidationError(_("Högst tre decimaler."))
    return quantity


def _moment(text: str) -> datetime | None:
    """The page's own moment, or None where it says nothing that can be read."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else 0


def read_prices(posted: Mapping[str, str]) -> dict[int, Decimal]:
    """``pris-<call-off>``: the prices that were shown, SEK; what is no price is passed over."""
    prices = {}
    for name, text in posted.items():
        found = re.fullmatch(r"pris-(\d{1,18})", name, re.ASCII)
        if found and re.fullmatch(r"\d{1,9}(\.\d{1,4})?", text, re.ASCII):
            prices[int(found[1])] = Decimal(text)
    return prices
