"""A report's cell as a person reads it, in the language of the moment. Unknown is an en dash, never a zero."""

from datetime import date
from decimal import Decimal

from config.ground import figures
from orders.rules.reporting import Cell, Kind

# Unit and decimals of each kind of figure; None: as many as there are.
_UNITS: dict[Kind, tuple[str, int | None]] = {
    Kind.KG: ("kg", 1),
    Kind.CO2E: (f"kg{figures.NO_BREAK}CO₂e", 1),
    Kind.DAYS: ("", 1),
    Kind.CO2E_PER_KG: ("", 2),
    Kind.CO2E_PER_PORTION: ("", 2),
    Kind.GRAMS: ("g", 1),
    Kind.INDEX: ("", 1),
    Kind.COUNT: ("", 0),
}


def cell_words(cell: Cell, kind: Kind) -> str:
    """The cell with its unit."""
    if cell is None or cell == "":
        return figures.UNKNOWN
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if isinstance(cell, str) else _figure(Decimal(cell), kind)


def _figure(value: Decimal, kind: Kind) -> str:
    if kind in (Kind.SEK, Kind.SEK_PER_KG):
        return figures.money(value, per="kg" if kind is Kind.SEK_PER_KG else "")
    if kind is Kind.SHARE:
        return figures.share(value, places=1)
    unit, places = _UNITS[kind]
    return (
        figures.with_unit(figures.number(value, places=places), unit=unit)
        if unit
        else figures.number(value, places=places)
    )


def told_words(value: str | int | None, kind: str) -> str:
    """A cell out of a report's JSON, as `cell_words` tells it."""
    if value is None or kind in (Kind.WORDS, Kind.DAY):
        return str(value or figures.UNKNOWN)
    return cell_words(Decimal(value), Kind(kind))
