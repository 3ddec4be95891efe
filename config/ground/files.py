"""Files that people hand in: what they are is read from their bytes, and only who may read the shelf gets them.

An app says who may read its shelf in its ``shelves.py``:

    @shelf("certificate")
    def may_read_certificate(user: User | AnonymousUser, certificate_id: int) -> bool: ...
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser

from config.ground.file_types import FileType, type_of
from config.ground.models import StoredFile, User
from config.ground.refusals import FileRefused, NotFound
from config.ground.trail import Actor, acting

MOST_BYTES = 10 * 1024 * 1024
LONGEST_STEM = 120

MayRead = Callable[[User | AnonymousUser, int], bool]
_shelves: dict[str, MayRead] = {}


def shelf(name: str) -> Callable[[MayRead], MayRead]:
    """Registers who may read the files of this shelf."""

    def register(may_read: MayRead) -> MayRead:
        if name in _shelves:
            raise ValueError(f"two rules say who may read the shelf {name}")
        _shelves[name] = may_read
        return may_read

    return register


def store_file(*, name: str, content: bytes, shelf: str, shelf_id: int, by: Actor) -> StoredFile:
    """Keep a file on a shelf. Raises FileRefused (422), and LookupError for a shelf that no app has."""
    if shelf not in _shelves:
        raise LookupError(f"no app has a shelf {shelf!r}")
    stem, suffix = split_name(name)
    if not content:
        raise FileRefused(name=stem + suffix, why_sv="den är tom", why_en="it is empty")
    if len(content) > MOST_BYTES:
        raise FileRefused(
            name=stem + suffix, why_sv="den är större än 10 MB", why_en="it is larger than 10 MB"
        )
    found = type_of(content, name=stem + suffix)
    with acting(by):
        return StoredFile.objects.create(
            sha256=hashlib.sha256(content).hexdigest(),
            name=stem + _suffix_for(found, suffix, name=stem + suffix),
            content_type=found.content_type_of(suffix),
            size=len(content),
            content=content,
            shelf=shelf,
            shelf_id=shelf_id,
            uploaded_by_id=by.user_id,
        )


def open_file(*, user: User | AnonymousUser, pk: int) -> StoredFile:
    """The file, for one who may read its shelf. Raises NotFound for all others, as for a file that never was."""
    file = StoredFile.objects.filter(pk=pk).first()
    may_read = _shelves.get(file.shelf) if file else None
    if file is None or may_read is None or not may_read(user, file.shelf_id):
        raise NotFound
    return file


def split_name(name: str) -> tuple[str, str]:
    """Stem and lower-case suffix of the last part of a path, without signs that a file system or a reader trips on."""
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    # Control and formatting signs go: among them those that turn the reading direction to hide a suffix.
    plain = "".join(sign for sign in base if unicodedata.category(sign)[0] != "C")
    plain = re.sub(r'[<>:"|?*]', "_", plain).strip(" .")
    stem, dot, suffix = plain.rpartition(".")
    if not dot or not stem or not re.fullmatch(r"[A-Za-z0-9]{1,8}", suffix):
        return (plain[:LONGEST_STEM] or "fil"), ""
    return (stem.strip(" .")[:LONGEST_STEM] or "fil"), f".{suffix.lower()}"


def _suffix_for(found: FileType, suffix: str, *, name: str) -> str:
    """The name must not promise another type than the bytes are; a name that promises nothing gets its type's."""
    if suffix and suffix not in found.suffixes:
        raise FileRefused(
            name=name,
            why_sv=f"innehållet är {found.sv}, inte vad namnet säger",
            why_en=f"its content is {found.en}, not what the name says",
        )
    return suffix or found.suffixes[0]
