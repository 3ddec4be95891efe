"""What is counted of a day, by whom, once; and the board that shows it. Cases 74 to 76 of the trade."""

import uuid
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from config.ground.models import TrailEntry
from config.ground.refusals import InvalidInput, NotFound
from config.ground.trail import Actor, acting
from kitchens.actions.counting import (
    DayFacts,
    PanWeights,
    Weighed,
    count_portions,
    measure_surplus,
    tell_day,
    weigh_pans,
    weigh_waste,
)
from kitchens.actions.payback import DefinitionDraft, define_payback, open_board
from kitchens.actions.tapping import (
    TapGiven,
    TapsTaken,
    close_taps,
    day_ends,
    link_of,
    open_taps,
    sum_taps,
    take_taps,
)
from kitchens.models import DayTold, DishCount, Kitchen, MenuDay, SurplusMeasurement, Tap, TapLink, TapMeter
from kitchens.queries.board import BoardNow, board_at, board_now
from kitchens.queries.payback import days_read
from kitchens.refusals import (
    MenuNotLocked,
    MoreTapsThanPortions,
    OneDishOnly,
    SurveyTooShort,
    TapLinkClosed,
    TapsTooFast,
)
from kitchens.rules.payback import LeftOut, Method, Outcome
from tests.factories.school import DAY, School, at, make_foods, make_school, serve
from tests.factories.world import make_world

pytestmark = pytest.mark.django_db

D = Decimal
BY = Actor.job("tests")


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def lunch(school: School) -> MenuDay:
    return serve(school)


def outcome(menu_day: MenuDay) -> Outcome:
    return days_read(menu_day.kitchen, first=menu_day.day, last=menu_day.day)[0].outcome


def taps(standard: int, payback: int, *, hour: int = 11, minute: int = 5) -> list[TapGiven]:
    roles = ["standard"] * standard + ["payback"] * payback
    return [TapGiven(key=uuid.uuid4(), role=role, at=at(hour, minute)) for role in roles]


def opened(menu_day: MenuDay, school: School) -> TapLink:
    return link_of(open_taps(menu_day=menu_day, by=school.world.by), now=at(11))


def test_e24_from_plates_to_the_day(lunch: MenuDay) -> None:
    count_portions(menu_day=lunch, portions={"standard": 116, "payback": 184}, by=BY)
    assert outcome(lunch).saving_kg == D("104.88")
    assert outcome(lunch).kg_per_portion == D("0.6004")


def test_pans_are_the_best_count_and_with_surplus_all_cooked_food_counts(lunch: MenuDay) -> None:
    count_portions(menu_day=lunch, portions={"standard": 1, "payback": 1}, by=BY)
    pans = {
        "standard": PanWeights(D(40), D("5.2"), D("0.3")),
        "payback": PanWeights(D(60), D("4.8"), D("0.3")),
    }
    weigh_pans(menu_day=lunch, pans=pans, by=BY)
    assert outcome(lunch).saving_kg == D("104.88")
    week = DAY - timedelta(days=9)  # a Monday
    measure_surplus(
        kitchen=lunch.kitchen,
        first_day=week,
        last_day=week + timedelta(days=4),
        cooked_kg=D(110),
        left_kg=D(10),
        by=BY,
    )
    tell_day(menu_day=lunch, facts=DayFacts(guests=300, cooked_standard=130, cooked_payback=200), by=BY)
    assert outcome(lunch).saving_kg == D("114.00")
    assert not outcome(lunch).before_waste


def test_a_measurement_holds_only_for_days_after_it_and_takes_five_in_a_row(lunch: MenuDay) -> None:
    tell_day(menu_day=lunch, facts=DayFacts(guests=300, cooked_standard=130, cooked_payback=200), by=BY)
    monday = DAY - timedelta(days=2)
    with pytest.raises(SurveyTooShort):
        measure_surplus(
            kitchen=lunch.kitchen, first_day=monday, last_day=DAY, cooked_kg=D(9), left_kg=D(1), by=BY
        )
    friday = monday + timedelta(days=4)
    measure_surplus(
        kitchen=lunch.kitchen, first_day=monday, last_day=friday, cooked_kg=D(11), left_kg=D(1), by=BY
    )
    assert outcome(lunch).left_out is LeftOut.NOT_COUNTED
    with pytest.raises(InvalidInput):
        measure_surplus(
            kitchen=lunch.kitchen, first_day=friday, last_day=monday, cooked_kg=D(1), left_kg=D(1), by=BY
        )
    with pytest.raises(IntegrityError, match="surplus_can_be"), transaction.atomic(), acting(BY):
        SurplusMeasurement.objects.update(days=4)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (
            DayFacts(guests=300, real_choice=False, no_choice_reason="linsbiffarna tog slut"),
            LeftOut.NO_REAL_CHOICE,
        ),
        (DayFacts(), None),
    ],
)
def test_a_day_without_a_real_choice_saves_nothing(
    lunch: MenuDay, facts: DayFacts, why: LeftOut | None
) -> None:
    count_portions(menu_day=lunch, portions={"standard": 116, "payback": 184}, by=BY)
    tell_day(menu_day=lunch, facts=facts, by=BY)
    assert outcome(lunch).left_out is why
    with pytest.raises(InvalidInput):
        tell_day(menu_day=lunch, facts=DayFacts(guests=-1, real_choice=False), by=BY)


def test_only_a_locked_choice_is_counted(school: School) -> None:
    planned = serve(school, locked=False)
    with pytest.raises(MenuNotLocked):
        open_taps(menu_day=planned, by=school.world.by)
    one = serve(school, day=DAY + timedelta(days=1), one_dish=True)
    with pytest.raises(OneDishOnly):
        count_portions(menu_day=one, portions={"standard": 1, "payback": 1}, by=BY)
    assert outcome(planned).left_out is LeftOut.NOT_LOCKED
    assert outcome(one).left_out is LeftOut.ONE_DISH


def test_counts_that_can_not_be_are_refused(lunch: MenuDay) -> None:
    pan = PanWeights(D(1), D(2), D(1))
    for wrong in ({"standard": 1}, {"standard": -1, "payback": 1}):
        with pytest.raises(InvalidInput):
            count_portions(menu_day=lunch, portions=wrong, by=BY)
    for pans in (
        {"standard": pan, "payback": pan},
        {"standard": PanWeights(D(10**7), D(0), D(1)), "payback": pan},
    ):
        with pytest.raises(InvalidInput):
            weigh_pans(menu_day=lunch, pans=pans, by=BY)


def test_a_tap_is_counted_once_however_often_it_is_sent(lunch: MenuDay, school: School) -> None:
    link, sent = opened(lunch, school), taps(100, 150)
    tell_day(menu_day=lunch, facts=DayFacts(guests=300), by=BY)
    before = TrailEntry.objects.count()
    assert take_taps(link=link, taps=sent, now=at(11, 6)) == TapsTaken(250, 0, 0)
    assert take_taps(link=link, taps=[*sent[:100], *taps(1, 0)], now=at(11, 9)) == TapsTaken(1, 100, 0)
    found = outcome(lunch)
    assert (found.saving_kg, found.at_least, found.coverage) == (D("85.50"), True, D(251) / 300)
    assert TrailEntry.objects.count() == before
    assert set(Tap.objects.values_list("quarter", flat=True)) == {at(11, 0)}


def test_no_more_taps_than_guests(lunch: MenuDay, school: School) -> None:
    link = opened(lunch, school)
    tell_day(menu_day=lunch, facts=DayFacts(guests=30), by=BY)
    assert take_taps(link=link, taps=taps(20, 15), now=at(11)) == TapsTaken(30, 0, 5)
    with pytest.raises(MoreTapsThanPortions):
        take_taps(link=link, taps=taps(1, 0), now=at(11))
    tell_day(menu_day=lunch, facts=DayFacts(guests=29), by=BY)
    assert outcome(lunch).left_out is LeftOut.MORE_TAPS_THAN_PORTIONS


def test_taps_come_no_faster_than_pupils(lunch: MenuDay, school: School) -> None:
    link = opened(lunch, school)
    take_taps(link=link, taps=taps(200, 200), now=at(11))
    with pytest.raises(TapsTooFast):
        take_taps(link=link, taps=taps(4, 0), now=at(11))
    assert take_taps(link=link, taps=taps(3, 0), now=at(11) + timedelta(seconds=1)).counted == 3
    for wrong in ([], taps(401, 0), [TapGiven(uuid.uuid4(), "dessert", at(11))]):
        with pytest.raises(InvalidInput):
            take_taps(link=link, taps=wrong, now=at(12))


def test_a_link_holds_for_its_day_and_until_it_is_closed_or_made_anew(lunch: MenuDay, school: School) -> None:
    first = open_taps(menu_day=lunch, by=school.world.by)
    second = open_taps(menu_day=lunch, by=school.world.by)
    for word, now in ((first, at(11)), (second + "x", at(11)), (second, day_ends(lunch) + timedelta(days=2))):
        with pytest.raises(TapLinkClosed):
            link_of(word, now=now)
    assert link_of(second, now=day_ends(lunch) + timedelta(hours=20)).menu_day == lunch
    close_taps(menu_day=lunch, now=at(14), by=school.world.by)
    with pytest.raises(TapLinkClosed):
        link_of(second, now=at(14))
    nonces = TrailEntry.objects.filter(table_name="kitchens_taplink").values_list("payload", flat=True)
    assert nonces
    assert not any("nonce" in (row or {}) for row in nonces)


def test_taps_are_gone_after_the_sum_and_counted_neither_twice_nor_lost(
    lunch: MenuDay, school: School
) -> None:
    link = opened(lunch, school)
    tell_day(menu_day=lunch, facts=DayFacts(guests=300), by=BY)
    sent = taps(100, 150)
    take_taps(link=link, taps=sent, now=at(11))
    before = outcome(lunch)
    assert sum_taps(now=day_ends(lunch) + timedelta(days=1), by=BY) == 0
    later = day_ends(lunch) + timedelta(days=2, hours=1)
    assert sum_taps(now=later, by=BY) == 1
    assert not Tap.objects.exists()
    assert not TapMeter.objects.exists()
    assert outcome(lunch) == before
    assert sum_taps(now=later, by=BY) == 0
    with pytest.raises(TapLinkClosed):  # even one who holds the link still
        take_taps(link=link, taps=sent, now=at(12))
    assert DishCount.objects.filter(method="taps").count() == 2


def test_a_tablets_wrong_clock_keeps_the_tap_on_its_day(lunch: MenuDay, school: School) -> None:
    link = opened(lunch, school)
    wrong = [
        TapGiven(uuid.uuid4(), "payback", moment) for moment in (at(11) - timedelta(days=40), at(23, 59))
    ]
    take_taps(link=link, taps=wrong, now=at(12, 20))
    assert sorted(Tap.objects.values_list("quarter", flat=True)) == [at(0), at(12, 15)]


# Case 74: a factor is missing for a part of the goods.
@pytest.mark.parametrize(("unknown_kg", "covered", "told"), [("12", "0.88", False), ("10", "0.90", True)])
def test_c74_a_dish_covered_for_less_than_nine_tenths_tells_its_coverage_and_no_saving(
    school: School, unknown_kg: str, covered: str, told: bool
) -> None:
    from kitchens.actions.recipes import LineDraft, RecipeDraft, save_recipe  # noqa: PLC0415

    known = D(100) - D(unknown_kg)
    save_recipe(
        authority=school.world.authority,
        draft=RecipeDraft(
            "Linsbiffar",
            D(100),
            [
                LineDraft("Linser", kg=known, food_id=school.foods["payback"].pk),
                LineDraft("Okänt mjöl", kg=D(unknown_kg)),
            ],
        ),
        by=school.world.by,
    )
    newest = school.payback.recipe.versions.latest("number")
    served = serve(School(school.world, school.foods, school.standard, newest, school.board))
    count_portions(menu_day=served, portions={"standard": 116, "payback": 184}, by=BY)
    dish = served.dishes.get(role="payback")
    assert dish.covered_share == D(covered)
    assert (
        dish.co2e_kg == D("0.38") * known / 100
    )  # what is not known is not counted as zero: coverage says so
    assert (outcome(served).saving_kg is not None) is told
    assert outcome(served).left_out is (None if told else LeftOut.NOT_COMPARABLE)


# Case 75: the factors are updated.
def test_c75_a_day_keeps_the_factors_that_it_was_locked_with(school: School, lunch: MenuDay) -> None:
    count_portions(menu_day=lunch, portions={"standard": 116, "payback": 184}, by=BY)
    old_set = lunch.dishes.get(role="standard").factor_set
    make_foods(standard="2", payback="1")
    assert outcome(lunch).saving_kg == D("104.88")
    after = serve(school, day=DAY + timedelta(days=1))
    count_portions(menu_day=after, portions={"standard": 116, "payback": 184}, by=BY)
    assert outcome(after).saving_kg == D(184)
    assert after.dishes.get(role="standard").factor_set != old_set


# Case 76: cooked in one kitchen, eaten at another.
def test_c76_a_meal_is_counted_once_where_it_is_eaten(school: School, lunch: MenuDay) -> None:
    """A kitchen that cooked for others tells portions cooked, which are no count: only guests who chose are."""
    tell_day(menu_day=lunch, facts=DayFacts(guests=300, cooked_standard=400, cooked_payback=500), by=BY)
    assert outcome(lunch).left_out is LeftOut.NOT_COUNTED
    count_portions(menu_day=lunch, portions={"standard": 100, "payback": 180}, by=BY)
    count_portions(menu_day=lunch, portions={"standard": 116, "payback": 184}, by=BY)  # told again, not added
    take_taps(link=opened(lunch, school), taps=taps(50, 60), now=at(11))  # nor do taps add to plates
    assert outcome(lunch).saving_kg == D("104.88")


def test_c76_what_went_to_another_kitchen_is_counted_there_alone(school: School, lunch: MenuDay) -> None:
    """Cooked 216 + 304, of which 100 + 120 went away: the day is as if 116 + 184 had been cooked."""
    measure_surplus(
        kitchen=lunch.kitchen,
        first_day=DAY - timedelta(days=14),
        last_day=DAY - timedelta(days=3),
        cooked_kg=D(100),
        left_kg=D(0),
        by=BY,
    )
    facts = DayFacts(guests=300, cooked_standard=216, cooked_payback=304, sent_standard=100, sent_payback=120)
    tell_day(menu_day=lunch, facts=facts, by=BY)
    count_portions(menu_day=lunch, portions={"standard": 116, "payback": 184}, by=BY)
    told = outcome(lunch)
    assert (told.saving_kg, told.portions) == (D("104.88"), 300)
    with pytest.raises(InvalidInput) as refused:
        count_portions(menu_day=lunch, portions={"standard": 117, "payback": 304}, by=BY)
    assert set(refused.value.fields) == {"standard", "payback"}
    assert outcome(lunch) == told


@pytest.mark.parametrize("sent", [{"sent_standard": 131}, {"sent_payback": 1}, {"sent_standard": -1}])
def test_c76_no_more_is_sent_than_was_cooked(lunch: MenuDay, sent: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput) as refused:
        tell_day(menu_day=lunch, facts=DayFacts(guests=300, cooked_standard=130, **sent), by=BY)
    assert set(refused.value.fields) == set(sent)
    assert not DayTold.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic(), acting(BY):
        DayTold.objects.create(menu_day=lunch, cooked_standard=1, sent_standard=2)


def test_c76_the_kitchen_that_got_the_portions_is_kept(school: School, lunch: MenuDay) -> None:
    world = school.world
    with acting(BY):
        eats = Kitchen.objects.create(authority=world.authority, hub=world.hub, name="Mottagningsköket")
    cooked = DayFacts(guests=300, cooked_standard=216, cooked_payback=304, sent_standard=100)
    told = tell_day(menu_day=lunch, facts=replace(cooked, sent_to=eats.pk), by=BY)
    assert told.sent_to == eats
    other = make_world().kitchen
    for facts in (
        replace(cooked, sent_to=lunch.kitchen_id),
        replace(cooked, sent_to=other.pk),
        replace(cooked, sent_to=0),
        replace(cooked, sent_to=eats.pk, sent_standard=0),
    ):
        with pytest.raises(InvalidInput) as refused:
            tell_day(menu_day=lunch, facts=facts, by=BY)
        assert set(refused.value.fields) == {"sent_to"}
    assert DayTold.objects.get().sent_to == eats
    with pytest.raises(IntegrityError), transaction.atomic(), acting(BY):
        DayTold.objects.update(sent_standard=0)
    tell_day(menu_day=lunch, facts=cooked, by=BY)
    assert DayTold.objects.get().sent_to is None


def test_waste_is_kept_as_it_was_weighed(school: School) -> None:
    kitchen = school.world.kitchen
    row = weigh_waste(kitchen=kitchen, day=DAY, weighed=Weighed(300, D(3), D("4.5"), D(6), D(12)), by=BY)
    assert row.total_kg == D(12)
    with pytest.raises(InvalidInput):
        weigh_waste(kitchen=kitchen, day=DAY, weighed=Weighed(0, D(-1), D(0), D(0)), by=BY)


def test_a_definition_is_the_schools_and_has_versions(school: School) -> None:
    board = school.board
    newer = define_payback(board=board, draft=DefinitionDraft("Skolträdgården", DAY), by=school.world.by)
    assert (newer.version, newer.formula_version) == (2, 1)
    wrong = DefinitionDraft(" ", DAY, goal_kg=D(0), frozen_year=2025)
    with pytest.raises(InvalidInput) as refused:
        define_payback(board=board, draft=wrong, by=BY)
    assert set(refused.value.fields) == {"text", "goal_kg", "frozen_kg_per_portion"}
    with pytest.raises(InvalidInput):
        define_payback(
            board=board, draft=DefinitionDraft("a", DAY, frozen_year=2025, frozen_kg_per_portion=D(0)), by=BY
        )
    with pytest.raises(InvalidInput):
        open_board(kitchen=school.world.kitchen, slug="Slotts skolan", by=BY)


def now_on_board(hour: int, minute: int = 0, *, day: date = DAY) -> BoardNow:
    return board_now(board_at("slottsskolan"), now=at(hour, minute, day=day))


def counts_on(board: BoardNow) -> list[int | None]:
    return [dish.count for dish in board.dishes]


def test_the_board_moves_in_safe_steps_and_tells_the_day_when_it_is_over(
    lunch: MenuDay, school: School
) -> None:
    link = opened(lunch, school)
    tell_day(menu_day=lunch, facts=DayFacts(guests=300), by=BY)
    take_taps(link=link, taps=taps(30, 40, minute=5), now=at(11, 6))
    assert counts_on(now_on_board(11, 10)) == [None, None]  # its quarter-hour is not over
    assert counts_on(now_on_board(11, 15)) == [30, 40]
    take_taps(link=link, taps=taps(0, 8, minute=20), now=at(11, 21))
    assert counts_on(now_on_board(11, 40)) == [30, 40]  # the eight would be told alone
    assert now_on_board(11, 40).saving_kg is None
    take_taps(link=link, taps=taps(86, 112, minute=50), now=at(11, 59))
    over = now_on_board(15)
    assert counts_on(over) == [116, 160]
    assert (over.method, over.saving_kg, over.saving_at_least) == (Method.TAPS, D(91), True)
    assert (over.total_kg, over.total.at_least, over.goal_share) == (D(91), True, D("0.0912"))
    assert over.equivalent is not None
    assert over.amount in {D(620), D(100)}


def test_a_day_on_which_all_chose_the_same_tells_no_split(lunch: MenuDay) -> None:
    count_portions(menu_day=lunch, portions={"standard": 0, "payback": 300}, by=BY)
    board = now_on_board(15)
    assert (counts_on(board), board.hidden, board.guests_told, board.saving_kg) == (
        [None, None],
        True,
        300,
        None,
    )


def test_a_day_without_a_menu_shows_the_latest_and_nobody_else_sees_a_closed_board(
    lunch: MenuDay, school: School
) -> None:
    board = now_on_board(12, day=DAY + timedelta(days=3))
    assert (board.is_today, board.day, board.total.saving_kg, board.amount) == (False, DAY, D(0), None)
    assert now_on_board(12, day=DAY - timedelta(days=3)).dishes == ()
    with pytest.raises(NotFound):
        now_on_board(12, day=DAY - timedelta(days=300))  # before the school began
    open_board(kitchen=school.world.kitchen, slug="slottsskolan", is_public=False, by=BY)
    with pytest.raises(NotFound):
        board_at("slottsskolan")
