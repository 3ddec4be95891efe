"""The order page: a kitchen's basket for a day, judged as it stands, and the range around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kitchens.models import Kitchen
from kitchens.queries.baskets import WantedLine
from market.queries.catalogue import Catalogue, CatalogueRow, catalogue_for
from market.queries.delivery import ComingDay, Officer, coming_days, officers_of
from market.queries.facets import Sought
from market.queries.findings import (
    Confirmed,
    ToldVerdict,
    ToldWayOut,
    confirmed_paragraphs,
    lawful_ways,
    main_reasons,
    told,
    ways_out_of,
)
from market.queries.wording import unit_name
from market.rules.calendar import STOCKHOLM
from market.rules.climate import Factor
from market.rules.filling import Part
from orders.queries.checking import Checked, asked_lines, check_order
from orders.refusals import NoDeliveryThatDay

NOTHING = Decimal(0)
DAYS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class PartTold:
    """What one farm gives of a line."""

    supplier: str
    packs: int
    pack: str
    quantity: Decimal
    net_sek: Decimal
    kg: Decimal | None
    co2e_kg: Decimal | None


@dataclass(frozen=True, slots=True)
class BasketRow:
    """A line of the basket. ``missing`` with its ``verdicts`` is what can't be ordered; ``waits`` since an order."""

    product_id: int
    name: str
    unit: str
    quantity: Decimal
    accept_part: bool
    note: str
    parts: tuple[PartTold, ...]
    missing: Decimal
    verdicts: tuple[ToldVerdict, ...]
    ways_out: tuple["WayOutRow", ...]
    waits: bool

    @property
    def net_sek(self) -> Decimal:
        return sum((part.net_sek for part in self.parts), NOTHING)

    @property
    def co2e_kg(self) -> Decimal | None:
        """None when a part has no factor or no weight: not known is not zero."""
        known = [part.co2e_kg for part in self.parts if part.co2e_kg is not None]
        return sum(known, NOTHING) if self.parts and len(known) == len(self.parts) else None


@dataclass(frozen=True, slots=True)
class WayOutRow:
    """``set_to`` is the quantity that the basket's line gets by it; None where it is no matter of quantity."""

    code: str
    words: str
    set_to: Decimal | None


@dataclass(frozen=True, slots=True)
class RangeRow:
    """A product of the range that is not in the basket."""

    row: CatalogueRow
    unit: str
    verdicts: tuple[ToldVerdict, ...]
    passed_over: tuple[ToldVerdict, ...]


@dataclass(frozen=True, slots=True)
class OrderPage:
    kitchen: Kitchen
    day: ComingDay
    other_days: tuple[ComingDay, ...]
    rows: tuple[BasketRow, ...]
    range_rows: tuple[RangeRow, ...]
    catalogue: Catalogue
    officers: tuple[Officer, ...]

    @property
    def net_sek(self) -> Decimal:
        return sum((row.net_sek for row in self.rows), NOTHING)

    @property
    def co2e_kg(self) -> Decimal:
        return sum((row.co2e_kg or NOTHING for row in self.rows), NOTHING)

    @property
    def without_co2e(self) -> int:
        """Lines of which something is given and whose footprint is not known."""
        return sum(1 for row in self.rows if row.parts and row.co2e_kg is None)

    @property
    def refused(self) -> int:
        return sum(1 for row in self.rows if row.missing > 0)


def order_page(
    *,
    kitchen: Kitchen,
    delivery_date: date,
    lines: Sequence[WantedLine],
    sought: Sought,
    arrived_at: datetime,
) -> OrderPage:
    """All that the page shows, in eight statements at most. Raises NoDeliveryThatDay."""
    ordered_on = arrived_at.astimezone(STOCKHOLM).date()
    days = coming_days(
        hub_id=kitchen.hub_id, today=min(ordered_on, delivery_date), now=arrived_at, most=DAYS_SHOWN
    )
    day = next((each for each in days if each.day == delivery_date), None) or _later_day(
        kitchen, delivery_date, now=arrived_at
    )
    catalogue = catalogue_for(
        authority_id=kitchen.authority_id,
        hub_id=kitchen.hub_id,
        delivery_date=delivery_date,
        ordered_on=ordered_on,
        arrived_at=arrived_at,
        sought=sought,
        also=[line.product_id for line in lines],
    )
    confirmed = confirmed_paragraphs()
    rows = _basket_rows(
        kitchen,
        delivery_date,
        lines,
        catalogue,
        arrived_at=arrived_at,
        confirmed=confirmed,
        is_open=day.is_open,
    )
    asks = any(way.code == "ask_the_officer" for row in rows for way in row.ways_out)
    return OrderPage(
        kitchen=kitchen,
        day=day,
        other_days=tuple(each for each in days if each.day != delivery_date and each.day >= ordered_on),
        rows=rows,
        # A closed day has nothing to order; only who searches is told of each goods why.
        range_rows=tuple(_range_row(each, confirmed) for each in catalogue.rows)
        if day.is_open or sought.words
        else (),
        catalogue=catalogue,
        officers=tuple(officers_of(kitchen.authority_id)) if asks else (),
    )


def _later_day(kitchen: Kitchen, delivery_date: date, *, now: datetime) -> ComingDay:
    found = coming_days(hub_id=kitchen.hub_id, today=delivery_date, now=now, most=1)
    if not found or found[0].day != delivery_date:
        raise NoDeliveryThatDay(hub=kitchen.hub, day=delivery_date)
    return found[0]


def _basket_rows(
    kitchen: Kitchen,
    delivery_date: date,
    lines: Sequence[WantedLine],
    catalogue: Catalogue,
    *,
    arrived_at: datetime,
    confirmed: Confirmed,
    is_open: bool,
) -> tuple[BasketRow, ...]:
    known = [line for line in lines if line.product_id in catalogue.facts.goods]
    if not known:
        return ()
    checked = check_order(
        kitchen=kitchen,
        delivery_date=delivery_date,
        lines=asked_lines(known),
        arrived_at=arrived_at,
        facts=catalogue.facts,
    )
    return tuple(
        _basket_row(line, number, checked, catalogue, confirmed=confirmed, is_open=is_open)
        for number, line in enumerate(known)
    )


def _basket_row(
    line: WantedLine,
    number: int,
    checked: Checked,
    catalogue: Catalogue,
    *,
    confirmed: Confirmed,
    is_open: bool,
) -> BasketRow:
    allotment = checked.allotments[number]
    goods = catalogue.facts.goods[line.product_id]
    unit = unit_name(goods.unit)
    factor = catalogue.factor_of(line.product_id)
    now = checked.refusal(allotment) if allotment.missing > 0 else None
    waits = line.refused is not None
    # Refused when it was ordered, and nothing can be given now either: that reason and its figures come first.
    as_ordered = line.refused if waits and allotment.missing == line.quantity else None
    verdicts = told(as_ordered, unit=unit, confirmed=confirmed)
    if as_ordered is None or not is_open:
        verdicts += told(now, unit=unit, confirmed=confirmed)
    reasons = main_reasons(verdicts)
    source = as_ordered if is_open and as_ordered else now
    placed = _placed_before(source) if source is as_ordered else NOTHING
    ways = lawful_ways(ways_out_of(source, unit=unit), reasons)
    article = catalogue.articles.get(line.product_id)
    return BasketRow(
        product_id=line.product_id,
        name=article.name if article else goods.name,
        unit=unit,
        quantity=line.quantity,
        accept_part=line.accept_part,
        note=line.note,
        parts=tuple(_part(part, checked, factor) for part in allotment.parts),
        missing=allotment.missing,
        verdicts=reasons,
        ways_out=tuple(_way(way, placed) for way in ways),
        waits=waits,
    )


def _placed_before(finding: Mapping[str, Any] | None) -> Decimal:
    """What of the refused line was ordered at the time: a way out speaks of the whole line."""
    inputs = (finding or {}).get("inputs", {})
    return Decimal(inputs.get("wanted", 0)) - Decimal(inputs.get("missing", inputs.get("wanted", 0)))


def _way(way: ToldWayOut, placed: Decimal) -> WayOutRow:
    set_to = None if way.quantity is None else way.quantity - placed
    return WayOutRow(code=way.code, words=way.words, set_to=set_to)


def _part(part: Part, checked: Checked, factor: Factor | None) -> PartTold:
    promise = checked.facts.promise(offer_id=part.offer.offer_id, lot_id=part.lot.lot_id)
    return PartTold(
        supplier=part.party.supplier_name,
        packs=part.packs,
        pack=promise["pack"],
        quantity=part.base_quantity,
        net_sek=part.net_sek,
        kg=part.kg,
        co2e_kg=None if factor is None or part.kg is None else factor.kg_co2e_per_kg * part.kg,
    )


def _range_row(row: CatalogueRow, confirmed: Confirmed) -> RangeRow:
    unit = unit_name(row.article.unit)
    return RangeRow(
        row=row,
        unit=unit,
        verdicts=main_reasons(told({"verdicts": row.refusals}, unit=unit, confirmed=confirmed)),
        passed_over=main_reasons(told({"verdicts": row.passed_over}, unit=unit, confirmed=confirmed)),
    )
