"""A report of a mail server marks the letter that it is about; nothing else does."""

import io
from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from config.ground.bounces import read_bounce, take_bounce
from config.ground.models import OutboxMessage
from config.ground.outbox import message_id_header

State = OutboxMessage.State


def report(message_id: str, *, action: str = "failed", returned: str = "message/rfc822") -> bytes:
    """As Postfix writes it."""
    return f"""\
From: MAILER-DAEMON@mx.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: bygdemat@vingaker.example
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="R"
Message-Id: <20261125.4711@mx.example>

--R
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--R
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; gard@gardar.example
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <gard@gardar.example>:
    user unknown

--R
Content-Type: {returned}

Message-ID: {message_id}
Subject: =?utf-8?q?Ink=C3=B6psorder?=
From: bygdemat@vingaker.example

--R--
""".encode()


@pytest.fixture
def letter() -> OutboxMessage:
    return OutboxMessage.objects.create(
        kind="purchase_order",
        recipient="gard@gardar.example",
        cause_table="orders_purchaseorder",
        cause_id=7,
        dedupe_key="purchase_order:7",
        state=State.DONE,
        sent_at=datetime(2026, 11, 25, tzinfo=UTC),
    )


@pytest.mark.django_db
@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_letter_that_came_back_has_bounced_with_the_mail_servers_words(
    letter: OutboxMessage, returned: str
) -> None:
    assert take_bounce(report(message_id_header(letter), returned=returned)) == letter
    letter.refresh_from_db()
    assert letter.state == State.BOUNCED
    assert letter.last_error == "5.1.1 smtp; 550 5.1.1 <gard@gardar.example>: user unknown"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("action", "message_id"),
    [
        pytest.param("delayed", None, id="a delay: the mail server goes on trying"),
        pytest.param("failed", "<20261101.1@annat.example>", id="somebody else's mail"),
        pytest.param("failed", "<999999.0123456789abcdef01234567@vingaker.example>", id="no such letter"),
    ],
)
def test_what_is_no_failure_of_ours_changes_nothing(
    letter: OutboxMessage, action: str, message_id: str | None
) -> None:
    assert take_bounce(report(message_id or message_id_header(letter), action=action)) is None
    letter.refresh_from_db()
    assert letter.state == State.DONE


@pytest.mark.django_db
def test_a_letter_of_another_house_with_the_same_number_is_not_ours(letter: OutboxMessage) -> None:
    assert take_bounce(report(f"<{letter.pk}.{'0' * 24}@vingaker.example>")) is None


@pytest.mark.parametrize(
    "raw", [b"", b"\x00\xff\xfe", b"Content-Type: multipart/report\n\n--", b"Subject: hej\n\nhej"]
)
def test_what_is_no_report_is_none(raw: bytes) -> None:
    assert read_bounce(raw) is None


def test_a_person_who_answers_a_letter_is_no_bounce() -> None:
    told = b"In-Reply-To: <7.0123456789abcdef01234567@vingaker.example>\nSubject: Sv: order\n\nVi kommer."
    assert read_bounce(told) is None


@pytest.mark.django_db
def test_the_command_reads_the_mail_that_is_piped_to_it(
    letter: OutboxMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = []
    for raw in (report(message_id_header(letter)), b"Subject: hej\n\nhej"):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
        out = io.StringIO()
        call_command("take_bounce", stdout=out)
        said.append(out.getvalue())
    assert "to gard@gardar.example has bounced" in said[0]
    assert "nothing was changed" in said[1]
