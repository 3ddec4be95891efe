"""A client at the desk of an authority, on the world's own day."""

import csv
import io
from collections.abc import Iterable
from decimal import Decimal

from django.test import Client
from django.urls import reverse

from config.ground.models import User
from tests.factories.world import World


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="config.ground.sign_in.EmailBackend")
    return client


def address(world: World, name: str, *keys: object) -> str:
    return reverse(f"officer:{name}", args=[world.authority.pk, *keys])


def table(answer: Iterable[bytes], *, delimiter: str = ";") -> list[list[str]]:
    """The rows of a file that was saved; the first begins with the byte order mark where the file has one."""
    content = b"".join(answer)
    return list(csv.reader(io.StringIO(content.decode(), newline=""), delimiter=delimiter))


def number(cell: str) -> Decimal | None:
    return Decimal(cell.replace(",", ".")) if cell else None
