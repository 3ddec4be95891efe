"""What a test may say about its world: goods, farms, the agreement's terms."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

Number = Decimal | int


@dataclass(frozen=True, slots=True)
class PackOf:
    """A pack of so many base units. ``tolerance`` (0.1 is 10 %) makes it catch weight, priced per kg."""

    base: Number = 5
    name: str = ""
    tolerance: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Goods:
    """A product with its mappings. ``group`` and ``food`` are codes of the shipped lists; ``in_lot`` lays it in the lot.

    What permits it needs follows from its group: vegetables registration, eggs a packing centre, dairy approval.
    """

    name: str = "Potatis"
    unit: str = "kg"
    kg_per_base: Decimal | None = Decimal(1)
    packs: tuple[PackOf, ...] = (PackOf(),)
    group: str = "vegetables"
    food: str | None = "potato"
    cpv: str = "03212100-1"
    in_lot: bool = True


@dataclass(frozen=True, slots=True)
class Farm:
    """A farm, its stock and its place in the lot.

    ``price`` is SEK per base unit (per kg for catch weight), ``prices`` a pack's own price by the pack's name;
    ``price`` None leaves the farm without an agreed price. ``stock`` is base units of each kind of goods, or of
    each by name; None posts nothing. ``rank`` None makes it no party; ``share`` is its share in
    per cent. Permits and labels hold until ``…_to``.
    """

    name: str = "Björkhaga gård"
    rank: int | None = 1
    share: Number | None = None
    stock: Number | Mapping[str, Number] | None = 100
    price: Number | None = 10
    prices: Mapping[str, Number] = field(default_factory=dict)
    price_is_cap: bool = False
    own_price: Number | None = None
    permits: tuple[str, ...] = ("registration", "approval", "packing_centre")
    permits_to: date | None = None
    labels: tuple[str, ...] = ()
    labels_to: date | None = None
    claims: tuple[str, ...] = ()
    suspended: str = ""
    bankrupt: bool = False
    runs: bool = True
    cut_off: datetime | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """The agreement with its one lot."""

    kind: str
    regime: str
    allotment: str
    ceiling_sek: Decimal
    ceiling_kg: Decimal | None
    valid_from: date
    valid_to: date
    signed: bool
    terminated_on: date | None
    delivers_after_end: bool
    posted_stock_is_an_answer: bool
    part_call_off_allowed: bool
    authority_named: bool
