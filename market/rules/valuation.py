"""Legal amounts by date, and what they say of an award. Every figure is handed in as dated data.

A call-off has no value of its own: the direct-award limit is judged when an award is signed or its ceiling
raised, on the sum of the ceilings of the same need, and never by counting orders (LOU 5:3, 5:5, 19 a:2).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

SEK = "SEK"
DAYS = "days"


class UnknownLaw(LookupError):  # noqa: N818 - named for the refusal that a person reads
    """No figure of the code is in force on that day, or more than one claims to be."""

    def __init__(self, *, code: str, on: date, found: int) -> None:
        super().__init__(f"{found} figures for {code!r} on {on.isoformat()}; there must be one")
        self.code = code
        self.on = on
        self.found = found


@dataclass(frozen=True, slots=True)
class LawFigure:
    """One number of the law with its unit (SEK, EUR, days, years, share); ``valid_to`` is the last day."""

    code: str
    value: Decimal
    unit: str
    regime: str
    paragraph: str
    valid_from: date
    valid_to: date | None
    source: str
    checked_on: date
    confirmed: bool


@dataclass(frozen=True, slots=True)
class AwardVerdict:
    """``margin_sek`` is what is left up to the limit: 0 or less means that the limit is reached."""

    allowed: bool
    sum_sek: Decimal
    margin_sek: Decimal
    limit: LawFigure
    paragraph: str


def law_on(figures: Iterable[LawFigure], *, code: str, on: date) -> LawFigure:
    """The figure in force on that day; UnknownLaw when not exactly one is."""
    in_force = [
        each
        for each in figures
        if each.code == code and each.valid_from <= on and (each.valid_to is None or on <= each.valid_to)
    ]
    if len(in_force) != 1:
        raise UnknownLaw(code=code, on=on, found=len(in_force))
    return in_force[0]


def may_sign_award(
    *,
    ceilings_of_need: Sequence[Decimal],
    new_ceiling: Decimal,
    limit: LawFigure,
) -> AwardVerdict:
    """Whether a direct award stays strictly below the limit.

    ``ceilings_of_need`` are those of the awards already signed that count for the same need, options and
    extensions included, SEK excl. VAT (LOU 5:3). To raise a ceiling hand in the others and the raised one.
    ValueError for a negative ceiling and for a limit that is not in SEK.
    """
    _require_unit(limit, SEK)
    if min(new_ceiling, *ceilings_of_need, Decimal(0)) < 0:
        raise ValueError("a ceiling is not negative")
    sum_sek = sum(ceilings_of_need, start=new_ceiling)
    return AwardVerdict(
        allowed=sum_sek < limit.value,
        sum_sek=sum_sek,
        margin_sek=limit.value - sum_sek,
        limit=limit,
        paragraph=limit.paragraph,
    )


def counts_from(on: date) -> date:
    """The day a year before: a direct award that ended earlier no longer counts for its need's sum.

    The value of a recurring need is estimated on the twelve months before (LOU 5:11).
    """
    try:
        return on.replace(year=on.year - 1)
    except ValueError:  # 29 February
        return on.replace(year=on.year - 1, day=28)


def stricter(limit: LawFigure, own: Decimal | None) -> LawFigure:
    """The limit that binds: an authority's own one only where it is lower. It never allows more than the law."""
    return limit if own is None or own >= limit.value else replace(limit, value=own)


def regime_of(value: Decimal, threshold: LawFigure | None) -> str | None:
    """The chapters that govern a procurement of that value (5:1): ``directive`` from the threshold, ``national`` below.

    None when no amount in SEK is known for the day: it is published, and never computed from one in EUR.
    """
    if threshold is None:
        return None
    _require_unit(threshold, SEK)
    return "directive" if value >= threshold.value else "national"


def needs_documentation(value: Decimal, figure: LawFigure) -> bool:
    """Whether a direct award of that value (SEK excl. VAT) exceeds the amount to document from (19 a:11)."""
    _require_unit(figure, SEK)
    return value > figure.value


def documentation_due_on(*, signed_on: date, days: LawFigure) -> date:
    """The last day for the documentation, calendar days after the contract (19 a:11)."""
    _require_unit(days, DAYS)
    return signed_on + timedelta(days=int(days.value))


def _require_unit(figure: LawFigure, unit: str) -> None:
    if figure.unit != unit:
        raise ValueError(f"{figure.code!r} is in {figure.unit}, not in {unit}")
