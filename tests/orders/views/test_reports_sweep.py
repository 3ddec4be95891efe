"""Every report, as page, rows, file and in the API, by every role and by another authority; what is sealed is in none."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from config.ground.models import User
from config.ground.tables import SWEDISH
from config.ground.trail import Actor, acting
from market.models import Agreement
from orders.interchange.report_files import as_csv
from orders.models import ReportFile
from orders.queries.reports.register import REPORTS
from suppliers.models import Supplier
from tests.factories.officers import waiting_award
from tests.factories.reports import asked_of
from tests.factories.shared import shared
from tests.factories.walked import FARMS, GOODS, make_walked
from tests.factories.world import World, make_world
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db
YEAR = {"from": "2026", "to": "2027"}
SEALED = "Förseglat avtal om tryffel"
PERSON = "188001019999"
JOB = Actor.job("tests")
READERS = ("officer", "auditor")
# All go through one door: the quick run asks for every third.
A_THIRD = [
    slug if n % 3 == 0 else pytest.param(slug, marks=pytest.mark.long) for n, slug in enumerate(REPORTS)
]


@shared
def make_two_towns() -> tuple[World, World]:
    """One with a sealed award and a farm whose number is a person's, and another town beside it."""
    made = make_walked(1, kitchens=2)
    award = waiting_award(made)
    assert award.signed_at is None
    with acting(JOB):
        Agreement.objects.filter(pk=award.pk).update(title=SEALED)
        Supplier.objects.filter(pk=made.suppliers[1].pk).update(
            legal_form="sole_trader", org_number=None, personal_number=PERSON
        )
    return made, make_world(beside=made, farms=FARMS, products=GOODS)


@pytest.fixture
def towns() -> Iterator[tuple[World, World]]:
    made = make_two_towns()
    with time_machine.travel(made[0].now + timedelta(days=9), tick=False):
        yield made


@pytest.fixture
def world(towns: tuple[World, World]) -> World:
    return towns[0]


def people(world: World) -> dict[str, User]:
    found = world.people
    named = {name: getattr(found, name) for name in ("manager", "staff", "officer", "auditor", "hub_worker")}
    return named | {"farmer": found.farmers[0], "admin": found.admin, "outsider": found.outsider}


@pytest.mark.parametrize("slug", A_THIRD)
def test_a_report_is_read_by_its_own_desk_and_found_by_nobody_else(
    towns: tuple[World, World], slug: str
) -> None:
    world, other = towns
    page, rows = address(world, "report", slug), address(world, "report_rows", slug)
    api = reverse("api_report", args=[slug])
    asked = {"authority": str(world.authority.pk)}
    for role, person in people(world).items():
        client = client_of(person)
        wanted = 200 if role in READERS else 404
        assert client.get(page, YEAR).status_code == wanted, role
        assert client.get(rows, YEAR).status_code == wanted, role
        assert client.get(api, asked).status_code == wanted, role
        asking = client.post(
            address(world, "ask_report_file", slug), YEAR | {"kind": "report", "format": "csv"}
        )
        assert asking.status_code == {"officer": 302, "auditor": 403}.get(role, 404), role
    assert set(ReportFile.objects.values_list("owner", flat=True)) == {world.officer.pk}
    for stranger in (other.officer, other.people.auditor):
        client = client_of(stranger)
        assert client.get(page, YEAR).status_code == 404
        assert client.get(rows, YEAR).status_code == 404
        assert client.get(api, asked).status_code == 404
    assert Client().get(page).headers["Location"].startswith("/logga-in/")
    assert Client().get(rows).headers["Location"].startswith("/logga-in/")
    assert Client().get(api, asked).status_code == 401


@pytest.mark.parametrize("slug", A_THIRD)
def test_what_is_sealed_and_what_is_a_persons_number_is_in_no_report(world: World, slug: str) -> None:
    sort = REPORTS[slug]
    client = client_of(world.officer)
    for by in sort.bys or ("",):
        question = YEAR | ({"by": by} if by else {})
        told = [client.get(address(world, "report", slug), question).content.decode()]
        if by in sort.bys[:1] or not by:
            told.append(client.get(address(world, "report_rows", slug), question).content.decode())
        report = sort.make(asked_of(world, slug, **({"by": by} if by else {})))
        told.append("".join(as_csv(report, variant=SWEDISH)))
        for text in told:
            assert SEALED not in text, (slug, by)
            assert PERSON[2:] not in text.replace("-", ""), (slug, by)
