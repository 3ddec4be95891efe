"""Charts with time across: columns, lines with a goal, and what is left of a ceiling with the day when it ends."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Final

from django.utils.translation import gettext as _

from config.ground import figures, moments
from config.ground.charts.bars import Bar
from config.ground.charts.drawing import (
    LINE,
    LOOKS,
    SIGN,
    WIDTH,
    Drawing,
    Goal,
    Measure,
    Scale,
    Sheet,
    Tick,
    box,
    divisor_of,
    fit,
    steps_between,
    stroke,
    tick_text,
    unit_text,
)

UNIT_LINE: Final = Decimal(10)  # above the plot: the unit to the left, what is dashed to the right
TOP: Final = Decimal(28)
PLOT: Final = Decimal(170)
BOTTOM: Final = TOP + PLOT
RIGHT: Final = WIDTH - Decimal(4)
MOST_WRITTEN: Final = 6  # columns that have room for their figure above them
BAND: Final = Decimal("0.7")  # of its place that a column fills
HALF_MARK: Final = Decimal(4)


@dataclass(frozen=True, slots=True)
class Series:
    """``values`` has one figure for each label across; None breaks the line."""

    name: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class DayFigure:
    day: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class _Frame:
    sheet: Sheet
    scale: Scale
    left: Decimal
    ticks: tuple[Tick, ...]
    divisor: int


def columns(
    key: str, title: str, rows: Sequence[Bar], *, measure: Measure, goal: Goal | None = None
) -> Drawing:
    """A column a row, from zero; few columns have their figure above them."""
    frame = _frame([row.value for row in rows], measure, goal)
    step = (RIGHT - frame.left) / max(len(rows), 1)
    zero = frame.scale.place(0)
    for number, row in enumerate(rows):
        middle = frame.left + step * (number + Decimal("0.5"))
        half = step * BAND / 2
        top = zero
        if row.value is not None:
            top = frame.scale.place(row.value)
            frame.sheet.draw(box(middle - half, zero, middle + half, top), "fill", tells=row.label, tone=0)
        if len(rows) <= MOST_WRITTEN or row.value is None:
            text = figures.UNKNOWN if row.value is None else _short(row.value, measure, divisor=frame.divisor)
            frame.sheet.write(middle, min(top, zero) - Decimal(5), text, anchor="middle", look="told")
    _labels(frame, [row.label for row in rows], step)
    _zero_and_goal(frame, goal, zero)
    said = "; ".join(
        f"{row.label} {_('okänt') if row.value is None else measure.tell(row.value)}" for row in rows
    )
    return _drawn(frame, key, title, said + (f". {goal.label}." if goal else "."), height=BOTTOM + LINE + 3)


def lines(
    key: str,
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    measure: Measure,
    goal: Goal | None = None,
) -> Drawing:
    """A line a series, told apart by stroke and mark; the names with the last known figure stand below.

    ValueError for more series than strokes can tell apart, and for one that has another number of figures than labels.
    """
    if len(series) > LOOKS or any(len(each.values) != len(labels) for each in series):
        raise ValueError(f"at most {LOOKS} lines, each with a figure for every label")
    frame = _frame([value for each in series for value in each.values], measure, goal)
    step = (RIGHT - frame.left) / max(len(labels), 1)
    places = [frame.left + step * (number + Decimal("0.5")) for number in range(len(labels))]
    said = []
    for tone, each in enumerate(series):
        points = [
            None if value is None else (x, frame.scale.place(value))
            for x, value in zip(places, each.values, strict=True)
        ]
        frame.sheet.draw(stroke(points), f"line line{tone}", tells=each.name)
        for point in points:
            if point is not None:
                frame.sheet.draw(_mark(tone, point), f"spot spot{tone}")
        said.append(_series_in_words(each, labels, measure))
    _labels(frame, labels, step)
    _zero_and_goal(frame, goal, frame.scale.place(0))
    bottom = _names(frame.sheet, series, measure)
    return _drawn(frame, key, title, " ".join(said) + (f" {goal.label}." if goal else ""), height=bottom)


def burn_down(
    key: str,
    title: str,
    left: Sequence[DayFigure],
    forecast: Sequence[DayFigure],
    *,
    measure: Measure,
    ends: date,
) -> Drawing:
    """What is left of a ceiling as it went down, and dashed what the forecast leaves; ``ends`` is the last day.

    ValueError without a figure.
    """
    if not left:
        raise ValueError("a burn-down begins with what there is")
    told = [*left, *forecast]
    frame = _frame([each.value for each in told], measure, None)
    first, last = min(each.day for each in told), max([*(each.day for each in told), ends])
    across = Scale(
        low=Decimal(first.toordinal()),
        high=Decimal(max(last.toordinal(), first.toordinal() + 1)),
        start=frame.left,
        end=RIGHT,
    )

    def point(figure: DayFigure) -> tuple[Decimal, Decimal]:
        return across.place(figure.day.toordinal()), frame.scale.place(figure.value)

    frame.sheet.draw(stroke([point(each) for each in left]), "line line0", tells="left")
    for each in left:
        frame.sheet.draw(_mark(0, point(each)), "spot spot0")
    if forecast:
        frame.sheet.draw(stroke([point(each) for each in forecast]), "line forecast", tells="forecast")
    end = across.place(ends.toordinal())
    frame.sheet.draw(stroke([(end, TOP), (end, BOTTOM)]), "goal", tells="ends")
    frame.sheet.write(
        end, UNIT_LINE, _("avtalets slut"), anchor="end" if end > WIDTH / 2 else "start", look="quiet"
    )
    _zero_and_goal(frame, None, frame.scale.place(0))
    frame.sheet.write(frame.left, BOTTOM + LINE, moments.axis_day(first))
    frame.sheet.write(RIGHT, BOTTOM + LINE, moments.axis_day(last), anchor="end")
    said = _("Kvar %(first)s den %(first_day)s, %(last)s den %(last_day)s.") % {
        "first": measure.tell(left[0].value),
        "first_day": moments.axis_day(left[0].day),
        "last": measure.tell(left[-1].value),
        "last_day": moments.axis_day(left[-1].day),
    }
    if forecast:
        said += " " + _("Enligt prognosen %(value)s kvar den %(day)s.") % {
            "value": measure.tell(forecast[-1].value),
            "day": moments.axis_day(forecast[-1].day),
        }
    return _drawn(frame, key, title, said, height=BOTTOM + LINE + 3, across=across)


def _frame(values: Sequence[Decimal | None], measure: Measure, goal: Goal | None) -> _Frame:
    known = [value for value in values if value is not None] + ([goal.value] if goal else [])
    steps = steps_between(min(known, default=Decimal(0)), max(known, default=Decimal(0)))
    scale = Scale(low=steps[0], high=steps[-1], start=BOTTOM, end=TOP)
    divisor, word = divisor_of(max(abs(steps[0]), steps[-1]) * measure.times)
    texts = [tick_text(step, measure=measure, divisor=divisor) for step in steps]
    left = SIGN * max(len(text) for text in texts) + Decimal(6)
    sheet = Sheet()
    for step, text in zip(steps, texts, strict=True):
        y = scale.place(step)
        sheet.draw(stroke([(left, y), (RIGHT, y)]), "grid")
        sheet.write(left - Decimal(6), y + Decimal(4), text, anchor="end", look="quiet tick")
    if unit := unit_text(measure, word):
        sheet.write(Decimal(0), UNIT_LINE, unit, look="quiet")
    ticks = tuple(Tick(value=step, at=scale.place(step)) for step in steps)
    return _Frame(sheet=sheet, scale=scale, left=left, ticks=ticks, divisor=divisor)


def _labels(frame: _Frame, labels: Sequence[str], step: Decimal) -> None:
    """The names across: all, or each second, third …, so that none runs into its neighbour."""
    longest = max((len(label) for label in labels), default=1)
    every = max(1, int((SIGN * (longest + 1) / step).to_integral_value(ROUND_CEILING)))
    for number, label in enumerate(labels):
        if number % every == 0:
            x = frame.left + step * (number + Decimal("0.5"))
            frame.sheet.write(x, BOTTOM + LINE, fit(label, max(step * every, SIGN * 4)), anchor="middle")


def _zero_and_goal(frame: _Frame, goal: Goal | None, zero: Decimal) -> None:
    frame.sheet.draw(stroke([(frame.left, zero), (RIGHT, zero)]), "zero")
    if goal:
        y = frame.scale.place(goal.value)
        frame.sheet.draw(stroke([(frame.left, y), (RIGHT, y)]), "goal", tells=goal.label)
        label = fit(goal.label, WIDTH / 2)
        begins = RIGHT - SIGN * len(label) - Decimal(6)
        frame.sheet.draw(stroke([(begins - Decimal(28), UNIT_LINE - 4), (begins, UNIT_LINE - 4)]), "goal")
        frame.sheet.write(RIGHT, UNIT_LINE, label, anchor="end", look="quiet")


def _names(sheet: Sheet, series: Sequence[Series], measure: Measure) -> Decimal:
    y = BOTTOM + LINE * 2 + Decimal(6)
    for tone, each in enumerate(series):
        middle = y - Decimal(4)
        sheet.draw(stroke([(Decimal(0), middle), (Decimal(32), middle)]), f"line line{tone}")
        sheet.draw(_mark(tone, (Decimal(16), middle)), f"spot spot{tone}")
        known = [value for value in each.values if value is not None]
        said = f"{each.name}, {measure.tell(known[-1])}" if known else f"{each.name}, {figures.UNKNOWN}"
        sheet.write(Decimal(40), y, fit(said, WIDTH - Decimal(40)))
        y += LINE + Decimal(2)
    return y - Decimal(10)


def _mark(tone: int, at: tuple[Decimal, Decimal]) -> str:
    """A mark around the point: square, diamond, triangle, … so that a line is known without its colour."""
    return _MARKS[tone % len(_MARKS)](at[0], at[1])


def _square(x: Decimal, y: Decimal) -> str:
    return box(x - HALF_MARK, y - HALF_MARK, x + HALF_MARK, y + HALF_MARK)


def _diamond(x: Decimal, y: Decimal) -> str:
    far = HALF_MARK * Decimal("1.4")
    return stroke([(x, y - far), (x + far, y), (x, y + far), (x - far, y)]) + "Z"


def _triangle(x: Decimal, y: Decimal) -> str:
    return stroke([(x, y - 5), (x + 5, y + HALF_MARK), (x - 5, y + HALF_MARK)]) + "Z"


_MARKS: Final[tuple[Callable[[Decimal, Decimal], str], ...]] = (_square, _diamond, _triangle)


def _series_in_words(each: Series, labels: Sequence[str], measure: Measure) -> str:
    said = "; ".join(
        f"{label} {_('okänt') if value is None else measure.tell(value)}"
        for label, value in zip(labels, each.values, strict=True)
    )
    return f"{each.name}: {said}."


def _short(value: Decimal, measure: Measure, *, divisor: int) -> str:
    return figures.number(value * measure.times / divisor, most=1 if divisor > 1 else 2)


def _drawn(
    frame: _Frame, key: str, title: str, desc: str, *, height: Decimal, across: Scale | None = None
) -> Drawing:
    return Drawing(
        key=key,
        title=title,
        desc=desc,
        height=height,
        shapes=tuple(frame.sheet.shapes),
        captions=tuple(frame.sheet.captions),
        scale=frame.scale,
        ticks=frame.ticks,
        across=across,
    )
