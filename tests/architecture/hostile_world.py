"""Where strangers knock: a world in which one of everything exists, on one morning, with a door to each of its people."""

import logging
from datetime import datetime
from unittest.mock import patch

from django.test import Client, TestCase

from config.ground.models import User
from tests.architecture.sweep_world import Things, people_of, walked_world

BIDI, NUL, LONE = "\u202e", "\x00", "\ud800"
MORNING = datetime.fromisoformat("2026-11-23T09:00:00+00:00")


class HostileCase(TestCase):
    """The world is made once for the tests of a class, which roll back what they write."""

    things: Things
    people: dict[str, User]

    @classmethod
    def setUpTestData(cls) -> None:
        world, cls.things = walked_world()
        cls.people = people_of(world)

    def setUp(self) -> None:
        clock = patch("django.utils.timezone.now", lambda: MORNING)
        clock.start()
        self.addCleanup(clock.stop)
        logging.disable(logging.WARNING)  # thousands are refused, and each would be a line
        self.addCleanup(logging.disable, logging.NOTSET)
        self.browsers: dict[str, tuple[Client, str]] = {}

    def signed_in(self, role: str) -> Client:
        """A browser of that person's (nobody's where the role is empty), to which a fault of the house is a reply.

        It is one for each role, which holds nothing but the session however often it is asked for.
        """
        if role not in self.browsers:
            made = Client(raise_request_exception=False)
            if role:
                made.force_login(self.people[role], backend="config.ground.sign_in.EmailBackend")
            self.browsers[role] = made, made.cookies["sessionid"].value if role else ""
        client, session = self.browsers[role]
        client.cookies.clear()
        if session:
            client.cookies["sessionid"] = session
        return client
