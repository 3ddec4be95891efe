"""One key, one write: repeated, with another body, and at the same moment."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from config.ground.models import IdempotencyRecord, JobRun
from config.ground.refusals import KeyUsedForAnotherBody
from config.ground.trail import Actor, Once, acting

ADA = Actor.person(1, door="web:order_new")


def order(kg: int, *, key: str = "k-1", by: Actor = ADA, endpoint: str = "order") -> Any:
    """An action that writes one row and answers with its weight; under the same key it answers as before."""
    once = Once.of(endpoint=endpoint, key=key, body={"kg": kg})
    with acting(by, once=once) as act:
        if act.reply is not None:
            return act.reply
        run = JobRun.objects.create(name="order", subject=str(kg))
        reply = {"order": run.pk, "kg": kg}
        act.answer(reply)
    return reply


@pytest.mark.django_db
def test_the_same_key_gives_the_same_answer_and_writes_once() -> None:
    first = order(3)
    assert order(3) == first
    assert JobRun.objects.count() == 1


@pytest.mark.django_db
def test_another_body_under_the_key_is_refused_and_writes_nothing() -> None:
    order(3)
    with pytest.raises(KeyUsedForAnotherBody) as refused:
        order(4)
    assert refused.value.status == 422
    assert JobRun.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "other",
    [{"key": "k-2"}, {"by": Actor.person(2, door="web:order_new")}, {"endpoint": "basket"}],
    ids=["key", "person", "endpoint"],
)
def test_a_key_belongs_to_its_person_and_endpoint(other: dict[str, Any]) -> None:
    order(3)
    order(4, **other)
    assert JobRun.objects.count() == 2


@pytest.mark.django_db
def test_a_key_of_a_write_that_failed_is_free_again() -> None:
    with pytest.raises(ZeroDivisionError):
        fail_with_the_key()
    assert not IdempotencyRecord.objects.exists()
    assert order(3)["kg"] == 3


def fail_with_the_key() -> None:
    with acting(ADA, once=Once.of(endpoint="order", key="k-1", body={"kg": 3})):
        raise ZeroDivisionError


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True),
        ({"kg": "1.0"}, {"kg": "1.00"}, False),
        ({"lines": [1, 2]}, {"lines": [2, 1]}, False),
    ],
)
def test_a_body_is_the_same_whatever_the_order_of_its_names(one: Any, other: Any, *, same: bool) -> None:
    digests = {Once.of(endpoint="e", key="k", body=body).body_sha256 for body in (one, other)}
    assert (len(digests) == 1) is same


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield
        JobRun.objects.all().delete()
        IdempotencyRecord.objects.all().delete()
        connection.close()


def at_once(*bodies: int, with_key: bool = True) -> list[Any]:
    """All of them begin together; each answer, or the refusal."""
    answers: list[Any] = []
    gate = threading.Barrier(len(bodies))

    def one(kg: int) -> None:
        connection.ensure_connection()
        gate.wait(10)
        try:
            answers.append(order(kg, key="k-1" if with_key else f"k-{threading.get_ident()}"))
        except KeyUsedForAnotherBody as refused:
            answers.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(kg,)) for kg in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.race
def test_the_same_key_at_the_same_moment_writes_once(committed: None) -> None:
    for _ in range(10):
        first, second = at_once(3, 3)
        assert first == second
        assert JobRun.objects.count() == 1
        IdempotencyRecord.objects.all().delete()
        JobRun.objects.all().delete()


@pytest.mark.race
def test_without_a_common_key_the_same_moment_writes_twice(committed: None) -> None:
    """The twin."""
    at_once(3, 3, with_key=False)
    assert JobRun.objects.count() == 2


@pytest.mark.race
def test_two_bodies_under_one_key_at_the_same_moment_write_one_and_refuse_one(committed: None) -> None:
    answers = at_once(3, 4)
    assert "key_used_for_another_body" in answers
    assert JobRun.objects.count() == 1


@pytest.mark.race
def test_who_waits_for_a_write_that_fails_writes_it(committed: None) -> None:
    answers: list[Any] = []

    def second() -> None:
        answers.append(order(3))
        connection.close()

    waiting = threading.Thread(target=second)

    def fail_while_another_waits() -> None:
        with acting(ADA, once=Once.of(endpoint="order", key="k-1", body={"kg": 3})):
            waiting.start()
            waiting.join(0.3)
            assert waiting.is_alive()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_while_another_waits()
    waiting.join(10)
    assert answers[0]["kg"] == 3
