"""A worker process of the close bench: says that it is ready, closes the runs it is given one by one, says how it went.

Run as a module; reads one line of run ids (JSON), writes one line when it is ready and one when it is done.
"""

import json
import resource
import sys
from datetime import timedelta
from pathlib import Path

import django

STATUS = Path("/proc/self/status")


def peak_mb() -> float:
    """The most memory that this program has held so far, in MB.

    Linux tells it in VmHWM; what getrusage tells there is also the peak of the process that started this one.
    """
    if STATUS.exists():
        line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024


def main() -> None:
    django.setup()
    from django.db import connection  # noqa: PLC0415  # Django has to be set up first

    from benchmarks.generator import CUT_OFF  # noqa: PLC0415
    from config.ground.trail import Actor  # noqa: PLC0415
    from orders.actions.closing import close_supplier_run  # noqa: PLC0415

    connection.ensure_connection()
    print("ready", flush=True)
    call_offs, at_first = 0, peak_mb()
    for run_id in json.loads(sys.stdin.readline()):
        closed = close_supplier_run(
            run_id=run_id, now=CUT_OFF + timedelta(minutes=1), by=Actor.job("close_run")
        )
        call_offs += closed.call_offs
    print(
        json.dumps({"call_offs": call_offs, "grown_mb": peak_mb() - at_first, "peak_mb": peak_mb()}),
        flush=True,
    )


if __name__ == "__main__":
    main()
