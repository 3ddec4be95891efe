"""Keeping the record of runs small and true."""

from datetime import datetime, timedelta

from config.ground.models import JobRun

KEEP_DONE = timedelta(days=7)
KEEP_FAILED = timedelta(days=90)
LOST_AFTER = timedelta(hours=24)  # longer than any run


def tidy_runs(*, now: datetime) -> dict[str, int]:
    """Drop old runs; say of a run that never told its end that it was lost. How many of each."""
    runs = JobRun.objects
    lost = runs.filter(state=JobRun.State.RUNNING, started_at__lt=now - LOST_AFTER).update(
        state=JobRun.State.FAILED, finished_at=now, error="The process ended without saying how the run went."
    )
    done, _ = runs.filter(state=JobRun.State.DONE, started_at__lt=now - KEEP_DONE).delete()
    failed, _ = runs.filter(state=JobRun.State.FAILED, started_at__lt=now - KEEP_FAILED).delete()
    return {"lost": lost, "dropped": done + failed}
