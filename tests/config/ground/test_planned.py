"""A statement that is planned once a connection answers as any other, also after a rollback."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from config.ground.models import User
from config.ground.planned import columns_of, numbers, planned_rows, read_as
from config.ground.trail import Actor, acting

STATEMENT = "SELECT n AS number, n = ANY(%(wanted)s) AS asked FROM generate_series(1, %(most)s::int) AS n"
PREPARED = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT n AS number%'"


def _prepared() -> int:
    with connection.cursor() as cursor:
        cursor.execute(PREPARED)
        found: int = cursor.fetchone()[0]
    return found


@pytest.mark.django_db
def test_it_is_planned_once_and_answers_by_its_values() -> None:
    before = connection.connection and connection.connection.prepare_threshold
    for most in range(1, 9):
        columns, rows = planned_rows(STATEMENT, {"wanted": [2, most], "most": most})
        assert columns == ("number", "asked")
        assert rows == [(n, n in {2, most}) for n in range(1, most + 1)]
    assert _prepared() == 1
    assert connection.connection.prepare_threshold == before


@pytest.mark.django_db
def test_a_rollback_between_does_not_matter() -> None:
    asked = {"wanted": [1], "most": 1}
    for _ in range(3):
        planned_rows(STATEMENT, asked)
    with transaction.atomic():
        planned_rows(STATEMENT, asked)
        transaction.set_rollback(True)
    assert planned_rows(STATEMENT, asked)[1] == [(1, True)]


@pytest.mark.django_db
def test_the_log_holds_the_values() -> None:
    with CaptureQueriesContext(connection) as taken:
        planned_rows(STATEMENT, {"wanted": [7], "most": 3})
    assert "generate_series(1, 3" in taken[0]["sql"]


@pytest.mark.django_db
def test_a_row_is_read_as_a_queryset_reads_it() -> None:
    with acting(Actor.job("tests")):
        made = User.objects.create(name="Åsa", email="asa@example.se")
    kept = User.objects.get(pk=made.pk)
    statement = f"SELECT {columns_of(User, row='u')} FROM ground_user u WHERE u.id = %(user)s"
    read = read_as(User, planned_rows(statement, {"user": kept.pk})[1][0])
    assert read == kept
    names = [field.attname for field in User._meta.concrete_fields]
    assert [getattr(read, name) for name in names] == [getattr(kept, name) for name in names]
    assert read._state.db == kept._state.db
    assert not read._state.adding


@pytest.mark.django_db
@pytest.mark.parametrize("ids", [[], [7], [1, 2**40]])
def test_numbers_are_read_as_an_array_whatever_their_size(ids: list[int]) -> None:
    _columns, rows = planned_rows("SELECT %(ids)s::bigint[]", {"ids": numbers(ids)})
    assert rows == [(ids,)]
