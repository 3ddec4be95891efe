from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from config.ground.models import User
from config.ground.people import PersonDraft, add_people
from config.ground.sign_in import EmailBackend
from config.ground.trail import Actor

pytestmark = pytest.mark.django_db

BY = Actor.job("tests")
GOOD = "sju gröna lökar"


def test_people_come_in_the_order_asked_for_and_known_ones_are_left_as_they_are() -> None:
    (known,) = add_people(drafts=[PersonDraft("Astrid", "Astrid@Gard.example")], by=BY)
    people = add_people(
        drafts=[
            PersonDraft("Utan e-post"),
            PersonDraft("Någon annan", "astrid@gard.example "),
            PersonDraft("Bo", "bo@gard.example"),
        ],
        by=BY,
    )
    assert [person.name for person in people] == ["Utan e-post", "Astrid", "Bo"]
    assert people[1] == known
    assert User.objects.count() == 3


def test_nobody_gets_a_password() -> None:
    (person,) = add_people(drafts=[PersonDraft("Bo", "bo@gard.example")], by=BY)
    assert not person.has_usable_password()


def let_in(monkeypatch: pytest.MonkeyPatch, *words: str, password: str = GOOD) -> str:
    """What the command answers when the password is handed in by stdin."""
    monkeypatch.setattr("sys.stdin", StringIO(f"{password}\n"))
    out = StringIO()
    call_command("let_in", *words, stdout=out)
    return out.getvalue()


def test_the_first_administrator_signs_in_with_her_own_password(monkeypatch: pytest.MonkeyPatch) -> None:
    said = let_in(monkeypatch, "Anna@Prov.example", "--name", "Anna Berg", "--administrator")
    assert said == "Anna Berg may sign in with anna@prov.example as a platform administrator.\n"
    user = EmailBackend().authenticate(None, username="anna@prov.example", password=GOOD)
    assert user is not None
    assert user.is_platform_admin


def test_a_person_who_is_known_gets_a_new_password_and_stays_what_she_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (known,) = add_people(drafts=[PersonDraft("Bo", "bo@gard.example", is_platform_admin=True)], by=BY)
    let_in(monkeypatch, "bo@gard.example", "--name", "En annan")
    known.refresh_from_db()
    assert (known.name, known.is_platform_admin) == ("Bo", True)
    assert known.check_password(GOOD)


@pytest.mark.parametrize(("email", "password"), [("bo@gard.example", "kort"), ("ingen adress", GOOD)])
def test_a_weak_password_or_no_address_lets_nobody_in(
    monkeypatch: pytest.MonkeyPatch, email: str, password: str
) -> None:
    with pytest.raises(CommandError):
        let_in(monkeypatch, email, password=password)
    assert not User.objects.exists()
