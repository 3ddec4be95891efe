"""The import contracts hold, and would notice: faults planted in a copy of the house are found."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ["config", "suppliers", "market", "kitchens", "orders"]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    house = tmp_path_factory.mktemp("house")
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, house / package, ignore=shutil.ignore_patterns("__pycache__", "static")
        )
    shutil.copy(ROOT / "pyproject.toml", house)
    return house


def lint(house: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as c; c()",
        "--no-cache",
    ]
    return subprocess.run(command, cwd=house, capture_output=True, text=True, check=False, timeout=120)


def test_the_house_keeps_its_contracts(copy: Path) -> None:
    assert lint(copy).returncode == 0


# Planted at once, each is told by its own line: going through the house takes seconds.
PLANTED = {
    "config/ground": "import market.models",
    "suppliers": "from market.models import Product",
    "market": "from kitchens.models import Kitchen",
    "kitchens": "from orders.models import Order",
    "orders": "from config.site import urls",
    "market/rules": "from django.db import models",
    "orders/rules": "from market.models import Product",
    "suppliers/rules": "import psycopg",
}


def test_each_planted_fault_is_noticed(copy: Path) -> None:
    planted = {room: copy / room / "planted.py" for room in PLANTED}
    for room, file in planted.items():
        file.write_text(PLANTED[room] + "\n", encoding="utf-8")
    found = lint(copy)
    for file in planted.values():
        file.unlink()
    assert found.returncode == 1, found.stdout
    told = {room for room in PLANTED if f"{room.replace('/', '.')}.planted -> " in found.stdout}
    assert told == set(PLANTED), found.stdout
