"""What an import did, or would do: the same count for a dry run and for a real one."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from orders.interchange.purchase_words import Oddity
from orders.interchange.purchases import BadRow, Row
from orders.rules.coverage import Coverage
from orders.rules.food_names import Fit, Match

LINES_SHOWN = 10
PeriodKey = tuple[date, date, str]


@dataclass(slots=True)
class OddLines:
    """How many rows are odd in one way, and the lines of the first of them."""

    rows: int = 0
    first_lines: list[int] = field(default_factory=list)

    def add(self, line: int) -> None:
        self.rows += 1
        if len(self.first_lines) < LINES_SHOWN:
            self.first_lines.append(line)


@dataclass(slots=True)
class ImportReport:
    """``coverage`` is by first day, last day and currency; currencies are never added together."""

    file_name: str
    sha256: str
    mapping: str
    encoding: str
    dry_run: bool
    unread_columns: tuple[str, ...] = ()
    import_id: int | None = None
    imported: int = 0
    tallies: int = 0
    bad_rows: list[BadRow] = field(default_factory=list)
    total_rows: list[BadRow] = field(default_factory=list)
    odd: defaultdict[Oddity, OddLines] = field(default_factory=lambda: defaultdict(OddLines))
    coverage: defaultdict[PeriodKey, Coverage] = field(default_factory=lambda: defaultdict(Coverage))
    unmatched_kg: defaultdict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    unknown_foods: set[str] = field(default_factory=set)

    @property
    def refused(self) -> int:
        return len(self.bad_rows)

    @property
    def rows(self) -> int:
        """Rows of the file: each is imported, refused, or set aside as a total."""
        return self.imported + self.refused + len(self.total_rows)

    def take(self, row: Row, *, match: Match | None, name: str) -> None:
        """Count one row that is imported."""
        self.imported += 1
        for oddity in row.odd:
            self.odd[oddity].add(row.line)
        self.coverage[row.period_start, row.period_end, row.currency].count(
            kg=row.kg,
            quantity=row.quantity,
            amount=row.amount,
            has_food=match is not None,
            is_near=match is not None and match.fit is Fit.NEAR,
        )
        if match is None and row.kg:
            self.unmatched_kg[name] += row.kg

    def totals(self) -> dict[str, Coverage]:
        """All periods together, a currency."""
        sums: defaultdict[str, Coverage] = defaultdict(Coverage)
        for (_, _, currency), each in sorted(self.coverage.items()):
            total = sums[currency]
            for name in Coverage.__slots__:
                setattr(total, name, getattr(total, name) + getattr(each, name))
        return dict(sums)

    def heaviest_unmatched(self, *, most: int) -> list[tuple[str, Decimal]]:
        ranked = sorted(self.unmatched_kg.items(), key=lambda pair: (-pair[1], pair[0]))
        return ranked[:most]
