"""The stated tables of food names, one pair a language: ``food_names_xx.csv`` and ``food_words_xx.csv``.

food_names: words that must be there, words that may be, food_key, fit (same, near), note. food_words: word, kind (base: read as
``base``; changes: makes another food; state: changes it and may stand in another text on the same goods).
"""

import csv
from functools import cache

from orders.interchange.purchase_mapping import SHIPPED, MappingUnreadable
from orders.rules.food_names import Fit, FoodNames, FoodRule, WordBook, base_words


@cache
def food_names(language: str) -> FoodNames:
    """The table of that language, read once. Raises MappingUnreadable when there is none."""
    book = word_book(language)
    return FoodNames(food_rules(language, book=book), book=book)


def food_rules(language: str, *, book: WordBook) -> tuple[FoodRule, ...]:
    return tuple(
        FoodRule(
            words=frozenset(base_words(row["words"], book=book)),
            food_key=row["food_key"],
            fit=Fit(row["fit"]),
            may=frozenset(base_words(row["may"], book=book)),
        )
        for row in _rows(f"food_names_{language}.csv")
    )


def word_book(language: str) -> WordBook:
    rows = _rows(f"food_words_{language}.csv")
    base_forms = {row["word"]: row["base"] for row in rows if row["kind"] == "base"}
    plain = WordBook(base_forms, frozenset())

    def of_kind(kind: str) -> frozenset[str]:
        told = (base_words(row["word"], book=plain) for row in rows if row["kind"] == kind)
        return frozenset(word for words in told for word in words)

    states = of_kind("state")
    return WordBook(base_forms, changing=of_kind("changes") | states, states=states)


def _rows(name: str) -> list[dict[str, str]]:
    path = SHIPPED / name
    if not path.exists():
        raise MappingUnreadable(f"there is no table of food names called {name}")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
