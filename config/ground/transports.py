"""How a letter leaves: to a file, to the console or to a mail server. ``settings.OUTBOX_TRANSPORT`` says which."""

import os
import smtplib
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, get_connection

PERMANENT = 500  # from here on an SMTP reply is a final no (RFC 5321, 4.2.1)


class Bounced(Exception):  # noqa: N818  # an answer of the mail server, as it stands in the trade
    """The mail server refuses the recipient for good: trying again would not help."""


class Transport(Protocol):
    def send(self, mail: EmailMessage, *, message_id: int) -> None:
        """Hand the mail over. Raises Bounced, or anything else for another attempt later."""


class ToFile:
    """One file a message in ``folder``. A repeated sending overwrites its file; a half-written one is never seen."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, mail: EmailMessage, *, message_id: int) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = self.folder / f".{message_id}.{os.getpid()}"
        with fresh.open("wb") as file:
            file.write(mail.message().as_bytes())
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.folder / f"{message_id}.eml")


class ToConsole:
    def send(self, mail: EmailMessage, *, message_id: int) -> None:  # noqa: ARG002  # the protocol's
        get_connection("django.core.mail.backends.console.EmailBackend").send_messages([mail])


class ToMailServer:
    """Django's settings EMAIL_HOST, EMAIL_PORT, EMAIL_USE_TLS … say where."""

    def send(self, mail: EmailMessage, *, message_id: int) -> None:  # noqa: ARG002  # the protocol's
        try:
            get_connection("django.core.mail.backends.smtp.EmailBackend").send_messages([mail])
        except smtplib.SMTPRecipientsRefused as refused:
            if all(code >= PERMANENT for code, _ in refused.recipients.values()):
                raise Bounced(_words(refused)) from refused
            raise


def _words(refused: smtplib.SMTPRecipientsRefused) -> str:
    return "; ".join(
        f"{code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"
        for code, text in refused.recipients.values()
    )


def transport() -> Transport:
    """Raises ImproperlyConfigured for a name that is none of file, console, smtp."""
    match settings.OUTBOX_TRANSPORT:
        case "file":
            return ToFile(Path(settings.OUTBOX_DIR))
        case "console":
            return ToConsole()
        case "smtp":
            return ToMailServer()
    raise ImproperlyConfigured(
        f"OUTBOX_TRANSPORT is {settings.OUTBOX_TRANSPORT!r}; it must be file, console or smtp"
    )
