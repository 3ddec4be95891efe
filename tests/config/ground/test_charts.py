"""Charts drawn and read back: every figure is computed again from the path that draws it, by the axis beside it."""

import itertools
import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from config.ground.charts.bars import Bar, Split, bars, shares
from config.ground.charts.drawing import (
    SIGN,
    WIDTH,
    Drawing,
    Goal,
    count,
    divisor_of,
    fit,
    money,
    share,
    steps_between,
    weight,
)
from config.ground.charts.over_time import BOTTOM, TOP, DayFigure, Series, burn_down, columns, lines

S = "\u00a0"
SVG = "{http://www.w3.org/2000/svg}"
HALF_A_PIXEL = Decimal("0.005")  # what rounding a place to hundredths of a unit moves it

amounts = st.decimals(min_value=-50_000, max_value=9_000_000, places=2)
whole_amounts = st.decimals(min_value=0, max_value=9_000_000, places=2)


def points(path: str) -> list[list[tuple[Decimal, Decimal]]]:
    """The strokes of a path, each as its points; knows the commands that the house writes."""
    strokes: list[list[tuple[Decimal, Decimal]]] = []
    x = y = Decimal(0)
    for command, first, second in re.findall(r"([MLHVZ])(-?[\d.]+)?(?: (-?[\d.]+))?", path):
        match command:
            case "M":
                x, y = Decimal(first), Decimal(second)
                strokes.append([])
            case "L":
                x, y = Decimal(first), Decimal(second)
            case "H":
                x = Decimal(first)
            case "V":
                y = Decimal(first)
            case "Z":
                continue
        strokes[-1].append((x, y))
    return strokes


def drawn(drawing: Drawing, tells: str) -> list[list[tuple[Decimal, Decimal]]]:
    return points(next(shape.path for shape in drawing.shapes if shape.tells == tells))


def slack(drawing: Drawing) -> Decimal:
    """How far a figure may be off that is read from places in hundredths of a unit."""
    scale = drawing.scale
    return 2 * HALF_A_PIXEL * (scale.high - scale.low) / abs(scale.end - scale.start)


@given(st.lists(amounts, min_size=1, max_size=8), st.booleans())
def test_the_length_of_a_bar_is_its_figure(values: list[Decimal], with_goal: bool) -> None:
    goal = Goal(Decimal(40_000), "mål") if with_goal else None
    drawing = bars("b", "t", [Bar(f"r{n}", v) for n, v in enumerate(values)], measure=money(), goal=goal)
    for number, value in enumerate(values):
        (corners,) = drawn(drawing, f"r{number}")
        length = corners[1][0] - corners[0][0]
        read = length / (drawing.scale.place(1) - drawing.scale.place(0))
        assert abs(read - value) <= slack(drawing)
        assert 0 <= min(x for x, _y in corners) <= max(x for x, _y in corners) <= WIDTH
    if goal:
        ((at, _top), _end) = drawn(drawing, "mål")[0]
        assert abs(drawing.scale.value(at) - goal.value) <= slack(drawing)


@given(st.lists(amounts, min_size=1, max_size=30))
def test_the_height_of_a_column_is_its_figure_by_the_lines_behind_it(values: list[Decimal]) -> None:
    rows = [Bar(f"r{n}", v) for n, v in enumerate(values)]
    drawing = columns("c", "t", rows, measure=money(), goal=Goal(Decimal(500), "mål"))
    low, high = drawing.ticks[0], drawing.ticks[-1]
    per_unit = (high.value - low.value) / (high.at - low.at)
    for number, value in enumerate(values):
        (corners,) = drawn(drawing, f"r{number}")
        read = (corners[2][1] - corners[0][1]) * per_unit
        assert abs(read - value) <= slack(drawing)
        assert all(TOP - 1 <= y <= BOTTOM + 1 for _x, y in corners)
    for tick in drawing.ticks:
        lines_drawn = [points(shape.path) for shape in drawing.shapes if shape.look == "grid"]
        assert any(abs(each[0][0][1] - tick.at) <= HALF_A_PIXEL for each in lines_drawn)


@given(
    st.lists(
        st.tuples(st.none() | whole_amounts, st.none() | whole_amounts), min_size=1, max_size=12
    )
)  # fmt: skip
def test_a_line_goes_through_its_figures_and_breaks_where_one_is_unknown(
    pairs: list[tuple[Decimal | None, Decimal | None]],
) -> None:
    series = [Series("a", tuple(a for a, _b in pairs)), Series("b", tuple(b for _a, b in pairs))]
    labels = [str(2000 + number) for number in range(len(pairs))]
    drawing = lines("l", "t", labels, series, measure=weight(), goal=Goal(Decimal(3), "mål"))
    for each in series:
        runs, run = [], 0
        for value in [*each.values, None]:
            if value is None and run:
                runs.append(run)
            run = 0 if value is None else run + 1
        strokes = drawn(drawing, each.name)
        assert [len(found) for found in strokes] == runs
        read = [drawing.scale.value(y) for found in strokes for _x, y in found]
        known = [value for value in each.values if value is not None]
        assert all(abs(a - b) <= slack(drawing) for a, b in zip(read, known, strict=True))
    assert ("okänt" in drawing.desc) == any(None in each.values for each in series)


@given(
    st.lists(whole_amounts, min_size=1, max_size=12),
    st.integers(0, 400),
    st.integers(-30, 900),
)  # fmt: skip
def test_a_burn_down_tells_its_days_and_what_is_left(values: list[Decimal], ahead: int, to_end: int) -> None:
    begins = date(2026, 1, 1)
    left = [DayFigure(begins + timedelta(days=31 * n), value) for n, value in enumerate(values)]
    forecast = [left[-1], DayFigure(left[-1].day + timedelta(days=ahead), Decimal(0))] if ahead else []
    ends = left[-1].day + timedelta(days=to_end)
    drawing = burn_down("k", "t", left, forecast, measure=money(), ends=ends)
    assert drawing.across is not None
    told = {"left": left, "forecast": forecast} if forecast else {"left": left}
    for tells, figures_told in told.items():
        (stroke,) = drawn(drawing, tells)
        for (x, y), figure in zip(stroke, figures_told, strict=True):
            assert abs(drawing.scale.value(y) - figure.value) <= slack(drawing)
            assert round(drawing.across.value(x)) == figure.day.toordinal()
    ((x, _top), _bottom) = drawn(drawing, "ends")[0]
    assert round(drawing.across.value(x)) == ends.toordinal()


@given(st.lists(st.lists(whole_amounts, min_size=3, max_size=3), min_size=1, max_size=5))
def test_the_parts_of_a_share_fill_the_bar_and_each_is_as_long_as_its_share(
    rows: list[list[Decimal]],
) -> None:
    names = ["eko", "annat", "okänt"]
    drawing = shares("s", "t", names, [Split(f"r{n}", tuple(parts)) for n, parts in enumerate(rows)])
    for number, parts in enumerate(rows):
        whole = sum(parts)
        lengths = Decimal(0)
        for name, part in zip(names, parts, strict=True):
            told = [shape for shape in drawing.shapes if shape.tells == f"r{number}: {name}"]
            assert bool(told) == bool(part)
            if told:
                (corners,) = points(told[0].path)
                length = corners[1][0] - corners[0][0]
                assert abs(length / WIDTH - part / whole) <= 2 * HALF_A_PIXEL / WIDTH
                lengths += length
        assert lengths == (WIDTH if whole else 0)


@given(amounts, amounts)
def test_an_axis_has_few_round_steps_around_its_figures_and_zero(low: Decimal, high: Decimal) -> None:
    low, high = sorted((low, high))
    steps = steps_between(low, high)
    assert steps[0] <= low
    assert high <= steps[-1]
    assert Decimal(0) in steps
    assert 2 <= len(steps) <= 7
    assert len({after - before for before, after in itertools.pairwise(steps)}) == 1


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 0, [0, Decimal("0.25"), Decimal("0.5"), Decimal("0.75"), 1]),
        (0, 900_000, [0, 250_000, 500_000, 750_000, 1_000_000]),
        (-3, 17, [-5, 0, 5, 10, 15, 20]),
        (Decimal("1.6"), Decimal("2.2"), [0, 1, 2, 3]),
    ],
)
def test_steps_of_an_axis(low: int, high: int, expected: list[int]) -> None:
    assert list(steps_between(Decimal(low), Decimal(high))) == expected


def test_what_is_unknown_has_a_dash_and_no_bar() -> None:
    for drawing in (
        bars("b", "t", [Bar("känd", Decimal(5)), Bar("okänd", None)], measure=count()),
        columns("c", "t", [Bar("känd", Decimal(5)), Bar("okänd", None)], measure=count()),
    ):
        assert [shape.tells for shape in drawing.shapes if shape.tone is not None] == ["känd"]
        assert "–" in [caption.text for caption in drawing.captions]
        assert drawing.desc == "känd 5; okänd okänt."
    line = lines("l", "t", ["1"], [Series("a", (None,))], measure=count())
    assert "a, –" in [caption.text for caption in line.captions]


def test_an_axis_says_what_its_figures_are_told_in() -> None:
    drawing = columns("c", "t", [Bar("jan", Decimal(90_000)), Bar("feb", Decimal(4000))], measure=money())
    texts = [caption.text for caption in drawing.captions]
    assert "tusen kr" in texts
    assert {"0", "25", "100", "90", "4"} <= set(texts)
    assert drawing.desc == f"jan 90{S}000{S}kr; feb 4000{S}kr.".replace("4000", f"4{S}000")
    per_cent = columns("p", "t", [Bar("jan", Decimal("0.41"))], measure=share())
    assert {"%", "0", "40", "41"} <= {caption.text for caption in per_cent.captions}
    assert divisor_of(Decimal(2_000_000))[0] == 1_000_000
    with translation.override("en"):
        english = columns("c", "t", [Bar("Jan", Decimal(90_000))], measure=money())
    assert "thousand SEK" in [caption.text for caption in english.captions]


def test_long_names_are_cut_and_names_across_never_run_into_each_other() -> None:
    name = "Ekonomiska föreningen Sörmlands rotfrukter och grönsaker, södra kretsen"
    drawing = bars("b", "t", [Bar(name, Decimal(1_000_000))], measure=money())
    assert drawing.captions[0].text.endswith("…")
    assert name in drawing.desc
    assert fit("kort", Decimal(100)) == "kort"
    months = columns("c", "t", [Bar(f"{n:02}.2026", Decimal(n)) for n in range(24)], measure=count())
    across = [caption for caption in months.captions if caption.y > BOTTOM + 10]
    places = [caption.x for caption in across]
    widest = max(len(caption.text) for caption in across) * SIGN
    assert all(after - before >= widest for before, after in itertools.pairwise(places))
    legend = shares("s", "t", [name] * 3, [Split("r", (Decimal(1),) * 3)])
    assert len({caption.y for caption in legend.captions[1:]}) == 3


def test_too_many_parts_and_missing_figures_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 6"):
        shares("s", "t", list("abcdefg"), [])
    with pytest.raises(ValueError, match="as many"):
        shares("s", "t", ["a", "b"], [Split("r", (Decimal(1),))])
    with pytest.raises(ValueError, match="at most 6 lines"):
        lines("l", "t", ["1"], [Series("a", ())], measure=count())
    with pytest.raises(ValueError, match="begins with"):
        burn_down("k", "t", [], [], measure=money(), ends=date(2026, 1, 1))
    empty = columns("c", "t", [], measure=count())
    assert [shape for shape in empty.shapes if shape.tone is not None] == []


def test_the_page_has_the_drawing_with_its_name_its_words_and_its_patterns() -> None:
    drawing = shares("s", "Andel <eko>", ["a", "b"], [Split("r & s", (Decimal(1), Decimal(3)))])
    html = Template('{% load charts %}{% chart d name="light" %}').render(Context({"d": drawing}))
    svg = ET.fromstring(html.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '))[1]  # noqa: S314
    assert svg.get("role") == "img"
    assert svg.findtext(f"{SVG}title") == "Andel <eko>"
    assert svg.findtext(f"{SVG}desc") == f"r & s: a 25,0{S}%, b 75,0{S}%."
    patterns = {pattern.get("id") for pattern in svg.iter(f"{SVG}pattern")}
    used = {path.get("fill") for path in svg.iter(f"{SVG}path")} - {None}
    assert used == {f"url(#{pattern})" for pattern in patterns} == {"url(#s-light-0)", "url(#s-light-1)"}
    assert [path.get("d") for path in svg.findall(f"{SVG}path")] == [shape.path for shape in drawing.shapes]
    assert "style=" not in html
