"""What a file is, told from its bytes alone."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from config.ground.refusals import FileRefused

MOST_MEMBERS = 2_000
MOST_UNPACKED = 100 * 1024 * 1024
CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileType:
    """``suffixes`` are what a name may end in, the usual one first; ``sv`` and ``en`` are its words."""

    content_type: str
    suffixes: tuple[str, ...]
    sv: str
    en: str
    by_suffix: Mapping[str, str] = field(default_factory=dict)

    def content_type_of(self, suffix: str) -> str:
        return self.by_suffix.get(suffix, self.content_type)


PDF = FileType("application/pdf", (".pdf",), "en PDF", "a PDF")
PNG = FileType("image/png", (".png",), "en PNG-bild", "a PNG picture")
JPEG = FileType("image/jpeg", (".jpg", ".jpeg"), "en JPEG-bild", "a JPEG picture")
WEBP = FileType("image/webp", (".webp",), "en WebP-bild", "a WebP picture")
XLSX = FileType(
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    (".xlsx",),
    "en Excelfil",
    "an Excel file",
)
WORKBOOK_MEMBERS = {"[Content_Types].xml", "xl/workbook.xml"}
NO_TEXT = frozenset(range(32)) - frozenset(b"\t\n\r\f")  # control signs that no text file has


def type_of(content: bytes, *, name: str) -> FileType:
    """Raises FileRefused for what is none of the types, or is a workbook that unpacks to too much."""
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    if content.startswith(b"PK\x03\x04"):
        _check_workbook(content, name=name)
        return XLSX
    if charset := _charset(content):
        return _text(charset)
    raise _refused(
        name, "den är varken PDF, bild, text eller Excel", "it is no PDF, picture, text or Excel file"
    )


def _text(charset: str) -> FileType:
    return FileType(
        f"text/plain; charset={charset}",
        (".txt", ".csv", ".tsv"),
        "ren text",
        "plain text",
        by_suffix={
            ".csv": f"text/csv; charset={charset}",
            ".tsv": f"text/tab-separated-values; charset={charset}",
        },
    )


def _charset(content: bytes) -> str | None:
    """UTF-8, or the Windows table that older ledgers export in. None when it is no text in either."""
    if NO_TEXT.intersection(content):
        return None
    for charset in ("utf-8", "windows-1252"):
        try:
            content.decode(charset)
        except UnicodeDecodeError:
            continue
        return charset
    return None


def _check_workbook(content: bytes, *, name: str) -> None:
    """A zip with a workbook's members, without macros, that unpacks to what it says and to no more than we take."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _check_members(members, size=len(content), name=name)
            _unpack(archive, members, name=name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _refused(name, "den går inte att packa upp", "it can't be unpacked") from error


def _check_members(members: list[zipfile.ZipInfo], *, size: int, name: str) -> None:
    names = {member.filename for member in members}
    if not names >= WORKBOOK_MEMBERS:
        raise _refused(name, "den är en zipfil men ingen Excelfil", "it is a zip but no Excel file")
    if any(member.endswith("vbaProject.bin") for member in names):
        raise _refused(name, "den innehåller makron", "it contains macros")
    too_many = len(members) > MOST_MEMBERS or len(names) < len(members)
    overlapping = sum(member.compress_size for member in members) > size
    if too_many or overlapping or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise _unpacks_to_too_much(name)


def _unpack(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], *, name: str) -> None:
    """The sizes in a zip's list may lie: unpack and count. Reading to the end also checks each member's sum."""
    unpacked = 0
    for member in members:
        with archive.open(member) as opened:
            while chunk := opened.read(CHUNK):
                unpacked += len(chunk)
                if unpacked > MOST_UNPACKED:
                    raise _unpacks_to_too_much(name)


def _unpacks_to_too_much(name: str) -> FileRefused:
    return _refused(name, "den packar upp sig till för mycket", "it unpacks to too much")


def _refused(name: str, why_sv: str, why_en: str) -> FileRefused:
    return FileRefused(name=name, why_sv=why_sv, why_en=why_en)
