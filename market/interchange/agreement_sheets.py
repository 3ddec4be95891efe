"""A running agreement's price list: a sheet of text in, lots with parties, prices and what is already spent out.

One row a lot, supplier and pack. What holds for a lot (ceiling, allotment) or for a party (rank, share, already spent) stands on its
first row, or on each; two rows that say two things are a fault. Amounts are SEK excl. VAT: a price told with VAT is brought
to what it is without, by the goods' own rate, and shown; a ceiling told with VAT is refused, since lots mix rates.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from config.ground.sheets import Sheet, SheetRow
from market.interchange.agreement_words import (
    A_KILO,
    A_PACK,
    FIGURES,
    FORMS,
    NEEDED,
    WITH_VAT,
    WITHOUT_VAT,
    Column,
    Fault,
    Wrong,
    columns_of,
)
from market.interchange.farm_lists import KnownPack, KnownProduct, fold, pack_of
from market.rules.agreement_draft import LotDraft, PartyDraft, PriceDraft
from market.rules.list_cells import Mark, decimal_mark, read_figure
from market.rules.list_headings import is_total, prices_a_kilo, says_vat
from market.rules.prices import net_of
from market.rules.turns import Form

HEADER_WITHIN = 30
MOST_FAULTS = 200


@dataclass(frozen=True, slots=True)
class Register:
    """By folded name, suppliers by organisation number too. ``rates``: VAT by product, a share; without one it is not known."""

    suppliers: Mapping[str, int]
    products: Mapping[str, KnownProduct]
    rates: Mapping[int, Decimal]


@dataclass(frozen=True, slots=True)
class PriceLine:
    """A price as the sheet has it and as it will stand. ``told_sek`` holds VAT where ``vat_rate`` is no None."""

    line: int
    lot: str
    supplier_id: int
    supplier: str
    product: KnownProduct
    pack: KnownPack
    per: str
    told_sek: Decimal
    price_sek: Decimal
    vat_rate: Decimal | None


@dataclass(frozen=True, slots=True)
class Opening:
    """What a party had delivered or been ordered of a lot before the cut-over, SEK excl. VAT and kg."""

    lot: str
    supplier_id: int
    spent_sek: Decimal
    spent_kg: Decimal


@dataclass(slots=True)
class Reading:
    """What came of a sheet. ``asks_vat``: neither headings nor rows say whether VAT is in the prices; somebody must."""

    headings: tuple[str, ...] = ()
    columns: dict[Column, int] = field(default_factory=dict)
    prices: list[PriceLine] = field(default_factory=list)
    lots: tuple[LotDraft, ...] = ()
    openings: tuple[Opening, ...] = ()
    faults: list[Fault] = field(default_factory=list)
    asks_vat: bool = False

    @property
    def converted(self) -> list[PriceLine]:
        return [each for each in self.prices if each.vat_rate is not None]

    def heading(self, column: Column) -> str:
        return self.headings[self.columns[column]] if column in self.columns else ""


def read_agreement(sheet: Sheet, *, price_has_vat: bool | None, register: Register) -> Reading:
    """All rows of the sheet. ``price_has_vat`` is the officer's answer where the sheet itself does not say. Nothing is written."""
    reading = Reading()
    rows = iter(sheet.rows)
    header = next(
        (
            row
            for _, row in zip(range(HEADER_WITHIN), rows, strict=False)
            if not row.broken and all(each in columns_of(row.cells) for each in NEEDED)
        ),
        None,
    )
    if header is None:
        reading.faults.append(Fault(0, "", Wrong.NO_HEADER))
        return reading
    reading.headings, reading.columns = header.cells, columns_of(header.cells)
    body = [row for row in rows if any(row.cells) and not is_total(row.cells)]
    if not body:
        reading.faults.append(Fault(0, "", Wrong.NO_ROWS))
        return reading
    _Reader(reading, sheet, register, body, price_has_vat=price_has_vat).read()
    return reading


class _Reader:
    """Reads the rows of one sheet and keeps what they say of lots and parties."""

    def __init__(
        self,
        reading: Reading,
        sheet: Sheet,
        register: Register,
        body: list[SheetRow],
        *,
        price_has_vat: bool | None,
    ) -> None:
        self.reading, self.register, self.body = reading, register, body
        self.answer = price_has_vat
        plain = Mark.POINT if sheet.figures_are_plain else None
        own = {each: decimal_mark(self._cells(each)) for each in FIGURES}
        told = {mark for mark in own.values() if mark}
        other = told.pop() if len(told) == 1 else None
        self.marks = {each: plain or own[each] or other for each in FIGURES}
        self.of_lot: dict[str, dict[Column, Any]] = {}
        self.of_party: dict[tuple[str, int], dict[Column, Any]] = {}

    def _cells(self, column: Column) -> Iterator[str]:
        return (self._cell(row, column) for row in self.body)

    def _cell(self, row: SheetRow, column: Column) -> str:
        at = self.reading.columns.get(column)
        return row.cells[at] if at is not None and at < len(row.cells) else ""

    def _fault(self, row: SheetRow | None, column: Column | None, wrong: Wrong, **figures: Any) -> None:
        if len(self.reading.faults) < MOST_FAULTS:
            heading = self.reading.heading(column) if column else ""
            self.reading.faults.append(Fault(row.line if row else 0, heading, wrong, figures))

    def read(self) -> None:
        for column in (Column.CEILING_SEK, Column.SPENT_SEK):
            if says_vat(self.reading.heading(column)):
                self._fault(None, column, Wrong.VAT_IN_CEILING)
        for row in self.body:
            self._row(row)
        self._close()

    def _row(self, row: SheetRow) -> None:
        if row.broken:
            self._fault(row, None, Wrong.BROKEN)
            return
        lot, supplier = self._cell(row, Column.LOT), self._supplier(row)
        if not lot:
            self._fault(row, Column.LOT, Wrong.EMPTY)
        product = self._product(row)
        if not lot or supplier is None or product is None:
            return
        self._keep(row, self.of_lot.setdefault(lot, {}), self._form(row))
        for column in (Column.CEILING_SEK, Column.CEILING_KG):
            self._keep(row, self.of_lot[lot], (column, self._figure(row, column)))
        party = self.of_party.setdefault((lot, supplier), {})
        for column in (Column.RANK, Column.SHARE, Column.SPENT_SEK, Column.SPENT_KG):
            self._keep(row, party, (column, self._figure(row, column)))
        pack = self._pack(row, product)
        price = self._figure(row, Column.PRICE, needed=True)
        if pack is not None and price is not None:
            self._price(row, lot=lot, supplier=supplier, product=product, pack=pack, price=price)

    def _keep(self, row: SheetRow, kept: dict[Column, Any], told: tuple[Column, Any]) -> None:
        column, value = told
        if value is None:
            return
        if kept.setdefault(column, value) != value:
            self._fault(row, column, Wrong.TOLD_TWICE, first=str(kept[column]), then=str(value))

    def _form(self, row: SheetRow) -> tuple[Column, Form | None]:
        text = self._cell(row, Column.ALLOTMENT)
        form = FORMS.get(fold(text))
        if text and form is None:
            self._fault(row, Column.ALLOTMENT, Wrong.UNKNOWN_WORD, value=text[:40])
        return Column.ALLOTMENT, form

    def _supplier(self, row: SheetRow) -> int | None:
        text = self._cell(row, Column.SUPPLIER)
        found = self.register.suppliers.get(fold(text)) or self.register.suppliers.get(text.replace("-", ""))
        if found is None:
            wrong = Wrong.UNKNOWN_SUPPLIER if text else Wrong.EMPTY
            self._fault(row, Column.SUPPLIER, wrong, value=text[:80])
        return found

    def _product(self, row: SheetRow) -> KnownProduct | None:
        text = self._cell(row, Column.PRODUCT)
        found = self.register.products.get(fold(text))
        if found is None:
            wrong = Wrong.UNKNOWN_PRODUCT if text else Wrong.EMPTY
            self._fault(row, Column.PRODUCT, wrong, value=text[:80])
        return found

    def _pack(self, row: SheetRow, product: KnownProduct) -> KnownPack | None:
        text = self._cell(row, Column.PACK)
        found = pack_of(text, product)
        if found is None:
            known = ", ".join(each.names[0] for each in product.packs)
            self._fault(row, Column.PACK, Wrong.UNKNOWN_PACK, value=text[:60], known=known)
        return found

    def _figure(self, row: SheetRow, column: Column, *, needed: bool = False) -> Decimal | None:
        text = self._cell(row, column).removesuffix("%").strip()
        if not text and not needed:
            return None
        figure = read_figure(text, mark=self.marks[column])
        if not isinstance(figure, Decimal):
            self._fault(row, column, Wrong.NO_NUMBER if text else Wrong.EMPTY, value=text[:40])
            return None
        if figure < 0:
            self._fault(row, column, Wrong.NEGATIVE, value=text[:40])
            return None
        return figure

    def _per(self, row: SheetRow, pack: KnownPack) -> str | None:
        text = fold(self._cell(row, Column.PER))
        if not text:
            a_kilo = prices_a_kilo(self.reading.heading(Column.PRICE)) or pack.measure.catch_weight
            return "kg" if a_kilo else "pack"
        if text in A_KILO or text in A_PACK:
            return "kg" if text in A_KILO else "pack"
        self._fault(row, Column.PER, Wrong.UNKNOWN_WORD, value=text[:40])
        return None

    def _has_vat(self, row: SheetRow) -> bool | None:
        """The row's own word before the heading's before the officer's; None where nobody has said."""
        text = fold(self._cell(row, Column.VAT))
        if text in WITH_VAT or text in WITHOUT_VAT:
            return text in WITH_VAT
        if text:
            self._fault(row, Column.VAT, Wrong.UNKNOWN_WORD, value=text[:40])
            return False
        said = says_vat(self.reading.heading(Column.PRICE))
        return self.answer if said is None else said

    def _price(
        self,
        row: SheetRow,
        *,
        lot: str,
        supplier: int,
        product: KnownProduct,
        pack: KnownPack,
        price: Decimal,
    ) -> None:
        per, has_vat = self._per(row, pack), self._has_vat(row)
        if has_vat is None:
            self.reading.asks_vat = True
        rate = self.register.rates.get(product.product_id) if has_vat else None
        if has_vat and rate is None:
            self._fault(row, Column.PRICE, Wrong.NO_VAT_RATE, product=product.name)
        if per is None:
            return
        self.reading.prices.append(
            PriceLine(
                line=row.line,
                lot=lot,
                supplier_id=supplier,
                supplier=self._cell(row, Column.SUPPLIER),
                product=product,
                pack=pack,
                per=per,
                told_sek=price,
                price_sek=price if rate is None else net_of(price, rate=rate),
                vat_rate=rate,
            )
        )

    def _close(self) -> None:
        """Lots and what is already spent, of all rows together."""
        self.reading.lots = tuple(self._lot(name, told) for name, told in self.of_lot.items())
        self.reading.openings = tuple(
            Opening(
                lot=lot,
                supplier_id=supplier,
                spent_sek=told.get(Column.SPENT_SEK, Decimal(0)),
                spent_kg=told.get(Column.SPENT_KG, Decimal(0)),
            )
            for (lot, supplier), told in self.of_party.items()
            if told.get(Column.SPENT_SEK) or told.get(Column.SPENT_KG)
        )

    def _lot(self, name: str, told: Mapping[Column, Any]) -> LotDraft:
        if Column.CEILING_SEK not in told:
            self._fault(None, Column.CEILING_SEK, Wrong.NO_CEILING, lot=name)
        parties = [(supplier, said) for (lot, supplier), said in self.of_party.items() if lot == name]
        mine = [price for price in self.reading.prices if price.lot == name]
        return LotDraft(
            name=name,
            allotment=str(told.get(Column.ALLOTMENT, Form.SINGLE if len(parties) == 1 else Form.RANKING)),
            ceiling_sek=told.get(Column.CEILING_SEK, Decimal(0)),
            ceiling_kg=told.get(Column.CEILING_KG),
            parties=tuple(
                PartyDraft(
                    supplier_id=supplier,
                    rank=int(said.get(Column.RANK, number)),
                    share_percent=said.get(Column.SHARE),
                )
                for number, (supplier, said) in enumerate(parties, start=1)
            ),
            product_ids=tuple(dict.fromkeys(price.product.product_id for price in mine)),
            prices=tuple(
                PriceDraft(
                    supplier_id=price.supplier_id,
                    product_id=price.product.product_id,
                    pack_id=price.pack.pack_id,
                    price_sek=price.price_sek,
                    per=price.per,
                )
                for price in mine
            ),
        )
