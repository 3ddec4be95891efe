"""A mail server that keeps what it takes: as much of one as a delivery needs."""

import contextlib
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field


class _Postman(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.say("220 post")
        while words := self.rfile.readline().decode().strip():
            match words.split()[0].upper():
                case "EHLO":
                    self.say("250 post")
                case "RCPT":
                    self.say(self.server.answer)  # type: ignore[attr-defined]
                case "DATA":
                    self.say("354 go on")
                    self.server.mails.append(b"".join(iter(self.rfile.readline, b".\r\n")))  # type: ignore[attr-defined]
                    self.say("250 taken")
                case "QUIT":
                    self.say("221 bye")
                    return
                case _:
                    self.say("250 yes")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@dataclass(frozen=True, slots=True)
class PostOffice:
    port: int
    mails: list[bytes] = field(default_factory=list)


@contextlib.contextmanager
def post_office(answer: str = "250 yes") -> Iterator[PostOffice]:
    """Open on a free port of this machine. ``answer`` is what it says of every recipient."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Postman) as server:
        office = PostOffice(port=server.server_address[1])
        server.answer, server.mails = answer, office.mails  # type: ignore[attr-defined]
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield office
        finally:
            server.shutdown()
