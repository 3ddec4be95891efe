"""What a kitchen of a world looks at, through the API's door. Imported when Django is set up."""

import json
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.generator import FIRST_OPEN_DAY
from benchmarks.ours.ordering import first_kitchen, session_of
from config.wsgi import application

# More than a range remembers (market.queries.facets): in their turn each is sought anew.
WORDS = [
    "morötter",
    "potatisar",
    "rödbetor",
    "palsternackor",
    "kålrötter",
    "lökar",
    "rödlök",
    "purjolökar",
    "vitkål",
    "rödkål",
    "grönkål",
    "pumpor",
    "vitlök",
    "gurkor",
    "tomater",
    "broccoli",
    "spenat",
    "äpplen",
    "päron",
    "hallon",
    "jordgubbar",
    "blåbär",
    "lingon",
    "honung",
]
MISSPELT = [
    "palsternaka",
    "potats",
    "puotatis",
    "rödllök",
    "purrjolök",
    "grönnkål",
    "vitkkål",
    "rödkkål",
    "blåbbär",
    "linngon",
    "hounng",
    "brocoli",
    "spennat",
    "hallom",
    "vittlök",
    "toamt",
    "körsbärstommat",
    "kyckkling",
    "vetmjöl",
    "havreggryn",
]
LOOKS: dict[str, Sequence[dict[str, str]]] = {
    "first_page": [{}],
    "search": [{"q": word} for word in WORDS],
    "search_with_a_wrong_letter": [{"q": word} for word in MISSPELT],
    "facets": [{"q": word, "temperature": "ambient", "in_season": "true"} for word in WORDS],
    "deep_page": [{"page": "40"}],
}


class Looker:
    """One signed-in person at the catalogue, in this process: the whole of the middleware, no network."""

    def __init__(self) -> None:
        kitchen = first_kitchen()
        self._asked = {"kitchen": str(kitchen.pk), "delivery_date": FIRST_OPEN_DAY.isoformat()}
        self._cookies = f"{settings.SESSION_COOKIE_NAME}={session_of(kitchen)}"

    def look(self, asked: dict[str, str]) -> dict[str, Any]:
        """AssertionError for anything but 200 with at least one row."""
        told: list[str] = []

        def begin(status: str, *_: object) -> Callable[[bytes], object]:
            told.append(status)
            return told.append  # type: ignore[return-value]  # nobody writes by it

        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": "/api/v1/catalogue/",
            "QUERY_STRING": urlencode({**self._asked, **asked}),
            "HTTP_COOKIE": self._cookies,
        }
        setup_testing_defaults(environ)
        response = application(environ, begin)
        body = b"".join(response)
        response.close()
        assert told[0].startswith("200"), (told, body[:500])
        found: dict[str, Any] = json.loads(body)
        assert found["results"], (asked, body[:300])
        return found

    def statements_of(self, asked: dict[str, str]) -> Sequence[str]:
        with CaptureQueriesContext(connection) as taken:
            self.look(asked)
        return [each["sql"] for each in taken]
