"""Signing in by e-mail and password."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from config.ground.models import User


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
        return User.objects.filter(pk=user_id, is_active=True).first()
