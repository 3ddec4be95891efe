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


@pytest.mark.parametrize(
    ("room", "fault"),
    [
        ("config/ground/planted.py", "import market.models"),
        ("suppliers/planted.py", "from market.models import Product"),
        ("market/planted.py", "from kitchens.models import Kitchen"),
        ("kitchens/planted.py", "from orders.models import Order"),
        ("orders/planted.py", "from config.site import urls"),
        ("market/rules/planted.py", "from django.db import models"),
        ("orders/rules/planted.py", "from market.models import Product"),
        ("suppliers/rules/planted.py", "import psycopg"),
    ],
)
def test_a_planted_fault_is_noticed(copy: Path, room: str, fault: str) -> None:
    planted = copy / room
    planted.write_text(fault + "\n", encoding="utf-8")
    try:
        found = lint(copy)
    finally:
        planted.unlink()
    assert found.returncode == 1, found.stdout
    assert "BROKEN" in found.stdout
