"""The roads that a letter can take."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from pytest_django import Settings

from config.ground.transports import Bounced, ToConsole, ToFile, ToMailServer, transport
from tests.factories.postman import post_office

Post = Callable[[str], AbstractContextManager[list[bytes]]]


def letter(words: str = "Hej") -> EmailMessage:
    return EmailMessage(subject=words, body="Tre kilo potatis på torsdag.", to=["gard@example.se"])


def test_a_repeated_sending_overwrites_its_file_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    folder = tmp_path / "outbox"
    for words in ("Första", "Andra"):
        ToFile(folder).send(letter(words), message_id=7)
    assert [path.name for path in folder.iterdir()] == ["7.eml"]
    assert b"Subject: Andra" in (folder / "7.eml").read_bytes()
    assert folder.stat().st_mode & 0o077 == 0


def test_the_console_shows_the_letter(capsys: pytest.CaptureFixture[str]) -> None:
    ToConsole().send(letter(), message_id=7)
    assert "Subject: Hej" in capsys.readouterr().out


@pytest.mark.parametrize(("name", "kind"), [("file", ToFile), ("console", ToConsole), ("smtp", ToMailServer)])
def test_the_setting_says_which_road(settings: Settings, name: str, kind: type) -> None:
    settings.OUTBOX_TRANSPORT = name
    assert isinstance(transport(), kind)


def test_an_unknown_road_is_refused_in_words(settings: Settings) -> None:
    settings.OUTBOX_TRANSPORT = "pigeon"
    with pytest.raises(ImproperlyConfigured, match="'pigeon'; it must be file, console or smtp"):
        transport()


@pytest.fixture
def post(settings: Settings) -> Post:
    @contextmanager
    def opened(answer: str) -> Iterator[list[bytes]]:
        with post_office(answer) as office:
            settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
            yield office.mails

    return opened


def test_a_mail_server_gets_the_letter(post: Post) -> None:
    with post("250 yes") as mails:
        ToMailServer().send(letter(), message_id=7)
    assert b"Subject: Hej" in mails[0]


def test_a_recipient_that_the_server_never_takes_has_bounced(post: Post) -> None:
    with post("550 no such user") as mails, pytest.raises(Bounced, match="550 no such user"):
        ToMailServer().send(letter(), message_id=7)
    assert mails == []


def test_a_server_that_asks_to_wait_gets_another_attempt(post: Post) -> None:
    with post("450 mailbox busy"), pytest.raises(OSError, match="450"):
        ToMailServer().send(letter(), message_id=7)


def test_a_server_that_does_not_answer_is_an_error(settings: Settings) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(OSError, match="refused"):
        ToMailServer().send(letter(), message_id=7)
