"""The worlds' own morning at every door of the API: a week before the delivery, five days before the cut-off."""

from datetime import datetime

import pytest
from django.utils import timezone

MORNING = datetime.fromisoformat("2026-11-23T09:00:00+00:00")


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: MORNING)
