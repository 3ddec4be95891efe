"""A letter leaves once it is due, again when it failed, and can be told when it left twice."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed
from functools import partial
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils.translation import get_language
from pytest_django import DjangoDbBlocker, Settings

from config.ground import outbox
from config.ground.models import OutboxMessage
from config.ground.outbox import (
    LEASE,
    MOST_ATTEMPTS,
    Attachment,
    Letter,
    deliver_due,
    enqueue,
    mark_bounced,
    message_id_header,
    renderer,
    send_again,
    write_letter,
)
from config.ground.transports import Bounced

State = OutboxMessage.State
NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def greeting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "outbox_renderers", {})

    @renderer("greeting")
    def write(message: OutboxMessage) -> Letter:
        return Letter(
            subject=f"Hej\n{message.cause_id}",
            text=f"Text på {get_language()}",
            html=f"<p>Text på {get_language()}</p>",
            attachments=(Attachment("rader.csv", b"vara;kg\r\n", "text/csv"),),
        )


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.OUTBOX_TRANSPORT, settings.OUTBOX_DIR = "file", tmp_path
    return tmp_path


def put(key: str = "greeting:1", *, kind: str = "greeting", language: str = "sv") -> OutboxMessage:
    with transaction.atomic():
        enqueue(
            kind=kind,
            recipient="gard@example.se",
            language=language,
            cause_table="orders_purchaseorder",
            cause_id=1,
            dedupe_key=key,
        )
    message = OutboxMessage.objects.get(dedupe_key=key)
    OutboxMessage.objects.filter(pk=message.pk).update(next_attempt_at=NOON)
    return message


def mail_of(folder: Path, message: OutboxMessage) -> Parsed:
    parsed = message_from_bytes((folder / f"{message.pk}.eml").read_bytes(), policy=policy.default)
    assert isinstance(parsed, Parsed)
    return parsed


def body(mail: Parsed, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


class Road:
    """A transport that fails as told and notes what it was handed."""

    def __init__(self, *errors: Exception | None) -> None:
        self.errors, self.sent = list(errors), list[str]()

    def send(self, mail: EmailMessage, *, message_id: int) -> None:  # noqa: ARG002
        error = self.errors.pop(0) if self.errors else None
        self.sent.append(mail.extra_headers["Message-ID"])
        if error:
            raise error


@pytest.fixture
def road(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Road]:
    def lay(*errors: Exception | None) -> Road:
        laid = Road(*errors)
        monkeypatch.setattr(outbox, "transport", lambda: laid)
        return laid

    return lay


@pytest.mark.django_db
def test_a_due_letter_leaves_once(folder: Path) -> None:
    message = put()
    assert deliver_due(now=NOON, limit=10) == 1
    assert deliver_due(now=NOON, limit=10) == 0
    message.refresh_from_db()
    assert (message.state, message.sent_at, message.attempts) == (State.DONE, NOON, 1)


@pytest.mark.django_db
def test_a_letter_has_its_words_its_attachment_and_says_that_it_is_invented(folder: Path) -> None:
    message = put()
    deliver_due(now=NOON, limit=1)
    mail = mail_of(folder, message)
    assert mail["Subject"] == "Påhittade siffror: Hej 1"
    assert mail["To"] == "gard@example.se"
    assert body(mail, "plain").startswith("Påhittade siffror: ")
    assert "Text på sv" in body(mail, "html")
    assert [part.get_filename() for part in mail.iter_attachments()] == ["rader.csv"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("demo", "language", "subject", "first_words"),
    [
        (True, "sv", "Påhittade siffror: Hej 1", "Påhittade siffror: "),
        (True, "en", "Invented figures: Hej 1", "Invented figures: "),
        (False, "sv", "Hej 1", "Text på sv"),
        (False, "en", "Hej 1", "Text på en"),
    ],
)
def test_a_letter_is_in_its_language(
    settings: Settings, *, demo: bool, language: str, subject: str, first_words: str
) -> None:
    settings.DEMO = demo
    letter = write_letter(put(language=language))
    assert letter.subject == subject
    assert letter.text.startswith(first_words)


@pytest.mark.django_db
def test_the_same_key_puts_one_letter() -> None:
    put(), put()
    assert OutboxMessage.objects.count() == 1


@pytest.mark.django_db
def test_a_letter_that_is_not_due_waits(folder: Path) -> None:
    put()
    assert deliver_due(now=NOON - timedelta(seconds=5), limit=10) == 0


@pytest.mark.django_db
def test_a_failed_sending_waits_longer_each_time_and_is_given_up_after_eight(
    road: Callable[..., Road],
) -> None:
    laid = road(*[ConnectionError("no route")] * 20)
    message, now, pauses = put(), NOON, []
    while True:
        assert deliver_due(now=now, limit=5) == 1
        message.refresh_from_db()
        if message.state != State.PENDING:
            break
        pauses.append(int((message.next_attempt_at - now).total_seconds() / 60))
        now = message.next_attempt_at
    assert pauses == [1, 2, 4, 8, 16, 32, 64]
    assert (message.state, message.attempts) == (State.FAILED, MOST_ATTEMPTS)
    assert message.last_error == "ConnectionError: no route"
    assert len(set(laid.sent)) == 1


@pytest.mark.django_db
def test_a_kind_that_nobody_writes_fails_alone(folder: Path) -> None:
    lost, fine = put("a", kind="unknown"), put("b")
    assert deliver_due(now=NOON, limit=5) == 2
    lost.refresh_from_db()
    fine.refresh_from_db()
    assert (lost.state, lost.last_error, fine.state) == (State.PENDING, "KeyError: 'unknown'", State.DONE)


@pytest.mark.django_db
def test_a_recipient_refused_for_good_has_bounced(road: Callable[..., Road]) -> None:
    road(Bounced("550 no such user"))
    message = put()
    deliver_due(now=NOON, limit=1)
    message.refresh_from_db()
    assert (message.state, message.last_error) == (State.BOUNCED, "550 no such user")


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.django_db
@pytest.mark.parametrize("after_sending", [False, True])
def test_a_sender_that_dies_is_followed_by_another_after_its_lease(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *, after_sending: bool
) -> None:
    message = put()
    with monkeypatch.context() as patch:
        patch.setattr(outbox, "_settle" if after_sending else "_mail", dies)
        with pytest.raises(Killed):
            deliver_due(now=NOON, limit=1)
    assert list(folder.glob("*.eml")) == ([folder / f"{message.pk}.eml"] if after_sending else [])
    assert deliver_due(now=NOON + LEASE - timedelta(seconds=1), limit=1) == 0
    assert deliver_due(now=NOON + LEASE + timedelta(seconds=1), limit=1) == 1
    message.refresh_from_db()
    assert message.state == State.DONE
    assert mail_of(folder, message)["Message-ID"] == message_id_header(message)


def dies(*args: object, **kwargs: object) -> None:
    raise Killed


@pytest.mark.django_db
def test_a_letter_that_kills_its_sender_is_not_taken_for_ever(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    message, now = put(), NOON
    monkeypatch.setattr(outbox, "_mail", dies)
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(Killed):
            deliver_due(now=now, limit=1)
        now += LEASE + timedelta(seconds=1)
    assert deliver_due(now=now, limit=1) == 0
    message.refresh_from_db()
    assert message.state == State.FAILED


@pytest.mark.django_db
def test_a_sender_that_slept_past_its_lease_does_not_undo_what_another_did(
    road: Callable[..., Road], monkeypatch: pytest.MonkeyPatch
) -> None:
    message = put()
    slept = outbox._claim(NOON)
    assert slept is not None
    road()
    deliver_due(now=NOON + LEASE + timedelta(seconds=1), limit=1)
    outbox._settle(slept, state=State.PENDING, last_error="too late", next_attempt_at=NOON)
    message.refresh_from_db()
    assert (message.state, message.last_error) == (State.DONE, "")


@pytest.mark.django_db
def test_a_letter_that_came_back_is_marked_and_can_be_sent_again(folder: Path) -> None:
    message = put()
    assert not mark_bounced(message_id=message.pk, reason="not sent yet")
    deliver_due(now=NOON, limit=1)
    assert mark_bounced(message_id=message.pk, reason="mailbox full")
    assert not mark_bounced(message_id=message.pk, reason="again")
    again = partial(send_again, message_id=message.pk, recipient="ny@gardar.example", now=NOON)
    assert [again(), again()] == [True, False]
    assert deliver_due(now=NOON, limit=1) == 1
    message.refresh_from_db()
    assert (message.state, message.recipient) == (State.DONE, "ny@gardar.example")


@pytest.mark.django_db
def test_two_renderers_of_one_kind_are_refused() -> None:
    with pytest.raises(ValueError, match="two renderers"):
        renderer("greeting")(lambda _: Letter("", ""))


@pytest.fixture
def committed_letters(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[list[OutboxMessage]]:
    with django_db_blocker.unblock():
        yield [put(f"race:{n}") for n in range(40)]
        OutboxMessage.objects.all().delete()
        connection.close()


@pytest.mark.race
def test_senders_at_once_send_each_letter_once(
    committed_letters: list[OutboxMessage], road: Callable[..., Road]
) -> None:
    laid = road()

    def send() -> None:
        deliver_due(now=NOON, limit=40)
        connection.close()

    senders = [threading.Thread(target=send) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert sorted(laid.sent) == sorted(message_id_header(message) for message in committed_letters)


@pytest.mark.race
def test_a_letter_without_a_transaction_is_refused(
    committed_letters: list[OutboxMessage],
) -> None:
    with pytest.raises(RuntimeError, match="no transaction"):
        enqueue(kind="x", recipient="", language="sv", cause_table="", cause_id=1, dedupe_key="x")
