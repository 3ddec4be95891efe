"""A ledger handed in on a page: kept, its mapping remembered, looked at, and read in whole or not at all."""

import hashlib
import tempfile
from collections.abc import Iterator
from collections.abc import Mapping as TableOf
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from config.ground.files import store_file
from config.ground.models import StoredFile
from config.ground.refusals import InvalidInput
from config.ground.trail import Actor, acting
from market.models import Authority
from orders.actions.import_report import ImportReport
from orders.actions.importing import import_purchases
from orders.interchange.purchase_mapping import Mapping, MappingUnreadable, mapping_from
from orders.models import PurchaseMapping
from orders.queries.ledger_files import SHELF


def keep_ledger(*, authority: Authority, name: str, content: bytes, by: Actor) -> StoredFile:
    """Keep the file, to be looked at before it is read in. The same again is the one that is there. Raises FileRefused."""
    digest = hashlib.sha256(content).hexdigest()
    with acting(by):
        kept = StoredFile.objects.filter(shelf=SHELF, shelf_id=authority.pk, sha256=digest).first()
        return kept or store_file(name=name, content=content, shelf=SHELF, shelf_id=authority.pk, by=by)


def remember_mapping(
    *, authority: Authority, name: str, told: TableOf[str, Any], by: Actor
) -> PurchaseMapping:
    """How this sender's files are read from now on. Raises InvalidInput for what can't be followed."""
    if not name.strip():
        raise InvalidInput(fields={"name": [_("Fyll i detta.")]})
    understood(told, name=name)
    with acting(by):
        row, _made = PurchaseMapping.objects.update_or_create(
            authority=authority,
            name=name.strip(),
            defaults={"told": dict(told), "changed_at": Now()},
        )
    return row


def understood(told: TableOf[str, Any], *, name: str) -> Mapping:
    """The mapping that the answers tell. Raises InvalidInput."""
    try:
        return mapping_from(told, name=name)
    except MappingUnreadable as fault:
        raise InvalidInput(fields={"mapping": [str(fault)]}) from fault


def read_ledger(
    *, authority: Authority, file: StoredFile, mapping: PurchaseMapping, dry_run: bool, by: Actor
) -> ImportReport:
    """What reading the file in would do, or does. Raises as ``import_purchases``."""
    with _on_disk(bytes(file.content)) as path:
        return import_purchases(
            authority=authority,
            file_name=file.name,
            content=path,
            mapping=understood(mapping.told, name=mapping.name),
            dry_run=dry_run,
            by=by,
        )


@contextmanager
def _on_disk(content: bytes) -> Iterator[Path]:
    """The importer reads a file as a stream."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger"
        path.write_bytes(content)
        yield path
