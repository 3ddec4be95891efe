"""Two imports of one file at the same moment, and what would happen without the constraint."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Thread, get_ident
from typing import Any

import pytest
from django.db import connection

from config.ground.refusals import Refusal
from market.models import Authority
from orders.actions import importing
from orders.actions.importing import import_purchases
from orders.models import ExternalPurchase, PurchaseImport
from tests.orders.purchase_files import GOOD, OFFICER, make_authority, mapping, write

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def both_look_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both find that the file does not stand yet before either of them writes."""
    look, both, looked = importing._refuse_the_same_file, Barrier(2, timeout=30), set[int]()

    def look_and_wait(**told: Any) -> None:
        look(**told)
        if get_ident() not in looked:
            looked.add(get_ident())
            both.wait()

    monkeypatch.setattr(importing, "_refuse_the_same_file", look_and_wait)


def import_twice_at_once(authority: Authority, content: Path) -> list[str]:
    ended: list[str] = []

    def one() -> None:
        try:
            import_purchases(
                authority=authority, file_name=content.name, content=content, mapping=mapping(), by=OFFICER
            )
            ended.append("imported")
        except Refusal as refusal:
            ended.append(refusal.code)
        finally:
            connection.close()

    threads = [Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ended)


@contextmanager
def without_the_constraint() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'import_once'")
        (definition,) = cursor.fetchone()
        cursor.execute("DROP INDEX import_once")
        try:
            yield
        finally:
            cursor.execute("TRUNCATE orders_purchaseimport CASCADE")
            cursor.execute(definition)


@pytest.mark.usefixtures("both_look_first")
def test_one_of_two_imports_at_once_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    assert import_twice_at_once(make_authority(), write(tmp_path, *GOOD)) == ["imported", "same_file_again"]
    assert PurchaseImport.objects.count() == 1
    assert ExternalPurchase.objects.count() == len(GOOD)


@pytest.mark.usefixtures("both_look_first")
def test_twin_without_the_constraint_the_file_stands_twice(tmp_path: Path) -> None:
    with without_the_constraint():
        assert import_twice_at_once(make_authority(), write(tmp_path, *GOOD)) == ["imported", "imported"]
        assert ExternalPurchase.objects.count() == 2 * len(GOOD)
