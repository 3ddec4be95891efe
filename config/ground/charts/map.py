"""A map without tiles: places and the flows between them, drawn by where they lie.

An equirectangular projection: east and north are straight lines, a degree of longitude as wide as the cosine of the middle
latitude makes it. Over a county it is off by less than the marks are wide. Source of the degree's length: the mean radius
of the Earth, 6 371.0088 km (IUGG 1980).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from django.utils.translation import gettext as _

from config.ground.charts.drawing import WIDTH, Caption, Drawing, Measure, Scale, Sheet, fit, stroke
from config.ground.coordinates import Coordinates

KM_A_DEGREE: Final = Decimal("111.195")
EDGE: Final = Decimal(26)  # free around the outermost marks, for their numbers
TALLEST: Final = Decimal(460)
LOWEST: Final = Decimal(120)
LEGEND: Final = Decimal(46)
WIDEST: Final = Decimal(14)  # the line of the largest flow
LEAST_SPAN: Final = Decimal("0.02")  # degrees: places nearer than this are drawn as near
HALF: Final = Decimal(6)  # of a mark
LETTER: Final = Decimal(13)

Sort = Literal["farm", "hub", "kitchen"]
TONES: Final[dict[Sort, int]] = {"farm": 0, "hub": 5, "kitchen": 3}


@dataclass(frozen=True, slots=True)
class MapPlace:
    """``number`` stands by its mark and in the table beside."""

    key: str
    number: int
    name: str
    sort: Sort
    at: Coordinates


@dataclass(frozen=True, slots=True)
class MapFlow:
    """``amount`` is at least zero, in the measure of the map."""

    begins: str
    ends: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Projection:
    """``east`` turns longitude into x, ``north`` latitude into y; both can be read back."""

    east: Scale
    north: Scale
    bottom: Decimal

    def point(self, at: Coordinates) -> tuple[Decimal, Decimal]:
        return self.east.place(at.longitude), self.north.place(at.latitude)

    @property
    def units_a_km(self) -> Decimal:
        return abs(self.north.place(1) - self.north.place(0)) / KM_A_DEGREE


def projection(places: Sequence[Coordinates]) -> Projection:
    """All places within the drawing's width and height, as large as they allow; their middle is the drawing's."""
    latitudes, longitudes = [each.latitude for each in places], [each.longitude for each in places]
    middle_lat, middle_lon = (min(latitudes) + max(latitudes)) / 2, (min(longitudes) + max(longitudes)) / 2
    narrow = Decimal(math.cos(math.radians(middle_lat)))
    tall = max(max(latitudes) - min(latitudes), LEAST_SPAN)
    wide = max((max(longitudes) - min(longitudes)) * narrow, LEAST_SPAN)
    units = min((WIDTH - 2 * EDGE) / wide, (TALLEST - 2 * EDGE) / tall)  # a degree of latitude
    height = max(tall * units + 2 * EDGE, LOWEST)
    return Projection(
        east=_around(middle_lon, WIDTH / 2, units * narrow),
        north=_around(middle_lat, height / 2, -units),
        bottom=height,
    )


def flow_map(
    key: str, title: str, places: Sequence[MapPlace], flows: Sequence[MapFlow], *, measure: Measure
) -> Drawing | None:
    """A line from place to place as wide as its amount (the largest fourteen units), the marks above. None without places.

    Flows whose ends are not both among the places are left out: their table tells them.
    """
    if not places:
        return None
    ground = projection([each.at for each in places])
    by_key = {each.key: each for each in places}
    drawn = [flow for flow in flows if flow.amount > 0 and {flow.begins, flow.ends} <= by_key.keys()]
    widths = Scale(
        low=Decimal(0),
        high=max((flow.amount for flow in drawn), default=Decimal(1)),
        start=Decimal(0),
        end=WIDEST,
    )
    sheet = Sheet()
    for flow in sorted(drawn, key=lambda flow: -flow.amount):
        begins, ends = (ground.point(by_key[name].at) for name in (flow.begins, flow.ends))
        sheet.draw(
            ribbon(begins, ends, width=widths.place(flow.amount)),
            "flow",
            tells=f"{flow.begins} > {flow.ends}",
        )
    for place in sorted(places, key=lambda place: (place.sort != "kitchen", place.number)):
        sheet.draw(mark(place.sort, ground.point(place.at)), "mark", tells=place.key, tone=TONES[place.sort])
    _number(sheet, places, ground)
    _legend(sheet, ground)
    return Drawing(
        key=key,
        title=title,
        desc=_in_words(places, drawn, by_key, measure),
        height=ground.bottom + LEGEND,
        shapes=tuple(sheet.shapes),
        captions=tuple(sheet.captions),
        scale=ground.north,
        across=ground.east,
        widths=widths,
    )


def mark(sort: Sort, at: tuple[Decimal, Decimal]) -> str:
    """A farm is a triangle, a hub a square, a kitchen a square on its corner; the middle of its box is the place."""
    x, y = at
    corners: dict[Sort, list[tuple[Decimal, Decimal]]] = {
        "farm": [(x, y - HALF), (x + HALF, y + HALF), (x - HALF, y + HALF)],
        "hub": [(x - HALF, y - HALF), (x + HALF, y - HALF), (x + HALF, y + HALF), (x - HALF, y + HALF)],
        "kitchen": [(x, y - HALF), (x + HALF, y), (x, y + HALF), (x - HALF, y)],
    }
    return f"{stroke(corners[sort])}Z"


def ribbon(begins: tuple[Decimal, Decimal], ends: tuple[Decimal, Decimal], *, width: Decimal) -> str:
    """A straight band between two points, ``width`` across; its first and last corners part at the beginning."""
    over, down = ends[0] - begins[0], ends[1] - begins[1]
    length = (over * over + down * down).sqrt()
    if not length:
        return stroke([begins])
    side_x, side_y = -down / length * width / 2, over / length * width / 2
    corners = [
        (begins[0] + side_x, begins[1] + side_y),
        (ends[0] + side_x, ends[1] + side_y),
        (ends[0] - side_x, ends[1] - side_y),
        (begins[0] - side_x, begins[1] - side_y),
    ]
    return f"{stroke(corners)}Z"


def _around(middle: Decimal, at: Decimal, units: Decimal) -> Scale:
    """A scale of one degree by whose middle ``at`` stands."""
    return Scale(low=middle, high=middle + 1, start=at, end=at + units)


def _number(sheet: Sheet, places: Sequence[MapPlace], ground: Projection) -> None:
    """Each mark's number beside it where there is room; one that has none stands in the table alone."""
    points = [ground.point(place.at) for place in places]
    taken: list[tuple[Decimal, Decimal]] = list(points)
    away = HALF + LETTER * Decimal("0.6")
    for place, (x, y) in zip(places, points, strict=True):
        spots = [(x + away + 3, y), (x - away - 3, y), (x, y - away), (x, y + away + 2)]
        free = next((spot for spot in spots if _is_free(spot, taken, own=(x, y))), None)
        if free is not None:
            taken.append(free)
            sheet.captions.append(
                Caption(x=free[0], y=free[1] + 5, text=str(place.number), anchor="middle", look="place")
            )


def _is_free(
    spot: tuple[Decimal, Decimal], taken: Sequence[tuple[Decimal, Decimal]], *, own: tuple[Decimal, Decimal]
) -> bool:
    return all(abs(spot[0] - x) > LETTER or abs(spot[1] - y) > LETTER for x, y in taken if (x, y) != own)


def _legend(sheet: Sheet, ground: Projection) -> None:
    """What the marks are, and how long some kilometres are."""
    y = ground.bottom + 14
    names: list[tuple[Sort, str]] = [("farm", _("gård")), ("hub", _("nav")), ("kitchen", _("kök"))]
    for number, (sort, name) in enumerate(names):
        x = Decimal(8 + 72 * number)
        sheet.draw(mark(sort, (x, y)), "mark", tone=TONES[sort])
        sheet.write(x + 12, y + 5, fit(name, Decimal(56)))
    km = next((length for length in (100, 50, 20, 10, 5, 2, 1) if length * ground.units_a_km <= WIDTH / 3), 1)
    length = km * ground.units_a_km
    sheet.draw(
        stroke([(WIDTH - length, y - 4), (WIDTH - length, y), (WIDTH, y), (WIDTH, y - 4)]),
        "ruler",
        tells="km",
    )
    sheet.write(WIDTH, y + 16, f"{km} km", anchor="end", look="quiet")
    sheet.write(Decimal(0), y + 26, _("Norr är uppåt. Ju bredare linje, desto mer vikt."), look="quiet")


def _in_words(
    places: Sequence[MapPlace], flows: Sequence[MapFlow], by_key: dict[str, MapPlace], measure: Measure
) -> str:
    said = "; ".join(
        f"{by_key[flow.begins].name} – {by_key[flow.ends].name} {measure.tell(flow.amount)}" for flow in flows
    )
    told = {"places": len(places), "flows": said or _("inget levererat mellan dem")}
    return _("%(places)s platser. %(flows)s.") % told
