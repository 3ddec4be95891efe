"""Signing in at the API by a key that a program sends."""

import re
from typing import Any

from rest_framework.authentication import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed

_KEY = re.compile(r"[0-9a-f]{40}")


class KeyAuthentication(TokenAuthentication):
    """``Authorization: Token …``. What can be no key is refused before the database is asked."""

    def authenticate_credentials(self, key: str) -> tuple[Any, Any]:
        if not _KEY.fullmatch(key):
            raise AuthenticationFailed
        return super().authenticate_credentials(key)
