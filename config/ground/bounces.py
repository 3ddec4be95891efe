"""Mails that come back: which letter a mail server's report is about, and that it did not arrive (RFC 3464)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message

from config.ground.models import OutboxMessage
from config.ground.outbox import mark_bounced, message_id_header

_OURS = re.compile(r"<(\d{1,18})\.[0-9a-f]{24}@[^>\s]+>")


@dataclass(frozen=True, slots=True)
class Bounce:
    """``message_id`` is the header of the letter that came back; ``reason`` what the last mail server said."""

    message_id: str
    reason: str


def read_bounce(raw: bytes) -> Bounce | None:
    """None for whatever is no report that one of our letters has finally failed: a delay, an absence, a reply."""
    mail = message_from_bytes(raw, policy=policy.compat32)
    reason = next((words for part in mail.walk() if (words := _failure(part))), "")
    returned = next((found for words in _named(mail) if (found := _OURS.search(words))), None)
    if not reason or returned is None:
        return None
    return Bounce(message_id=returned[0], reason=reason)


def take_bounce(raw: bytes) -> OutboxMessage | None:
    """Mark the letter that a report is about; None when it is about none that had left."""
    bounce = read_bounce(raw)
    if bounce is None:
        return None
    number = int(bounce.message_id[1:].partition(".")[0])
    letter = OutboxMessage.objects.filter(pk=number).first()
    if letter is None or message_id_header(letter) != bounce.message_id:
        return None  # another house's letter, or one from before the data was exchanged
    return letter if mark_bounced(message_id=letter.pk, reason=bounce.reason) else None


def _failure(part: Message) -> str:
    """What a recipient's block of a delivery report says, if its action is ``failed``."""
    if str(part.get("Action", "")).strip().casefold() != "failed":
        return ""
    words = (str(part.get(name, "")) for name in ("Status", "Diagnostic-Code"))
    return " ".join(" ".join(words).split()) or "failed"


def _named(mail: Message) -> Iterator[str]:
    """Where a report names the letter: in the headers that it returns, or in its own."""
    for part in mail.walk():
        if part is not mail and part.get("Message-ID"):
            yield str(part["Message-ID"])
        if part.get_content_type() == "text/rfc822-headers":
            yield str(part.get_payload())
    for name in ("References", "In-Reply-To"):
        yield str(mail.get(name, ""))
