"""Who asks whether anything was written is told of each row that came or went, and of none that was taken back."""

import pytest
from django.db import connection, transaction

from config.ground.models import User
from kitchens.models import Kitchen
from tests.architecture.rows_held import RowsHeld
from tests.factories.world import make_world

pytestmark = pytest.mark.django_db


def test_a_row_that_came_and_one_that_went_are_told_each_time_that_is_asked() -> None:
    world = make_world()
    held = RowsHeld()
    assert held.changed() == {}
    with transaction.atomic():
        Kitchen.objects.create(name="Ny", authority=world.authority, hub=world.hub)
        for _again in range(2):
            assert held.changed()["kitchens_kitchen"] == 2
        transaction.set_rollback(True)
    assert held.changed() == {}
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM kitchens_kitchenmember")
        for _again in range(2):
            assert held.changed()["kitchens_kitchenmember"] == 0
        transaction.set_rollback(True)
    assert held.changed() == {}


def test_a_table_that_was_emptied_whole_is_told() -> None:
    make_world()
    held = RowsHeld()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE kitchens_kitchenmember")
    assert held.changed() == {"kitchens_kitchenmember": 0}


def test_what_was_taken_back_before_it_is_asked_for_is_no_change() -> None:
    make_world()
    held = RowsHeld()
    with transaction.atomic():
        User.objects.create(name="Någon")
        transaction.set_rollback(True)
    assert held.changed() == {}
    User.objects.create(name="Någon")
    assert set(held.changed()) >= {"ground_user", "ground_trailentry"}
