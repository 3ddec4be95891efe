"""Which climate food is meant by a seller's words? A stated table of rules, no guessing: silence beats a wrong food.

A text becomes a set of base words. A rule names a food and the words that must all be there. Some words *change* what
the food is (canned, juice, breaded, cake): a text with such a word is only met by a rule that names it too. Of the
rules that fit the one with most words wins; when two such rules name different foods, the text stays unmatched.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

_WORD = re.compile(r"\d+(?:\.\d+)?%|[^\W\d_]+")
_SHORT_WORD = 3
_SIBILANT = ("ches", "shes", "sses", "xes", "zes", "oes")


class Fit(StrEnum):
    """How near the food of the factor set is to what was bought.

    *near* is four fifths of its mass, a sister of it, or the same meat cooked: the rule's note says which.
    """

    SAME = "same"
    NEAR = "near"
    NONE = "none"  # known, and not in the set


@dataclass(frozen=True, slots=True)
class FoodRule:
    """``words`` are base words that must all be in the text; ``may`` are changing words that make no difference here."""

    words: frozenset[str]
    food_key: str
    fit: Fit
    may: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    food_key: str
    fit: Fit


@dataclass(frozen=True, slots=True)
class WordBook:
    """``base_forms`` is word → base word where plain plural rules don't reach; '' drops a word that says nothing.

    ``changing`` are the base words that make another food of what they stand beside; ``states`` are those of them that
    tell in which state it is sold (frozen, canned, dried, cooked).
    """

    base_forms: Mapping[str, str]
    changing: frozenset[str]
    states: frozenset[str] = frozenset()


def base_word(word: str, *, book: WordBook) -> str:
    """The singular, or what the book says: potatoes → potato, berries → berry, chkn → chicken."""
    if word in book.base_forms:
        return book.base_forms[word]
    singular = _singular(word)
    return book.base_forms.get(singular, singular)


def _singular(word: str) -> str:
    if len(word) <= _SHORT_WORD or word.endswith(("ss", "us", "is", "%")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(_SIBILANT):
        return word[:-2]
    return word.removesuffix("s")


def base_words(text: str, *, book: WordBook) -> tuple[str, ...]:
    """Base words in the text's order, without case, accents, figures and signs (a share such as 1% is a word)."""
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign)
    )
    bases = (base_word(word, book=book) for word in _WORD.findall(plain))
    return tuple(word for base in bases for word in base.split())


class FoodNames:
    """The table of rules, ready to be asked. It holds no state but the table."""

    def __init__(self, rules: Iterable[FoodRule], *, book: WordBook) -> None:
        self._book = book
        by_word: defaultdict[str, list[FoodRule]] = defaultdict(list)
        for rule in rules:
            by_word[min(rule.words)].append(rule)
        self._by_word: Mapping[str, Sequence[FoodRule]] = by_word

    def food_of(self, text: str, *, beside: str = "") -> Match | None:
        """The food that the text names, or None: no rule fits, or rules of equal weight disagree.

        The part before the first comma says what a thing is ("muffin, sweet potato"): a rule must name a word of it.
        ``beside`` is another text on the same goods; only a state is taken from it ("green bean" beside "#10 canned").
        """
        states = self._book.states.intersection(base_words(beside, book=self._book))
        words = states.union(base_words(text, book=self._book))
        head = frozenset(base_words(text.partition(",")[0], book=self._book)) or words
        changing = words & self._book.changing
        fitting = [
            rule
            for word in words
            for rule in self._by_word.get(word, ())
            if rule.words <= words and rule.words & head and changing <= rule.words | rule.may
        ]
        if not fitting:
            return None
        most = max(len(rule.words) for rule in fitting)
        best = {rule.food_key: rule.fit for rule in fitting if len(rule.words) == most}
        if len(best) > 1:
            return None
        food_key, fit = best.popitem()
        return None if fit is Fit.NONE else Match(food_key, fit)
