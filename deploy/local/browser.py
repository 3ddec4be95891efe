"""Chromium for the browser tests: found on the machine, or Debian's when root may install it."""

import os
import shutil
import subprocess
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ELSEWHERE = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def chromium() -> str | None:
    """The path of a browser: the one BYGDEMAT_CHROMIUM names, else one that is installed."""
    named = [os.environ.get("BYGDEMAT_CHROMIUM"), *map(shutil.which, NAMES), *ELSEWHERE]
    return next((path for path in named if path and Path(path).exists()), None)


def chromium_or_install(*, log: Path) -> str | None:
    """As `chromium`, but root on Debian or Ubuntu installs it first; None when there is still none."""
    if (found := chromium()) or os.geteuid() != 0 or not shutil.which("apt-get"):
        return found
    print(f"Installing chromium for the browser tests (once; details in {log}) …", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    with log.open("ab") as out:
        for words in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", *words], stdout=out, stderr=out, env=quiet, check=False)
    return chromium()
