"""Judging a kitchen's lines without writing anything: the page, the check at the API and placing all ask here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from config.ground.refusals import InvalidInput
from kitchens.models import Kitchen
from kitchens.queries.baskets import WantedLine
from market.queries.judging import Facts, facts_for
from market.rules.allotment import Allotment, Wanted, allot
from market.rules.calendar import STOCKHOLM
from orders.rules.promises import call_off_finding, refusal_finding
from orders.rules.repricing import withhold_risen

MOST_LINES = 1000
MOST_QUANTITY = Decimal(1_000_000)
GRAMS = -3  # exponent of the finest quantity, 0.001


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A line as it came through a door. ``quantity`` is in the product's base unit.

    ``seen_at``: up to when its price was seen; a later rise must be approved. None: asked at the price of the moment.
    """

    product_id: int
    quantity: Decimal
    accept_part: bool = True
    note: str = ""
    supplier_id: int | None = None
    seen_at: datetime | None = None


def asked_lines(lines: Sequence[WantedLine]) -> list[AskedLine]:
    """A basket's lines as they are asked for."""
    return [
        AskedLine(
            product_id=line.product_id,
            quantity=line.quantity,
            accept_part=line.accept_part,
            note=line.note,
            seen_at=line.laid_at,
        )
        for line in lines
    ]


@dataclass(frozen=True, slots=True)
class Checked:
    """Lines judged at one moment for one kitchen and day."""

    kitchen: Kitchen
    delivery_date: date
    arrived_at: datetime
    lines: Sequence[AskedLine]
    facts: Facts
    allotments: Sequence[Allotment]
    regimes: Mapping[int, str] = field(default_factory=dict)
    _findings: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def ordered_on(self) -> date:
        return self.arrived_at.astimezone(STOCKHOLM).date()

    def refusal(self, allotment: Allotment) -> dict[str, Any]:
        return refusal_finding(
            allotment,
            paragraphs=self.facts.paragraphs,
            regimes=self.regimes,
            arrived_at=self.arrived_at,
            ordered_on=self.ordered_on,
        )

    def finding(self, allotment: Allotment, *, part_number: int) -> dict[str, Any]:
        """A part's finding, made once: the call-off and the reply tell the same."""
        key = (allotment.wanted.position, part_number)
        if key not in self._findings:
            self._findings[key] = call_off_finding(
                allotment.parts[part_number],
                allotment=allotment,
                paragraphs=self.facts.paragraphs,
                arrived_at=self.arrived_at,
                ordered_on=self.ordered_on,
            )
        return self._findings[key]


def check_order(
    *,
    kitchen: Kitchen,
    delivery_date: date,
    lines: Sequence[AskedLine],
    arrived_at: datetime,
    facts: Facts | None = None,
) -> Checked:
    """Judge and allot ``lines``. Raises InvalidInput for lines that can't be judged at all.

    ``facts`` are those of the lines' products where the caller has them already.
    """
    _refuse_nonsense(lines)
    ordered_on = arrived_at.astimezone(STOCKHOLM).date()
    facts = facts or facts_for(
        authority_id=kitchen.authority_id,
        hub_id=kitchen.hub_id,
        delivery_date=delivery_date,
        ordered_on=ordered_on,
        product_ids=[line.product_id for line in lines],
    )
    unknown = [number for number, line in enumerate(lines) if line.product_id not in facts.goods]
    if unknown:
        raise InvalidInput(fields={f"lines.{number}.product": [_("Varan finns inte.")] for number in unknown})
    allotments = allot(
        [
            Wanted(
                position=position,
                product_id=line.product_id,
                quantity=line.quantity,
                accept_part=line.accept_part,
                supplier_id=line.supplier_id,
            )
            for position, line in enumerate(lines, start=1)
        ],
        lots=facts.lots,
        arrived_at=arrived_at,
        ordered_on=ordered_on,
        delivery_date=delivery_date,
    )
    return Checked(
        kitchen=kitchen,
        delivery_date=delivery_date,
        arrived_at=arrived_at,
        lines=lines,
        facts=facts,
        allotments=[
            withhold_risen(allotment, seen_at=line.seen_at)
            for allotment, line in zip(allotments, lines, strict=True)
        ],
        regimes=facts.regimes,
    )


def _refuse_nonsense(lines: Sequence[AskedLine]) -> None:
    faults: dict[str, list[str]] = {}
    if not 0 < len(lines) <= MOST_LINES:
        faults["lines"] = [f"1–{MOST_LINES}"]
    seen: set[int] = set()
    for number, line in enumerate(lines):
        exponent = line.quantity.as_tuple().exponent
        whole_grams = isinstance(exponent, int) and exponent >= GRAMS
        if not (whole_grams and 0 < line.quantity <= MOST_QUANTITY):
            faults[f"lines.{number}.quantity"] = [_("Ange en mängd över noll med högst tre decimaler.")]
        if line.product_id in seen:
            faults[f"lines.{number}.product"] = [_("Står redan på en annan rad.")]
        seen.add(line.product_id)
    if faults:
        raise InvalidInput(fields=faults)


def reply_of(checked: Checked) -> dict[str, Any]:
    """What a check answers: each line with its parts, what is missing and why. JSON-ready."""
    return {
        "delivery_date": checked.delivery_date.isoformat(),
        "lines": [
            {
                "product": line.product_id,
                "quantity": str(line.quantity),
                "given": str(line.quantity - allotment.missing),
                "missing": str(allotment.missing),
                "parts": [
                    {
                        "supplier": part.party.supplier_id,
                        "supplier_name": part.party.supplier_name,
                        "agreement_lot": part.lot.lot_id,
                        "pack": part.offer.pack_id,
                        "packs": part.packs,
                        "quantity": str(part.base_quantity),
                        "kg": None if part.kg is None else str(part.kg),
                        "price_sek": str(part.offer.price_sek),
                        "price_per": part.offer.price_per,
                        "net_sek": str(part.net_sek),
                        "finding": checked.finding(allotment, part_number=number),
                    }
                    for number, part in enumerate(allotment.parts)
                ],
                "finding": checked.refusal(allotment) if allotment.missing > 0 else None,
            }
            for line, allotment in zip(checked.lines, checked.allotments, strict=True)
        ],
    }
