"""The jobs of kitchens, as plain data."""

from config.ground.jobs import Job

JOBS = (
    Job(
        name="lock_menus",
        task="kitchens.tasks.lock_menus",
        every_seconds=600,
        late_after_seconds=3000,
        title_sv="Låser dagens menyer före serveringen",
        title_en="Locks the day's menus before service",
    ),
    Job(
        name="sum_taps",
        task="kitchens.tasks.sum_taps",
        every_seconds=3600,
        late_after_seconds=6 * 3600,
        title_sv="Räknar samman elevernas tryck och raderar dem",
        title_en="Sums the pupils' taps and deletes them",
    ),
)
