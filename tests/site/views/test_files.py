"""A stored file is handed out to be saved, and only to those of its shelf."""

import pytest
from django.test import Client

from config.ground import files
from config.ground.files import shelf, store_file
from config.ground.models import User
from config.ground.trail import Actor, acting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_shelf(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shelf of whose files each belongs to one person."""
    monkeypatch.setattr(files, "_shelves", {})
    shelf("own")(lambda user, shelf_id: user.pk == shelf_id)


def person(by: Actor, name: str) -> User:
    with acting(by):
        return User.objects.create_user(name=name, email=f"{name}@example.se".casefold())


def test_the_file_comes_as_an_attachment_that_no_browser_opens(client: Client, by: Actor) -> None:
    ada = person(by, "Ada")
    file = store_file(
        name='Åsgård "1".csv',
        content=b"vara;kg\r\n",
        shelf="own",
        shelf_id=ada.pk,
        by=Actor.person(ada.pk, door="x"),
    )
    client.force_login(ada)
    response = client.get(f"/fil/{file.pk}/")
    assert response.content == b"vara;kg\r\n"
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%C3%85sg%C3%A5rd%20_1_.csv"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert file.uploaded_by_id == ada.pk


def test_another_person_is_told_what_a_stranger_is_told(client: Client, by: Actor) -> None:
    ada, bo = person(by, "Ada"), person(by, "Bo")
    file = store_file(name="x", content=b"Hej", shelf="own", shelf_id=ada.pk, by=by)
    stranger = client.get(f"/fil/{file.pk}/")
    client.force_login(bo)
    other = client.get(f"/fil/{file.pk}/")
    nowhere = client.get(f"/fil/{file.pk + 1}/")
    assert [r.status_code for r in (stranger, other, nowhere)] == [404, 404, 404]
