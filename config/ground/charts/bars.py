"""Bars that lie, one above another; and bars that are split into shares of their whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from config.ground import figures
from config.ground.charts.drawing import (
    LINE,
    LOOKS,
    SIGN,
    WIDTH,
    Anchor,
    Drawing,
    Goal,
    Measure,
    Scale,
    Sheet,
    Tick,
    box,
    fit,
    share,
    steps_between,
    stroke,
)

THICK: Final = Decimal(12)
ROW: Final = Decimal(40)
TEXT_UP: Final = Decimal(12)
TOP: Final = Decimal(18)
SWATCH: Final = Decimal(14)


@dataclass(frozen=True, slots=True)
class Bar:
    """``value`` None is unknown: it is told, and no bar is drawn."""

    label: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Split:
    """A row of shares; ``parts`` are amounts of one unit, none below zero."""

    label: str
    parts: tuple[Decimal, ...]


def bars(key: str, title: str, rows: Sequence[Bar], *, measure: Measure, goal: Goal | None = None) -> Drawing:
    """Each row's name and figure above its bar; all bars begin at zero."""
    known = [row.value for row in rows if row.value is not None]
    steps = steps_between(
        min(known, default=Decimal(0)), max([*known, *([goal.value] if goal else [])], default=Decimal(0))
    )
    scale = Scale(low=steps[0], high=steps[-1], start=Decimal(0), end=WIDTH)
    sheet, top = Sheet(), TOP if goal else Decimal(0)
    bottom = top + ROW * len(rows)
    zero = scale.place(0)
    for number, row in enumerate(rows):
        y = top + ROW * number
        said = figures.UNKNOWN if row.value is None else measure.tell(row.value)
        sheet.write(Decimal(0), y + TEXT_UP, fit(row.label, WIDTH - SIGN * (len(said) + 2)))
        sheet.write(WIDTH, y + TEXT_UP, said, anchor="end", look="told")
        sheet.draw(box(Decimal(0), y + LINE, WIDTH, y + LINE + THICK), "track")
        if row.value is not None:
            sheet.draw(
                box(zero, y + LINE, scale.place(row.value), y + LINE + THICK), "fill", tells=row.label, tone=0
            )
    if scale.low < 0:
        sheet.draw(stroke([(zero, top), (zero, bottom)]), "zero")
    if goal:
        _goal_line(sheet, goal, scale, bottom=bottom)
    return Drawing(
        key=key,
        title=title,
        desc=_in_words(rows, measure, goal),
        height=bottom,
        shapes=tuple(sheet.shapes),
        captions=tuple(sheet.captions),
        scale=scale,
        ticks=tuple(Tick(value=step, at=scale.place(step)) for step in steps),
    )


def shares(key: str, title: str, names: Sequence[str], rows: Sequence[Split]) -> Drawing:
    """Each row as a bar of full length, split by the parts' shares; a part has the same pattern in every row.

    At most six parts: no pattern says more. ValueError for more, and for a row that has another number of parts.
    """
    if len(names) > LOOKS or any(len(row.parts) != len(names) for row in rows):
        raise ValueError(
            f"a bar of shares has at most {LOOKS} parts, and each row as many as there are names"
        )
    scale = Scale(low=Decimal(0), high=Decimal(1), start=Decimal(0), end=WIDTH)
    sheet, said = Sheet(), []
    for number, row in enumerate(rows):
        y = ROW * number
        whole = sum(row.parts, start=Decimal(0))
        sheet.write(Decimal(0), y + TEXT_UP, fit(row.label, WIDTH))
        sheet.draw(box(Decimal(0), y + LINE, WIDTH, y + LINE + THICK), "track")
        so_far = Decimal(0)
        for tone, (name, part) in enumerate(zip(names, row.parts, strict=True)):
            if part:
                edges = scale.place(so_far / whole), scale.place((so_far + part) / whole)
                sheet.draw(
                    box(edges[0], y + LINE, edges[1], y + LINE + THICK),
                    "fill",
                    tells=f"{row.label}: {name}",
                    tone=tone,
                )
            so_far += part
        said.append(_split_in_words(row, names, whole))
    height = _legend(sheet, names, top=ROW * len(rows))
    return Drawing(
        key=key,
        title=title,
        desc=" ".join(said),
        height=height,
        shapes=tuple(sheet.shapes),
        captions=tuple(sheet.captions),
        scale=scale,
    )


def _goal_line(sheet: Sheet, goal: Goal, scale: Scale, *, bottom: Decimal) -> None:
    at = scale.place(goal.value)
    sheet.draw(stroke([(at, TOP), (at, bottom)]), "goal", tells=goal.label)
    anchor: Anchor = "end" if at > WIDTH / 2 else "start"
    sheet.write(at, TEXT_UP, fit(goal.label, WIDTH / 2), anchor=anchor, look="quiet")


def _legend(sheet: Sheet, names: Sequence[str], *, top: Decimal) -> Decimal:
    """A swatch and a name each, as many in a row as fit. Gives where it ends."""
    x, y = Decimal(0), top + Decimal(4)
    for tone, name in enumerate(names):
        wide = SWATCH + Decimal(6) + SIGN * len(name)
        if x and x + wide > WIDTH:
            x, y = Decimal(0), y + LINE + Decimal(3)
        sheet.draw(box(x, y, x + SWATCH, y + SWATCH), "fill", tone=tone)
        sheet.write(x + SWATCH + Decimal(6), y + Decimal(12), fit(name, WIDTH - SWATCH - Decimal(6)))
        x += wide + Decimal(16)
    return y + SWATCH + Decimal(4)


def _in_words(rows: Sequence[Bar], measure: Measure, goal: Goal | None) -> str:
    said = "; ".join(
        f"{row.label} {_('okänt') if row.value is None else measure.tell(row.value)}" for row in rows
    )
    return f"{said}. {goal.label}." if goal else f"{said}."


def _split_in_words(row: Split, names: Sequence[str], whole: Decimal) -> str:
    if not whole:
        return f"{row.label}: {_('inget')}."
    tell = share().tell
    said = ", ".join(f"{name} {tell(part / whole)}" for name, part in zip(names, row.parts, strict=True))
    return f"{row.label}: {said}."
