"""The jobs page: who sees it, who may try again, and what it says."""

import pytest
from django.test import Client
from django.utils import timezone

from config.ground.models import JobRun, User
from config.ground.trail import Actor, acting
from market.models import AuthorityMember
from tests.factories.world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(by: Actor) -> User:
    with acting(by):
        user = User.objects.create_user(name="Ada", email="ada@example.se")
        user.is_platform_admin = True
        user.save(update_fields=["is_platform_admin"])
    return user


def member(role: str, by: Actor) -> User:
    authority = make_world().authority
    with acting(by):
        user = User.objects.create_user(name="Bo", email="bo@example.se")
        AuthorityMember.objects.create(user=user, authority=authority, role=role)
    return user


def failed(subject: str = "") -> None:
    JobRun.objects.create(
        name="seal_trail",
        subject=subject,
        state="failed",
        finished_at=timezone.now(),
        error="ValueError: <no & hub>",
    )


def test_the_administrator_sees_what_went_wrong_and_may_try_again(client: Client, admin: User) -> None:
    failed()
    failed("körning 7")
    client.force_login(admin)
    page = client.get("/jobb/").content.decode()
    assert "Förseglar ändringsloggen" in page
    assert "ValueError: &lt;no &amp; hub&gt;" in page
    assert "körning 7" in page
    assert 'action="/jobb/seal_trail/kor/"' in page


def test_an_officer_sees_the_page_without_the_button(client: Client, by: Actor) -> None:
    client.force_login(member("officer", by))
    response = client.get("/jobb/")
    assert response.status_code == 200
    assert "/kor/" not in response.content.decode()


def test_trying_again_runs_the_job_and_says_so(client: Client, admin: User) -> None:
    client.force_login(admin)
    response = client.post("/jobb/tidy_runs/kor/", follow=True)
    assert JobRun.objects.get(name="tidy_runs").state == "done"
    assert "Jobbet är ställt i kö: Rensar gamla körningar." in response.content.decode()


@pytest.mark.parametrize(("role", "page", "retry"), [("officer", 200, 403), ("auditor", 404, 404)])
def test_each_role_at_the_authority(client: Client, by: Actor, role: str, page: int, retry: int) -> None:
    client.force_login(member(role, by))
    assert client.get("/jobb/").status_code == page
    assert client.post("/jobb/tidy_runs/kor/").status_code == retry
    assert not JobRun.objects.exists()


def test_a_stranger_learns_nothing(client: Client) -> None:
    assert client.get("/jobb/").status_code == 404
    assert client.post("/jobb/tidy_runs/kor/").status_code == 404


def test_a_look_at_the_address_starts_nothing(client: Client, admin: User) -> None:
    client.force_login(admin)
    assert client.get("/jobb/tidy_runs/kor/").status_code == 405
    assert not JobRun.objects.exists()


def test_an_unknown_job_is_not_found(client: Client, admin: User) -> None:
    client.force_login(admin)
    assert client.post("/jobb/nothing/kor/").status_code == 404
