"""A Chromium that benches drive by its own protocol over two pipes: no driver has to be installed for it."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-pipe",
)

Event = dict[str, Any]


def chromium() -> str | None:
    """Where the browser is, if there is one: BYGDEMAT_CHROMIUM, or by its usual names."""
    told = os.environ.get("BYGDEMAT_CHROMIUM")
    return next((found for name in (told, *NAMES) if name and (found := shutil.which(name))), None)


@dataclass(slots=True)
class Browser:
    """Calls and events of the DevTools protocol."""

    _write: int
    _read: int
    _number: int = 0
    _rest: bytes = b""
    events: list[Event] = field(default_factory=list)

    def call(self, method: str, *, session: str = "", **params: Any) -> dict[str, Any]:
        """Events that come before the answer are kept. Raises RuntimeError for one that was refused."""
        self._number += 1
        asked: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if session:
            asked["sessionId"] = session
        os.write(self._write, json.dumps(asked).encode() + b"\0")
        while True:
            told = self._message()
            if told.get("id") == self._number:
                if "error" in told:
                    raise RuntimeError(f"{method}: {told['error']}")
                answer: dict[str, Any] = told["result"]
                return answer
            self.events.append(told)

    def _message(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            piece = os.read(self._read, 1 << 16)
            if not piece:
                raise RuntimeError("the browser ended")
            self._rest += piece
        first, _, self._rest = self._rest.partition(b"\0")
        told: dict[str, Any] = json.loads(first)
        return told


# The protocol's pipes are the browser's third and fourth files. They are moved out of the way first.
_WITH_PIPES = """
import fcntl, os, sys
read, write = (fcntl.fcntl(int(each), fcntl.F_DUPFD, 10) for each in sys.argv[1:3])
os.dup2(read, 3)
os.dup2(write, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""


@contextlib.contextmanager
def opened(path: str) -> Iterator[Browser]:
    """A browser with a profile of its own, gone afterwards."""
    to_browser, ours_out = os.pipe()
    ours_in, from_browser = os.pipe()
    with tempfile.TemporaryDirectory(prefix="bygdemat-browser-", ignore_cleanup_errors=True) as profile:
        command = [path, *OPTIONS, f"--user-data-dir={profile}"]
        process = subprocess.Popen(
            [sys.executable, "-c", _WITH_PIPES, str(to_browser), str(from_browser), *command],
            pass_fds=(to_browser, from_browser),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        try:
            yield Browser(_write=ours_out, _read=ours_in)
        finally:
            process.terminate()
            process.wait(timeout=30)
            os.close(ours_out)
            os.close(ours_in)
