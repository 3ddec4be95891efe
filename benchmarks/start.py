"""How long ./start takes from the command to the first page: on a bare copy of the project, and again.

Cold makes the environment (its packages come from the network or the installer's cache), a database and the
static files; its seconds have no limit, because they are the network's. Warm must answer within 8 s.
"""

import os
import tempfile
from pathlib import Path

from benchmarks.floors import start as floor
from benchmarks.frame import Figure, figure, paired
from deploy.local import trial

WARM_LIMIT_SECONDS = 8.0


def run(*, size: int | None, quick: bool) -> list[Figure]:
    """`size` is the number of warm rounds (5; quick: 2). Quick takes the environment that is there."""
    rounds = size or (2 if quick else 5)
    port = trial.free_port()
    with (
        trial.project_copy(with_environment=quick, on_disk=True) as folder,
        tempfile.TemporaryDirectory() as bare,
    ):
        first = trial.open_house(folder, port=port)
        first.close()
        ground = floor.prepared(Path(bare))
        # the floor loads the settings, which must not make their files in this project's var/
        os.environ["BYGDEMAT_VAR"] = bare

        def warm() -> float:
            opened = trial.open_house(folder, port=port)
            opened.close()
            return opened.seconds

        ratio = paired(warm, lambda: floor.seconds(ground, log=Path(bare) / "floor.log"), rounds=rounds)
    name = "first_with_environment" if quick else "cold"
    return [figure(name, first.seconds, unit="s"), *ratio.figures("warm", seconds_limit=WARM_LIMIT_SECONDS)]
