"""An officer confirms the law's figures, enters new ones that overwrite nothing, and sets stricter limits."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine

from config.ground.refusals import InvalidInput, NotAllowed
from config.ground.trail import Actor
from market.actions.agreements import sign_agreement
from market.actions.law import FigureDraft, confirm_law, enter_figure, set_own_limit
from market.actions.reference import Loaded, load_law
from market.models import LawFigure, LawParagraph, OwnLimit
from market.queries.law import binding_figure, law_figure, law_figure_if_known
from market.refusals import FigureConfirmed, LaterFigureThere, RegimeNotKnown, RegimeTooLow
from market.rules.valuation import regime_of, stricter
from tests.factories.awards import award_draft
from tests.factories.world import World, make_world
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _on_the_worlds_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world() -> World:
    return make_world()


def reading(world: World) -> Actor:
    return Actor.person(world.officer.pk, door="tests", reason="SFS 2021:1110")


def draft(code: str = "direct_award_limit", regime: str = "direct_award", **change: object) -> FigureDraft:
    told = {
        "value": Decimal(800_000),
        "valid_from": date(2027, 1, 1),
        "paragraph": "19 a kap. 2 § LOU",
        "source": "SFS",
    }
    return FigureDraft(code=code, regime=regime, **(told | change))  # type: ignore[arg-type]


def test_a_figure_is_confirmed_once_with_where_it_was_read(world: World) -> None:
    row = LawFigure.objects.get(code="direct_award_limit")
    with pytest.raises(InvalidInput):
        confirm_law(row=row, officer=world.officer, at=NOW, by=world.by_officer)
    with pytest.raises(NotAllowed):
        confirm_law(row=row, officer=world.manager, at=NOW, by=reading(world))
    confirm_law(row=row, officer=world.officer, at=NOW, by=reading(world))
    assert law_figure(code="direct_award_limit", on=NOW.date()).confirmed
    with pytest.raises(FigureConfirmed):
        confirm_law(row=row, officer=world.officer, at=NOW, by=reading(world))
    missing = LawFigure.objects.get(code="eu_threshold_sek", value=None)
    with pytest.raises(InvalidInput):
        confirm_law(row=missing, officer=world.officer, at=NOW, by=reading(world))
    confirm_law(
        row=LawParagraph.objects.get(rule="stock", regime="directive"),
        officer=world.officer,
        at=NOW,
        by=reading(world),
    )


def test_a_new_figure_ends_the_old_one_and_each_is_read_by_its_day(world: World) -> None:
    enter_figure(draft=draft(), officer=world.officer, at=NOW, by=reading(world))
    assert law_figure(code="direct_award_limit", on=date(2026, 12, 31)).value == 700_000
    later = law_figure(code="direct_award_limit", on=date(2027, 1, 1))
    assert (later.value, later.confirmed, later.unit) == (Decimal(800_000), True, "SEK")
    with pytest.raises(LaterFigureThere):
        enter_figure(
            draft=draft(valid_from=date(2026, 6, 1)), officer=world.officer, at=NOW, by=reading(world)
        )


def test_the_shipped_file_does_not_reopen_what_a_person_ended(world: World) -> None:
    enter_figure(draft=draft(), officer=world.officer, at=NOW, by=reading(world))
    assert load_law(by=reading(world)) == Loaded(new=0, changed=0)
    assert law_figure(code="direct_award_limit", on=date(2027, 1, 1)).value == 800_000


def test_a_missing_threshold_is_filled_in_and_stays(world: World) -> None:
    assert law_figure_if_known(code="eu_threshold_sek", on=NOW.date()) is None
    told = draft("eu_threshold_sek", "all", value=Decimal(2_400_000), valid_from=date(2026, 1, 1))
    enter_figure(draft=told, officer=world.officer, at=NOW, by=reading(world))
    load_law(by=reading(world))
    found = law_figure(code="eu_threshold_sek", on=NOW.date())
    assert (found.value, found.confirmed) == (Decimal(2_400_000), True)
    with pytest.raises(LaterFigureThere):
        enter_figure(draft=told, officer=world.officer, at=NOW, by=reading(world))


@pytest.mark.parametrize(
    ("change", "field"),
    [({"source": " "}, "source"), ({"value": Decimal(-1)}, "value"), ({"code": "nonsense"}, "code")],
)
def test_a_figure_without_source_or_sense_is_refused(
    world: World, change: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        enter_figure(draft=draft(**change), officer=world.officer, at=NOW, by=reading(world))  # type: ignore[arg-type]
    assert set(refused.value.fields) == {field}


def test_an_own_limit_binds_only_where_it_is_stricter_and_only_its_authority(world: World) -> None:
    def own(value: int, first_day: date) -> OwnLimit:
        return set_own_limit(
            authority=world.authority,
            code="direct_award_limit",
            value=Decimal(value),
            decision="Riktlinjer",
            first_day=first_day,
            officer=world.officer,
            by=reading(world),
        )

    def binding(day: date, authority: int = world.authority.pk) -> Decimal:
        return binding_figure(authority_ids=[authority], code="direct_award_limit", on=day).value

    own(100_000, date(2026, 1, 1))
    own(900_000, date(2027, 1, 1))
    assert [binding(date(2026, 12, 31)), binding(date(2027, 1, 1)), binding(date(2026, 6, 1), 0)] == [
        100_000,
        700_000,
        700_000,
    ]
    with pytest.raises(LaterFigureThere):
        own(1, date(2026, 6, 1))
    with pytest.raises(InvalidInput):
        own(-1, date(2028, 1, 1))


def test_below_the_threshold_is_a_claim_that_is_judged(world: World) -> None:
    with pytest.raises(RegimeTooLow):
        make_world(regime="national", ceiling_sek=2_389_585, valid_from=date(2025, 6, 1))
    make_world(regime="national", ceiling_sek=Decimal("2389584.99"), valid_from=date(2025, 6, 1))
    threshold = law_figure(code="eu_threshold_sek", on=date(2025, 6, 1))
    assert regime_of(Decimal("2389584.99"), threshold) == "national"
    assert regime_of(Decimal(2_389_585), threshold) == "directive"
    assert regime_of(Decimal(1), None) is None
    assert stricter(threshold, None) is threshold


def test_without_a_known_threshold_the_house_asks(world: World) -> None:
    asked = replace(award_draft(world), kind="framework", regime="national", need_category_id=None, reason="")
    with pytest.raises(RegimeNotKnown):
        sign_agreement(draft=asked, signer=world.officer, signed_at=NOW, by=reading(world))


def test_the_officers_pages_show_confirm_and_enter(world: World) -> None:
    client = client_of(world.officer)
    page = client.get(address(world, "law")).content.decode()
    assert "Tröskelvärde i kronor: beloppet saknas för i dag" in page
    row = LawFigure.objects.get(code="direct_award_limit")
    assert client.post(address(world, "figure", row.pk), {"reason": ""}).status_code == 422
    assert client.post(address(world, "figure", row.pk), {"reason": "SFS"}).status_code == 302
    assert client.post(address(world, "figure", row.pk), {"reason": "SFS"}).status_code == 409
    entered = {
        "value": "800 000",
        "valid_from": "2027-01-01",
        "paragraph": "19 a kap. 2 § LOU",
        "source": "SFS 2026:9",
    }
    assert client.post(address(world, "new_figure", row.pk), entered).status_code == 302
    assert client.post(address(world, "new_figure", row.pk), entered).status_code == 409
    own = {"code": "direct_award_limit", "value": "1", "first_day": "2026-11-23", "decision": "KF"}
    assert client.post(address(world, "own_limit"), own).status_code == 302
    assert client.post(address(world, "own_limit"), own).status_code == 409
    assert "KF (" in client.get(address(world, "law")).content.decode()
