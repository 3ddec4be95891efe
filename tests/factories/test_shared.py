"""The world that stands between tests: handed out whole, changed for nobody but the test that changed it, else not there."""

import pytest
from django.db import connection

from kitchens.models import Kitchen
from market.models import Authority
from suppliers.models import Supplier
from tests.factories.shared import STANDING, shared
from tests.factories.world import Farm, World, make_world

pytestmark = pytest.mark.django_db
built: list[str] = []
seen: list[dict[str, str]] = []


def all_rows() -> dict[str, str]:
    """Of each table, a digest of its rows."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{table}', md5(string_agg(t::text, ',' ORDER BY t::text)) FROM \"{table}\" t"
                for table in tables
            )
        )
        return dict(cursor.fetchall())


@shared
def make_counted(name: str) -> World:
    built.append(name)
    return make_world(farms=[Farm(name=name)])


@pytest.mark.parametrize("turn", range(3))
def test_it_is_built_once_and_no_test_sees_what_another_did(turn: int) -> None:
    world = make_counted("Ängen")
    assert built.count("Ängen") == 1
    assert [farm.name for farm in Supplier.objects.all()] == ["Ängen"] == [world.supplier.name]
    seen.append(all_rows())
    assert seen[0] == seen[-1]
    assert world.kitchen == Kitchen.objects.get()
    assert world.kitchen.name != "bytt"
    assert "bytt" not in Kitchen.objects.values_list("name", flat=True)
    Kitchen.objects.update(name="bytt")
    world.kitchen.name = "bytt"
    Supplier.objects.filter(pk=world.supplier.pk).update(is_bankrupt=True)


def test_who_asks_for_another_gets_that_and_nothing_else() -> None:
    world = make_counted("Backen")
    assert list(Supplier.objects.values_list("name", flat=True)) == ["Backen"] == [world.supplier.name]


def test_who_asks_the_database_first_finds_no_world() -> None:
    assert not Authority.objects.exists()
    assert not Supplier.objects.exists()
    world = make_counted("Backen")  # built for this test: it has begun
    assert built.count("Backen") == 2
    assert Supplier.objects.get() == world.supplier


def test_what_was_built_before_is_laid_back_row_for_row_and_may_be_added_to() -> None:
    world = make_counted("Ängen")
    assert built.count("Ängen") == 1
    assert all_rows() == seen[0]
    added = Supplier.objects.create(name="Ny", legal_form="company", org_number="5560125790")
    assert added.pk > world.supplier.pk


@shared
def make_half() -> World:
    make_world()
    raise ValueError("half")


@pytest.mark.parametrize("turn", range(2))
def test_what_could_not_be_made_leaves_its_rows_to_this_test_only(turn: int) -> None:
    with pytest.raises(ValueError, match="half"):
        make_half()
    assert Supplier.objects.count() == 1
    assert STANDING.asked is None
