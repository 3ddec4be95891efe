"""Translations made ready: each .po file compiled to the .mo beside it, which Django reads.

Django's own command calls msgfmt, which a machine without gettext has not; the format is small enough.
`python -m deploy.local.messages` does it by hand, for a place that is not opened by ./start.
"""

import ast
import re
import struct
from collections.abc import Iterator
from pathlib import Path

from deploy.local.places import APPS, ROOT, Fault

MAGIC = 0x950412DE
FIELD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])?\s+(".*")$')


def compile_all(root: Path = ROOT) -> list[Path]:
    """Compile what is newer than its .mo; the files that were written."""
    written = []
    for source in sorted(path for app in APPS for path in (root / app).glob("**/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
            fresh = target.with_suffix(f".{source.stat().st_ino}.new")
            fresh.write_bytes(compiled(source.read_text(encoding="utf-8"), name=str(source)))
            fresh.replace(target)
            written.append(target)
    return written


def compiled(text: str, *, name: str) -> bytes:
    """A .mo file: both texts of every translated entry, sorted, behind two tables of lengths and offsets."""
    texts = {key: value for key, value in _entries(text, name=name) if value.strip("\0")}
    pairs = sorted((key.encode(), value.encode()) for key, value in texts.items())
    start = 7 * 4 + 2 * 8 * len(pairs)
    tables, body = [b"", b""], b""
    for column in (0, 1):
        for pair in pairs:
            tables[column] += struct.pack("<II", len(pair[column]), start + len(body))
            body += pair[column] + b"\0"
    head = struct.pack("<7I", MAGIC, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    return head + tables[0] + tables[1] + body


def _entries(text: str, *, name: str) -> Iterator[tuple[str, str]]:
    """Key and text of each entry as a .mo has them; those marked fuzzy or obsolete are left out."""
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        lines = [line for line in block.splitlines() if line.strip() and not line.startswith("#")]
        fuzzy = any(line.startswith("#,") and "fuzzy" in line for line in block.splitlines())
        fields = _fields(lines, name=name)
        key = fields.get("msgid", "")
        if not fields or (fuzzy and key):  # the head counts even where it is marked
            continue
        if "msgid_plural" in fields:
            key += "\0" + fields["msgid_plural"]
        if "msgctxt" in fields:
            key = f"{fields['msgctxt']}\4{key}"
        forms = [value for field, value in sorted(fields.items()) if field.startswith("msgstr")]
        yield key, "\0".join(forms)


def _fields(lines: list[str], *, name: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    current = ""
    for line in lines:
        if found := FIELD.match(line.strip()):
            current = found[1] + (f"[{found[2]}]" if found[2] else "")
            if current in fields:
                raise Fault(f"{name}: two entries without an empty line between them, at {line.strip()}")
            fields[current] = ast.literal_eval(found[3])
        elif current and line.strip().startswith('"'):
            fields[current] += ast.literal_eval(line.strip())
        else:
            raise Fault(f"{name}: not a line of a .po file: {line.strip()}")
    return fields


if __name__ == "__main__":
    print("\n".join(map(str, compile_all())))
