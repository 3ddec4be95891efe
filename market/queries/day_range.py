"""The range of a delivery day: all that an authority's agreements hold, with the farm that the terms choose first.

One statement reads it for a whole hub and day; it is kept in this process for as long as nothing that it is made of
has changed (the trail's newest entry of those tables says so), for a minute at most. What a page shows of its rows is
judged anew every time (``market.queries.judging``): the range only says which rows there are and what may be counted.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import compress
from threading import Lock
from typing import Any

from django.db import connection, transaction

from config.ground.planned import planned_rows
from config.ground.sorting import swedish_key
from market.queries.day_range_sql import AS_BEFORE, NEWEST, PLANNED, RANGE
from market.rules.quantities import BaseUnit
from market.rules.search_words import Vocabulary

KEPT_FOR = timedelta(seconds=60)
BORNE_FOR = 2 * KEPT_FOR  # while somebody else reads it anew
KEPT_AT_ONCE = 24
# A range that took long to read serves for ten times as long: many farms that post at once don't stop the kitchens.
WORTH_SPARING_SECONDS = 0.1
SPARED = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """A product of the range. ``supplier_id`` None: nothing of it may be ordered for the day.

    ``marks``, ``temperatures`` and ``origins`` are those of the chosen farm's packs.
    """

    product_id: int
    name_sv: str
    name_en: str
    sort_key: str
    unit: BaseUnit
    category_id: int
    category_sv: str
    category_en: str
    words: tuple[str, ...]
    in_season: bool
    supplier_id: int | None
    supplier: str
    marks: tuple[str, ...]
    temperatures: tuple[str, ...]

    def name(self, *, english: bool) -> str:
        return self.name_en if english else self.name_sv

    def category(self, *, english: bool) -> str:
        return self.category_en if english else self.category_sv


@dataclass(frozen=True, slots=True)
class Asked:
    authority_id: int
    hub_id: int
    day: date


@dataclass(frozen=True)
class DayRange:
    """The entries of a day. Sets of entries are whole numbers with one bit an entry: counting costs nothing."""

    entries: tuple[Entry, ...]
    stamp: int
    read_at: datetime
    seconds: float
    spare_until: float
    places: dict[int, int] = field(default_factory=dict)

    @cached_property
    def orderable(self) -> int:
        return self._where(lambda entry: entry.supplier_id is not None)

    @cached_property
    def by_category(self) -> dict[int, int]:
        return self._by(lambda entry: (entry.category_id,))

    @cached_property
    def by_supplier(self) -> dict[int, int]:
        return self._by(lambda entry: () if entry.supplier_id is None else (entry.supplier_id,))

    @cached_property
    def supplier_at(self) -> tuple[int | None, ...]:
        """The chosen farm of each entry."""
        return tuple(entry.supplier_id for entry in self.entries)

    @cached_property
    def by_mark(self) -> dict[str, int]:
        return self._by(lambda entry: entry.marks)

    @cached_property
    def by_temperature(self) -> dict[str, int]:
        return self._by(lambda entry: entry.temperatures)

    @cached_property
    def in_season(self) -> int:
        return self._where(lambda entry: entry.in_season)

    @cached_property
    def by_word(self) -> dict[str, int]:
        return self._by(lambda entry: entry.words)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(self.by_word)

    @cached_property
    def suppliers(self) -> dict[int, str]:
        """By name as Swedes sort."""
        return _by_name({e.supplier_id: e.supplier for e in self.entries if e.supplier_id is not None})

    def categories(self, *, english: bool) -> dict[int, str]:
        """By name as Swedes sort."""
        if english not in self._categories:
            self._categories[english] = _by_name(
                {entry.category_id: entry.category(english=english) for entry in self.entries}
            )
        return self._categories[english]

    @cached_property
    def _categories(self) -> dict[bool, dict[int, str]]:
        return {}

    @cached_property
    def finds(self) -> dict[Any, Any]:
        """What was sought in this range, of ``market.queries.facets``."""
        return {}

    @cached_property
    def _orders(self) -> dict[bool, tuple[int, ...]]:
        return {}

    def in_order(self, *, english: bool) -> tuple[int, ...]:
        """The places of the entries by heading and name, as a Swede or an Englishman sorts."""
        if english not in self._orders:
            headings = {entry.category(english=english) for entry in self.entries}
            keys = {heading: swedish_key(heading) for heading in headings}

            def key(place: int) -> tuple[str, str]:
                entry = self.entries[place]
                name = swedish_key(entry.name_en) if english else entry.sort_key
                return keys[entry.category(english=english)], name

            self._orders[english] = tuple(sorted(range(len(self.entries)), key=key))
        return self._orders[english]

    @cached_property
    def _ranks(self) -> dict[bool, tuple[int, ...]]:
        return {}

    def ranks(self, *, english: bool) -> tuple[int, ...]:
        """Which number each entry has in that order."""
        if english not in self._ranks:
            ranks = [0] * len(self.entries)
            for rank, place in enumerate(self.in_order(english=english)):
                ranks[place] = rank
            self._ranks[english] = tuple(ranks)
        return self._ranks[english]

    def without(self, product_ids: Sequence[int]) -> int:
        """The set of all entries but these products'."""
        gone = 0
        for product_id in product_ids:
            if (place := self.places.get(product_id)) is not None:
                gone |= 1 << place
        return self.everything & ~gone

    @property
    def everything(self) -> int:
        return (1 << len(self.entries)) - 1

    def _where(self, holds: Callable[[Entry], bool]) -> int:
        return _bits(place for place, entry in enumerate(self.entries) if holds(entry))

    def _by(self, values: Callable[[Entry], Sequence[Any]]) -> dict[Any, int]:
        places: dict[Any, list[int]] = {}
        for place, entry in enumerate(self.entries):
            for value in values(entry):
                places.setdefault(value, []).append(place)
        return {value: _bits(found) for value, found in places.items()}


def _by_name(names: dict[int, str]) -> dict[int, str]:
    return dict(sorted(names.items(), key=lambda each: swedish_key(each[1])))


def flags_of(found: int, *, of: int) -> bytes:
    """A set of the first ``of`` entries as one byte each, 1 for a member."""
    return f"{found:0{of}b}"[::-1].encode().translate(_FLAGS)


_FLAGS = bytes.maketrans(b"01", b"\0\1")
FEW = 16  # one in so many: then it is quicker to go from one to the next than through all


def places_of(found: int, *, of: int) -> list[int]:
    """The members of a set of the first ``of`` entries, the first first."""
    flags = flags_of(found, of=of)
    if found.bit_count() * FEW > of:
        return list(compress(range(of), flags))
    places, place = [], flags.find(1)
    while place >= 0:
        places.append(place)
        place = flags.find(1, place + 1)
    return places


def _bits(places: Iterator[int] | Sequence[int]) -> int:
    taken = sorted(set(places))
    if not taken:
        return 0
    flags = bytearray(taken[-1] // 8 + 1)
    for place in taken:
        flags[place // 8] |= 1 << place % 8
    return int.from_bytes(flags, "little")


_kept: "OrderedDict[Asked, DayRange]" = OrderedDict()
_lock = Lock()
_turns = tuple(Lock() for _ in range(KEPT_AT_ONCE))


def day_range(
    *, authority_id: int, hub_id: int, day: date, ordered_on: date, arrived_at: datetime
) -> DayRange:
    """The range as it stands: no statement where it is spared, one where it is kept, four more where it is read anew.

    Of those who ask at the same time one reads it; the others take the one before, unless there is none.
    """
    asked = Asked(authority_id=authority_id, hub_id=hub_id, day=day)
    kept = _kept_of(asked)
    if kept and _is_spared(kept, arrived_at=arrived_at):
        return kept
    stamp = _newest()
    if kept and _holds(kept, stamp=stamp, arrived_at=arrived_at):
        return kept
    bearable = kept if kept and abs(arrived_at - kept.read_at) <= BORNE_FOR else None
    turn = _turns[hash(asked) % len(_turns)]
    if not turn.acquire(blocking=bearable is None) and bearable:
        return bearable
    try:
        meanwhile = _kept_of(asked)
        if meanwhile is not kept and meanwhile and _holds(meanwhile, stamp=stamp, arrived_at=arrived_at):
            return meanwhile
        return _read_anew(asked, stamp=stamp, ordered_on=ordered_on, arrived_at=arrived_at)
    finally:
        turn.release()


def _kept_of(asked: Asked) -> DayRange | None:
    with _lock:
        return _kept.get(asked)


def _read_anew(asked: Asked, *, stamp: int, ordered_on: date, arrived_at: datetime) -> DayRange:
    begun = time.perf_counter()
    entries = _read(asked, ordered_on=ordered_on, arrived_at=arrived_at)
    seconds = time.perf_counter() - begun
    made = DayRange(
        entries=entries,
        stamp=stamp,
        read_at=arrived_at,
        seconds=seconds,
        spare_until=time.monotonic() + (seconds * SPARED if seconds > WORTH_SPARING_SECONDS else 0),
        places={entry.product_id: place for place, entry in enumerate(entries)},
    )
    with _lock:
        _kept[asked] = made
        _kept.move_to_end(asked)
        while len(_kept) > KEPT_AT_ONCE:
            _kept.popitem(last=False)
    return made


def _holds(kept: DayRange, *, stamp: int, arrived_at: datetime) -> bool:
    return _is_fresh(kept, arrived_at=arrived_at) and kept.stamp == stamp


def _is_spared(kept: DayRange, *, arrived_at: datetime) -> bool:
    """Whether it serves for now, whatever has changed."""
    return _is_fresh(kept, arrived_at=arrived_at) and time.monotonic() < kept.spare_until


def _is_fresh(kept: DayRange, *, arrived_at: datetime) -> bool:
    return abs(arrived_at - kept.read_at) <= KEPT_FOR


def _newest() -> int:
    _columns, ((found,),) = planned_rows(NEWEST, {})
    return int(found)


def _read(asked: Asked, *, ordered_on: date, arrived_at: datetime) -> tuple[Entry, ...]:
    told: dict[str, Any] = {
        "authority": asked.authority_id,
        "hub": asked.hub_id,
        "day": asked.day,
        "ordered_on": ordered_on,
        "arrived_at": arrived_at,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PLANNED)
        cursor.execute(RANGE, told)
        rows = cursor.fetchall()
        cursor.execute(AS_BEFORE)  # should somebody's transaction go on
    return tuple(_entry(row, month=asked.day.month) for row in rows)


def _entry(row: Sequence[Any], *, month: int) -> Entry:
    return Entry(
        product_id=row[0],
        name_sv=row[1],
        name_en=row[2],
        sort_key=row[3],
        unit=BaseUnit(row[4]),
        category_id=row[5],
        category_sv=row[6],
        category_en=row[7],
        words=tuple(row[8].split()),
        in_season=month in row[9],
        supplier_id=row[10],
        supplier=row[11] or "",
        marks=tuple(sorted(row[12] or ())),
        temperatures=tuple(sorted(row[13] or ())),
    )
