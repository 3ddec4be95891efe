"""The ground's tasks do one thing and leave a record."""

from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import Settings

from config.ground import sealing, tasks
from config.ground.models import JobRun, OutboxMessage
from config.ground.outbox import Letter, enqueue, outbox_renderers

pytestmark = pytest.mark.django_db


def test_the_outbox_is_emptied(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.OUTBOX_TRANSPORT, settings.OUTBOX_DIR = "file", tmp_path
    monkeypatch.setattr(tasks, "ROUND", 2)
    monkeypatch.setitem(outbox_renderers, "greeting", lambda _: Letter("Hej", "Hej"))
    with transaction.atomic():
        for n in range(5):
            enqueue(
                kind="greeting",
                recipient="gard@example.se",
                language="sv",
                cause_table="x",
                cause_id=n,
                dedupe_key=f"greeting:{n}",
            )
    tasks.deliver_outbox()
    assert JobRun.objects.get().result == {"letters": 5}
    assert OutboxMessage.objects.filter(state="done").count() == 5
    assert len(list(tmp_path.glob("*.eml"))) == 5


def test_sealing_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "seal_trail", lambda: 12)
    tasks.seal_trail()
    assert JobRun.objects.get().result == {"entries": 12}
