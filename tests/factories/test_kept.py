"""What the database holds before each test is what it held at the beginning, whatever a test with real transactions did."""

import pytest
from django.db import connection

from config.ground.trail import acting
from kitchens.models import Kitchen
from market.models import LawFigure, LawParagraph
from tests.factories.kept import KEPT, empty
from tests.factories.parts import TESTS
from tests.factories.world import make_world

WRITTEN_ELSEWHERE = "SELECT count(*) FROM ground_trailentry"


def trail_entries() -> int:
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN_ELSEWHERE)
        [(count,)] = cursor.fetchall()
    return int(count)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("turn", range(2))
def test_a_test_with_real_transactions_begins_with_what_is_shipped_and_nothing_else(turn: int) -> None:
    assert not Kitchen.objects.exists()
    assert trail_entries() == 0
    figures = dict(LawFigure.objects.values_list("code", "value"))
    assert len(figures) > 5
    assert LawParagraph.objects.exists()
    make_world()
    with acting(TESTS):
        LawFigure.objects.update(value=0)
    assert trail_entries() > 0
    KEPT.lay_back()
    assert dict(LawFigure.objects.values_list("code", "value")) == figures


@pytest.mark.django_db
def test_what_is_emptied_takes_along_all_that_refers_to_it_and_leaves_no_word() -> None:
    make_world()
    before = trail_entries()
    empty("market_authority")
    assert not Kitchen.objects.exists()
    assert LawParagraph.objects.exists()
    assert trail_entries() == before
    make_world()
    assert trail_entries() > before  # the triggers are back
