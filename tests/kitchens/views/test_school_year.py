"""The school year: terms and breaks are entered, and the menu leaves what is closed."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError
from django.test import Client

from config.ground.refusals import InvalidInput, NotFound
from config.ground.trail import acting
from kitchens.actions.menus import roll_weeks
from kitchens.actions.school_year import (
    add_closure,
    add_for_kitchens,
    add_term,
    remove_closure,
    remove_term,
)
from kitchens.models import Kitchen, KitchenClosure, MenuDay, SchoolTerm
from kitchens.rules.school_year import Period, What
from market.models import AuthorityMember
from tests.factories.school import DAY, JOB, School, at, make_school, serve
from tests.factories.world import make_world

pytestmark = pytest.mark.django_db

AUTUMN = Period(date(2026, 8, 18), date(2026, 12, 18), "Hösttermin 2026")


@pytest.fixture
def school() -> Iterator[School]:
    with time_machine.travel(at(9), tick=False):
        yield make_school()


@pytest.fixture
def cook(school: School) -> Client:
    client = Client()
    client.force_login(school.world.manager)
    return client


def path(school: School) -> str:
    return f"/kok/{school.world.kitchen.pk}/lasar/"


def typed(do: str, name: str, first: date, last: date) -> dict[str, str]:
    return {"do": do, "name": name, "first_day": first.isoformat(), "last_day": last.isoformat()}


def test_terms_and_breaks_are_entered_shown_and_taken_out(school: School, cook: Client) -> None:
    sent = typed("termin", "Hösttermin 2026", AUTUMN.first_day, AUTUMN.last_day)
    assert cook.post(path(school), sent).status_code == 302
    sent = typed("lov", "Studiedag", date(2026, 12, 4), date(2026, 12, 4))
    assert cook.post(path(school), sent).status_code == 302
    page = cook.get(path(school)).content.decode()
    for words in ("Hösttermin 2026", "Studiedag", "Efter fredag 18 december", "Juldagen"):
        assert words in page
    menu = cook.get(f"/kok/{school.world.kitchen.pk}/meny/?vecka=2026-11-30").content.decode()
    assert "Studiedag" in menu
    menu = cook.get(f"/kok/{school.world.kitchen.pk}/meny/?vecka=2026-12-21").content.decode()
    assert "utanför terminen" in menu
    assert "Julafton" in menu
    for what, model in (("termin", SchoolTerm), ("lov", KitchenClosure)):
        cook.post(path(school), {"do": f"bort-{what}:{model.objects.get().pk}"})
        assert not model.objects.exists()


def test_a_mistyped_period_is_kept_and_told(school: School, cook: Client) -> None:
    for first, last in ((DAY, DAY - timedelta(days=1)), (DAY, DAY + timedelta(days=400))):
        reply = cook.post(path(school), typed("lov", "Lov", first, last))
        assert reply.status_code == 422
    assert "Lov" in reply.content.decode()
    assert not KitchenClosure.objects.exists()
    assert cook.post(path(school), {"do": "nonsense"}).status_code == 422
    assert cook.post(path(school), {"do": "bort-lov:999999"}).status_code == 404


def test_rolling_leaves_the_days_outside_the_terms(school: School) -> None:
    monday = date(2026, 11, 23)
    for number in range(5):
        serve(school, day=monday + timedelta(days=number), locked=False)
    add_term(kitchen=school.world.kitchen, term=AUTUMN, by=school.world.by)
    laid = roll_weeks(
        kitchen=school.world.kitchen, source=monday, weeks=1, target=date(2026, 12, 21), by=school.world.by
    )
    assert laid == 0
    laid = roll_weeks(
        kitchen=school.world.kitchen, source=monday, weeks=1, target=date(2026, 12, 14), by=school.world.by
    )
    assert laid == 5
    assert MenuDay.objects.filter(day__gt=AUTUMN.first_day).count() == 10


def test_periods_that_meet_are_refused_and_others_stay(school: School) -> None:
    kitchen, by = school.world.kitchen, school.world.by
    add_term(kitchen=kitchen, term=AUTUMN, by=by)
    add_closure(kitchen=kitchen, closure=Period(DAY, DAY, "Studiedag"), by=by)
    with pytest.raises(InvalidInput):
        add_term(kitchen=kitchen, term=Period(AUTUMN.last_day, date(2027, 6, 1), "Vår"), by=by)
    with pytest.raises(InvalidInput):
        add_closure(kitchen=kitchen, closure=Period(DAY, DAY + timedelta(days=1), "Lov"), by=by)
    with pytest.raises(InvalidInput):
        add_closure(kitchen=kitchen, closure=Period(DAY + timedelta(days=1), DAY, " "), by=by)
    assert (SchoolTerm.objects.count(), KitchenClosure.objects.count()) == (1, 1)
    assert "Hösttermin" in str(SchoolTerm.objects.get())


def test_another_kitchens_days_are_not_found(school: School) -> None:
    kitchen, by = school.world.kitchen, school.world.by
    other = make_world(beside=school.world).kitchen
    term = add_term(kitchen=kitchen, term=AUTUMN, by=by)
    closure = add_closure(kitchen=kitchen, closure=Period(DAY, DAY, "Studiedag"), by=by)
    with pytest.raises(NotFound):
        remove_term(kitchen=other, term_id=term.pk, by=by)
    with pytest.raises(NotFound):
        remove_closure(kitchen=other, closure_id=closure.pk, by=by)


def _term(school: School, first: date, last: date) -> SchoolTerm:
    with acting(JOB):
        return SchoolTerm.objects.create(
            kitchen=school.world.kitchen, first_day=first, last_day=last, name="Hösttermin"
        )


def test_the_database_refuses_a_term_twice(school: School) -> None:
    _term(school, DAY, DAY)
    with pytest.raises(IntegrityError):
        _term(school, DAY, DAY + timedelta(days=1))


def test_the_database_refuses_a_term_that_runs_backwards(school: School) -> None:
    with pytest.raises(IntegrityError):
        _term(school, DAY, DAY - timedelta(days=1))


def of_all(school: School, client: Client, **told: object) -> Any:
    address = f"/myndighet/{school.world.authority.pk}/lasar/"
    body = {"what": "term", "name": "Vårterminen", "first_day": "2027-01-11", "last_day": "2027-06-11"}
    kitchens = list(school.world.authority.kitchens.values_list("pk", flat=True))
    return client.post(address, {**body, "kitchens": kitchens, **told}, follow=True)


@pytest.fixture
def officer(school: School) -> Client:
    client = Client()
    client.force_login(school.world.officer, backend="config.ground.sign_in.EmailBackend")
    return client


def test_the_officer_lays_a_term_for_all_kitchens_and_takes_it_out(school: School, officer: Client) -> None:
    first, world = school.world.kitchen, school.world
    with acting(JOB):
        others = [
            Kitchen.objects.create(authority=world.authority, hub=world.hub, name=f"Skola {number}")
            for number in range(2)
        ]
    own = Period(date(2027, 1, 13), date(2027, 6, 9), "Egen termin")
    add_term(kitchen=first, term=own, by=JOB)
    html = of_all(school, officer).content.decode()
    assert f"Inlagt i {len(others)} kök." in html
    assert f"behåller dem: {first.name}." in html
    assert SchoolTerm.objects.filter(name="Vårterminen").count() == len(others)
    assert "Inlagt i 0 kök." in of_all(school, officer).content.decode()
    assert SchoolTerm.objects.filter(kitchen=first).get().name == "Egen termin"
    answer = of_all(school, officer, do="bort:term:2027-01-11:2027-06-11:Vårterminen")
    html = answer.content.decode()
    assert f"Borttaget ur {len(others)} kök." in html
    assert list(SchoolTerm.objects.all()) == [SchoolTerm.objects.get(kitchen=first)]


def test_the_officers_first_page_leads_to_the_school_year(school: School, officer: Client) -> None:
    address = f"/myndighet/{school.world.authority.pk}/lasar/"
    assert f'href="{address}"' in officer.get(f"/myndighet/{school.world.authority.pk}/").content.decode()
    with acting(JOB):
        AuthorityMember.objects.update(role=AuthorityMember.Role.AUDITOR)
    assert address not in officer.get(f"/myndighet/{school.world.authority.pk}/").content.decode()


def test_what_can_not_be_laid_for_all_is_said_and_changes_nothing(school: School, officer: Client) -> None:
    wrong: list[dict[str, object]] = [
        {"last_day": "2026-01-01"},
        {"kitchens": []},
        {"kitchens": ["999999"]},
        {"name": " "},
        {"what": "semester"},
        {"first_day": "2027-13-01"},
        {"last_day": "2029-01-01"},
    ]
    for told in wrong:
        assert of_all(school, officer, **told).status_code == 422, told
    address = f"/myndighet/{school.world.authority.pk}/lasar/"
    for key in ("x", "term:2027-01-11:2027-06-11:Vårterminen", "term:x:y:z", "lov:2027-01-11:2027-06-11:V"):
        assert officer.post(address, {"do": f"bort:{key}"}).status_code == 404
    assert not SchoolTerm.objects.exists()


def test_another_authoritys_kitchens_are_not_there(school: School) -> None:
    other = make_world()
    with pytest.raises(NotFound):
        add_for_kitchens(
            authority=school.world.authority,
            kitchen_ids=[other.kitchen.pk],
            what=What.CLOSURE,
            period=AUTUMN,
            by=JOB,
        )
