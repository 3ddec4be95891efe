"""The browser that benches drive: what it counts of a page that is opened for the first time and again."""

import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from benchmarks.browser import chromium, opened
from benchmarks.pages import Sight, _looked_at

pytestmark = [pytest.mark.long, pytest.mark.browser]

STYLE = b"p { color: green } " + b"/* long */" * 2_000


PAGE = b'<!doctype html><link rel="stylesheet" href="/kept.css"><p>Kale'


class House(BaseHTTPRequestHandler):
    """A page and the sheet that it needs, which a browser keeps."""

    cookies: ClassVar[list[str | None]] = []

    def do_GET(self) -> None:
        is_sheet = self.path.endswith(".css")
        body = (
            STYLE
            if is_sheet
            else b'<!doctype html><link rel="stylesheet" href="/kept.css"><p>Mor\xc3\xb6tter'
        )
        self.cookies.append(self.headers["Cookie"])
        self.send_response(200)
        self.send_header("Content-Type", "text/css" if is_sheet else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=3600" if is_sheet else "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), House)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_page_is_weighed_cold_and_warm_on_a_slow_phone(host: str) -> None:
    path = chromium()
    assert path is not None, os.environ.get("BYGDEMAT_CHROMIUM")
    with opened(path) as browser:
        cold, warm = _looked_at(browser, host, Sight("page", "/", {"sessionid": "mine"}))
    assert cold.requests - warm.requests == 1  # the sheet is kept; a browser asks for an icon besides
    assert len(STYLE) < cold.bytes < len(STYLE) + 2_000
    assert warm.bytes < 2_000
    assert "sessionid=mine" in str(House.cookies[0])
    # two round trips of 150 ms one after the other, and twenty thousand bytes at 400 kbit/s
    assert 0.6 < cold.seconds < 20
    assert warm.seconds < cold.seconds
