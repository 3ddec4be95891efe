"""The face: figures in both languages, icons, the ceiling's bar, and a stylesheet that everybody can read."""

import re
import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.formats import sanitize_separators
from hypothesis import given
from hypothesis import strategies as st

from config.ground import figures
from config.site.frame import STATIC
from config.site.templatetags import face

S = "\u00a0"  # no-break space
SHEET = (STATIC / "bygdemat.css").read_text("utf-8")


def shown(source: str, *, language: str = "sv", **values: object) -> str:
    with translation.override(language):
        return Template("{% load face %}" + source).render(Context(values))


@pytest.mark.parametrize(
    ("source", "value", "swedish"),
    [
        ("{{ x|dag }}", date(2026, 12, 3), "torsdag 3 december 2026"),
        ("{{ x|dag }}", None, "–"),
        ("{{ x|dag_kort }}", date(2026, 12, 3), "tors 3 dec"),
        ("{{ x|tid }}", datetime(2026, 12, 3, 23, 30, tzinfo=UTC), "fredag 4 december kl.\u00a000.30"),
        ("{{ x|tid }}", datetime(2026, 7, 1, 10, 0, tzinfo=UTC), "onsdag 1 juli kl.\u00a012.00"),
        ("{{ x|tid }}", None, "–"),
    ],
)
def test_a_day_tells_its_weekday_and_an_instant_swedens_clock(
    source: str, value: object, swedish: str
) -> None:
    assert shown(source, x=value) == swedish


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg.strip())  # noqa: S314  # our own drawing


@pytest.mark.parametrize(
    ("source", "value", "swedish", "english"),
    [
        ("{{ x|kr }}", Decimal("1234567.5"), f"1{S}234{S}567,50{S}kr", f"1,234,567.50{S}SEK"),
        ("{{ x|kr }}", Decimal("0.005"), f"0,01{S}kr", f"0.01{S}SEK"),
        ("{{ x|kr }}", Decimal("-0.004"), f"0,00{S}kr", f"0.00{S}SEK"),
        ("{{ x|kr }}", Decimal(-40), f"\u221240,00{S}kr", f"\u221240.00{S}SEK"),
        ("{{ x|kr:0 }}", Decimal("699999.99"), f"700{S}000{S}kr", f"700,000{S}SEK"),
        ("{{ x|kr }}", None, "–", "–"),
        ('{{ x|kr_per:"kg" }}', Decimal("28.5"), f"28,50{S}kr/kg", f"28.50{S}SEK/kg"),
        ('{{ x|kr_per:"kg" }}', None, "–", "–"),
        ("{{ x|kg }}", Decimal("12.500"), f"12,5{S}kg", f"12.5{S}kg"),
        ("{{ x|kg }}", Decimal(1200), f"1{S}200{S}kg", f"1,200{S}kg"),
        ("{{ x|kg }}", Decimal("0.0005"), f"0,001{S}kg", f"0.001{S}kg"),
        ("{{ x|kg:1 }}", 40, f"40,0{S}kg", f"40.0{S}kg"),
        ("{{ x|kg }}", "", "–", "–"),
        ("{{ x|co2e }}", Decimal("1.844"), f"1,84{S}kg{S}CO₂e", f"1.84{S}kg{S}CO₂e"),
        ("{{ x|co2e }}", None, "–", "–"),
        ("{{ x|tal }}", "1234.50", f"1{S}234,5", "1,234.5"),
        ("{{ x|tal:2 }}", Decimal(3), "3,00", "3.00"),
        ("{{ x|tal }}", Decimal(100), "100", "100"),
        ("{{ x|tal }}", Decimal("NaN"), "–", "–"),
        ("{{ x|procent }}", Decimal("0.88"), f"88{S}%", "88%"),
        ("{{ x|procent:1 }}", Decimal("0.125"), f"12,5{S}%", "12.5%"),
        ("{{ x|procent }}", None, "–", "–"),
    ],
)
def test_a_figure_reads_as_people_write_it(source: str, value: object, swedish: str, english: str) -> None:
    assert shown(source, x=value) == swedish
    assert shown(source, language="en", x=value) == english


def test_a_float_never_reaches_a_page() -> None:
    with pytest.raises(TypeError, match="float"):
        face.kr(0.1)  # type: ignore[arg-type]  # the point of the test


@pytest.mark.parametrize("language", ["sv", "en"])
@given(value=st.decimals(min_value=0, max_value=10**9, places=2))
def test_a_figure_copied_off_the_page_is_read_back_by_a_form(language: str, value: Decimal) -> None:
    with translation.override(language):
        assert Decimal(sanitize_separators(figures.number(value, places=2))) == value


def test_an_icon_beside_words_is_hidden_from_screen_readers() -> None:
    svg = shown('{% icon "truck" %}')
    assert 'aria-hidden="true"' in svg
    assert re.search(r'href="/static/site/icons\.svg\?v=[0-9a-f]{8}#truck"', svg)


def test_an_icon_alone_says_its_title() -> None:
    svg = parsed(shown('{% icon "truck" title=title %}', title="Lastbil & släp"))
    assert svg.get("role") == "img"
    assert svg.findtext("title", "").strip(" \n") == "Lastbil & släp"


def test_an_icon_that_is_not_drawn_is_an_error() -> None:
    with pytest.raises(LookupError, match="rocket"):
        shown('{% icon "rocket" %}')


def test_the_sprite_is_well_formed_and_names_each_icon_once() -> None:
    names = [s.get("id", "") for s in parsed((STATIC / "icons.svg").read_text("utf-8"))]
    assert len(names) == len(set(names)) == len(face.icon_names())
    assert {"carrot", "leaf", "farm", "kitchen", "truck", "hub", "law", "climate", "basket"} <= set(names)


@pytest.mark.parametrize("kind", ["ok", "info", "warn", "refuse", "plain", "forecast"])
def test_a_state_is_a_word_and_an_icon_not_a_colour_alone(kind: str) -> None:
    pill = shown("{% pill kind label %}", kind=kind, label="Delvis <b>")
    assert "<use " in pill
    assert "Delvis &lt;b&gt;" in pill


@pytest.mark.parametrize(
    ("committed", "ceiling", "pending", "state", "taken", "excess"),
    [
        (Decimal(0), Decimal(600_000), Decimal(0), "", "0", None),
        (Decimal(300_000), Decimal(600_000), Decimal(60_000), "", "500", None),
        (Decimal("479999.99"), Decimal(600_000), Decimal(0), "", "800", None),
        (Decimal(480_000), Decimal(600_000), Decimal(0), "near", "800", None),
        (Decimal(600_000), Decimal(600_000), Decimal(0), "near", "1000", None),
        (Decimal(750_000), Decimal(600_000), Decimal(0), "over", "800", "200"),
        (Decimal(450_000), Decimal(600_000), Decimal(300_000), "over", "600", "200"),
        (Decimal(10), Decimal(0), Decimal(0), "over", "0", "1000"),
    ],
)
def test_the_bar_is_as_long_as_what_is_bound(
    committed: Decimal, ceiling: Decimal, pending: Decimal, state: str, taken: str, excess: str | None
) -> None:
    bar = shown("{% ceiling_bar c t p %}", c=committed, t=ceiling, p=pending)
    figure = parsed(bar)
    assert figure.get("class", "").split()[1:] == state.split()
    rects = {r.get("class"): r.get("width") for r in figure.iter("rect")}
    assert (rects["taken"], rects.get("excess")) == (taken, excess)


def test_the_bar_says_its_figures_in_words() -> None:
    svg = parsed(shown("{% ceiling_bar c t %}", c=Decimal(450_000), t=Decimal(600_000)))[0]
    assert svg.get("role") == "img"
    assert svg.findtext("title", "").strip(" \n") == f"Bundet 450{S}000{S}kr av taket 600{S}000{S}kr"
    assert svg.findtext("desc", "").strip(" \n") == f"75{S}% av taket är bundet."


def test_an_agreement_without_a_ceiling_has_no_bar() -> None:
    text = shown('{% ceiling_bar c None unit="kg" %}', c=Decimal(1500))
    assert f"1{S}500{S}kg, inget tak" in text
    assert "<rect" not in text


# --- The stylesheet ---


def tokens(opening: str) -> dict[str, str]:
    """The colours of the first list that stands after `opening`."""
    body = SHEET[SHEET.index(opening) :].split("{", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", body))


LIGHT = tokens(":root,\n")
DARK_BY_CHOICE = tokens('  [data-theme="dark"] {')
DARK_BY_DEVICE = tokens('  :root:not([data-theme="light"]) {')

TEXT_PAIRS = [
    *((text, ground) for text in ("ink", "muted", "accent") for ground in ("ground", "surface", "sunken")),
    *((text, ground) for text in ("accent-strong", "refuse") for ground in ("ground", "surface")),
    *((state, f"{state}-soft") for state in ("info", "ok", "warn", "refuse")),
    *(("ink", f"{state}-soft") for state in ("info", "ok", "warn", "refuse", "accent")),
    ("muted", "accent-soft"),
    ("accent", "accent-soft"),
    ("warn", "surface"),
    ("warn", "ground"),
    ("ok", "surface"),
    ("ok", "ground"),
    ("ok", "accent-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
]
EDGE_PAIRS = [
    *((line, ground) for line in ("edge", "focus", "accent") for ground in ("ground", "surface", "sunken")),
    ("refuse", "surface"),
]


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK_BY_CHOICE], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_stands_out_from_its_ground(theme: dict[str, str], text: str, ground: str) -> None:
    assert contrast(theme[text], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK_BY_CHOICE], ids=["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), EDGE_PAIRS)
def test_edges_that_must_be_seen_stand_out(theme: dict[str, str], line: str, ground: str) -> None:
    assert contrast(theme[line], theme[ground]) >= 3


def test_contrast_is_reckoned_as_the_standard_does() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_dark_is_the_same_by_device_and_by_choice() -> None:
    assert DARK_BY_CHOICE == DARK_BY_DEVICE
    assert LIGHT.keys() - DARK_BY_CHOICE.keys() == {"sun"}


def test_colours_stand_among_the_tokens_only() -> None:
    components = SHEET[SHEET.index("/* ---------- Ground") : SHEET.index("/* ---------- Paper")]
    assert not re.findall(r"#[0-9a-f]{3,6}\b", components)


def test_the_stylesheet_is_small_and_fetches_nothing() -> None:
    assert len(SHEET.encode()) <= 36_000
    assert not re.search(r"url\(|@import|@font-face", SHEET)
