"""A paper of the house as a tagged PDF: the same for eyes, for a screen reader, and for who reads it back in thirty years.

A document is a value: what it says is laid out by ``document.typ``, which gets it as data, so that no text can become
a command. PDF/UA-1: language, title, headings, lists and table headings are tagged, and the compiler refuses what is not.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

TEMPLATE = Path(__file__).with_name("document.typ")


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` 1 stands under the title, 2 under that."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Words:
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with what they are."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """``numbers`` are the columns, from 0, that stand to the right."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()


Part: TypeAlias = Heading | Words | Facts | Table


@dataclass(frozen=True, slots=True)
class Document:
    """``language`` is ``sv`` or ``en``; ``notice`` stands first and on every page; ``made_at`` is in the file's own data.

    ``wide`` lays the sheets on their side, for a table of many columns.
    """

    title: str
    language: str
    issuer: str
    made_at: datetime
    lead: str
    parts: Sequence[Part]
    notice: str = ""
    wide: bool = False


def tagged_pdf(document: Document) -> bytes:
    """The document as PDF/UA-1. The same document gives the same bytes. Raises ValueError for one without a title."""
    if not document.title.strip():
        raise ValueError("a document without a title can't be a tagged PDF")
    import typst  # noqa: PLC0415  # 80 MB of binary: only a process that prints carries it

    told = {
        "title": document.title,
        "language": document.language,
        "issuer": document.issuer,
        "lead": document.lead,
        "notice": document.notice,
        "wide": document.wide,
        "parts": [_told(part) for part in document.parts],
    }
    made = typst.compile(
        TEMPLATE,
        sys_inputs={"document": json.dumps(told, ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=document.made_at.replace(microsecond=0),  # a PDF knows no parts of a second
        font_paths=typst.Fonts(include_system_fonts=False),
    )
    assert isinstance(made, bytes)  # noqa: S101  # narrows: one PDF was asked for
    return made


def _told(part: Part) -> dict[str, object]:
    match part:
        case Heading(text, level):
            return {"kind": "heading", "text": text, "level": level}
        case Words(text):
            return {"kind": "words", "text": text}
        case Facts(rows):
            return {"kind": "facts", "rows": rows}
        case Table(columns, rows, numbers):
            return {"kind": "table", "columns": columns, "rows": rows, "numbers": sorted(numbers)}
