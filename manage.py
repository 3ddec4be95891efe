#!/usr/bin/env python3
"""Django's commands, run with the project's own environment."""

import os
import sys
from pathlib import Path

VENV_PYTHON = Path(__file__).resolve().parent / ".venv" / "bin" / "python"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        if not VENV_PYTHON.exists():
            sys.exit("Django is not installed here. Run ./start once: it makes the environment in .venv/.")
        if Path(sys.executable).resolve() == VENV_PYTHON.resolve() and sys.prefix != sys.base_prefix:
            raise
        os.execv(VENV_PYTHON, [str(VENV_PYTHON), *sys.argv])
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
