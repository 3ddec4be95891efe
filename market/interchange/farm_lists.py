"""A farm's price and availability list: a sheet of text in, rows that can be posted and faults with their place out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from config.ground.sheets import Sheet, SheetRow
from market.rules.list_cells import Mark, Unread, decimal_mark, read_figure, read_pack
from market.rules.list_headings import (
    NEEDED,
    Field,
    columns_of,
    is_header,
    is_total,
    prices_a_kilo,
    says_packs,
    says_vat,
)
from market.rules.quantities import BaseUnit, kg_of
from market.rules.quantities import Pack as PackMeasure

HEADER_WITHIN = 30
FIGURES = (Field.QUANTITY, Field.PRICE)
MOST_FAULTS = 500
GRAM, ORE = Decimal("0.001"), Decimal("0.0001")
MOST_BASE = Decimal(10_000_000)
FOLD = str.maketrans("åäöéèü", "aaoeeu")
NONE_WORDS = frozenset({"", "-", "–", "inga", "ingen", "nej", "none", "no"})


class Wrong(StrEnum):
    """What is wrong with a cell; its words stand in ``market.queries.list_wording``."""

    NO_HEADER = "no_header"
    NO_ROWS = "no_rows"
    BROKEN = "broken"
    EMPTY = "empty"
    NO_NUMBER = "no_number"
    AMBIGUOUS = "ambiguous"
    TOO_BIG = "too_big"
    NEGATIVE = "negative"
    UNKNOWN_PRODUCT = "unknown_product"
    UNKNOWN_PACK = "unknown_pack"
    WHICH_PACK = "which_pack"
    TWICE = "twice"
    FIXED_PRICE = "fixed_price"
    OVER_CAP = "over_cap"
    NO_WEIGHT = "no_weight"
    UNKNOWN_ALLERGEN = "unknown_allergen"
    NEW_GOODS = "new_goods"
    RESERVED = "reserved"
    OVERLAPS = "overlaps"
    FAR_OFF = "far_off"


@dataclass(frozen=True, slots=True)
class Fault:
    """``line`` and ``column`` as the farm sees them in its file; 0 and '' where it is the file as such."""

    line: int
    column: str
    wrong: Wrong
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KnownPack:
    """``price_sek`` None: no agreement of the farm prices it."""

    pack_id: int
    names: tuple[str, str]
    measure: PackMeasure
    price_sek: Decimal | None
    per_kg: bool
    is_cap: bool


@dataclass(frozen=True, slots=True)
class KnownProduct:
    product_id: int
    name: str
    unit: BaseUnit
    packs: tuple[KnownPack, ...]
    vat_rate: Decimal
    is_posted: bool


@dataclass(frozen=True, slots=True)
class Register:
    """``products`` by folded name; ``aliases`` are the farm's own names; ``allergens`` codes by folded name."""

    products: Mapping[str, KnownProduct]
    aliases: Mapping[str, KnownProduct]
    allergens: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answers:
    """What the farm has said of its files; None: not yet."""

    columns: Mapping[str, str] = field(default_factory=dict)
    price_has_vat: bool | None = None
    counts_packs: bool | None = None


@dataclass(frozen=True, slots=True)
class ListRow:
    """A pack and its stock in base units. ``own_price_sek`` None: the agreement's. ``allergens`` None: as before."""

    line: int
    product: KnownProduct
    pack: KnownPack
    quantity: Decimal
    own_price_sek: Decimal | None
    allergens: tuple[str, ...] | None


@dataclass(slots=True)
class ListReading:
    """What came of a file. ``asks_vat``: the farm must say whether VAT is in the prices before anything is read in."""

    headings: tuple[str, ...] = ()
    columns: dict[Field, int] = field(default_factory=dict)
    rows: list[ListRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    totals: int = 0
    asks_vat: bool = False
    counts_packs: bool = False
    unknown_products: dict[str, int] = field(default_factory=dict)

    @property
    def unread(self) -> list[str]:
        used = set(self.columns.values())
        return [name for at, name in enumerate(self.headings) if at not in used and name]

    def heading(self, field_: Field) -> str:
        return self.headings[self.columns[field_]] if field_ in self.columns else ""


def fold(text: str) -> str:
    return " ".join(text.casefold().translate(FOLD).replace(",", " ").split())


def read_list(sheet: Sheet, *, answers: Answers, register: Register) -> ListReading:
    """All rows of the sheet, read by its headings and the farm's answers. Nothing is written."""
    reading = ListReading()
    rows = iter(sheet.rows)
    header = _header(rows, answers)
    if header is None:
        reading.faults.append(Fault(0, "", Wrong.NO_HEADER, {"found": _first_headings(sheet)}))
        return reading
    reading.headings = header.cells
    reading.columns = _columns(header.cells, answers)
    body = [row for row in rows if any(row.cells)]
    goods = [row for row in body if not is_total(row.cells)]
    reading.totals = len(body) - len(goods)
    if not goods:
        reading.faults.append(Fault(0, "", Wrong.NO_ROWS))
    _RowReader(reading, sheet, answers, register, goods).read()
    return reading


def _first_headings(sheet: Sheet) -> str:
    return ", ".join(cell for cell in sheet.rows[0].cells if cell)[:200] if sheet.rows else ""


def _header(rows: Iterator[SheetRow], answers: Answers) -> SheetRow | None:
    for _, row in zip(range(HEADER_WITHIN), rows, strict=False):
        columns = _columns(row.cells, answers)
        if not row.broken and (is_header(row.cells) or all(each in columns for each in NEEDED)):
            return row
    return None


def _columns(headings: Sequence[str], answers: Answers) -> dict[Field, int]:
    """The columns by the farm's answers where the file has them, else by their names."""
    found = columns_of(headings)
    for name, heading in answers.columns.items():
        if heading in headings and name in set(Field):
            found[Field(name)] = headings.index(heading)
    return found


class _RowReader:
    """Reads the goods of one file; what can't be read is a fault with its place."""

    def __init__(
        self, reading: ListReading, sheet: Sheet, answers: Answers, register: Register, goods: list[SheetRow]
    ) -> None:
        self.reading, self.register, self.goods = reading, register, goods
        price = reading.heading(Field.PRICE)
        said = says_vat(price)
        self.has_vat = answers.price_has_vat if answers.price_has_vat is not None else False
        reading.asks_vat = bool(said) and answers.price_has_vat is None
        packs = says_packs(reading.heading(Field.QUANTITY))
        reading.counts_packs = packs if answers.counts_packs is None else answers.counts_packs
        self.a_kilo = prices_a_kilo(price)
        plain = Mark.POINT if sheet.figures_are_plain else None
        own = {each: decimal_mark(set(self._column(each))) for each in FIGURES}
        # A column that doesn't tell its mark is written as the other figures of the file are.
        told = {mark for mark in own.values() if mark}
        other = told.pop() if len(told) == 1 else None
        self.marks = {each: plain or own[each] or other for each in FIGURES}
        self.seen: dict[int, int] = {}
        self.packs: dict[int, dict[str, KnownPack]] = {}
        self.figures: dict[tuple[Field, str], Decimal | Unread] = {}  # a list says the same figure many times

    def _column(self, each: Field) -> Iterator[str]:
        at = self.reading.columns.get(each)
        return (row.cells[at] for row in self.goods if at is not None and at < len(row.cells))

    def read(self) -> None:
        for row in self.goods:
            found = self._row(row)
            if found is not None:
                self.reading.rows.append(found)

    def _cell(self, row: SheetRow, each: Field) -> str:
        at = self.reading.columns.get(each)
        return row.cells[at] if at is not None and at < len(row.cells) else ""

    def _fault(self, row: SheetRow, each: Field | None, wrong: Wrong, **figures: Any) -> None:
        column = self.reading.heading(each) if each else ""
        self.reading.faults.append(Fault(row.line, column, wrong, figures))

    def _row(self, row: SheetRow) -> ListRow | None:
        if row.broken:
            self._fault(row, None, Wrong.BROKEN)
            return None
        before = len(self.reading.faults)
        product = self._product(row)
        pack = self._pack(row, product) if product else None
        quantity = self._quantity(row, pack)
        price = self._price(row, product, pack) if product and pack else None
        allergens = self._allergens(row, product)
        if len(self.reading.faults) > before or product is None or pack is None or quantity is None:
            return None
        return ListRow(row.line, product, pack, quantity, price, allergens)

    def _product(self, row: SheetRow) -> KnownProduct | None:
        text = self._cell(row, Field.PRODUCT)
        if not text:
            self._fault(row, Field.PRODUCT, Wrong.EMPTY)
            return None
        key = fold(text)
        found = self.register.aliases.get(key) or self.register.products.get(key)
        if found is None:
            self.reading.unknown_products.setdefault(text[:120], row.line)
            self._fault(row, Field.PRODUCT, Wrong.UNKNOWN_PRODUCT, value=text[:80])
        return found

    def _pack(self, row: SheetRow, product: KnownProduct) -> KnownPack | None:
        text = self._cell(row, Field.PACK)
        if text:
            pack = self._packs_by_name(product).get(fold(text)) or _sized(text, product)
        else:
            pack = product.packs[0] if len(product.packs) == 1 else None
        if pack is None and text:
            self._fault(row, Field.PACK, Wrong.UNKNOWN_PACK, value=text[:60], known=_names_of(product))
        elif pack is None:
            self._fault(row, Field.PACK, Wrong.WHICH_PACK, known=_names_of(product))
        elif pack.pack_id in self.seen:
            self._fault(row, Field.PACK, Wrong.TWICE, first=self.seen[pack.pack_id])
        else:
            self.seen[pack.pack_id] = row.line
        return pack

    def _packs_by_name(self, product: KnownProduct) -> dict[str, KnownPack]:
        """The first pack of each folded name, folded once a file."""
        if product.product_id not in self.packs:
            named = [(fold(name), pack) for pack in product.packs for name in pack.names]
            self.packs[product.product_id] = dict(reversed(named))
        return self.packs[product.product_id]

    def _figure(self, row: SheetRow, each: Field) -> Decimal | None:
        text = self._cell(row, each)
        if (each, text) not in self.figures:
            self.figures[each, text] = read_figure(text, mark=self.marks[each])
        figure = self.figures[each, text]
        if isinstance(figure, Decimal):
            if figure >= 0:
                return figure
            self._fault(row, each, Wrong.NEGATIVE, value=text[:40])
        elif figure is not Unread.EMPTY or each is Field.QUANTITY:
            self._fault(row, each, Wrong(figure.value), value=text[:40])
        return None

    def _quantity(self, row: SheetRow, pack: KnownPack | None) -> Decimal | None:
        figure = self._figure(row, Field.QUANTITY)
        if figure is None or pack is None:
            return None
        base = figure * pack.measure.base_per_pack if self.reading.counts_packs else figure
        if base >= MOST_BASE:
            self._fault(row, Field.QUANTITY, Wrong.TOO_BIG, value=f"{figure:f}")
        return base.quantize(GRAM, ROUND_HALF_UP)

    def _price(self, row: SheetRow, product: KnownProduct, pack: KnownPack) -> Decimal | None:
        """SEK excl. VAT in the pack's own unit; None where the agreement's counts."""
        figure = self._figure(row, Field.PRICE)
        if not figure:
            return None
        net = figure / (1 + product.vat_rate) if self.has_vat else figure
        if self.a_kilo and not pack.per_kg:
            kg = kg_of(packs=Decimal(1), pack=pack.measure)
            if kg is None:
                self._fault(row, Field.PRICE, Wrong.NO_WEIGHT)
                return None
            net *= kg
        price = net.quantize(ORE, ROUND_HALF_UP)
        if pack.price_sek is None:
            return price
        if not pack.is_cap:
            if abs(price - pack.price_sek) >= Decimal("0.01"):
                self._fault(row, Field.PRICE, Wrong.FIXED_PRICE, price=price, agreed=pack.price_sek)
            return None
        if price > pack.price_sek:
            self._fault(row, Field.PRICE, Wrong.OVER_CAP, price=price, agreed=pack.price_sek)
        return price

    def _allergens(self, row: SheetRow, product: KnownProduct | None) -> tuple[str, ...] | None:
        if Field.ALLERGENS not in self.reading.columns:
            if product is not None and not product.is_posted:
                self._fault(row, None, Wrong.NEW_GOODS, product=product.name)
            return None
        text = self._cell(row, Field.ALLERGENS)
        if fold(text) in NONE_WORDS:
            return ()
        named = [each.strip() for each in text.replace(";", ",").replace("/", ",").split(",") if each.strip()]
        unknown = [each for each in named if fold(each) not in self.register.allergens]
        if unknown:
            self._fault(row, Field.ALLERGENS, Wrong.UNKNOWN_ALLERGEN, value=", ".join(unknown)[:80])
        return tuple(sorted({self.register.allergens[fold(each)] for each in named if each not in unknown}))


def _names_of(product: KnownProduct) -> str:
    return ", ".join(pack.names[0] for pack in product.packs)


def pack_of(text: str, product: KnownProduct) -> KnownPack | None:
    """The pack that the text names or whose content it says; without a text the product's only one."""
    if not text:
        return product.packs[0] if len(product.packs) == 1 else None
    key = fold(text)
    named = next((pack for pack in product.packs if key in {fold(name) for name in pack.names}), None)
    return named or _sized(text, product)


def _sized(text: str, product: KnownProduct) -> KnownPack | None:
    """The pack that holds what the text says, if there is just one such. ``ca`` is catch weight."""
    size = read_pack(text)
    if size is None:
        return None
    fits = [
        pack
        for pack in product.packs
        if _holds(pack, size.amount, size.unit) and (pack.measure.catch_weight or not size.about)
    ]
    return fits[0] if len(fits) == 1 else None


def _holds(pack: KnownPack, amount: Decimal, unit: str) -> bool:
    if unit == pack.measure.base_unit:
        return pack.measure.base_per_pack == amount
    return unit == BaseUnit.KG and kg_of(packs=Decimal(1), pack=pack.measure) == amount
