"""A living session is read with all that it holds; one that has ended, or that nobody began, is nobody's."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.ground.sessions import SessionStore

pytestmark = pytest.mark.django_db


def kept_session() -> str:
    session = SessionStore()
    session["places"] = ["Björkhaga"]
    session.create()
    assert session.session_key is not None
    return session.session_key


def test_a_living_session_is_read_in_one_statement() -> None:
    session = SessionStore(kept_session())
    with CaptureQueriesContext(connection) as asked:
        assert session["places"] == ["Björkhaga"]
    assert len(asked) == 1


def test_a_session_that_has_ended_or_that_nobody_began_is_empty_and_loses_its_key() -> None:
    key = kept_session()
    with time_machine.travel(timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE + 1)):
        ended = SessionStore(key)
        assert ended.get("places") is None
        assert ended.session_key is None
    unknown = SessionStore("a" * 32)
    assert unknown.get("places") is None
    assert unknown.session_key is None
    assert Session.objects.filter(pk=key).exists()
