"""Narrowing a day's range by words and filters, and counting what each filter would leave.

A value's count is what one would see after choosing it: all other filters hold, its own kind's choice does not.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Any

from market.queries.day_range import FEW, DayRange, flags_of, places_of
from market.rules.search_words import Likeness, SoughtWord, as_one, best_of, sought_words

REMEMBERED = 16
A_SET_S_WORTH = 4  # entries that are gone through in the time that one set is counted


@dataclass(frozen=True, slots=True)
class Sought:
    """What a person looks for: words (forgiving of spelling) and the filters beside them, a page."""

    words: str = ""
    category_id: int | None = None
    supplier_id: int | None = None
    mark: str = ""
    temperature: str = ""
    in_season: bool = False
    page: int = 1

    @property
    def is_anything(self) -> bool:
        """Whether anything narrows the range."""
        return self != replace(Sought(), page=self.page)

    @property
    def filters_more(self) -> bool:
        """Whether one of the filters that stand aside is chosen."""
        return bool(self.supplier_id or self.mark or self.temperature or self.in_season)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a person may filter by, and how many rows it would leave."""

    value: Any
    name: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facets:
    """``mark`` and ``temperature`` hold codes in the place of names: the page words them."""

    category: tuple[Choice, ...]
    supplier: tuple[Choice, ...]
    mark: tuple[Choice, ...]
    temperature: tuple[Choice, ...]
    in_season: Choice


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Sets of the range's entries: what answers the words, and what each kind of filter lets through.

    ``levels`` are the answers by how good they are; empty where no words were sought.
    """

    sought: Sought
    answering: int
    levels: tuple[tuple[int, int], ...]
    lets_through: Mapping[str, int]

    @property
    def all(self) -> int:
        return self.but("")

    def but(self, kind: str) -> int:
        """What all filters let through, that of ``kind`` left aside."""
        found = self.answering
        for each, let_through in self.lets_through.items():
            if each != kind:
                found &= let_through
        return found


@dataclass(frozen=True, slots=True)
class Find:
    """``places`` of the range's entries in page order, with what each filter would leave."""

    places: tuple[int, ...]
    facets: Facets


def find(goods: DayRange, sought: Sought, *, left_out: Sequence[int], english: bool) -> Find:
    """What is sought, whatever the page. The range remembers a few: everybody's first page, and who turns pages."""
    key = (replace(sought, page=1), tuple(sorted(left_out)), english)
    kept: Find | None = goods.finds.get(key)
    if kept is not None:
        return kept
    found = narrowed(goods, sought, left_out=left_out)
    made = Find(
        places=tuple(in_page_order(goods, found, english=english)),
        facets=facets_of(goods, found, english=english),
    )
    if len(goods.finds) >= REMEMBERED:
        goods.finds.clear()
    goods.finds[key] = made
    return made


def narrowed(goods: DayRange, sought: Sought, *, left_out: Sequence[int]) -> Narrowed:
    """What is left of the range. Words find also what may not be ordered; without any, only what may."""
    kept = goods.without(left_out)
    levels = _answers(goods, sought.words)
    answering = goods.orderable if levels is None else _union(found for _level, found in levels)
    every = goods.everything

    def chosen(by: Mapping[Any, int], value: Any) -> int:
        return by.get(value, 0) if value else every

    return Narrowed(
        sought=sought,
        answering=answering & kept,
        levels=tuple(levels or ()),
        lets_through={
            "category": chosen(goods.by_category, sought.category_id),
            "supplier": chosen(goods.by_supplier, sought.supplier_id),
            "mark": chosen(goods.by_mark, sought.mark),
            "temperature": chosen(goods.by_temperature, sought.temperature),
            "in_season": goods.in_season if sought.in_season else every,
        },
    )


def in_page_order(goods: DayRange, found: Narrowed, *, english: bool) -> list[int]:
    """The places of what was found: the best answers first, then by heading and name."""
    left = found.all
    groups = [left]
    if found.levels:
        groups = [
            group
            for _level, answers in found.levels
            for group in (answers & left & goods.orderable, answers & left & ~goods.orderable)
            if group
        ]
    return [place for group in groups for place in _by_rank(goods, group, english=english)]


def _by_rank(goods: DayRange, group: int, *, english: bool) -> list[int]:
    many = len(goods.entries)
    if group.bit_count() * FEW < many:
        return sorted(places_of(group, of=many), key=goods.ranks(english=english).__getitem__)
    order = goods.in_order(english=english)
    return list(compress(order, map(flags_of(group, of=many).__getitem__, order)))


def facets_of(goods: DayRange, found: Narrowed, *, english: bool) -> Facets:
    sought = found.sought
    headings = goods.categories(english=english)
    return Facets(
        category=_choices(goods.by_category, found, "category", headings, sought.category_id),
        supplier=_choices(
            goods.by_supplier, found, "supplier", goods.suppliers, sought.supplier_id, at=goods.supplier_at
        ),
        mark=_choices(goods.by_mark, found, "mark", _codes(goods.by_mark), sought.mark),
        temperature=_choices(
            goods.by_temperature, found, "temperature", _codes(goods.by_temperature), sought.temperature
        ),
        in_season=Choice(
            value=True,
            name="",
            count=(found.but("in_season") & goods.in_season).bit_count(),
            chosen=sought.in_season,
        ),
    )


def _codes(by: Mapping[str, int]) -> dict[str, str]:
    return {code: code for code in by}


def _choices(
    by: Mapping[Any, int],
    found: Narrowed,
    kind: str,
    names: Mapping[Any, str],
    chosen: Any,
    *,
    at: Sequence[Any] = (),
) -> tuple[Choice, ...]:
    """In the order of ``names``. ``at`` tells each entry's one value, where it has no more than one."""
    counts = _counts(by, found.but(kind), at=at)
    return tuple(
        Choice(value=value, name=name, count=count, chosen=value == chosen)
        for value, name in names.items()
        if (count := counts.get(value, 0)) or value == chosen
    )


def _counts(by: Mapping[Any, int], left: int, *, at: Sequence[Any]) -> Mapping[Any, int]:
    """How many of ``left`` each value has; of few entries and many values the entries are gone through."""
    if left.bit_count() < len(by) * A_SET_S_WORTH and at:
        return Counter(at[place] for place in places_of(left, of=len(at)))
    return {value: (members & left).bit_count() for value, members in by.items()}


def _answers(goods: DayRange, text: str) -> list[tuple[int, int]] | None:
    """The entries that have an answer to every word, by the sum of how good the answers are; None without words."""
    words = sought_words(text)
    if not words:
        return [] if text.strip() else None
    levels = [_of_word(goods, word) for word in words]
    found = _all_of(levels)
    if not found and len(words) > 1:
        found = _all_of([_of_word(goods, as_one(words))])
    return sorted(found.items(), reverse=True)


def _of_word(goods: DayRange, word: SoughtWord) -> dict[int, int]:
    """By level the entries whose best answer is of that level."""
    found: dict[int, int] = {}
    level: int
    for stored, level in best_of(word, goods.vocabulary).items():
        found[level] = found.get(level, 0) | goods.by_word[stored]
    if word.mark and word.mark in goods.by_mark:
        found[Likeness.SAME] = found.get(Likeness.SAME, 0) | goods.by_mark[word.mark]
    best: dict[int, int] = {}
    taken = 0
    for level in sorted(found, reverse=True):
        best[level] = found[level] & ~taken
        taken |= found[level]
    return best


def _all_of(words: Sequence[Mapping[int, int]]) -> dict[int, int]:
    """By the sum of levels the entries that answer every word."""
    sums: dict[int, int] = dict(words[0])
    for levels in words[1:]:
        more: dict[int, int] = {}
        for total, members in sums.items():
            for level, others in levels.items():
                if both := members & others:
                    more[total + level] = more.get(total + level, 0) | both
        sums = more
    return {total: members for total, members in sums.items() if members}


def _union(sets: Any) -> int:
    found = 0
    for each in sets:
        found |= each
    return found
