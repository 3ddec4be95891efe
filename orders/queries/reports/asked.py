"""What a report is asked about, as the address tells it: read once at the door, handed to the query as a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from market.models import Authority
from orders.models import Basis
from orders.queries.narrowed import EVERYTHING, Narrowed
from orders.rules.periods import Period


@dataclass(frozen=True, slots=True)
class Asked:
    """One authority's question. ``by`` is how the whole is parted; ``today`` is the day in Sweden on which it is asked.

    ``need`` is a need's number or ``-`` (what lies in none), ``seller`` a key of ``orders.queries.loyalty``, for the report
    that knows them; empty for all.
    """

    authority: Authority
    period: Period
    today: date
    basis: str = Basis.ORDERED
    by: str = ""
    narrowed: Narrowed = EVERYTHING
    language: str = "sv"
    need: str = ""
    seller: str = ""
    question: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """``question``: as an address tells it, without how it is parted. Told once: each part of a report opens to it."""
        told = {"from": self.period.from_text, "to": self.period.to_text, "basis": self.basis}
        told |= self.narrowed.question | self.of_bought
        object.__setattr__(self, "question", told)

    @property
    def tongue(self) -> str:
        """Which of the two languages names are read in: the ending of the tables' columns."""
        return "en" if self.language.startswith("en") else "sv"

    @property
    def of_bought(self) -> dict[str, str]:
        """What narrows the report of all that is bought, as an address tells it."""
        told = {"need": self.need, "seller": self.seller}
        return {name: value for name, value in told.items() if value}

    def opening(self, **more: str | int) -> Mapping[str, str]:
        """The question that shows the rows of a part: this one, narrowed further."""
        return self.question | {name: str(value) for name, value in more.items()}

    @property
    def narrowed_to(self) -> tuple[str, ...]:
        return self.narrowed.words(self.authority, language=self.language)
