"""Net amounts of lines, and value added tax per rate.

Money is SEK excl. VAT unless a name says otherwise. Öre are rounded half-up: a line's net amount once, and
the tax once per rate from the sum of the net amounts (EN 16931, BR-CO-17), never line by line.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

ORE = Decimal("0.01")
HUNDREDTH_OF_AN_ORE = Decimal("0.0001")


class NoVatRate(LookupError):  # noqa: N818 - named for the refusal that a person reads
    """No rate of the class is in force on that day, or more than one claims to be."""

    def __init__(self, *, vat_class: str, on: date, found: int) -> None:
        super().__init__(f"{found} VAT rates for {vat_class!r} on {on.isoformat()}; there must be one")
        self.vat_class = vat_class
        self.on = on
        self.found = found


@dataclass(frozen=True, slots=True)
class VatRate:
    """``rate`` is a share (0.12 is 12 %); ``valid_to`` is the last day, None while no end is known."""

    vat_class: str
    rate: Decimal
    valid_from: date
    valid_to: date | None
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class TaxedLine:
    net_sek: Decimal
    rate: Decimal


@dataclass(frozen=True, slots=True)
class VatSum:
    rate: Decimal
    net_sek: Decimal
    vat_sek: Decimal
    gross_sek: Decimal


def vat_rate_on(rates: Iterable[VatRate], *, vat_class: str, on: date) -> VatRate:
    """The rate of the goods class on the day of delivery; NoVatRate when not exactly one is in force.

    The day is that of delivery, not of the order. A credit keeps the rate of the line that it credits.
    """
    in_force = [
        each
        for each in rates
        if each.vat_class == vat_class
        and each.valid_from <= on
        and (each.valid_to is None or on <= each.valid_to)
    ]
    if len(in_force) != 1:
        raise NoVatRate(vat_class=vat_class, on=on, found=len(in_force))
    return in_force[0]


def line_net(*, packs: Decimal, price: Decimal) -> Decimal:
    """SEK of a line at a price per pack, in whole öre."""
    return _whole_ore(packs * price)


def line_net_by_weight(*, kg: Decimal, price_per_kg: Decimal) -> Decimal:
    """SEK of a line of weighed goods, in whole öre."""
    return _whole_ore(kg * price_per_kg)


def net_of(price_sek: Decimal, *, rate: Decimal) -> Decimal:
    """A price told with VAT brought to what it is without, to a hundredth of an öre, half up. ``rate`` 0.06 is 6 %."""
    return (price_sek / (1 + rate)).quantize(HUNDREDTH_OF_AN_ORE, rounding=ROUND_HALF_UP)


def vat_by_rate(lines: Iterable[TaxedLine]) -> tuple[VatSum, ...]:
    """One sum per rate, lowest rate first. Rates of equal value are one rate (0.12 and 0.120)."""
    net_by_rate: defaultdict[Decimal, Decimal] = defaultdict(Decimal)
    for line in lines:
        net_by_rate[line.rate] += line.net_sek
    return tuple(_vat_sum(rate=rate, net_sek=net_by_rate[rate]) for rate in sorted(net_by_rate))


def _vat_sum(*, rate: Decimal, net_sek: Decimal) -> VatSum:
    vat_sek = _whole_ore(net_sek * rate)
    return VatSum(rate=rate, net_sek=net_sek, vat_sek=vat_sek, gross_sek=net_sek + vat_sek)


def _whole_ore(amount: Decimal) -> Decimal:
    """Half-up away from zero, so that a credit is the exact mirror of what it credits."""
    return amount.quantize(ORE, rounding=ROUND_HALF_UP)
