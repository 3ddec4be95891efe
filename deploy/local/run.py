"""`python -m deploy.local.run --temporary -- COMMAND …`: run a command beside servers of its own.

The command finds DATABASE_URL and REDIS_URL in its environment; its exit code is ours.
"""

import argparse
import signal
import sys
from pathlib import Path

from deploy.local import servers
from deploy.local.places import Fault


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m deploy.local.run", description=__doc__)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--temporary", action="store_true", help="throw-away servers, gone afterwards")
    where.add_argument("--keep", type=Path, metavar="FOLDER", help="servers whose data stays in FOLDER")
    parser.add_argument("command", nargs="+", help="after --: the command and its words")
    given = parser.parse_args(words)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    opened = servers.temporary() if given.temporary else servers.kept(given.keep.absolute())
    try:
        with opened as addresses:
            return servers.run_with(addresses, given.command)
    except Fault as fault:
        print(fault, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
