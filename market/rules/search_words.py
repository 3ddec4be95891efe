"""Words that a search compares: Swedish food names by their base forms, forgiving of dots, endings and one letter.

A stemmer for running text fails here (its "morot" and "morötter" never meet). Two plain facts of the language do
better: without its dots an umlaut plural is a regular one (morotter, rotter, gass), and a food word in any of its
forms comes down to the same few letters when the endings are taken off until none is left. The base form is a key
and no word: "rödbetor" and "rödbeta" both become ``rodbet``.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

SHORTEST = 3  # letters that an ending leaves behind
SHORTEST_WITH_A_FAULT = 4  # letters of a word in which one may be wrong
LONGEST_WITHOUT_ENGLISH = 4  # "majs" and "lins" end in s and are no plurals
_ENDINGS = ("orna", "arna", "erna", "ena", "or", "ar", "er", "en", "et", "an", "a", "e")
_AFTER_A_VOWEL_FELL_OUT = ("kr", "dr", "tr", "tn")  # sockret, vattnet
_VOWELS = frozenset("aeiouy")
_WORD = re.compile(r"[a-z0-9]+")
_SAY_NOTHING = frozenset(
    ["och", "eller", "med", "av", "i", "till", "for", "and", "or", "with", "of", "in", "for"]
)
_LETTERS = str.maketrans({"æ": "a", "ø": "o", "ß": "ss"})
MARKS = {
    "ekologisk": "organic",
    "eko": "organic",
    "organic": "organic",
    "krav": "krav",
    "kravmarkt": "krav",
    "msc": "msc",
}


class Likeness(IntEnum):
    """How a stored word answers a sought one, the better the larger."""

    NONE = 0
    NEAR = 1
    BEGINS = 2
    HEAD = 3
    SAME_BASE = 4
    SAME = 5


@dataclass(frozen=True, slots=True)
class SoughtWord:
    """A word as it was typed, without case and dots, and what it comes down to. ``mark`` where it names one."""

    raw: str
    base: str
    mark: str | None = None


def bare(text: str) -> str:
    """Lower case, without dots, rings and accents: å and ä as a, ö as o, é as e."""
    folded = unicodedata.normalize("NFD", text.casefold().translate(_LETTERS))
    return "".join(sign for sign in folded if not unicodedata.combining(sign))


def base_form(word: str) -> str:
    """What all forms of a word come down to: no endings, no double consonant at the end, English plurals as well."""
    form = _english(bare(word))
    while (shorter := _shortened(form)) != form:
        form = shorter
    return form


def _english(word: str) -> str:
    if len(word) <= LONGEST_WITHOUT_ENGLISH or word.endswith(("ss", "is", "us", "as")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("oes"):
        return word[:-2]
    return word.removesuffix("s")


def _shortened(form: str) -> str:
    for ending in _ENDINGS:
        if form.endswith(ending) and len(form) - len(ending) >= SHORTEST:
            return form[: -len(ending)]
    if len(form) <= SHORTEST:
        return form
    if form[-1] == form[-2] and form[-1] not in _VOWELS:
        return form[:-1]
    if form.endswith("iskt") or form.endswith(_AFTER_A_VOWEL_FELL_OUT):
        return form[:-1]
    if form.endswith("el") and form[-3] not in _VOWELS:
        return form[:-2] + "l"  # mandel, mandlar
    return form


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text without case and dots, as they stand; those that say nothing are left out."""
    return tuple(word for word in _WORD.findall(bare(text)) if word not in _SAY_NOTHING)


def search_text(names: Iterable[str]) -> str:
    """What is stored of a product's names: each word, its base form, and two words that stand as one elsewhere.

    "Gul lök" is found by "gullök" too. The words come once each, in their order.
    """
    kept: dict[str, None] = {}
    for name in names:
        words = words_of(name)
        together = ["".join(words)] if len(words) == 2 else []  # noqa: PLR2004  # a pair
        for word in (*words, *together):
            kept |= dict.fromkeys((word, base_form(word)))
    return " ".join(kept)


def sought_words(text: str) -> tuple[SoughtWord, ...]:
    """What a person looks for, word by word."""
    return tuple(_sought(word) for word in words_of(text))


def as_one(words: Iterable[SoughtWord]) -> SoughtWord:
    """The words written together: "röd lök" means "rödlök" where no goods has both."""
    return _sought("".join(word.raw for word in words))


def _sought(word: str) -> SoughtWord:
    base = base_form(word)
    return SoughtWord(raw=word, base=base, mark=MARKS.get(word) or MARKS.get(base))


def likeness(sought: SoughtWord, stored: str) -> Likeness:
    """How like a stored word (see ``search_text``) is to the sought one.

    ``HEAD``: the stored word is a compound of it ("lök", "purjolök"), at least three letters before it, so that
    "ris" is not found in "gris".
    """
    if stored == sought.raw:
        return Likeness.SAME
    if stored == sought.base:
        return Likeness.SAME_BASE
    for form in (sought.raw, sought.base):
        if stored.endswith(form) and len(form) >= SHORTEST and len(stored) - len(form) >= SHORTEST:
            return Likeness.HEAD
    if stored.startswith((sought.raw, sought.base)):
        return Likeness.BEGINS
    return Likeness.NONE


def is_near(sought: SoughtWord, stored: str) -> bool:
    """Whether one wrong, missing, added or swapped letter parts them. Asked only where nothing is like."""
    return any(
        min(len(form), len(stored)) >= SHORTEST_WITH_A_FAULT and one_letter_off(form, stored)
        for form in (sought.raw, sought.base)
    )


def one_letter_off(one: str, other: str) -> bool:
    """One letter changed, added, left out, or two neighbours swapped; not the same word."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, others = one[start:], other[start:]
    return (
        rest[1:] == others[1:]
        or rest[1:] == others
        or rest == others[1:]
        or (rest[:2] == others[:2][::-1] and rest[2:] == others[2:])
    )


class Vocabulary:
    """Stored words as one text: the few that can answer are found without asking each."""

    __slots__ = ("_text",)

    def __init__(self, words: Iterable[str]) -> None:
        self._text = "\n".join(["", *words, ""])

    def holding(self, part: str) -> Iterator[str]:
        return self._around(part)

    def beginning(self, part: str) -> Iterator[str]:
        return self._around("\n" + part)

    def ending(self, part: str) -> Iterator[str]:
        return self._around(part + "\n")

    def _around(self, part: str) -> Iterator[str]:
        at = self._text.find(part)
        while at >= 0:
            end = self._text.index("\n", at + len(part) - 1)
            yield self._text[self._text.rindex("\n", 0, at + 1) + 1 : end]
            at = self._text.find(part, end)


def best_of(sought: SoughtWord, vocabulary: Vocabulary) -> dict[str, Likeness]:
    """The words of a vocabulary that answer, with how well.

    The beginning of a longer word counts for a word of three letters only where no goods is called so ("kål" is no
    beginning of "kalv" where there is cabbage). A wrong letter is forgiven where nothing else answers.
    """
    may = dict.fromkeys((*vocabulary.holding(sought.raw), *vocabulary.holding(sought.base)))
    found = {word: level for word in may if (level := likeness(sought, word))}
    if len(sought.raw) <= SHORTEST and any(level >= Likeness.HEAD for level in found.values()):
        return {word: level for word, level in found.items() if level >= Likeness.HEAD}
    return found or {
        word: Likeness.NEAR for word in _may_be_near(sought, vocabulary) if is_near(sought, word)
    }


def _may_be_near(sought: SoughtWord, vocabulary: Vocabulary) -> dict[str, None]:
    """One wrong letter leaves the first half of a word as it is, but for its last letter, or the second half."""
    words: dict[str, None] = {}
    for form in (sought.raw, sought.base):
        if len(form) >= SHORTEST_WITH_A_FAULT:
            half = len(form) // 2
            words |= dict.fromkeys(vocabulary.beginning(form[: half - 1]))
            words |= dict.fromkeys(vocabulary.ending(form[half:]))
    return words
