"""The launcher: `python3 deploy/local start|test|bench …`; ./start, ./test and ./bench call it so.

It begins on any Python from 3.11 with nothing installed, makes the environment, and goes on inside it.
"""

import contextlib
import errno
import os
import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent.parent.parent)

from deploy.local import bench, environment, start, test  # noqa: E402
from deploy.local.places import Fault  # noqa: E402

LOCK_OF = {"start": "runtime", "test": "dev", "bench": "runtime"}
MAIN_OF = {"start": start.main, "test": test.main, "bench": bench.main}


def main(words: list[str]) -> int:
    try:
        return _go(words)
    except Fault as fault:
        print(fault, file=sys.stderr)
        return 1
    except PermissionError as error:
        hint = "Was it made by another user, say by a start as root?"
        print(f"May not read or write {error.filename}. {hint}", file=sys.stderr)
        return 1
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        print("The disk is full: make room and run the same command again.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _go(words: list[str]) -> int:
    if fault := environment.python_fault(sys.version_info[:3]):
        raise Fault(fault)
    if not words or words[0] not in MAIN_OF:
        raise Fault("Call ./start, ./test or ./bench.")
    name, rest = words[0], words[1:]
    # Some machines ask Python to keep no bytecode; here every process would then compile the house anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if not environment.inside():
        if name == "start":
            start.before_installing(rest)
        with test.before_installing() if name == "test" else contextlib.nullcontext():
            environment.ensure(LOCK_OF[name])
        environment.reenter(words)
    environment.ensure(LOCK_OF[name])
    return MAIN_OF[name](rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
