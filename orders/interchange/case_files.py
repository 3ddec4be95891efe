"""A case that is handed out, as one file: what was withheld, each sheet as CSV, all as JSON, and a tagged PDF to read.

All of it is made of the masked sheets, never of the rows behind them. The same case with the same masks is the same bytes.
"""

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from config.ground import figures
from config.ground.documents import Document, Facts, Heading, Part, Table, Words, tagged_pdf
from config.ground.tables import STOCKHOLM, SWEDISH, Cell, Column, csv_lines
from orders.rules.secrecy import Record, Sheet, Value, Withheld

MOST_PRINTED = 500
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day that a ZIP knows: no clock in the file


@dataclass(frozen=True, slots=True)
class ToldMask:
    """A decision in words. ``confirmed``: a person has read the paragraph in its source."""

    what: str
    paragraph: str
    confirmed: bool
    reason: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    title: str
    case_number: str
    authority: str
    language: str
    made_at: datetime
    made_by: str
    notice: str
    masks: tuple[ToldMask, ...]
    sheets: tuple[Sheet, ...]


def case_zip(case: CaseFile) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", compression=zipfile.ZIP_DEFLATED) as archive:
        for name, content in _files(case):
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _files(case: CaseFile) -> list[tuple[str, bytes]]:
    first = [case.notice] if case.notice else []
    return [
        ("arende.pdf", tagged_pdf(_document(case))),
        ("arende.json", json.dumps(_told(case), ensure_ascii=False, indent=1).encode()),
        *(
            (f"{sheet.code}.csv", _csv(sheet, first_lines=first))
            for sheet in (_decisions(case), *case.sheets)
        ),
    ]


def _decisions(case: CaseFile) -> Sheet:
    from_masks = tuple(Record((each.what, _paragraph(each), each.reason)) for each in case.masks)
    return Sheet("maskat", _("Maskat"), (), from_masks)


def _csv(sheet: Sheet, *, first_lines: Sequence[str]) -> bytes:
    labels = [column.label for column in sheet.columns] or [_("Vad"), _("Lagrum"), _("Skäl")]
    rows = [[_cell(value) for value in record.values] for record in sheet.records]
    columns = [Column(label, places=4, idle_zeros=False) for label in labels]
    return "".join(csv_lines(columns, rows, variant=SWEDISH, first_lines=first_lines)).encode()


def _cell(value: Value | Withheld) -> Cell:
    return _withheld(value) if isinstance(value, Withheld) else value


def _withheld(value: Withheld) -> str:
    return _("[maskat: %(paragraph)s]") % {"paragraph": value.paragraph}


def _paragraph(mask: ToldMask) -> str:
    return mask.paragraph if mask.confirmed else f"{mask.paragraph} ({_('ej bekräftad')})"


def _told(case: CaseFile) -> dict[str, Any]:
    return {
        "title": case.title,
        "case_number": case.case_number,
        "authority": case.authority,
        "notice": case.notice,
        "masked": [
            {
                "what": each.what,
                "paragraph": each.paragraph,
                "confirmed": each.confirmed,
                "reason": each.reason,
            }
            for each in case.masks
        ],
        "sheets": {
            sheet.code: [
                {
                    column.code: _json(value)
                    for column, value in zip(sheet.columns, record.values, strict=True)
                }
                for record in sheet.records
            ]
            for sheet in case.sheets
        },
    }


def _json(value: Value | Withheld) -> Any:
    match value:
        case Withheld(paragraph):
            return {"masked": paragraph}
        case Decimal():
            return str(value)
        case datetime():
            return value.astimezone(STOCKHOLM).isoformat()
        case date():
            return value.isoformat()
        case _:
            return value


def _document(case: CaseFile) -> Document:
    parts: list[Part] = []
    if case.masks:
        parts.append(Heading(_("Maskat")))
        rows = tuple((each.what, _paragraph(each), each.reason) for each in case.masks)
        parts.append(Table((_("Vad"), _("Lagrum"), _("Skäl")), rows))
    else:
        parts.append(Words(_("Ingenting är maskat.")))
    for sheet in case.sheets:
        parts += [Heading(sheet.title), *_printed(sheet)]
    return Document(
        title=case.title,
        language=case.language,
        issuer=case.authority,
        made_at=case.made_at,
        lead=_("Diarienummer %(number)s. Utlämnat av %(person)s.")
        % {"number": case.case_number or figures.UNKNOWN, "person": case.made_by},
        parts=parts,
        notice=case.notice,
    )


def _printed(sheet: Sheet) -> list[Part]:
    """One row as facts, more as a table; a very long sheet is printed in part and says so."""
    if not sheet.records:
        return [Words(_("Inga rader."))]
    if len(sheet.records) == 1:
        (record,) = sheet.records
        pairs = zip(sheet.columns, record.values, strict=True)
        return [Facts(tuple((column.label, _text(value)) for column, value in pairs))]
    rows = tuple(tuple(_text(value) for value in record.values) for record in sheet.records[:MOST_PRINTED])
    table = Table(tuple(column.label for column in sheet.columns), rows)
    if len(sheet.records) <= MOST_PRINTED:
        return [table]
    told = {"shown": MOST_PRINTED, "all": len(sheet.records), "file": f"{sheet.code}.csv"}
    return [Words(_("De första %(shown)s av %(all)s rader; alla står i %(file)s.") % told), table]


def _text(value: Value | Withheld) -> str:
    match value:
        case Withheld():
            return _withheld(value)
        case None | "":
            return figures.UNKNOWN
        case Decimal():
            return figures.number(value, most=4)
        case datetime():
            return f"{value.astimezone(STOCKHOLM):%Y-%m-%d %H:%M:%S}"
        case _:
            return str(value)
