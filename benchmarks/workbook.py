"""A report's rows as a workbook: 200 000 rows of ten columns, of a generator, in a process of its own.

Memory is the whole process's most, with Django set up, as the kernel counted it.
"""

import json
import subprocess

from benchmarks.frame import Figure, figure
from deploy.local.places import ROOT, VENV_PYTHON

ROWS, QUICK_ROWS = 200_000, 20_000
SECONDS, MEGABYTES = 20.0, 150.0


def run(*, size: int | None, quick: bool) -> list[Figure]:
    """`size` is the number of rows."""
    rows = size or (QUICK_ROWS if quick else ROWS)
    done = [_once(rows) for _ in range(1 if quick else 3)]
    seconds, peaks = sorted(each["seconds"] for each in done), [each["megabytes"] for each in done]
    return [
        figure(
            f"xlsx_{rows}",
            seconds[len(seconds) // 2],
            unit="s",
            limit=SECONDS,
            spread=(seconds[0], seconds[-1]),
        ),
        figure("memory", max(peaks), unit="MB", limit=MEGABYTES),
        figure("file", done[0]["file"], unit="MB"),
    ]


def _once(rows: int) -> dict[str, float]:
    command = [str(VENV_PYTHON), "-W", "ignore", "-m", "benchmarks.ours.writing", str(rows)]
    answer = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    told: dict[str, float] = json.loads(answer.stdout)
    return told
