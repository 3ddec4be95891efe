"""Text tables as streams: which encoding a file is in, and its rows of cells with the line where each begins.

The file is read as a stream: nothing is kept beside the row in hand.
"""

import codecs
import csv
import hashlib
import io
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as TableOf
from dataclasses import dataclass
from typing import BinaryIO


class FileUnreadable(ValueError):  # noqa: N818  # named for what a person is told
    """No row of the file can be read. ``why`` is a sentence a language."""

    def __init__(self, *, sv: str, en: str) -> None:
        super().__init__(en)
        self.why: TableOf[str, str] = {"sv": sv, "en": en}


@dataclass(frozen=True, slots=True)
class Survey:
    """What one look through the whole file tells before a row is read."""

    sha256: str
    encoding: str
    line_end: str


def survey(file: BinaryIO, *, encoding: str = "auto") -> Survey:
    """Digest, encoding and line ends, in one pass. 'auto' is UTF-8 or UTF-16 by its mark, else UTF-8, else cp1252."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8, has_newline, has_return, begins = True, False, False, b""
    file.seek(0)
    while chunk := file.read(1 << 18):
        begins = begins or chunk[:4]
        digest.update(chunk)
        has_newline |= b"\n" in chunk
        has_return |= b"\r" in chunk
        is_utf8 = is_utf8 and _decodes(decoder, chunk)
    is_utf8 = is_utf8 and _decodes(decoder, b"", final=True)
    if encoding == "auto":
        encoding = _marked(begins) or ("utf-8" if is_utf8 else "cp1252")
    return Survey(digest.hexdigest(), encoding, "\r" if has_return and not has_newline else "\n")


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _marked(begins: bytes) -> str | None:
    if begins.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    return "utf-16" if begins.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else None


@dataclass(frozen=True, slots=True)
class Record:
    """Cells of a row, or the bare text where the quotation marks don't add up."""

    line: int
    last_line: int
    cells: list[str]
    broken: bool = False


def records_of(text: io.TextIOWrapper, *, delimiter: str) -> Iterator[Record]:
    """Rows of cells with the line where each begins (a cell may hold line breaks). Empty rows are passed over."""
    pending: list[str] = []
    reader = csv.reader(_remembering(text, pending), delimiter=delimiter, strict=True)
    try:
        while True:
            pending.clear()
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except csv.Error:
                yield Record(line, max(reader.line_num, line), ["".join(pending)], broken=True)
                continue
            if any(cell.strip() for cell in cells):
                yield Record(line, reader.line_num, cells)
    except StopIteration:
        return
    except UnicodeError as error:
        raise FileUnreadable(
            sv=f"nära rad {line} finns ett tecken som inte hör till teckenkodningen {text.encoding}",
            en=f"near line {line} stands a sign that is not of the encoding {text.encoding}",
        ) from error
    finally:
        if not text.closed:
            text.detach()  # the caller opened the file and closes it


def _remembering(lines: Iterable[str], pending: list[str]) -> Iterator[str]:
    """The lines, each also put into ``pending``: a row that can't be told apart is kept as it stands."""
    for line in lines:
        pending.append(line)
        yield line
