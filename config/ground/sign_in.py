"""Signing in by e-mail and password."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from config.ground.models import User
from config.ground.planned import columns_of, planned_rows, read_as

# Written out: every page of somebody signed in asks it.
_BY_NUMBER = f"SELECT {columns_of(User, row='u')} FROM ground_user u WHERE u.id = %(user)s AND u.is_active"


class EmailBackend(BaseBackend):
    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:  # noqa: ARG002
        email, password = credentials.get("username") or credentials.get("email"), credentials.get("password")
        if not email or not password:
            return None
        user = User.objects.by_email(str(email)).first()
        if user is None:
            User().set_password(str(password))  # the same time whether or not the address is known
            return None
        return user if user.check_password(str(password)) and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        _columns, rows = planned_rows(_BY_NUMBER, {"user": user_id})
        return read_as(User, rows[0]) if rows else None
