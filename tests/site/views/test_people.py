"""People of a place: invited by letter, choosing a password, ended; and an administrator's authorities and hubs."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from config.ground.models import OutboxMessage, TrailEntry, User
from config.ground.outbox import write_letter
from config.ground.people import password_link
from config.ground.refusals import STOCKHOLM
from kitchens.models import Kitchen, KitchenMember
from market.models import Authority, AuthorityMember, Hub, HubWorker
from tests.factories.world import World, make_world

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
PASSWORD = "sju gröna lökar"
INVITED = {"name": "Elsa Lund", "email": "Elsa@Kommun.example", "language": "sv", "role": "manager"}


@pytest.fixture
def world() -> World:
    return make_world()


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="config.ground.sign_in.EmailBackend")
    return client


def letter_link() -> str:
    """The address in the one letter that waits, written as it will be when it leaves."""
    text = write_letter(OutboxMessage.objects.get(kind="password")).text
    found = re.search(r"/losenord/\S+", str(text))
    assert found
    return found.group()


def test_an_officer_invites_a_cook_who_chooses_a_password_and_signs_in(world: World) -> None:
    page = f"/personer/kok/{world.kitchen.pk}/"
    with time_machine.travel(NOW):
        said = client_of(world.officer).post(page, INVITED, follow=True).content.decode()
        assert "Elsa Lund är med och får ett brev" in said
        member = KitchenMember.objects.get(user__email="elsa@kommun.example")
        assert (member.kitchen, member.role) == (world.kitchen, "manager")
        link = letter_link()
        cook = Client()
        assert cook.get(link).status_code == 200
        assert cook.post(link, {"password": "kort"}).status_code == 422
        entered = cook.post(link, {"password": PASSWORD})
        assert entered.status_code == 302
        assert cook.get(f"/kok/{world.kitchen.pk}/").status_code == 200
        assert (
            Client().post("/logga-in/", {"email": "elsa@kommun.example", "password": PASSWORD}).status_code
            == 302
        )


def test_the_page_begins_without_faults_and_names_the_place_once_as_people_do(world: World) -> None:
    html = client_of(world.officer).get(f"/personer/myndighet/{world.authority.pk}/").content.decode()
    assert 'role="alert"' not in html
    assert "Place(" not in html
    assert "<h1>Personer</h1>" in html
    assert world.kitchen.name in html


def test_a_link_works_once(world: World) -> None:
    (person, key) = password_link(world.manager)
    address = f"/losenord/{person}/{key}/"
    assert Client().post(address, {"password": PASSWORD}).status_code == 302
    for method in (Client().get, Client().post):
        answer = method(address, {"password": "annat lösenord"})
        assert answer.status_code == 410
        assert "gäller inte längre" in answer.content.decode()
    assert User.objects.get(pk=world.manager.pk).check_password(PASSWORD)


def test_a_link_ends_after_three_days_and_a_made_up_one_never_was(world: World) -> None:
    (person, key) = password_link(world.manager)
    with time_machine.travel(datetime.now(tz=STOCKHOLM) + timedelta(days=2, hours=23)):
        assert Client().get(f"/losenord/{person}/{key}/").status_code == 200
    with time_machine.travel(datetime.now(tz=STOCKHOLM) + timedelta(days=3, hours=1)):
        assert Client().get(f"/losenord/{person}/{key}/").status_code == 410
    for address in ("/losenord/xx/abc-def/", "/losenord/%C3%A5/x/", f"/losenord/{person}/nej/"):
        assert Client().get(address).status_code == 410


def test_the_link_of_one_is_none_of_another(world: World) -> None:
    (_, key) = password_link(world.manager)
    (other, _) = password_link(world.officer)
    assert Client().get(f"/losenord/{other}/{key}/").status_code == 410


def test_whether_anybody_has_an_address_is_not_told(world: World) -> None:
    with time_machine.travel(NOW, tick=False):
        known, unknown = (
            Client().post("/losenord/", {"email": email}, follow=True)
            for email in (User.objects.exclude(email=None).earliest("pk").email, "ingen@prov.example")
        )
        told = [re.sub(r'value="[^"]{30,}"', "", each.content.decode()) for each in (known, unknown)]
    assert told[0] == told[1]
    assert OutboxMessage.objects.filter(kind="password").count() == 1


def test_asking_again_and_again_sends_one_letter(world: World) -> None:
    email = User.objects.exclude(email=None).earliest("pk").email
    with time_machine.travel(NOW, tick=False):
        for _ in range(5):
            Client().post("/losenord/", {"email": email})
    assert OutboxMessage.objects.filter(kind="password").count() == 1
    assert world.people


def test_who_has_no_account_gets_one_by_her_own_letter() -> None:
    answer = Client().post("/konto/nytt/", {"name": "Bo Ek", "email": "bo@gard.example"}, follow=True)
    assert "Om adressen stämmer" in answer.content.decode()
    client = Client()
    assert client.post(letter_link(), {"password": PASSWORD}).status_code == 302
    assert client.get("/gard/ny/").status_code == 200


def test_who_may_no_longer_act_is_shut_out_and_the_trail_keeps_that_she_could(world: World) -> None:
    member = KitchenMember.objects.get(user=world.people.staff)
    staff = client_of(world.people.staff)
    assert staff.get(f"/kok/{world.kitchen.pk}/").status_code == 200
    page = f"/personer/kok/{world.kitchen.pk}/"
    client_of(world.manager).post(page, {"avsluta": str(member.pk)})
    assert staff.get(f"/kok/{world.kitchen.pk}/").status_code == 404
    assert TrailEntry.objects.filter(table_name="kitchens_kitchenmember", row_id=member.pk, op="D").exists()


def test_nobody_ends_herself_or_somebody_of_another_place(world: World) -> None:
    other = make_world()
    page = f"/personer/kok/{world.kitchen.pk}/"
    client = client_of(world.manager)
    own = KitchenMember.objects.get(user=world.manager, kitchen=world.kitchen)
    theirs = KitchenMember.objects.get(user=other.manager, kitchen=other.kitchen)
    assert client.post(page, {"avsluta": str(own.pk)}).status_code == 403
    for stranger in (str(theirs.pk), "9" * 40, "x", ""):
        assert client.post(page, {"avsluta": stranger}).status_code == 404
    assert KitchenMember.objects.filter(pk__in=[own.pk, theirs.pk]).count() == 2


def test_a_faulty_invitation_keeps_what_was_typed_and_makes_nobody(world: World) -> None:
    page = f"/personer/myndighet/{world.authority.pk}/"
    before = User.objects.count()
    answer = client_of(world.officer).post(page, {**INVITED, "email": "elsa", "role": "king"})
    assert answer.status_code == 422
    assert 'value="Elsa Lund"' in answer.content.decode()
    assert User.objects.count() == before


def test_an_administrator_opens_an_authority_and_a_hub_and_its_officer_a_kitchen(world: World) -> None:
    admin = client_of(world.people.admin)
    kommun = {"name": "Ny kommun", "org_number": "212000-1355", "code": "NYK"}
    assert admin.post("/plattform/myndighet/ny/", kommun).status_code == 302
    authority = Authority.objects.get(code="NYK")
    again = admin.post("/plattform/myndighet/ny/", {**kommun, "org_number": "212000-0142"})
    assert again.status_code == 422
    assert "En annan myndighet har redan det." in again.content.decode()
    admin.post(f"/personer/myndighet/{authority.pk}/", {**INVITED, "role": "officer"})
    officer = AuthorityMember.objects.get(authority=authority).user
    admin.post("/plattform/nav/nytt/", {"name": "Östra navet", "weekdays": ["2", "4"]})
    hub = Hub.objects.get(name="Östra navet")
    assert hub.weekdays == "24"
    admin.post(f"/personer/nav/{hub.pk}/", {**INVITED, "email": "nav@kommun.example"})
    assert HubWorker.objects.filter(hub=hub, user__email="nav@kommun.example").exists()
    page = f"/personer/myndighet/{authority.pk}/kok/nytt/"
    kitchen = {"name": "Östra skolan", "hub": hub.pk, "kind": "production", "pupils": "180"}
    assert client_of(officer).post(page, kitchen).status_code == 302
    assert Kitchen.objects.get(name="Östra skolan").authority == authority
    twice = client_of(officer).post(page, kitchen)
    assert twice.status_code == 422
    assert "Ett kök heter redan så." in twice.content.decode()
