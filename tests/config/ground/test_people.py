import pytest

from config.ground.models import User
from config.ground.people import PersonDraft, add_people
from config.ground.trail import Actor

pytestmark = pytest.mark.django_db

BY = Actor.job("tests")


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
