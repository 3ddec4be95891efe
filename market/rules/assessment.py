"""What a recurring need is worth (LOU 5:11), in three figures side by side, and what a signature rests on.

The law lets the authority choose among the twelve months before, the financial year before and the twelve months ahead.
The house shows all three, never picks one, and asks for the reason when a lower one than another is chosen, when one of
them reaches the limit, and always when its own figures are incomplete: then only the officer's own figure will do.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

MONTHS_WANTED = 24  # so many months of purchases elsewhere make the figures complete


class Basis(StrEnum):
    BACK_12 = "back_12"
    FINANCIAL_YEAR = "financial_year"
    AHEAD_12 = "ahead_12"
    OWN = "own"


class Fault(StrEnum):
    OWN_FIGURE_NEEDED = "own_figure_needed"
    FIGURE_NOT_KNOWN = "figure_not_known"
    REASON_NEEDED = "reason_needed"


@dataclass(frozen=True, slots=True)
class Months:
    """Whole months: ``first`` is a first day, ``last`` a last one's first day."""

    first: date
    last: date

    def __contains__(self, month: date) -> bool:
        return self.first <= month <= self.last


@dataclass(frozen=True, slots=True)
class Figures:
    """SEK excl. VAT of all purchases of the need. ``months_covered``: of the last 24, those with purchases imported."""

    back_12_sek: Decimal
    financial_year_sek: Decimal
    ahead_12_sek: Decimal | None
    months_covered: int

    @property
    def are_complete(self) -> bool:
        return self.months_covered >= MONTHS_WANTED

    def of(self, basis: Basis) -> Decimal | None:
        """None for the officer's own figure, which is not among these."""
        return {
            Basis.BACK_12: self.back_12_sek,
            Basis.FINANCIAL_YEAR: self.financial_year_sek,
            Basis.AHEAD_12: self.ahead_12_sek,
        }.get(basis)

    @property
    def known(self) -> tuple[Decimal, ...]:
        all_three = (self.back_12_sek, self.financial_year_sek, self.ahead_12_sek)
        return tuple(each for each in all_three if each is not None)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the officer rests the value on. ``own_sek`` counts only with the basis OWN."""

    basis: Basis
    own_sek: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """``value_sek`` is the chosen figure, but never less than the ceilings that are to be signed."""

    value_sek: Decimal
    margin_sek: Decimal
    is_below: bool
    faults: tuple[Fault, ...]

    @property
    def may_be_signed(self) -> bool:
        return self.is_below and not self.faults


def months_back(on: date) -> Months:
    """The twelve whole months before the month of the day."""
    return Months(first=_months_before(on, 12), last=_months_before(on, 1))


def financial_year_before(on: date) -> Months:
    """The last whole financial year, which for a municipality is the calendar year."""
    return Months(first=date(on.year - 1, 1, 1), last=date(on.year - 1, 12, 1))


def months_to_cover(on: date) -> Months:
    """The 24 whole months before the month of the day."""
    return Months(first=_months_before(on, MONTHS_WANTED), last=_months_before(on, 1))


def _months_before(on: date, months: int) -> date:
    count = on.year * 12 + on.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def assess(figures: Figures, choice: Choice, *, ceilings_sek: Decimal, limit_sek: Decimal) -> Assessment:
    """Judge the officer's choice. The value must stay strictly below the limit (19 a:2)."""
    chosen = choice.own_sek if choice.basis is Basis.OWN else figures.of(choice.basis)
    faults = []
    if not figures.are_complete and choice.basis is not Basis.OWN:
        faults.append(Fault.OWN_FIGURE_NEEDED)
    if chosen is None or chosen < 0:
        faults.append(Fault.FIGURE_NOT_KNOWN)
    value = max(chosen or Decimal(0), ceilings_sek)
    passed_over = any(known > value or known >= limit_sek for known in figures.known)
    if (choice.basis is Basis.OWN or passed_over) and not choice.reason.strip():
        faults.append(Fault.REASON_NEEDED)
    return Assessment(
        value_sek=value,
        margin_sek=limit_sek - value,
        is_below=value < limit_sek,
        faults=tuple(faults),
    )


@dataclass(frozen=True, slots=True)
class Award:
    """A direct award of the need, signed or about to be: its day and its ceiling in SEK excl. VAT."""

    signed_on: date
    ceiling_sek: Decimal


SPLIT_DAYS = 31
SPLIT_COUNT = 5
NEAR_SHARE = Decimal("0.8")


def looks_split(awards: Sequence[Award], *, limit_sek: Decimal) -> bool:
    """Whether awards of one need look like a purchase that was cut up to stay below the limit (5:7 a).

    Five within a month do, and so do two or more that together come to four fifths of the limit. The numbers are the
    house's own for when to ask; the decision is the officer's, with its reason.
    """
    crowded = _are_crowded(award.signed_on for award in awards)
    total = sum((award.ceiling_sek for award in awards), start=Decimal(0))
    return crowded or (len(awards) > 1 and total >= limit_sek * NEAR_SHARE)


@dataclass(frozen=True, slots=True)
class Invoice:
    """A purchase elsewhere of the need, as the ledger has it: its day and SEK excl. VAT."""

    on: date
    sek: Decimal


def looks_cut_up(invoices: Sequence[Invoice], *, amount_sek: Decimal) -> bool:
    """Whether invoices of one need look like a purchase cut up to stay below an amount, that of documentation (5:7 a).

    Five within a month do that each come to at least half of the amount and do not exceed it, whoever sent them. A
    wholesaler's many small invoices do not. The numbers are the house's own for when to ask.
    """
    return _are_crowded(each.on for each in invoices if amount_sek / 2 <= each.sek <= amount_sek)


def _are_crowded(days: Iterable[date]) -> bool:
    """Whether five of the days lie within a month."""
    found = sorted(days)
    spans = zip(found, found[SPLIT_COUNT - 1 :], strict=False)  # each with the one that makes it five
    return any((last - first).days < SPLIT_DAYS for first, last in spans)
