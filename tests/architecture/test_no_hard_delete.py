"""Nothing that was agreed, ordered, bought or decided is deleted: where a row is taken away at all is named here, with why."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DELETES = re.compile(r"\.delete\(|\bDELETE\s+FROM\b|\bTRUNCATE\b", re.IGNORECASE)
# Drafts, caches and marks; what never came to be; the house's own papers; and disposal by dated rule.
MAY_DELETE = {
    "config/ground/runs.py": "old runs of jobs",
    "config/ground/sealing.py": "marks of where a seal may begin",
    "config/ground/trail.py": "a migration that is taken back",
    "kitchens/actions/baskets.py": "a basket is a draft",
    "kitchens/actions/kitchens.py": "somebody who belongs to a kitchen no longer; the trail keeps her",
    "kitchens/actions/school_year.py": "a term or a closed day that was wrong; the trail keeps it",
    "kitchens/actions/forecasts.py": "a forecast binds nobody",
    "kitchens/actions/menus.py": "a dish that is planned no more",
    "kitchens/actions/settling.py": "lines of a basket that became an order",
    "kitchens/actions/standing_lists.py": "a list is a draft that is kept",
    "kitchens/actions/tapping.py": "what one child chose must be gone after the day's sum",
    "market/actions/parties.py": "somebody who belongs to an authority or a hub no longer; the trail keeps her",
    "suppliers/actions.py": "somebody who acts for a farm no longer; the trail keeps her",
    "market/actions/delivery_terms.py": "a pause that is called off; the trail keeps it",
    "market/actions/standing.py": "a suspension that never began; the trail keeps it",
    "orders/actions/disposing.py": "disposal by dated rule",
    "orders/actions/filing.py": "a copy of what is kept, when its time is over",
    "orders/actions/external_tally.py": "a cache of rows that are kept",
    "orders/actions/tallying.py": "a cache of rows that are kept",
}


def sources() -> list[Path]:
    return [
        path
        for package in ("config", "suppliers", "market", "kitchens", "orders")
        for path in sorted((ROOT / package).rglob("*.py"))
        if "migrations" not in path.parts and "demo" not in path.parts
    ]


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_that_deletes_rows_is_named_with_why(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    assert name in MAY_DELETE or not DELETES.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "line",
    ["rows.delete()", "Order.objects.filter(pk=1).delete()", "x = 'delete  from orders_order'", "TRUNCATE t"],
)
def test_a_deletion_would_be_found(line: str) -> None:
    assert DELETES.search(line)
