"""Every form on every page, handed what strangers send in all its fields: a page or a clear 4xx, never a fault of the house."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import count, cycle
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from tests.architecture.hostile_world import BIDI, NUL, HostileCase
from tests.architecture.rows_held import RowsHeld
from tests.architecture.sweep_readers import reader_of
from tests.architecture.sweep_table import TABLE

NO_TEXT = {"submit", "button", "image", "reset", "file", "hidden"}
STRANGE = (
    "1e400",
    "NaN",
    "-1",
    "9" * 400,
    f"{BIDI}mellan{NUL}ord",
    "🧅" * 300,
    "=HYPERLINK(1)",
    "0001-01-01",
    "9999-12-31",
    "'; DROP TABLE x; --",
)
AT_ONCE = 7  # of the strange values, in turn: no divisor of their number, so that a form of a kind meets all
FEWEST_FORMS = 60


@dataclass(slots=True)
class FormSeen:
    """A form as it stands on its page: its fields with what stands in them, and its buttons."""

    action: str
    method: str
    fields: list[tuple[str, str, str]] = field(default_factory=list)

    def filled(self, strange: str, *, hidden_too: bool) -> QueryDict:
        """Every field that a person fills holds ``strange``; a choice too, as a program would send it."""
        told = QueryDict(mutable=True)
        for name, kind, value in self.fields:
            if kind == "file":
                continue
            kept = kind in NO_TEXT and not (hidden_too and kind == "hidden")
            told.appendlist(name, value if kept else strange)
        return told


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[FormSeen] = []
        self._open: FormSeen | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = FormSeen(told.get("action", ""), told.get("method", "get").lower())
            self.found.append(self._open)
        elif self._open is not None and "name" in told and tag in {"input", "select", "textarea", "button"}:
            kind = {"input": told.get("type", "text"), "button": "submit"}.get(tag, tag)
            self._open.fields.append((told["name"], kind, told.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None


def forms_on(content: str) -> list[FormSeen]:
    reader = _Forms()
    reader.feed(content)
    return reader.found


@pytest.mark.long
class HostileForms(HostileCase):
    def _pages(self) -> Iterator[tuple[Client, str, str]]:
        """Each page with the client of who reads it, its address, and what stands on it."""
        for name, row in TABLE.items():
            role = reader_of(row)
            if role is None:
                continue
            client = self.signed_in(role)
            address = reverse(name, kwargs={key: self.things.of(thing) for key, thing in row.args.items()})
            reply = client.get(address)
            if reply.headers.get("Content-Type", "").startswith("text/html"):
                yield client, address, reply.content.decode()

    def test_no_form_breaks_on_what_is_written_in_it(self) -> None:
        held = RowsHeld()
        asked: set[tuple[str, str, tuple[str, ...]]] = set()
        turns, values = count(), cycle(STRANGE)
        faults = []
        for client, address, content in self._pages():
            for form in forms_on(content):
                target = urlsplit(urljoin(address, form.action or address)).path
                key = (target, form.method, tuple(name for name, _kind, _value in form.fields))
                if key in asked or not form.fields:
                    continue
                asked.add(key)
                for _each in range(AT_ONCE):
                    turn, strange = next(turns), next(values)
                    told = form.filled(strange, hidden_too=turn % 2 == 1)
                    with transaction.atomic():
                        reply = _sent(client, target, form.method, told)
                        if reply.status_code >= 500:
                            faults.append((target, form.method, strange[:20], reply.status_code))
                        elif reply.status_code >= 400 and held.changed():
                            faults.append(
                                (target, form.method, strange[:20], "refused, but something is written")
                            )
                        transaction.set_rollback(True)
        assert len(asked) >= FEWEST_FORMS
        assert not faults, "\n".join(map(str, faults))


def _sent(client: Client, target: str, method: str, told: QueryDict) -> Any:
    if method == "post":
        return client.post(target, told.urlencode(), content_type="application/x-www-form-urlencoded")
    return client.get(f"{target}?{told.urlencode()}")
