"""The outbox: a letter is a row, written in the transaction that caused it and sent later by a task.

An app says how a kind of letter is written in its ``letters.py``:

    @renderer("purchase_order")
    def purchase_order_letter(message: OutboxMessage) -> Letter: ...

Sending may die anywhere and be run again. Then a letter can leave twice, with the same Message-ID.
"""

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.utils import translation

from config.ground.models import OutboxMessage
from config.ground.transports import Bounced, Transport, transport

LEASE = timedelta(minutes=5)  # how long a sender may be silent before another takes its letter
MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(minutes=1)  # doubled after each attempt: eight attempts span two hours
ERROR_LENGTH = 1000

State = OutboxMessage.State
INVENTED = {"sv": "Påhittade siffror", "en": "Invented figures"}
INVENTED_SENTENCE = {
    "sv": "Påhittade siffror: brevet kommer från en demo av Bygdemat, och inget i det är på riktigt.",
    "en": "Invented figures: this letter comes from a demo of Bygdemat, and nothing in it is real.",
}


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    content: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What a renderer makes of a message. ``html`` is the inside of a body; the text says the same."""

    subject: str
    text: str
    html: str | None = None
    attachments: tuple[Attachment, ...] = ()


Renderer = Callable[[OutboxMessage], Letter]
outbox_renderers: dict[str, Renderer] = {}


def renderer(kind: str) -> Callable[[Renderer], Renderer]:
    """Registers who writes letters of ``kind``. It is called in the message's language."""

    def register(write: Renderer) -> Renderer:
        if kind in outbox_renderers:
            raise ValueError(f"two renderers write {kind}")
        outbox_renderers[kind] = write
        return write

    return register


def enqueue(
    *, kind: str, recipient: str, language: str, cause_table: str, cause_id: int, dedupe_key: str
) -> None:
    """Put one letter in the outbox; a key that is there already adds nothing.

    Raises RuntimeError outside a transaction: a letter leaves only if what caused it is kept.
    """
    message = OutboxMessage(
        kind=kind,
        recipient=recipient,
        language=language,
        cause_table=cause_table,
        cause_id=cause_id,
        dedupe_key=dedupe_key,
    )
    enqueue_all([message])


def enqueue_all(messages: Sequence[OutboxMessage]) -> None:
    """Put letters in the outbox, in one statement; see ``enqueue``."""
    if messages and not connection.in_atomic_block:
        raise RuntimeError(f"letter {messages[0].dedupe_key} has no transaction that causes it")
    OutboxMessage.objects.bulk_create(messages, ignore_conflicts=True)


def deliver_due(*, now: datetime, limit: int) -> int:
    """Send at most ``limit`` letters that are due, and say how many were tried.

    No transaction is open while a letter is written and sent. Any number of senders may run at once.
    """
    _give_up_on_killers(now)
    started = time.monotonic()
    road = transport()
    for tried in range(limit):
        # The lease counts from when this letter is taken, not from when the round began.
        message = _claim(now + timedelta(seconds=time.monotonic() - started))
        if message is None:
            return tried
        _deliver(message, road=road, now=now)
    return limit


def _give_up_on_killers(now: datetime) -> None:
    """A letter whose sender died at its last attempt (it may be what kills it) is not taken again."""
    OutboxMessage.objects.filter(
        state=State.IN_FLIGHT, next_attempt_at__lte=now, attempts__gte=MOST_ATTEMPTS
    ).update(state=State.FAILED, last_error="The sender ended without a word at the last attempt.")


def _claim(now: datetime) -> OutboxMessage | None:
    """Take one due letter: pending, or in flight with a sender silent for longer than the lease."""
    with transaction.atomic():
        message = (
            OutboxMessage.objects.select_for_update(skip_locked=True, no_key=True)
            .filter(state__in=[State.PENDING, State.IN_FLIGHT], next_attempt_at__lte=now)
            .order_by("next_attempt_at", "id")
            .first()
        )
        if message is None:
            return None
        message.state = State.IN_FLIGHT
        message.claimed_at = now
        message.next_attempt_at = now + LEASE  # due again when the lease is over: one index serves both
        message.attempts += 1
        message.save(update_fields=["state", "claimed_at", "next_attempt_at", "attempts"])
    return message


def _deliver(message: OutboxMessage, *, road: Transport, now: datetime) -> None:
    try:
        road.send(_mail(message), message_id=message.pk)
    except Bounced as bounce:
        _settle(message, state=State.BOUNCED, last_error=str(bounce)[:ERROR_LENGTH])
    except Exception as error:  # noqa: BLE001  # a renderer or a mail server may fail in any way; the row keeps how
        words = f"{type(error).__name__}: {error}"[:ERROR_LENGTH]
        if message.attempts >= MOST_ATTEMPTS:
            _settle(message, state=State.FAILED, last_error=words)
        else:
            pause = FIRST_PAUSE * 2 ** (message.attempts - 1)
            _settle(message, state=State.PENDING, last_error=words, next_attempt_at=now + pause)
    else:
        _settle(message, state=State.DONE, last_error="", sent_at=now)


def _settle(message: OutboxMessage, *, state: str, last_error: str, **times: datetime) -> None:
    """Only the sender whose claim still stands may say how it went."""
    OutboxMessage.objects.filter(pk=message.pk, state=State.IN_FLIGHT, attempts=message.attempts).update(
        state=state, last_error=last_error, **times
    )


def mark_bounced(*, message_id: int, reason: str) -> bool:
    """A letter came back. False when it is not one that had left, or is known to have bounced."""
    sent = OutboxMessage.objects.filter(pk=message_id, state__in=[State.DONE, State.IN_FLIGHT])
    return bool(sent.update(state=State.BOUNCED, last_error=reason[:ERROR_LENGTH]))


def send_again(*, message_id: int, recipient: str, now: datetime) -> bool:
    """Somebody saw to the cause (a new address, a server that answers): a bounced or failed letter is due again.

    False when it is neither: another has sent it again, or it had left after all.
    """
    stuck = OutboxMessage.objects.filter(pk=message_id, state__in=[State.BOUNCED, State.FAILED])
    return bool(
        stuck.update(
            state=State.PENDING, recipient=recipient, attempts=0, next_attempt_at=now, claimed_at=None
        )
    )


def write_letter(message: OutboxMessage) -> Letter:
    """The letter as it leaves: in the message's language, and said to be invented when it is."""
    language = "en" if message.language.startswith("en") else "sv"
    with translation.override(language):
        letter = outbox_renderers[message.kind](message)
    subject = " ".join(letter.subject.split())  # a line break in a header is refused by the mail library
    if not settings.DEMO:
        return Letter(subject, letter.text, letter.html, letter.attachments)
    sentence = INVENTED_SENTENCE[language]
    return Letter(
        subject=f"{INVENTED[language]}: {subject}",
        text=f"{sentence}\n\n{letter.text}",
        html=None if letter.html is None else f"<p><strong>{sentence}</strong></p>\n{letter.html}",
        attachments=letter.attachments,
    )


def message_id_header(message: OutboxMessage) -> str:
    """The same for every sending of one message, so that a repeat can be told; the row's id stands in it."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    digest = hashlib.sha256(message.dedupe_key.encode()).hexdigest()[:24]
    return f"<{message.pk}.{digest}@{domain}>"


def _mail(message: OutboxMessage) -> EmailMultiAlternatives:
    letter = write_letter(message)
    mail = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        to=[message.recipient],
        headers={"Message-ID": message_id_header(message), "Auto-Submitted": "auto-generated"},
    )
    if letter.html is not None:
        page = (
            f'<!DOCTYPE html>\n<html lang="{message.language}"><head><meta charset="utf-8"></head>'
            f"<body>\n{letter.html}\n</body></html>\n"
        )
        mail.attach_alternative(page, "text/html")
    for attachment in letter.attachments:
        mail.attach(attachment.name, attachment.content, attachment.content_type)
    return mail
