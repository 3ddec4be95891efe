"""Sorting as Swedes do: …, x, y, z, å, ä, ö. The database has no Swedish collation, so the key is stored."""

import unicodedata

from django.db.models import CharField, F, Func, Value
from django.db.models.functions import Collate, Lower

_AFTER_Z = {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"}  # the three signs that follow z in ASCII


def swedish_key(text: str) -> str:
    """A key that sorts by plain byte order: å, ä, ö after z; é as e; case and outer spaces do not count."""
    letters = []
    for letter in unicodedata.normalize("NFC", text.strip().casefold()):
        if letter in _AFTER_Z:
            letters.append(_AFTER_Z[letter])
        else:
            bare = unicodedata.normalize("NFD", letter)
            letters.append("".join(sign for sign in bare if not unicodedata.combining(sign)))
    return "".join(letters)


# Letters with a sign over them, as names here have them; the key above knows all.
_SIGNED = "åäæöøéèêëáàâãüûúùóòôõíìîïñç"
_AS_KEYED = "".join(swedish_key(letter) for letter in _SIGNED)


def in_swedish(field: str) -> Collate:
    """What to order by where a name keeps no key of its own: the same order, made by the database row by row."""
    signed = Value(_SIGNED + _SIGNED.upper()), Value(_AS_KEYED * 2)
    return Collate(Func(Lower(F(field)), *signed, function="translate", output_field=CharField()), "C")
