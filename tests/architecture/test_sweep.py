"""Every address of the house, asked by every role of its own world and of another: the table says what each gets."""

import json
import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client, TestCase
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from config.ground.models import TrailEntry
from tests.architecture.sweep_table import TABLE, Row, Rule
from tests.architecture.sweep_world import ROLES, Things, people_of, walked_world
from tests.factories.world import World

OWN_SESSION = {
    "sign_in",
    "sign_out",
    "demo_sign_in",
    "set_language",
}  # change nothing but the asker's cookies
BY_KEY = {"orders:answer_link", "password"}  # the key in the address is what lets in
FOR_ALL = {
    "suppliers:farm_new",
    "api_suppliers",
    "ask_password",
    "sign_up",
}  # a farm, a password, an account of one's own
REPORTS = {"accessibility"}  # anybody may report a barrier, signed in or not
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
SHUT = {"asked to sign in", "refused", "hidden", "no such method"}


def named_addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """The names of all addresses; one without a name can't be entered in the table, and fails the sweep."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            space = f"{prefix}{each.namespace}:" if each.namespace else prefix
            yield from named_addresses(each, space)
        elif isinstance(each, URLPattern):
            yield f"{prefix}{each.name}" if each.name else f"without a name: {each.pattern}"


def outcome(reply: Any) -> str:
    told = {401: "asked to sign in", 403: "refused", 404: "hidden", 405: "no such method"}
    if reply.status_code == 302 and reply.headers["Location"].startswith("/logga-in/"):
        return "asked to sign in"
    return told.get(reply.status_code, "broken" if reply.status_code >= 500 else "let in")


def askers(rule: Rule, sessions: Iterable[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Whom to ask as: everybody here; of the other world those who would get further than "hidden" at home.

    Where all are let in alike nobody, a reader and a stranger stand for all.
    """
    if rule.let_in == frozenset(ROLES):
        return [("anonymous", True), ("auditor", True), ("outsider", True), ("manager", False)]
    known = rule.let_in | rule.refused
    return [(role, own) for role, own in sessions if own or role in known or rule.foreign != "hidden"]


def lacked(row: Row) -> list[str]:
    return [method for method in ("GET", *UNSAFE) if method not in row.methods]


def expected(rule: Rule, role: str, *, own: bool) -> str:
    if role == "anonymous":
        return rule.anonymous
    everywhere = role == "admin"  # the platform's administrator belongs to no authority
    if not own and not everywhere and rule.foreign != "as own":
        return rule.foreign
    return "let in" if role in rule.let_in else "refused" if role in rule.refused else "hidden"


# Asking all of them takes minutes, so ./test asks one, and ./test all everybody.
def in_turn(rule: Rule, sessions: Iterable[tuple[str, bool]], *, turn: int) -> tuple[str, bool]:
    """By turns one whom the rule lets in, and one of another kind: by what awaits her, here or of the other world.

    Kinds and who stands for each go by turns too, so that addresses beside each other are asked by different people.
    """
    kinds: dict[tuple[str, bool], list[tuple[str, bool]]] = {}
    for role, own in askers(rule, sessions):
        kinds.setdefault((expected(rule, role, own=own), own), []).append((role, own))
    let_in = kinds.pop(("let in", True), [])
    others = list(kinds.values())
    another = bool(others) and (turn % 2 == 1 or not let_in)
    alike = others[turn // 2 % len(others)] if another else let_in
    return alike[turn // 2 % len(alike)]


# A day and the law belong to no authority.
EVERYBODYS = {"day", "law_figure", "law_paragraph"}


class Sweep(TestCase):
    """Two whole worlds: whose things are asked for, and another with its own people."""

    @classmethod
    def setUpTestData(cls) -> None:
        world, cls.things = walked_world()
        other, cls.others = walked_world()
        cls.sessions = {("anonymous", True): ""}
        for own, each in ((True, world), (False, other)):
            cls.sessions |= cls._signed_in(each, own=own)

    things: Things
    others: Things
    sessions: dict[tuple[str, bool], str]

    @classmethod
    def _signed_in(cls, world: World, *, own: bool) -> dict[tuple[str, bool], str]:
        sessions = {}
        for role, user in people_of(world).items():
            client = Client()
            client.force_login(user)
            sessions[role, own] = client.cookies["sessionid"].value
        return sessions

    def setUp(self) -> None:
        morning = "2026-11-23T09:00:00+00:00"
        clock = patch("django.utils.timezone.now", return_value=datetime.fromisoformat(morning))
        clock.start()
        self.addCleanup(clock.stop)
        queue = patch("celery.app.task.Task.apply_async")  # a job that is asked for is not run here
        queue.start()
        self.addCleanup(queue.stop)
        # What each asker writes is rolled back before the next one asks.
        self.before = TrailEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        self.browser = Client(raise_request_exception=False)  # all askers', with the cookies of one at a time
        self.addresses: dict[tuple[str, bool], str] = {}
        logging.disable(logging.WARNING)  # thousands are refused, and each would be a line
        self.addCleanup(logging.disable, logging.NOTSET)
        pages = patch("config.ground.doors.render", self._refusal_page)
        pages.start()
        self.addCleanup(pages.stop)
        self.refusal_pages: dict[tuple[str, str, str], bytes] = {}

    def _refusal_page(
        self, request: HttpRequest, template: str, told: dict[str, Any], *, status: int
    ) -> HttpResponse:
        """A refusal's page is rendered once for each asker and each refusal: what the sweep asks is its status."""
        kind = (request.COOKIES.get("sessionid", ""), template, told["refusal"].code)
        if kind not in self.refusal_pages:
            self.refusal_pages[kind] = render(request, template, told).content
        return HttpResponse(self.refusal_pages[kind], status=status)

    def ask(
        self, name: str, method: str, *, role: str, own: bool, through_own_place: bool = False
    ) -> tuple[Any, bool]:
        """The reply, and whether anything that is trailed was written; all is rolled back.

        ``through_own_place``: the address begins with the asker's own place and goes on with another's thing.
        """
        row = TABLE[name]
        address = self._address(name, through_own_place=through_own_place)
        self.browser.cookies.clear()
        if session := self.sessions[role, own]:
            self.browser.cookies["sessionid"] = session
        with transaction.atomic():
            reply = self._send(self.browser, address, method, body=self._body(row, method))
            written = self._is_written()
            transaction.set_rollback(True)
        return reply, written

    def _address(self, name: str, *, through_own_place: bool) -> str:
        """Made once for all who ask there."""
        if (name, through_own_place) not in self.addresses:
            row = TABLE[name]
            filled = {key: self.things.of(thing) for key, thing in row.args.items()}
            if through_own_place:
                place = next(iter(row.args))
                filled[place] = self.others.of(row.args[place])
            self.addresses[name, through_own_place] = reverse(name, kwargs=filled)
        return self.addresses[name, through_own_place]

    def _is_written(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT FROM ground_trailentry WHERE id > %s)", [self.before])
            return bool(cursor.fetchone()[0])

    def _body(self, row: Row, method: str) -> Any:
        rule = row.methods.get(method)
        return rule.body(self.things) if rule else {}

    @staticmethod
    def _send(client: Client, address: str, method: str, *, body: Any) -> Any:
        if method == "GET":
            return client.get(address, body)
        if not address.startswith("/api/"):
            return client.generic(method, address) if method != "POST" else client.post(address, body)
        return client.generic(method, address, json.dumps(body), content_type="application/json")

    def test_every_address_is_in_the_table_and_no_other(self) -> None:
        assert set(named_addresses()) == set(TABLE)

    @pytest.mark.brief("test_each_role_gets_what_the_table_says")
    def test_every_method_of_every_address_answers_one_as_the_table_says(self) -> None:
        ruled = [(name, method, rule) for name, row in TABLE.items() for method, rule in row.methods.items()]
        wrong = []
        for turn, (name, method, rule) in enumerate(ruled):
            wrong += self._wrong(name, method, rule, [in_turn(rule, self.sessions, turn=turn)])
        assert not wrong, "\n" + "\n".join(wrong)

    @pytest.mark.long
    def test_each_role_gets_what_the_table_says(self) -> None:
        wrong = []
        for name, row in TABLE.items():
            for method, rule in row.methods.items():
                wrong += self._wrong(name, method, rule, askers(rule, self.sessions))
        assert not wrong, "\n" + "\n".join(wrong)

    def _wrong(self, name: str, method: str, rule: Rule, asked_as: list[tuple[str, bool]]) -> list[str]:
        wrong = []
        for role, own in asked_as:
            reply, written = self.ask(name, method, role=role, own=own)
            wanted, got = expected(rule, role, own=own), outcome(reply)
            who = role if own else f"another's {role}"
            if got != wanted:
                wrong.append(f"{method} {name}: {who} is {got} ({reply.status_code}), not {wanted}")
            if written and (wanted != "let in" or not rule.changes or method == "GET"):
                wrong.append(f"{method} {name}: {who} wrote something")
        return wrong

    @pytest.mark.long
    def test_a_method_that_the_table_has_not_is_no_method(self) -> None:
        wrong = []
        for name, row in TABLE.items():
            for method in lacked(row):
                for role in ("manager", "auditor"):
                    wrong += self._open(name, method, role)
        assert not wrong, "\n" + "\n".join(wrong)

    def _open(self, name: str, method: str, role: str) -> list[str]:
        reply, written = self.ask(name, method, role=role, own=True)
        if outcome(reply) in SHUT and not written:
            return []
        return [f"{method} {name}: {role} is {outcome(reply)} ({reply.status_code})"]

    def test_anothers_things_are_not_reached_through_ones_own_place(self) -> None:
        wrong = []
        for name, row in TABLE.items():
            inner = [thing for thing in list(row.args.values())[1:] if thing not in EVERYBODYS]
            for method, rule in row.methods.items():
                for role in sorted(rule.let_in) if inner and not row.shared else []:
                    reply, written = self.ask(name, method, role=role, own=False, through_own_place=True)
                    if outcome(reply) != "hidden" or written:
                        wrong.append(f"{method} {name}: {role} is {outcome(reply)} ({reply.status_code})")
        assert not wrong, "\n" + "\n".join(wrong)

    @pytest.mark.brief("test_a_list_shows_each_role_her_own")
    def test_a_list_shows_its_own_to_one_and_not_to_another(self) -> None:
        wrong = []
        for turn, (name, row) in enumerate(self._lists()):
            for seen in (True, False):
                alike = [each for each in self._signed_in_as() if row.shows(*each) == seen]
                first = turn % max(len(alike), 1)
                wrong += self._wrongly_shown(name, row, alike[first : first + 1])
        assert not wrong, "\n" + "\n".join(wrong)

    @pytest.mark.long
    def test_a_list_shows_each_role_her_own(self) -> None:
        wrong = []
        for name, row in self._lists():
            wrong += self._wrongly_shown(name, row, self._signed_in_as())
        assert not wrong, "\n" + "\n".join(wrong)

    @staticmethod
    def _lists() -> list[tuple[str, Row]]:
        return [(name, row) for name, row in TABLE.items() if row.lists]

    def _signed_in_as(self) -> list[tuple[str, bool]]:
        return [(role, own) for role, own in self.sessions if role != "anonymous"]

    def _wrongly_shown(self, name: str, row: Row, asked_as: list[tuple[str, bool]]) -> list[str]:
        wrong = []
        for role, own in asked_as:
            reply, _ = self.ask(name, "GET", role=role, own=own)
            shown = self.things.of(row.lists) in {each["id"] for each in reply.json()["results"]}
            if shown != row.shows(role, own):
                wrong.append(f"{name}: {role if own else f'another {role}'} sees it: {shown}")
        return wrong


def test_the_table_lets_no_reader_change_anything() -> None:
    for name, row in TABLE.items():
        for method, rule in row.methods.items():
            if method in UNSAFE and rule.changes and name not in OWN_SESSION | BY_KEY | FOR_ALL | REPORTS:
                assert not rule.let_in & {"auditor", "outsider"}, name
                assert rule.anonymous != "let in", name
