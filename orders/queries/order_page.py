"""The order page: a kitchen's basket for a day, judged as it stands, and the range around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kitchens.models import Kitchen
from kitchens.queries.baskets import WantedLine
from market.queries.catalogue import Catalogue, CatalogueRow, Known, catalogue_for, known_goods
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
from market.queries.names import promised_name, unit_name
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
class LotRoom:
    """What is left under an agreement lot's ceiling when the basket is ordered. ``left_kg`` None: no ceiling in kg."""

    lot_id: int
    agreement: str
    lot: str
    left_sek: Decimal
    left_kg: Decimal | None


@dataclass(frozen=True, slots=True)
class BasketSheet:
    """The lines as they would become call-offs this moment, and their sums."""

    rows: tuple[BasketRow, ...]
    rooms: tuple[LotRoom, ...]

    @property
    def net_sek(self) -> Decimal:
        return sum((row.net_sek for row in self.rows), NOTHING)

    @property
    def kg(self) -> Decimal:
        return sum((part.kg or NOTHING for row in self.rows for part in row.parts), NOTHING)

    @property
    def co2e_kg(self) -> Decimal:
        return sum((row.co2e_kg or NOTHING for row in self.rows), NOTHING)

    @property
    def without_co2e(self) -> int:
        """Lines of which something is given and whose footprint is not known."""
        return sum(1 for row in self.rows if row.parts and row.co2e_kg is None)

    @property
    def covered_share(self) -> Decimal | None:
        """The share of the known weight whose footprint is known; None without any weight."""
        covered = sum(
            (part.kg or NOTHING for row in self.rows for part in row.parts if part.co2e_kg is not None),
            NOTHING,
        )
        return covered / self.kg if self.kg else None

    @property
    def given(self) -> int:
        return sum(1 for row in self.rows if row.parts)

    @property
    def refused(self) -> int:
        return sum(1 for row in self.rows if row.missing > 0)


@dataclass(frozen=True, slots=True)
class OrderPage:
    kitchen: Kitchen
    day: ComingDay
    other_days: tuple[ComingDay, ...]
    sheet: BasketSheet
    range_rows: tuple[RangeRow, ...]
    catalogue: Catalogue
    officers: tuple[Officer, ...]

    @property
    def rows(self) -> tuple[BasketRow, ...]:
        return self.sheet.rows

    @property
    def refused(self) -> int:
        return self.sheet.refused


def basket_sheet(
    *, kitchen: Kitchen, delivery_date: date, lines: Sequence[WantedLine], arrived_at: datetime
) -> BasketSheet:
    """The lines judged as they stand, for one who is typing. Four statements, nothing written."""
    if not lines:
        return BasketSheet(rows=(), rooms=())
    ordered_on = arrived_at.astimezone(STOCKHOLM).date()
    known = known_goods(
        authority_id=kitchen.authority_id,
        hub_id=kitchen.hub_id,
        delivery_date=delivery_date,
        ordered_on=ordered_on,
        product_ids=[line.product_id for line in lines],
    )
    return _sheet(
        kitchen,
        delivery_date,
        lines,
        known,
        arrived_at=arrived_at,
        confirmed=confirmed_paragraphs(),
        is_open=True,
    )


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
    sheet = _sheet(
        kitchen,
        delivery_date,
        lines,
        catalogue,
        arrived_at=arrived_at,
        confirmed=confirmed,
        is_open=day.is_open,
    )
    asks = any(way.code == "ask_the_officer" for row in sheet.rows for way in row.ways_out)
    return OrderPage(
        kitchen=kitchen,
        day=day,
        other_days=tuple(each for each in days if each.day != delivery_date and each.day >= ordered_on),
        sheet=sheet,
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


def _sheet(
    kitchen: Kitchen,
    delivery_date: date,
    lines: Sequence[WantedLine],
    known: Known,
    *,
    arrived_at: datetime,
    confirmed: Confirmed,
    is_open: bool,
) -> BasketSheet:
    asked = [line for line in lines if line.product_id in known.facts.goods]
    if not asked:
        return BasketSheet(rows=(), rooms=())
    checked = check_order(
        kitchen=kitchen,
        delivery_date=delivery_date,
        lines=asked_lines(asked),
        arrived_at=arrived_at,
        facts=known.facts,
    )
    rows = tuple(
        _basket_row(line, number, checked, known, confirmed=confirmed, is_open=is_open)
        for number, line in enumerate(asked)
    )
    return BasketSheet(rows=rows, rooms=_rooms(checked))


def _rooms(checked: Checked) -> tuple[LotRoom, ...]:
    """The lots that the lines call off from, the fullest first."""
    parts: dict[int, list[Part]] = {}
    for allotment in checked.allotments:
        for part in allotment.parts:
            parts.setdefault(part.lot.lot_id, []).append(part)
    rooms = [_room(of_lot) for of_lot in parts.values()]
    return tuple(sorted(rooms, key=lambda room: room.left_sek))


def _room(parts: Sequence[Part]) -> LotRoom:
    lot = parts[0].lot
    kg = sum((part.kg or NOTHING for part in parts), NOTHING)
    return LotRoom(
        lot_id=lot.lot_id,
        agreement=lot.title,
        lot=lot.lot_name,
        left_sek=lot.room_sek - sum((part.net_sek for part in parts), NOTHING),
        left_kg=None if lot.room_kg is None else lot.room_kg - kg,
    )


def _basket_row(
    line: WantedLine,
    number: int,
    checked: Checked,
    known: Known,
    *,
    confirmed: Confirmed,
    is_open: bool,
) -> BasketRow:
    allotment = checked.allotments[number]
    goods = known.facts.goods[line.product_id]
    unit = unit_name(goods.unit)
    factor = known.factor_of(line.product_id)
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
    return BasketRow(
        product_id=line.product_id,
        name=known.name_of(line.product_id),
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
        pack=promised_name(promise, "pack"),
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
