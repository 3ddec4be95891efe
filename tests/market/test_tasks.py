import pytest

from config.ground.jobs import all_jobs
from config.ground.models import JobRun
from config.ground.trail import Actor
from market.actions.parties import open_hub
from market.models import DeliveryRun
from market.tasks import DAYS_AHEAD, plan_runs_ahead


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_job_lays_runs_ahead_and_says_how_many() -> None:
    open_hub(name="Navet", weekdays="1234567", by=Actor.job("tests"))
    plan_runs_ahead()
    run = JobRun.objects.get(name="plan_runs")
    assert run.result is not None
    assert run.state == "done"
    assert run.result["delivery_runs"] == DeliveryRun.objects.count() > DAYS_AHEAD // 2


def test_the_job_is_registered() -> None:
    assert "market.tasks.plan_runs_ahead" in {job.task for job in all_jobs()}
