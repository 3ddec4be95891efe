"""The jobs of the market, as plain data."""

from config.ground.jobs import Job

JOBS = (
    Job(
        name="plan_runs",
        task="market.tasks.plan_runs_ahead",
        every_seconds=3600,
        late_after_seconds=26 * 3600,
        title_sv="Lägger upp leveransdagar och stopptider",
        title_en="Lays out delivery days and cut-offs",
    ),
)
