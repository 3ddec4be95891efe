"""docs/walk.md is true: its names exist (also those of docs/killed.md and docs/letters.md), and its list of ports is the whole list."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WALK = (ROOT / "docs" / "walk.md").read_text(encoding="utf-8")
APPS = ["suppliers", "market", "kitchens", "orders"]
BESIDE = "".join((ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("killed.md", "letters.md"))
NAMES = sorted(set(re.findall(r"`((?:config|suppliers|market|kitchens|orders)\.[\w.]+)`", WALK + BESIDE)))
PORTS = set(re.findall(r"\| \w+ \| `([\w.]+)` \|", WALK))
VALUES = {"Booking", "Settlement", "NoRoomAnyMore", "Kept"}  # what the ports take and raise


@pytest.mark.parametrize("name", NAMES)
def test_each_name_of_the_walk_exists(name: str) -> None:
    module, attribute = name, ""
    try:
        import_module(name)
    except ModuleNotFoundError:
        module, _, attribute = name.rpartition(".")
    assert not attribute or hasattr(import_module(module), attribute)


def test_the_walk_names_enough_to_be_checked() -> None:
    assert len(NAMES) > 25
    assert len(PORTS) >= 5


def imports_of_lower_actions() -> Iterator[str]:
    for height, app in enumerate(APPS):
        for file in sorted((ROOT / app).glob("actions/**/*.py")) + sorted((ROOT / app).glob("actions.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and node.module:
                    lower = any(node.module.startswith(f"{below}.actions") for below in APPS[:height])
                    yield from (f"{node.module}.{alias.name}" for alias in node.names if lower)


def test_actions_write_into_lower_apps_through_the_ports_only() -> None:
    used = {name for name in imports_of_lower_actions() if name.rpartition(".")[2] not in VALUES}
    assert used == PORTS
