"""Sessions in the database, as Django keeps them; read by a statement that is planned once a connection."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from config.ground.planned import columns_of, planned_rows, read_as

_SESSION = f"""
SELECT {columns_of(Session, row="s")} FROM django_session s
WHERE s.session_key = %(key)s AND s.expire_date > %(now)s
"""


class SessionStore(db.SessionStore):
    """Django's own, but for how a session is found: every page of somebody signed in asks it."""

    def _get_session_from_db(self) -> Session | None:
        """None where there is none, or no longer; its key is then forgotten, so that nobody can choose one."""
        _columns, rows = planned_rows(_SESSION, {"key": self.session_key, "now": timezone.now()})
        if rows:
            return read_as(Session, rows[0])
        self._session_key = None
        return None
