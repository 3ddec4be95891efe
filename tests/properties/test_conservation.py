"""kg and SEK are conserved over any sequence of placing, editing, closing, answering, bringing, taking in, returning."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.properties.week_machine import Week, two_towns

pytestmark = pytest.mark.django_db
SIZES = [
    pytest.param(6, 14, id="6 weeks"),
    pytest.param(25, 40, id="25 weeks", marks=pytest.mark.long),
]


@pytest.mark.parametrize(("weeks", "acts"), SIZES)
def test_nothing_is_lost_and_nothing_comes_of_nothing(
    weeks: int, acts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Week, "worlds", two_towns())
    run_state_machine_as_test(
        Week,
        settings=settings(
            max_examples=weeks,
            stateful_step_count=acts,
            deadline=None,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
