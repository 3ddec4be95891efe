"""Every door that takes a text, a number or a file, handed what strangers send: a clear 4xx, and nothing is written."""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from tests.api.program import Program, document
from tests.architecture.hostile_world import BIDI, LONE, NUL, HostileCase
from tests.architecture.rows_held import RowsHeld
from tests.architecture.sweep_table import API, API_TWINS, TABLE, Rule

RAW = (
    "1e400",
    "-1e400",
    "NaN",
    "Infinity",
    "1e-400",
)  # what JSON's grammar and many readers take for a number
SENT: tuple[Any, ...] = (
    "1e400",
    "NaN",
    NUL,
    LONE,
    f"{BIDI}mellan{NUL}ord",
    -1,
    2**63,
    "9" * 5000,
    "🧅" * 5000,
    True,
    None,
    [[]],
)
STRANGE_BUT_TEXT = ("Lök 🧅", f"{BIDI}rödlök", "=HYPERLINK(1)", "../../etc/passwd", "'; DROP TABLE x; --")
AT_ONCE = 5  # of the strange values, to each field


def leaves(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield from leaves(each, (*at, name))
    elif isinstance(value, list) and value:
        yield from leaves(value[0], (*at, 0))
    else:
        yield at


def changed(body: Any, at: tuple[Any, ...], to: Any) -> Any:
    if not at:
        return to
    kept = dict(body) if isinstance(body, dict) else list(body)
    kept[at[0]] = changed(body[at[0]] if at[0] in body or isinstance(body, list) else None, at[1:], to)
    return kept


def optional_fields(path: str, method: str, body: Mapping[str, Any]) -> list[str]:
    """The fields of the document's body that the good body leaves out."""
    operation = document()["paths"][path][method.lower()]
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    shape = content.get("schema", {})
    if "$ref" in shape:
        shape = document()["components"]["schemas"][shape["$ref"].rsplit("/", 1)[-1]]
    return [name for name in shape.get("properties", {}) if name not in body]


def template_of(address: str) -> str:
    """The document's path that answers there."""
    given = address.strip("/").split("/")
    found: list[str] = [
        template
        for template in document()["paths"]
        if len(told := template.strip("/").split("/")) == len(given)
        and all(a == b or b[0] == "{" for a, b in zip(given, told, strict=True))
    ]
    return min(found, key=lambda each: each.count("{"))


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"")
        archive.writestr("xl/workbook.xml", b"\0" * (120 * 1024 * 1024))
    return packed.getvalue()


def outside() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../../../tmp/utanfor", b"x")
    return packed.getvalue()


def workbook(*cells: object) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "nan_inf_to_errors": True}) as book:
        book.add_worksheet().write_row(0, 0, cells)
    return written.getvalue()


def refused_files() -> dict[str, tuple[str, bytes]]:
    """By what is wrong with it, the file's name and content."""
    return {
        "ten megabytes": ("stor.csv", b"Vara;Antal;Pris\n" * 700_000),
        "a bomb": ("bomb.xlsx", bomb()),
        "a way out of the folder": ("../../etc/passwd.xlsx", outside()),
        "NUL": ("nul.csv", b"Vara;M\x00ngd\nMorot;4\n"),
        "nothing": ("tom.csv", b""),
        "a broken workbook": ("trasig.xlsx", b"PK\x03\x04 trasig"),
        "a program": ("lista.csv", b"\x7fELF" + bytes(range(256))),
        "numbers that are none": ("tal.json", b'[{"a": 1e400, "b": NaN, "c": -Infinity}]'),
        "a deep hole": ("djup.json", b"[" * 200_000),
        "lone surrogates": ("s.json", b'{"dishes": [{"name": "\\ud800"}]}'),
    }


def odd_files() -> dict[str, tuple[str, bytes]]:
    """Files that may be read, or not."""
    return {
        "cells that are none": ("\u202egpj.csv", "Vara;Mängd;Pris\nMorot;1e400;NaN\n🧅;-1;inf\n".encode()),
        "a formula": ("formel.csv", '=cmd|"/c calc"!A1;Mängd\n+1+1;4\n'.encode()),
        "a workbook of formulas": ("bok.xlsx", workbook("=1+1", "1e400", "🧅", BIDI)),
        "another table's letters": ("utf16.csv", "Vara;Mängd\nMorot;4\n".encode("utf-16")),
    }


# A page that takes a file, who hands it in, and what it asks beside.
UPLOADS: dict[str, tuple[str, dict[str, Any]]] = {
    "market:lists": ("farmer", {}),
    "suppliers:papers": (
        "farmer",
        {
            "kind": "krav",
            "number": "K-9",
            "issuer": "Provorganet",
            "groups": ["food"],
            "valid_from": "2026-01-01",
        },
    ),
    "kitchens:recipe_import": ("manager", {}),
    "kitchens:waste_file": ("manager", {"first_day": "2026-09-01"}),
    "officer:take_over": ("officer", {"title": "Avtal", "prices": ""}),
}


class HostileDoors(HostileCase):
    def setUp(self) -> None:
        super().setUp()
        self.programs = {role: Program(person) for role, person in self.people.items()}
        self.held_before = RowsHeld()
        self.turns: dict[int, int] = {}

    def held(self, what: object, reply: Any, *, strict: bool) -> None:
        """Answered and nothing is written; ``strict``: it may not have been taken either."""
        assert reply.status_code < 500, (what, reply.content[:300])
        if strict:
            assert reply.status_code >= 400, (what, reply.status_code, reply.content[:300])
        if reply.status_code >= 400:
            assert not self.held_before.changed(), what

    @pytest.mark.long
    def test_every_field_of_the_api(self) -> None:
        asked = 0
        for name, row in {**API, **API_TWINS}.items():
            address = reverse(name, args=[self.things.of(each) for each in row.args.values()])
            for method, rule in row.methods.items():
                if method not in {"POST", "PUT", "PATCH"}:
                    continue
                asked += self._fields_of(address, method, rule)
        assert asked > 500

    def _fields_of(self, address: str, method: str, rule: Rule) -> int:
        role = min(rule.let_in)
        body = json.loads(json.dumps(rule.body(self.things), default=str))
        extra = optional_fields(template_of(address), method, body)
        places = [*([*leaves(body)] if body else []), *((name,) for name in extra)]
        for at in places:
            for sent in self._next(SENT, AT_ONCE):
                text = json.dumps(changed(body, at, sent))
                self._ask(role, method, address, text, what=(address, at, sent), value=sent)
            for raw in self._next(RAW, 1):
                text = json.dumps(changed(body, at, "@here@")).replace('"@here@"', raw)
                self._ask(role, method, address, text, what=(address, at, raw), value=Decimal("NaN"))
        return len(places) * (AT_ONCE + 1)

    def _next(self, values: tuple[Any, ...], most: int) -> list[Any]:
        """The next of the values, in turn over all fields: each field gets some, and each value meets fields of all kinds."""
        turn = self.turns.get(len(values), 0)
        self.turns[len(values)] = turn + most
        return [values[(turn + at) % len(values)] for at in range(most)]

    def _ask(self, role: str, method: str, address: str, text: str, *, what: object, value: object) -> None:
        with transaction.atomic():
            reply = self.programs[role].call(method, address.removeprefix("/api/v1/"), text)
            self.held(what, reply, strict=value in (NUL, LONE) or isinstance(value, Decimal))
            transaction.set_rollback(True)

    @pytest.mark.long
    def test_every_page_that_takes_a_file(self) -> None:
        refused, odd = refused_files(), odd_files()
        for name, (role, told) in UPLOADS.items():
            args = [self.things.of(each) for each in TABLE[name].args.values()]
            client = self.signed_in(role)
            for kind, files in ((True, refused), (False, odd)):
                for what, (file_name, content) in files.items():
                    upload = SimpleUploadedFile("x", content)
                    upload.name = file_name  # as a stranger's program names it, and not as a browser does
                    with transaction.atomic():
                        reply = client.post(reverse(name, args=args), {**told, "file": upload})
                        self.held((name, what, reply.status_code), reply, strict=kind)
                        transaction.set_rollback(True)

    @pytest.mark.long
    def test_a_text_that_is_only_strange_breaks_nothing(self) -> None:
        for name, row in {**API, **API_TWINS}.items():
            address = reverse(name, args=[self.things.of(each) for each in row.args.values()])
            for method, rule in row.methods.items():
                body = json.loads(json.dumps(rule.body(self.things), default=str))
                if method not in {"POST", "PUT", "PATCH"} or not body:
                    continue
                role = min(rule.let_in)
                for at in leaves(body):
                    for text in STRANGE_BUT_TEXT:
                        sent = json.dumps(changed(body, at, text))
                        self._ask(role, method, address, sent, what=(address, at, text), value=text)
