"""The least that must happen before this house can answer a page: its database server up, its code loaded.

No supervisor, no checks, no Valkey, no web server, no second process.
"""

import subprocess
import time
from pathlib import Path

from deploy.local import postgres, servers
from deploy.local.places import ROOT, VENV_PYTHON


def prepared(folder: Path) -> postgres.Footing:
    """A data folder made by a bare initdb."""
    ground = postgres.footing(folder)
    postgres.prepare(ground, log=folder / "log" / "floor.log")
    return ground


def seconds(ground: postgres.Footing, *, log: Path) -> float:
    begun = time.monotonic()
    with servers.running(postgres.program(ground, log=log)):
        subprocess.run([VENV_PYTHON, "-W", "ignore", "-c", "import config.wsgi"], cwd=ROOT, check=True)
        return time.monotonic() - begun
