"""The demo municipality is whole, invented, lawful to order from, and laid once."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from stdnum.se import orgnr, personnummer

from config.ground.trail import Actor
from config.site.demo.fill import fill, lay_weeks
from config.site.demo.plans import Plan, named
from config.site.demo.schools import SchoolFileError, read_schools, school_plan
from config.site.demo.vingaker import NEIGHBOUR, PLAN, VINGAKER
from kitchens.models import Kitchen, MenuDay
from kitchens.queries.board import board_at, board_now
from kitchens.rules.payback import LeftOut
from market.models import Authority, Offer, SupplierRun
from suppliers.models import Supplier

BY = Actor.job("tests")
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
REAL = (
    Path(__file__).resolve().parents[4]
    / "shared"
    / "data"
    / "real"
    / "skolverket_schools"
    / "school_units.csv"
)


def schools(tmp_path: Path, *, units: int = 120) -> Path:
    """A school file of invented units; every other has no pupil number."""
    path = tmp_path / "school_units.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["school_unit_code", "name", "pupils_approx", "pupils_period"])
        table.writerows(
            [f"{10_000_000 + n}", f"Skola {n}", str(50 + n) if n % 2 else "", "2025/26"] for n in range(units)
        )
    return path


def counts() -> dict[str, int]:
    tables = [
        model
        for app in ("ground", "suppliers", "market", "kitchens")
        for model in apps.get_app_config(app).get_models()
    ]
    return {table._meta.label: table._default_manager.count() for table in tables}


@pytest.mark.long
@pytest.mark.django_db
def test_the_school_has_served_its_lunches_and_its_board_tells_of_them() -> None:
    fill(PLAN, today=date(2026, 11, 25), by=BY)
    board = board_now(board_at("slottsskolan"), now=datetime(2026, 11, 25, 13, 30, tzinfo=UTC))
    assert board.is_today
    assert [dish.role for dish in board.dishes] == ["standard", "payback"]
    assert None not in {dish.count for dish in board.dishes}
    assert board.total.days > 20
    assert board.total_kg > 0
    assert LeftOut.ONE_DISH in board.total.left_out
    fill(PLAN, today=date(2026, 11, 26), by=BY)
    assert (
        MenuDay.objects.filter(kitchen__name="Slottsskolan", told=None, day__lte=date(2026, 11, 26)).count()
        == 0
    )


@pytest.mark.long
@pytest.mark.django_db
def test_a_run_a_week_later_adds_the_week_that_is_new() -> None:
    first = fill(PLAN, today=TODAY, by=BY)
    second = fill(PLAN, today=date(2026, 11, 30), by=BY)
    assert second.offers * 4 == first.offers
    assert not second.municipality


@pytest.mark.long
@pytest.mark.django_db
def test_weeks_that_are_over_can_be_laid_for_orders_to_be_played_in() -> None:
    fill(PLAN, today=TODAY, by=BY)
    _runs, offers = lay_weeks(PLAN, first_day=date(2026, 11, 9), weeks=2, by=BY)
    assert offers == Offer.objects.count() // 3
    assert SupplierRun.objects.filter(delivery_date__lt=TODAY).exists()


def test_numbers_are_formally_right_and_no_real_bodys() -> None:
    plan = school_plan([])
    for farm in (*PLAN.farms, *plan.farms):
        is_right = personnummer.is_valid if farm.legal_form == "sole_trader" else orgnr.is_valid
        assert is_right(farm.number)
        assert farm.number.startswith(("55990", "969999", "769999", "1880"))
    invented = [NEIGHBOUR, plan.authority, named(VINGAKER, "Storpåhitts kommun")]
    assert VINGAKER.number == "2120000308"
    assert named(VINGAKER, "Vingåkers kommun") == VINGAKER
    for authority in invented:
        assert orgnr.is_valid(authority.number)
        assert not authority.number.startswith("212000")  # the series of Sweden's municipalities


@pytest.mark.long
@pytest.mark.django_db
def test_fifty_schools_of_a_file_become_kitchens_with_thirty_farms(tmp_path: Path) -> None:
    plan = school_plan(read_schools(schools(tmp_path)))
    fill(plan, today=TODAY, by=BY)
    assert Kitchen.objects.filter(pupils__gt=0).count() == 50
    assert Supplier.objects.count() == 30
    assert set(Kitchen.objects.values_list("hub__name", flat=True)) == {hub.name for hub in plan.hubs}


@pytest.mark.long
@pytest.mark.django_db
def test_both_municipalities_may_stand_in_one_installation(tmp_path: Path) -> None:
    for plan in (PLAN, school_plan(read_schools(schools(tmp_path)))):
        assert fill(plan, today=TODAY, by=BY).municipality
    assert Authority.objects.count() == 3


def test_the_choice_of_schools_is_always_the_same(tmp_path: Path) -> None:
    path = schools(tmp_path)
    assert read_schools(path) == read_schools(path)


def test_a_file_that_is_not_there_or_another_is_refused_in_one_sentence(tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")
    picture = tmp_path / "picture.csv"
    picture.write_bytes(b"\x89PNG\xff\xfe")
    few = schools(tmp_path, units=20)
    for path, why in [
        (tmp_path / "nowhere", "läsa"),
        (other, "kolumnerna"),
        (picture, "läsa"),
        (few, "bara 10"),
    ]:
        with pytest.raises(SchoolFileError, match=why):
            read_schools(path)
        with pytest.raises(CommandError, match=why):
            call_command("demo", kitchens_from=path)


@pytest.mark.long
@pytest.mark.skipif(
    not REAL.exists(),
    reason="NOT RUN: the real school file ../shared/data/real/skolverket_schools is not here",
)
@pytest.mark.django_db
def test_the_real_school_file_gives_fifty_kitchens() -> None:
    plan: Plan = school_plan(read_schools(REAL))
    fill(plan, today=TODAY, by=BY)
    assert Kitchen.objects.filter(pupils__gt=0).count() == 50


@pytest.mark.long
@pytest.mark.django_db
def test_the_command_tells_what_is_new_and_takes_another_name(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo", authority="Storpåhitts kommun", weeks_back=0)
    call_command("demo", authority="Storpåhitts kommun")
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("Storpåhitts kommun upplagd")
    assert second.startswith("Storpåhitts kommun fanns redan: 0 nya leveransdagar, 0 nya erbjudanden.")
    with pytest.raises(CommandError, match="organisationsnummer"):
        call_command("demo", authority="Lillpåhitts kommun")
    with pytest.raises(CommandError, match="0 till 9"):
        call_command("demo", weeks_back=10)
