"""The reports' one door: each is shown with what stands with its figures, narrowed by its address, and opens to rows."""

import re
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs, urlencode

import pytest
import time_machine

from config.ground.trail import Actor, acting
from kitchens.actions.counting import count_portions
from kitchens.models import WasteDay
from orders.forms.reporting import read_asked
from orders.queries.narrowed import Narrowed
from orders.queries.reports.register import REPORTS
from orders.rules.periods import year_of
from tests.factories.reports import asked_of
from tests.factories.school import DAY, at, make_school, serve
from tests.factories.walked import make_walked
from tests.factories.world import World
from tests.orders.views.desk import address, client_of, number, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_walked(1, kitchens=2)


def page_of(world: World, slug: str, **asked: str | int) -> str:
    with time_machine.travel(world.now, tick=False):
        answer = client_of(world.officer).get(f"{address(world, 'report', slug)}?{urlencode(asked)}")
    assert answer.status_code == 200, (slug, asked)
    return answer.content.decode().partition("<main")[2]


@pytest.mark.parametrize("slug", REPORTS)
def test_each_report_says_what_it_counts_however_it_is_parted(world: World, slug: str) -> None:
    sort = REPORTS[slug]
    for by in sort.bys or ("",):
        page = page_of(world, slug, **({"by": by} if by else {}))
        for word in ("Räknar", "Period", "Underlag", "Källa"):
            assert f"<dt>{word}</dt>" in page


def test_the_library_names_them_all(world: World) -> None:
    page = client_of(world.officer).get(address(world, "reports")).content.decode()
    for sort in REPORTS.values():
        assert address(world, "report", sort.slug) in page
        assert str(sort.question) in page


@pytest.mark.parametrize("slug", REPORTS)
def test_each_part_opens(world: World, slug: str) -> None:
    page = page_of(world, slug)
    client = client_of(world.officer)
    with time_machine.travel(world.now, tick=False):
        for url in re.findall(r'<a href="([^"]*/rader/\?[^"]*)"', page):
            assert client.get(url.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize(
    "asked",
    [{"by": "moon"}, {"basis": "sold"}, {"kitchen": "x"}, {"mark": "nice"}, {"marks": "a,b"}, {"from": "x"}],
)
def test_what_cannot_be_read_is_said(world: World, asked: dict[str, str]) -> None:
    answer = client_of(world.officer).get(f"{address(world, 'report', 'inkop')}?{urlencode(asked)}")
    assert answer.status_code == 422


def test_an_unknown_report_is_not_there(world: World) -> None:
    assert client_of(world.officer).get(address(world, "report", "manen")).status_code == 404


def test_what_a_report_is_narrowed_to_stands_on_it(world: World) -> None:
    year = year_of(world.delivery_date)
    asked: dict[str, str | int] = {"from": year.from_text, "kitchen": world.kitchens[0].pk, "mark": "organic"}
    page = page_of(world, "inkop", **asked)
    assert world.kitchens[0].name in page.partition("<dt>Bara</dt>")[2]
    assert "märkt Ekologisk" in page


def test_a_long_report_is_shown_by_the_page_with_the_sum_of_all(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orders.views.officer.reports.PARTS_SHOWN", 1)
    first = page_of(world, "inkop", by="product", **{"from": "2026", "to": "2027"})
    second = page_of(world, "inkop", by="product", sida=2, **{"from": "2026", "to": "2027"})
    assert "sida=2" in first
    assert "sida=1" in second
    assert first.partition("<tbody>")[2].partition("</tbody>")[0].count("<tr>") == 1
    assert (
        first.partition("<tfoot>")[2].partition("</tfoot>")[0]
        == (second.partition("<tfoot>")[2].partition("</tfoot>")[0])
    )


def test_waste_opens_to_its_weighings_and_they_sum_to_it(world: World) -> None:
    for more, kitchen in enumerate(world.kitchens):
        for day in (1, 2, 15):
            with acting(Actor.job("tests")):
                WasteDay.objects.create(
                    kitchen=kitchen,
                    day=date(2026, 11, day),
                    guests=100 + more,
                    kitchen_kg=Decimal(day),
                    serving_kg=Decimal(2),
                    plate_kg=Decimal(more),
                    total_kg=Decimal(day + 2 + more),
                )
    sort = REPORTS["svinn"]
    for by in ("kitchen", "month"):
        report = sort.make(asked_of(world, "svinn", by=by))
        page = page_of(world, "svinn", by=by)
        for part in report.parts:
            opened = f"{address(world, 'report', 'svinn')}?{urlencode(part.opens)}"
            assert opened.replace("&", "&amp;") in page
            with time_machine.travel(world.now, tick=False):
                assert client_of(world.officer).get(opened).status_code == 200
            asked = read_asked(part.opens, sort, authority=world.authority, today=world.today, language="sv")
            weighings = sort.make(asked)
            for column in ("days", "guests", "total_kg"):
                assert sum(weighings.cells_of(column)) == part.cells[report.column(column)]  # type: ignore[arg-type]
            assert all(each.opens == {} for each in weighings.parts)


def test_payback_opens_to_the_kitchens_own_days() -> None:
    school = make_school()
    world = school.world
    lunch = serve(school, day=DAY)
    count_portions(menu_day=lunch, portions={"standard": 116, "payback": 184}, by=world.by)
    with time_machine.travel(at(9), tick=False):
        answer = client_of(world.officer).get(f"{address(world, 'report', 'payback')}?from={DAY.year}")
        page = answer.content.decode()
        url = f"/kok/{world.kitchen.pk}/payback/"
        assert f'href="{url}"' in page
        assert client_of(world.officer).get(url).status_code == 200


@pytest.mark.parametrize("reader", ["officer", "auditor"])
def test_a_report_and_its_rows_are_saved_at_once_by_who_reads_them(world: World, reader: str) -> None:
    client = client_of(getattr(world.people, reader))
    asked = {"from": str(world.delivery_date.year), "by": "kitchen", "kitchen": str(world.kitchen.pk)}
    report = REPORTS["inkop"].make(
        asked_of(world, "inkop", by="kitchen", narrowed=Narrowed(kitchen_id=world.kitchen.pk))
    )
    assert report.whole is not None
    net_sek = report.whole.cells[report.column("net_sek")]
    for name in ("report", "report_rows"):
        with time_machine.travel(world.now, tick=False):
            page = client.get(address(world, name, "inkop"), asked)
            url = re.search(r'href="([?][^"]*format=csv)"', page.content.decode())
            assert url is not None
            question = parse_qs(url[1].replace("&amp;", "&")[1:])
            answer = client.get(
                address(world, name, "inkop"), {key: value[0] for key, value in question.items()}
            )
        assert answer.headers["Content-Disposition"].startswith("attachment")
        lines = table(answer.streaming_content)  # type: ignore[attr-defined]
        head = next(line for line in lines if "Värde (kr)" in line)
        values = [number(line[head.index("Värde (kr)")]) for line in lines[lines.index(head) + 1 :]]
        assert (values[-1] if name == "report" else sum(filter(None, values))) == net_sek
        assert any(world.kitchen.name in " ".join(line) for line in lines[: lines.index(head)])
