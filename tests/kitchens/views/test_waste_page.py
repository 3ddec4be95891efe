"""The kitchen's waste by week: grams a guest, typos asked about once, when the survey holds."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kitchens.actions.counting import Weighed, weigh_waste
from kitchens.actions.school_year import add_closure
from kitchens.models import WasteDay
from kitchens.queries.waste import survey_at, usual_waste, waste_page
from kitchens.refusals import WeightsDoubted
from kitchens.rules.school_year import Period
from tests.factories.school import DAY, School, at, make_school

pytestmark = pytest.mark.django_db

D = Decimal
MONDAY = date(2026, 11, 16)


@pytest.fixture
def school() -> Iterator[School]:
    with time_machine.travel(at(15), tick=False):
        yield make_school()


@pytest.fixture
def cook(school: School) -> Client:
    client = Client()
    client.force_login(school.world.manager)
    return client


def path(school: School) -> str:
    return f"/kok/{school.world.kitchen.pk}/svinn/"


def weigh(
    school: School, day: date, *, total: str | None = None, kitchen: str = "3", **more: Any
) -> WasteDay:
    found = Weighed(300, D(kitchen), D("4.5"), D(6), None if total is None else D(total))
    return weigh_waste(kitchen=school.world.kitchen, day=day, weighed=found, by=school.world.by, **more)


def test_the_week_tells_grams_a_guest_and_what_contradicts_itself(
    school: School, cook: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(4):
        weigh(school, MONDAY + timedelta(days=number), total="14" if number == 1 else None)
    page = waste_page(school.world.kitchen, monday=MONDAY)
    week = page.weeks[0]
    assert week.waste is not None
    assert (week.waste.kitchen_g, week.waste.serving_g, week.waste.plate_g) == (D(10), D(15), D(20))
    assert [row.contradicts for row in week.rows] == [False, True, False, False, False]
    assert (page.survey.holds, page.survey.lacking) == (False, 1)
    with django_assert_max_num_queries(24):
        told = cook.get(f"{path(school)}?vecka={MONDAY}").content.decode()
    for words in ("45 g", "10 g", "inte delarnas", "1 vardag i rad till"):
        assert words in told
    assert cook.get(f"{path(school)}?vecka=nonsens").status_code == 200


def test_a_closed_day_is_no_gap_in_the_survey(school: School, cook: Client) -> None:
    for number in (0, 1, 3, 4, 7):
        weigh(school, MONDAY + timedelta(days=number))
    assert len(survey_at(school.world.kitchen, DAY).days) == 3
    wednesday = MONDAY + timedelta(days=2)
    add_closure(
        kitchen=school.world.kitchen, closure=Period(wednesday, wednesday, "Studiedag"), by=school.world.by
    )
    assert survey_at(school.world.kitchen, DAY).holds
    told = cook.get(f"{path(school)}?vecka={DAY}").content.decode()
    assert "5 vardagar i rad, 45 g" in told
    assert "Studiedag" in told


def test_grams_typed_as_kilograms_are_asked_about_once(school: School, cook: Client) -> None:
    sent = {
        "day": DAY.isoformat(),
        "guests": "300",
        "kitchen_kg": "3000",
        "serving_kg": "4,5",
        "plate_kg": "6",
    }
    doubted = cook.post(path(school), sent)
    assert doubted.status_code == 422
    assert "10000 g per gäst" in doubted.content.decode()
    assert not WasteDay.objects.exists()
    assert cook.post(path(school), sent | {"kitchen_kg": "3"}).status_code == 302
    assert WasteDay.objects.get().kitchen_kg == 3
    assert cook.post(path(school), sent | {"weights_are_right": "on"}).status_code == 302
    assert WasteDay.objects.get().kitchen_kg == 3000
    assert cook.post(path(school), sent | {"day": "x"}).status_code == 422


def test_a_weight_ten_times_the_usual_is_asked_about(school: School) -> None:
    assert usual_waste(school.world.kitchen, before=DAY) is None
    weigh(school, MONDAY)
    with pytest.raises(WeightsDoubted):
        weigh(school, DAY, kitchen="30")
    weigh(school, DAY, kitchen="30", weights_are_right=True)
    assert weigh(school, MONDAY, kitchen="30").kitchen_kg == 30  # the first day: nothing is usual before it


HEAD = "numStudents,kitchenWaste,servingWaste,plateWaste,totalWaste\n"
ROWS = HEAD + "500,0.01,0.02,0.03,0.06\n0,0,0,0,0\n400,0.01,0.01,0.01,0.04\n"


def hand_in(cook: Client, school: School, content: str | bytes, first_day: str = "") -> Any:
    file = SimpleUploadedFile("svinn.csv", content.encode() if isinstance(content, str) else content)
    return cook.post(f"{path(school)}fil/", {"file": file, "first_day": first_day}, follow=True)


def test_a_file_without_dates_is_told_a_guest_and_saves_nothing(school: School, cook: Client) -> None:
    assert "Svinn ur en fil" in cook.get(path(school)).content.decode()
    html = hand_in(cook, school, ROWS).content.decode()
    for words in ("46,7 g", "10,0 g", "1 dags summa är inte", "prövas ingen mätning"):
        assert words in html.replace("\u00a0", " ")
    assert not WasteDay.objects.exists()


def test_days_whose_first_is_known_are_laid_on_school_days_once(school: School, cook: Client) -> None:
    closure = Period(date(2026, 11, 16), date(2026, 11, 17), "Lov")
    add_closure(kitchen=school.world.kitchen, closure=closure, by=school.world.by)
    html = hand_in(cook, school, ROWS, "2026-11-13").content.decode()
    assert "Inlagt: 2026-11-13 till 2026-11-18." in html
    laid = list(WasteDay.objects.order_by("day").values_list("day", "guests", "kitchen_kg", "total_kg"))
    assert laid == [(date(2026, 11, 13), 500, D(5), D(30)), (date(2026, 11, 18), 400, D(4), D(16))]
    again = hand_in(cook, school, ROWS, "2026-11-18")
    assert (again.status_code, "är redan vägd" in again.content.decode()) == (422, True)
    assert WasteDay.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "first_day", "why"),
    [
        (ROWS, "2026-11-25", "har inte gått"),
        (HEAD, "2026-11-16", "har inte gått"),
        (HEAD + "500,NaN,0,0,0\n", "2026-11-16", "Rad 2"),
        (HEAD + "500,1e400,0,0,0\n", "", "Rad 2"),
        (HEAD + "500,-1,0,0,0\n", "", "Rad 2"),
        (HEAD + f"{'9' * 5000},0,0,0,0\n", "", "Rad 2"),
        (HEAD + "500,0,0\n", "", "Rad 2"),
        (b"num\0Students;x\n", "", "saknar någon av kolumnerna"),
        (b"[" * 200_000, "", "ingen tabell"),
        (b"x" * (5 * 1024 * 1024 + 1), "", "större än 5 MB"),
    ],
)
def test_a_waste_file_that_can_not_be_read_says_why(
    school: School, cook: Client, content: str | bytes, first_day: str, why: str
) -> None:
    answer = hand_in(cook, school, content, first_day)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not WasteDay.objects.exists()
