"""A sequence and a mapping whose members are made when somebody looks at them; two such mappings as one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar, overload

Key = TypeVar("Key")
Told = TypeVar("Told")
Made = TypeVar("Made")


class AsAsked(Sequence[Made], Generic[Told, Made]):
    """What ``make`` makes of each of ``of``, once, when it is first looked at."""

    __slots__ = ("_made", "make", "of")

    def __init__(self, of: Sequence[Told], *, make: Callable[[Told], Made]) -> None:
        self.of, self.make = of, make
        self._made: list[Made | None] = [None] * len(of)

    def __len__(self) -> int:
        return len(self._made)

    def __iter__(self) -> Iterator[Made]:
        return (self[at] if made is None else made for at, made in enumerate(self._made))

    @overload
    def __getitem__(self, at: int) -> Made: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Made]: ...
    def __getitem__(self, at: int | slice) -> Made | Sequence[Made]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        made = self._made[at]
        if made is None:
            self._made[at] = made = self.make(self.of[at])
        return made


class AsAskedBy(Mapping[Key, Made], Generic[Key, Told, Made]):
    """What ``make`` makes of each value of ``of``, once, when it is first looked at."""

    __slots__ = ("_made", "make", "of")

    def __init__(self, of: Mapping[Key, Told], *, make: Callable[[Told], Made]) -> None:
        self.of, self.make = of, make
        self._made: dict[Key, Made] = {}

    def __len__(self) -> int:
        return len(self.of)

    def __iter__(self) -> Iterator[Key]:
        return iter(self.of)

    def __getitem__(self, key: Key) -> Made:
        try:
            return self._made[key]
        except KeyError:
            self._made[key] = made = self.make(self.of[key])
            return made


class Either(Mapping[Key, Made]):
    """What ``first`` tells, and of keys that it has not what ``other`` tells."""

    __slots__ = ("first", "other")

    def __init__(self, first: Mapping[Key, Made], other: Mapping[Key, Made]) -> None:
        self.first, self.other = first, other

    def __len__(self) -> int:
        return len({*self.first, *self.other})

    def __iter__(self) -> Iterator[Key]:
        return iter(dict.fromkeys([*self.first, *self.other]))

    def __getitem__(self, key: Key) -> Made:
        return self.first[key] if key in self.first else self.other[key]
