"""A published report stays as it was told; what changes backwards makes a new version with its reason."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import DatabaseError, transaction

from config.ground.refusals import InvalidInput
from config.ground.trail import acting
from orders.actions.publishing_reports import publish_report
from orders.actions.receiving import return_goods
from orders.actions.report_terms import define_local, set_goal
from orders.actions.tallying import rebuild_months
from orders.interchange.report_files import as_json
from orders.models import LocalDefinition, Movement, PublishedReport, ReportGoal, Tally
from orders.queries.published_reports import digest_of, standing_of
from orders.queries.reports.register import REPORTS
from orders.refusals import CorrectionNeedsReason, NothingNewToPublish, PeriodNotOver
from orders.rules.periods import month_of
from tests.factories.reports import asked_of, report_published
from tests.factories.walked import make_walked, tally
from tests.factories.world import World
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db
INKOP = REPORTS["inkop"]


@pytest.fixture
def world() -> World:
    return make_walked(1, kitchens=2)


def something_goes_back(world: World) -> None:
    """Goods of the closed month are sent back afterwards."""
    came = (
        Movement.objects.filter(kind="delivered", packs__gt=1, call_off__returns=None)
        .select_related("call_off__kitchen")
        .earliest("pk")
    )
    return_goods(
        call_off_id=came.call_off_id, kitchen=came.call_off.kitchen, packs=1, reason="ruttet", by=world.by
    )
    tally(world)


def test_a_published_version_stays_and_a_backdated_change_makes_a_new_one(world: World) -> None:
    first = report_published(world)
    told = first.told
    with pytest.raises(NothingNewToPublish):
        report_published(world, reason="igen")
    something_goes_back(world)
    with pytest.raises(CorrectionNeedsReason):
        report_published(world)
    second = report_published(world, reason="Ett parti gick tillbaka i efterhand.")
    first.refresh_from_db()
    assert first.told == told
    assert second.supersedes == first
    assert digest_of(second.told) != first.told_sha256 == digest_of(first.told)


def test_a_version_cannot_be_changed_in_the_tables(world: World) -> None:
    row = report_published(world)
    with pytest.raises(DatabaseError), transaction.atomic(), acting(world.by_officer):
        PublishedReport.objects.filter(pk=row.pk).update(reason="tyst ändring")


def test_a_period_that_is_not_over_is_not_published(world: World) -> None:
    month = month_of(world.delivery_date)
    for today in (month.first, month.last):
        with pytest.raises(PeriodNotOver):
            publish_report(
                asked=asked_of(world, "inkop", period=month, today=today), sort=INKOP, by=world.by_officer
            )


def test_words_are_no_figures(world: World) -> None:
    """The same question in English tells the same figures, and is no correction."""
    row = report_published(world)
    month = month_of(world.delivery_date)
    asked = asked_of(world, "inkop", basis="delivered", period=month, language="en")
    report = INKOP.make(asked)
    assert as_json(report)["parts"] == row.told["parts"]
    standing = standing_of(asked, INKOP, report)
    assert standing is not None
    assert (standing.version, standing.is_same) == (row, True)


def test_the_pages_tell_the_version_and_that_something_changed(world: World) -> None:
    month = month_of(world.delivery_date)
    question = urlencode(
        {"from": month.from_text, "to": month.to_text, "basis": "delivered", "by": "supplier"}
    )
    url = f"{address(world, 'report', 'inkop')}?{question}"
    with time_machine.travel(world.now + timedelta(days=60), tick=False):
        client = client_of(world.officer)
        publish = f"{address(world, 'publish_report', 'inkop')}?{question}"
        assert address(world, "publish_report", "inkop") in client.get(url).content.decode()
        answer = client.post(publish, {"reason": ""}, follow=True)
        row = PublishedReport.objects.get()
        assert answer.redirect_chain[-1][0] == address(world, "published_report", row.pk)
        assert "Siffrorna är desamma i dag." in client.get(url).content.decode()
        assert client.post(publish, {"reason": ""}).status_code == 409
        something_goes_back(world)
        assert "Något har ändrats bakåt sedan dess." in client.get(url).content.decode()
        assert client.post(publish, {"reason": ""}).status_code == 422
        client.post(publish, {"reason": "Retur i efterhand"})
        first, second = PublishedReport.objects.order_by("pk")
        page = client.get(address(world, "published_report", first.pk)).content.decode()
    assert "Retur i efterhand" in page
    assert address(world, "published_report", second.pk) in page


def test_local_is_what_the_authority_laid_down_for_the_day(world: World) -> None:
    with acting(world.by_officer):
        Tally.objects.update(origin_place="Läppe")
    rebuild_months(by=world.by_officer)
    local = REPORTS["lokalt"]
    asked = asked_of(world, "lokalt", by="category")
    before = local.make(asked)
    assert before.whole is not None
    assert before.whole.cells[before.column("yes_sek")] == 0
    assert before.whole.cells[before.column("known_sek")] == 0
    new: Any = {"authority": world.authority, "officer": world.officer, "by": world.by_officer}
    define_local(
        words="Vingåkersbygden", places=["läppe ", ""], decision="KS § 4", first_day=date(2026, 1, 1), **new
    )
    after = local.make(asked)
    assert after.whole is not None
    bought = Tally.objects.filter(basis="ordered")
    assert after.whole.cells[after.column("yes_sek")] == sum(row.net_sek for row in bought)
    assert "Vingåkersbygden (KS § 4, 2026-01-01)" in after.told.definition
    with pytest.raises(InvalidInput):
        define_local(words="x", places=[" "], decision="", first_day=date(2026, 1, 1), **new)
    define_local(
        words="Bara Högsjö", places=["Högsjö"], decision="KS § 9", first_day=world.delivery_date, **new
    )
    assert LocalDefinition.objects.order_by("valid_from")[0].valid_to == world.delivery_date - timedelta(
        days=1
    )
    late = local.make(asked)
    assert late.whole is not None
    assert late.whole.cells[late.column("yes_sek")] == 0
    assert late.whole.cells[late.column("known_sek")] == after.whole.cells[after.column("known_sek")]


def test_goals_are_dated_and_within_reach(world: World) -> None:
    new: Any = {"authority": world.authority, "officer": world.officer, "by": world.by_officer}
    set_goal(measure="organic", value=Decimal("0.4"), decision="KF § 12", first_day=date(2026, 1, 1), **new)
    told = REPORTS["ekologiskt"].make(asked_of(world, "ekologiskt")).told
    assert "Mål: 40 % av värdet (KF § 12)." in told.notes
    for measure, value in (("organic", "1.1"), ("co2e_per_kg", "-1")):
        with pytest.raises(InvalidInput):
            set_goal(measure=measure, value=Decimal(value), decision="x", first_day=date(2027, 1, 1), **new)
    set_goal(measure="organic", value=Decimal("0.5"), decision="KF § 2", first_day=date(2027, 1, 1), **new)
    assert list(ReportGoal.objects.order_by("valid_from").values_list("valid_to", flat=True)) == [
        date(2026, 12, 31),
        None,
    ]


def test_an_officer_enters_them_by_form(world: World) -> None:
    client = client_of(world.officer)
    local = {"words": "Ortens", "places": "Läppe\nHögsjö\n", "decision": "KS § 4", "first_day": "2026-01-01"}
    assert client.post(address(world, "new_local"), local).status_code == 302
    assert LocalDefinition.objects.get().places == ["Högsjö", "Läppe"]
    assert client.post(address(world, "new_local"), local).status_code == 422
    goal = {"measure": "organic", "value": "40", "decision": "KF § 12", "first_day": "2026-01-01"}
    assert client.post(address(world, "new_goal"), goal).status_code == 302
    assert ReportGoal.objects.get().value == Decimal("0.4")
    assert client.post(address(world, "new_goal"), goal | {"value": "140"}).status_code == 422
    page = client.get(address(world, "report_terms")).content.decode()
    assert "Ortens" in page
    assert "KF § 12" in page
