"""Conventions that a machine holds: where transactions and writes may stand, how large a file may be."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

from config.ground.models import TrailTable

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    path
    for package in ("config", "suppliers", "market", "kitchens", "orders")
    for path in sorted((ROOT / package).rglob("*.py"))
    if "migrations" not in path.parts
]
DOORS = re.compile(r"/(views|api|tasks|admin|management)(/|\.py)")
TELL_NOTHING = {"utils.py", "helpers.py", "common.py", "services.py", "managers.py", "signals.py", "misc.py"}

# Counters, caches, drafts and the ground's own records: each is proven from rows, or is no record.
UNTRAILED = {
    "market_commitment",
    "market_lotbalance",
    "market_needtotal",
    "kitchens_basket",
    "kitchens_basketline",
    "kitchens_tap",  # what one child chose must be gone after the day's sum
    "kitchens_tapmeter",
    "orders_calloffquantity",
    "orders_tally",
    "orders_tallydirty",
    "orders_tallymonth",
    "orders_tallyprice",
    "orders_externaltally",
    "ground_trailtable",
    "ground_trailentry",
    "ground_trailseal",
    "ground_sealmark",
    "ground_idempotencyrecord",
    "ground_outboxmessage",
    "ground_jobrun",
    "orders_reportfile",  # a copy of what is recorded elsewhere, gone after its time
    "orders_reportfilepiece",
}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_stays_readable_and_has_a_telling_name(path: Path) -> None:
    assert path.name not in TELL_NOTHING
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 420


@pytest.mark.parametrize(
    "path",
    [path for path in SOURCES if DOORS.search(path.as_posix())],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_a_door_holds_no_transaction(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert "transaction.atomic" not in source
    assert "acting(" not in source


@pytest.mark.parametrize(
    "path",
    [path for path in SOURCES if "/rules/" in path.as_posix()],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_a_rule_reads_no_clock_and_uses_no_float(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    floats = [
        node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, float)
    ]
    assert not called & {"now", "today", "utcnow"}
    assert "float" not in names
    assert not floats


@pytest.mark.django_db
def test_every_table_of_ours_is_trailed_or_named_as_not() -> None:
    ours = {"ground", "suppliers", "market", "kitchens", "orders"}
    tables = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in ours
    }
    trailed = set(TrailTable.objects.values_list("table_name", flat=True))
    assert tables - trailed == UNTRAILED
    assert trailed <= tables


def test_a_page_calls_goods_in_the_readers_language() -> None:
    """Where both names stand beside each other (the register) they are meant as such; elsewhere ``|name`` chooses."""
    register = {ROOT / "market/templates/market/register.html", ROOT / "market/templates/market/product.html"}
    pages = {page for folder in ROOT.glob("*/**/templates") for page in folder.rglob("*") if page.is_file()}
    assert len(pages) > len(register)
    in_one = {page for page in pages - register if ".name_sv" in page.read_text(encoding="utf-8")}
    assert not in_one, sorted(str(page.relative_to(ROOT)) for page in in_one)
