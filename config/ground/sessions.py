"""Django's sessions in the database, read by a statement that the server has planned: every page of somebody signed in asks it."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from config.ground.planned import columns_of, planned_rows, read_as

_LIVING = (
    f"SELECT {columns_of(Session, row='s')} FROM django_session s"
    " WHERE s.session_key = %(key)s AND s.expire_date > %(now)s"
)


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> AbstractBaseSession | None:
        _columns, rows = planned_rows(_LIVING, {"key": self.session_key, "now": timezone.now()})
        if not rows:
            self._session_key = None
            return None
        return read_as(Session, rows[0])
