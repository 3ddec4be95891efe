"""Everything of an authority as one ZIP: each table as CSV and as JSON, and what they are (Frictionless Data Package 1.0).

https://specs.frictionlessdata.io/data-package/ and /table-schema/, read 2026-11. Comma, point and UTF-8, ISO 8601 dates:
for another system, not for a spreadsheet.
"""

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, BinaryIO, Final

from django.utils.translation import gettext as _

from config.ground.tables import as_text
from orders.queries.everything import LEFT_OUT, Field, GivenTable

LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
AT_ONCE: Final = 1000


@dataclass(frozen=True, slots=True)
class Whole:
    authority: str
    made_at: datetime
    notice: str
    tables: Sequence[GivenTable]


def write_everything(to: BinaryIO, whole: Whole, *, step: Callable[[int, int | None], None]) -> None:
    """One table at a time, a thousand rows in memory. ``step`` is told how many rows are written, of how many."""
    of, done, counts = sum(table.count for table in whole.tables), 0, {}
    with zipfile.ZipFile(to, "w", compression=zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for table in whole.tables:
            counts[table.name] = 0
            with tempfile.TemporaryFile() as as_json, _part(archive, f"tabeller/{table.name}.csv") as as_csv:
                for batch in _batches(table.rows):
                    _write(batch, table.fields, as_csv, as_json, first=not counts[table.name])
                    counts[table.name] += len(batch)
                    done += len(batch)
                    step(done, of)
                if not counts[table.name]:
                    _write([], table.fields, as_csv, as_json, first=True)
                as_json.write(b"\n]\n")
                as_json.seek(0)
                as_csv.close()
                with _part(archive, f"tabeller/{table.name}.json") as written:
                    while piece := as_json.read(1024 * 1024):
                        written.write(piece)
        with _part(archive, "datapackage.json") as written:
            written.write(json.dumps(package(whole, counts), ensure_ascii=False, indent=1).encode())
        with _part(archive, "lasmig.txt") as written:
            written.write(_read_me(whole).encode())


def package(whole: Whole, counts: dict[str, int]) -> dict[str, Any]:
    """What the tables are: names, columns with their kinds, keys, how many rows, and what is not given and why."""
    return {
        "profile": "tabular-data-package",
        "name": "bygdemat-export",
        "title": whole.authority,
        "description": whole.notice or "Bygdemat",
        "created": whole.made_at.isoformat(),
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": table.name,
                "path": f"tabeller/{table.name}.csv",
                "jsonPath": f"tabeller/{table.name}.json",
                "description": table.about,
                "rows": counts[table.name],
                "encoding": "utf-8",
                "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
                "schema": {
                    "fields": [_field(each) for each in table.fields],
                    "primaryKey": "id",
                    "missingValues": [""],
                    "foreignKeys": [
                        {"fields": each.name, "reference": {"resource": each.refers_to, "fields": "id"}}
                        for each in table.fields
                        if each.refers_to
                    ],
                },
            }
            for table in whole.tables
        ],
        "leftOut": LEFT_OUT,
    }


def _field(each: Field) -> dict[str, Any]:
    told: dict[str, Any] = {"name": each.name, "type": each.kind}
    if each.required:
        told["constraints"] = {"required": True}
    return told


def _read_me(whole: Whole) -> str:
    lines = [
        whole.notice,
        _("Allt som %(authority)s har i Bygdemat, %(day)s.")
        % {"authority": whole.authority, "day": f"{whole.made_at:%Y-%m-%d %H:%M} UTC"},
        _("Varje tabell finns som CSV och som JSON i mappen tabeller. datapackage.json beskriver kolumner och nycklar."),
        _("Personnummer och det som släpper in någon är inte med. Vad mer som inte är med, och varför, står under leftOut."),
        _("Varje tabell är läst för sig, i ordning: det som ändrades medan filen gjordes kan synas i en tabell och saknas i en annan."),
    ]  # fmt: skip
    return "\r\n".join(line for line in lines if line) + "\r\n"


def _part(archive: zipfile.ZipFile, name: str) -> Any:
    part = zipfile.ZipInfo(name, LONG_AGO)
    part.compress_type = zipfile.ZIP_DEFLATED
    return archive.open(part, "w", force_zip64=True)


def _batches(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    batch: list[tuple[Any, ...]] = []
    for row in rows:
        batch.append(row)
        if len(batch) >= AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _write(
    batch: Sequence[tuple[Any, ...]], fields: Sequence[Field], as_csv: Any, as_json: Any, *, first: bool
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    if first:
        writer.writerow([each.name for each in fields])
    writer.writerows([_cell(value) for value in row] for row in batch)
    as_csv.write(text.getvalue().encode())
    for number, row in enumerate(batch):
        told = {each.name: _plain(value) for each, value in zip(fields, row, strict=True)}
        begins = "[\n" if first and not number else ",\n"
        as_json.write((begins + json.dumps(told, ensure_ascii=False)).encode())
    if first and not batch:
        as_json.write(b"[")


def _cell(value: Any) -> str:
    """Text that a spreadsheet would take for a formula has an apostrophe before it; the JSON has it as it is."""
    plain = _plain(value)
    if plain is None:
        return ""
    if isinstance(value, str):
        return as_text(value)
    return json.dumps(plain, ensure_ascii=False) if isinstance(plain, dict | list | bool) else str(plain)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if hasattr(value, "isoformat") else value
