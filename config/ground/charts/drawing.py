"""What a chart is: paths and captions in the drawing's own units, and the scales that turn a figure into a place.

Nothing here knows colours or pages. A shape says which part of what was told it draws (``tells``), so that the
figure can be computed back from its path: place to figure by the drawing's own scale.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

from django.utils.translation import gettext as _

from config.ground import figures

WIDTH: Final = Decimal(420)  # of every chart; text is sized for a phone that shows it 328 points wide
SIGN: Final = Decimal("7.2")  # how wide a sign of a caption is, on average
LINE: Final = Decimal(17)
HUNDREDTH: Final = Decimal("0.01")
HUNDRED: Final = 100
INTERVALS: Final = 4
LOOKS: Final = 6  # tones that patterns tell apart without colour

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Shape:
    """``look`` is a class of the stylesheet. ``tells`` is the row or series that it draws, empty for what frames."""

    path: str
    look: str
    tells: str = ""
    tone: int | None = None


@dataclass(frozen=True, slots=True)
class Caption:
    x: Decimal
    y: Decimal
    text: str
    anchor: Anchor = "start"
    look: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """``low`` stands at ``start`` and ``high`` at ``end``; both directions of reading are exact."""

    low: Decimal
    high: Decimal
    start: Decimal
    end: Decimal

    def place(self, value: Decimal | int) -> Decimal:
        return self.start + (Decimal(value) - self.low) * (self.end - self.start) / (self.high - self.low)

    def value(self, place: Decimal) -> Decimal:
        return self.low + (place - self.start) * (self.high - self.low) / (self.end - self.start)


@dataclass(frozen=True, slots=True)
class Tick:
    value: Decimal
    at: Decimal


@dataclass(frozen=True, slots=True)
class Drawing:
    """``desc`` says the figures in words for who doesn't see them. ``scale`` is of the figures, ``across`` of time.

    A map's are of latitude and longitude, and ``widths`` of what its lines carry.
    """

    key: str
    title: str
    desc: str
    height: Decimal
    shapes: tuple[Shape, ...]
    captions: tuple[Caption, ...]
    scale: Scale
    ticks: tuple[Tick, ...] = ()
    across: Scale | None = None
    widths: Scale | None = None
    width: Decimal = WIDTH

    @property
    def told(self) -> frozenset[str]:
        """What of the data is drawn."""
        return frozenset(shape.tells for shape in self.shapes)

    @property
    def tones(self) -> tuple[int, ...]:
        """The patterned tones that it uses."""
        return tuple(sorted({shape.tone for shape in self.shapes if shape.tone is not None}))


@dataclass(frozen=True, slots=True)
class Measure:
    """How a chart's figures are told: ``tell`` with unit, ``unit`` alone above the axis; ``times`` 100 for per cent."""

    tell: Callable[[Decimal], str]
    unit: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Goal:
    value: Decimal
    label: str


@dataclass(slots=True)
class Sheet:
    """A drawing in the making."""

    shapes: list[Shape] = field(default_factory=list)
    captions: list[Caption] = field(default_factory=list)

    def draw(self, path: str, look: str, *, tells: str = "", tone: int | None = None) -> None:
        self.shapes.append(Shape(path=path, look=look, tells=tells, tone=tone))

    def write(self, x: Decimal, y: Decimal, text: str, *, anchor: Anchor = "start", look: str = "") -> None:
        self.captions.append(Caption(x=x, y=y, text=text, anchor=anchor, look=look))


def money(places: int = 0) -> Measure:
    return Measure(
        tell=lambda value: figures.money(value, places=places),
        unit=figures.CURRENCY.get(figures.language(), "SEK"),
    )


def weight(unit: str = "kg") -> Measure:
    """Hundreds without decimals, less with two: no drawing shows more."""
    return Measure(
        tell=lambda value: figures.with_unit(
            figures.number(value, most=0 if abs(value) >= HUNDRED else 2), unit=unit
        ),
        unit=unit,
    )


def share() -> Measure:
    return Measure(tell=lambda value: figures.share(value, places=1), unit="%", times=100)


def count() -> Measure:
    return Measure(tell=lambda value: figures.number(value, most=2), unit="")


def rounded(place: Decimal) -> str:
    """A place as a path writes it: hundredths of a unit, without idle zeros, with a point in every language."""
    text = f"{place.quantize(HUNDREDTH, ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def box(x: Decimal, y: Decimal, to_x: Decimal, to_y: Decimal) -> str:
    """The path of an upright rectangle between two corners."""
    return f"M{rounded(x)} {rounded(y)}H{rounded(to_x)}V{rounded(to_y)}H{rounded(x)}Z"


def stroke(points: Sequence[tuple[Decimal, Decimal] | None]) -> str:
    """The path through the points; None breaks it, and a point alone is a dot of no length."""
    path, pen_down = [], False
    for point in points:
        if point is None:
            pen_down = False
            continue
        path.append(f"{'L' if pen_down else 'M'}{rounded(point[0])} {rounded(point[1])}")
        pen_down = True
    return "".join(path)


def steps_between(low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
    """Round figures (1, 2, 2.5 or 5 times a power of ten) from at most ``low`` to at least ``high``, with zero."""
    low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        high = Decimal(1)
    rough = (high - low) / INTERVALS
    power = Decimal(1).scaleb(rough.adjusted())
    step = next(power * times for times in (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
                if power * times >= rough)  # fmt: skip
    first, last = _floor(low / step), -_floor(-high / step)
    return tuple(step * number for number in range(first, last + 1))


def fit(text: str, room: Decimal) -> str:
    """The text, cut with an ellipsis where it is wider than the room."""
    most = max(int(room / SIGN), 4)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def divisor_of(high: Decimal) -> tuple[int, str]:
    """What the figures of an axis are told in: as they are, thousands or millions, and its word."""
    if high >= 2_000_000:  # noqa: PLR2004
        return 1_000_000, _("miljoner")
    if high >= 10_000:  # noqa: PLR2004
        return 1000, _("tusen")
    return 1, ""


def tick_text(value: Decimal, *, measure: Measure, divisor: int) -> str:
    return figures.number(value * measure.times / divisor, most=3)


def unit_text(measure: Measure, word: str) -> str:
    return " ".join(part for part in (word, measure.unit) if part)


def _floor(value: Decimal) -> int:
    whole = int(value)
    return whole - 1 if value < whole else whole
