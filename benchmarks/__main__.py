"""./bench list · ./bench NAME [--size N] [--quick] [--json FILE] · ./bench all --quick [--json FILE].

Exit code 0 when all was measured, limits missed or not (they are shown), 1 when a bench broke, 2 on a wrong
name. The file holds {"bench": NAME, "figures": [{"name", "value", "unit", "limit", "ok"}]}; for `all` the figures
of every bench that ran, each name with its bench's before it.
"""

import argparse
import importlib
import json
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.frame import OVER_THE_LIMIT, Figure
from benchmarks.register import BENCHES


def main(words: list[str]) -> int:
    given = _parser().parse_args(words)
    if given.name == "list":
        print("\n".join(BENCHES))
        return 0
    if given.name != "all" and given.name not in BENCHES:
        print(f"There is no bench {given.name!r}. There are: {', '.join(BENCHES)}; or all.", file=sys.stderr)
        return 2
    names = BENCHES if given.name == "all" else (given.name,)
    measured = {name: _measure(name, size=given.size, quick=given.quick) for name in names}
    told = {name: figures for name, figures in measured.items() if figures is not None}
    if given.json and told:
        given.json.write_text(json.dumps(_document(given.name, told), ensure_ascii=False, indent=2) + "\n")
    return 0 if len(told) == len(names) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./bench", description="Measures Bygdemat against bare floors.")
    parser.add_argument("name", help="a bench, or list, or all")
    parser.add_argument("--size", type=int, metavar="N", help="how large, in the bench's own unit")
    parser.add_argument("--quick", action="store_true", help="small and few rounds: to see that it works")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to FILE")
    return parser


def _measure(name: str, *, size: int | None, quick: bool) -> list[Figure] | None:
    """The bench's figures, printed; None when it broke, with the reason on the screen."""
    print(f"{name}{' (quick)' if quick else ''}", flush=True)
    try:
        figures: list[Figure] = importlib.import_module(f"benchmarks.{name}").run(size=size, quick=quick)
    except Exception:  # noqa: BLE001  # one broken bench must not keep the others from running
        traceback.print_exc()
        return None
    print("\n".join(one.as_line() for one in figures))
    missed = [one.name for one in figures if not one.ok]
    if missed:
        print(f"  {OVER_THE_LIMIT}: {', '.join(missed)}")
    sys.stdout.flush()
    return figures


def _document(name: str, told: Mapping[str, list[Figure]]) -> dict[str, Any]:
    if name != "all":
        return {"bench": name, "figures": [one.as_json() for one in told[name]]}
    each = [
        one.as_json() | {"name": f"{bench}.{one.name}"} for bench, figures in told.items() for one in figures
    ]
    return {"bench": name, "figures": each}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
