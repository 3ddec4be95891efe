"""The map drawn and read back: where a place lies, how wide a line is and how long a kilometre, from their paths."""

import re
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest
from django.template import Context, Template
from hypothesis import assume, given
from hypothesis import strategies as st

from config.ground.charts.drawing import WIDTH, Drawing, weight
from config.ground.charts.map import HALF, TALLEST, WIDEST, MapFlow, MapPlace, Sort, flow_map, projection
from config.ground.coordinates import Coordinates
from tests.config.ground.test_charts import HALF_A_PIXEL, points

SORTS: tuple[Sort, ...] = ("farm", "hub", "kitchen")
coordinates = st.builds(
    Coordinates,
    latitude=st.decimals(min_value=55, max_value=69, places=3),
    longitude=st.decimals(min_value=11, max_value=24, places=3),
)
vingaker = st.builds(
    Coordinates,
    latitude=st.decimals(min_value=Decimal("58.9"), max_value=Decimal("59.2"), places=3),
    longitude=st.decimals(min_value=Decimal("15.6"), max_value=Decimal("16.2"), places=3),
)


def drawing_of(places: list[Coordinates], amounts: list[Decimal] | None = None) -> Drawing:
    found = flow_map(
        "m",
        "Karta",
        [MapPlace(f"p{n}", n + 1, f"Plats {n}", SORTS[n % 3], at) for n, at in enumerate(places)],
        [MapFlow("p0", f"p{n + 1}", amount) for n, amount in enumerate(amounts or [])],
        measure=weight(),
    )
    assert found is not None
    return found


def corners(drawing: Drawing, tells: str) -> list[tuple[Decimal, Decimal]]:
    (found,) = points(next(shape.path for shape in drawing.shapes if shape.tells == tells))
    return found


def middle(values: list[Decimal]) -> Decimal:
    return (min(values) + max(values)) / 2


@given(st.lists(st.one_of(coordinates, vingaker), min_size=1, max_size=12))
def test_a_mark_stands_where_its_place_lies(places: list[Coordinates]) -> None:
    drawing = drawing_of(places)
    assert drawing.across is not None
    for number, at in enumerate(places):
        found = corners(drawing, f"p{number}")
        x, y = middle([x for x, _y in found]), middle([y for _x, y in found])
        assert 0 < x < WIDTH
        assert 0 < y < drawing.height
        for scale, place, degrees in ((drawing.across, x, at.longitude), (drawing.scale, y, at.latitude)):
            slack = 2 * HALF_A_PIXEL * abs(scale.value(Decimal(1)) - scale.value(Decimal(0)))
            assert abs(scale.value(place) - degrees) <= slack


@given(st.lists(coordinates, min_size=2, max_size=12))
def test_everything_is_within_the_drawing_and_north_is_up(places: list[Coordinates]) -> None:
    ground = projection(places)
    by_latitude = sorted(places, key=lambda at: at.latitude)
    ys = [ground.point(at)[1] for at in by_latitude]
    assert ys == sorted(ys, reverse=True)
    assert ground.bottom <= TALLEST + HALF_A_PIXEL
    for x, y in map(ground.point, places):
        assert HALF <= x <= WIDTH - HALF
        assert HALF <= y <= ground.bottom - HALF


def test_a_kilometre_is_as_long_eastward_as_northward() -> None:
    """By the ellipsoid of WGS84 a degree at 59.04 N is 111.41 km north and 57.41 km east."""
    south, north = (
        Coordinates(Decimal("58.94"), Decimal("15.87")),
        Coordinates(Decimal("59.14"), Decimal("15.87")),
    )
    east = Coordinates(Decimal("59.04"), Decimal("16.21837"))  # 20 km east of 15.87 at 59.04 N
    ground = projection([south, north, east])
    up = ground.point(south)[1] - ground.point(north)[1]
    right = ground.point(east)[0] - ground.point(north)[0]
    assert abs(up / right / (Decimal("22.28") / Decimal("20.00")) - 1) < Decimal("0.005")
    assert abs(up / ground.units_a_km - Decimal("22.28")) < Decimal("0.1")


@given(
    vingaker,
    st.lists(
        st.tuples(vingaker, st.decimals(min_value=1, max_value=90_000, places=1)), min_size=1, max_size=6
    ),
)
def test_a_line_is_as_wide_as_its_weight_and_leads_from_place_to_place(
    begin: Coordinates, ends: list[tuple[Coordinates, Decimal]]
) -> None:
    assume(all(at != begin for at, _kg in ends))
    drawing = drawing_of([begin, *(at for at, _kg in ends)], [kg for _at, kg in ends])
    assert drawing.across is not None
    assert drawing.widths is not None
    assert max(drawing.widths.place(kg) for _at, kg in ends) == WIDEST
    for number, (at, kg) in enumerate(ends, start=1):
        first, second, third, fourth = corners(drawing, f"p0 > p{number}")
        across = ((first[0] - fourth[0]) ** 2 + (first[1] - fourth[1]) ** 2).sqrt()
        assert abs(across - drawing.widths.place(kg)) <= 4 * HALF_A_PIXEL
        for one, other, place in ((first, fourth, begin), (second, third, at)):
            x, y = (one[0] + other[0]) / 2, (one[1] + other[1]) / 2
            assert abs(x - drawing.across.place(place.longitude)) <= 2 * HALF_A_PIXEL
            assert abs(y - drawing.scale.place(place.latitude)) <= 2 * HALF_A_PIXEL


def test_a_flow_without_both_places_or_without_weight_is_not_drawn() -> None:
    at = Coordinates(Decimal("59.04"), Decimal("15.87"))
    there = [MapPlace("a", 1, "A", "farm", at), MapPlace("b", 2, "B", "hub", at)]
    flows = [MapFlow("a", "x", Decimal(5)), MapFlow("a", "b", Decimal(0))]
    drawing = flow_map("m", "Karta", there, flows, measure=weight())
    assert drawing is not None
    assert not [shape for shape in drawing.shapes if shape.look == "flow"]
    assert drawing.desc == "2 platser. inget levererat mellan dem."
    assert flow_map("m", "Karta", [], flows, measure=weight()) is None


def test_two_places_on_one_spot_are_a_dot_and_a_crowd_keeps_the_numbers_that_have_room() -> None:
    at = Coordinates(Decimal("59.04"), Decimal("15.87"))
    drawing = drawing_of([at] * 9, [Decimal(3)])
    assert len(corners(drawing, "p0 > p1")) == 1
    numbers = [each for each in drawing.captions if each.look == "place"]
    assert 0 < len(numbers) < 9


def test_the_ruler_is_as_long_as_it_says() -> None:
    places = [Coordinates(Decimal("58.9"), Decimal("15.6")), Coordinates(Decimal("59.2"), Decimal("16.2"))]
    drawing = drawing_of(places)
    found = corners(drawing, "km")
    length = max(x for x, _y in found) - min(x for x, _y in found)
    said = next(each.text for each in drawing.captions if each.text.endswith(" km"))
    assert abs(length / projection(places).units_a_km - Decimal(said.removesuffix(" km"))) < Decimal("0.01")


@pytest.mark.parametrize("name", ["", "två"])
def test_it_is_svg_with_title_and_description(name: str) -> None:
    places = [Coordinates(Decimal("59.0"), Decimal("15.8")), Coordinates(Decimal("59.1"), Decimal("15.9"))]
    drawing = drawing_of(places, [Decimal(120)])
    text = Template("{% load charts %}{% chart drawing name %}").render(
        Context({"drawing": drawing, "name": name})
    )
    svg = ET.fromstring(text).find("svg")  # noqa: S314  # what the house wrote itself
    assert svg is not None
    assert svg.get("role") == "img"
    assert svg.findtext("title") == "Karta"
    assert "Plats 0 – Plats 1 120\u00a0kg" in (svg.findtext("desc") or "")
    assert "style=" not in text
    assert not re.search(r"https?://", text)
