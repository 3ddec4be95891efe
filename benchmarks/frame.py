"""What a bench gives back, and how it is measured against a floor: in pairs, so that noise meets both."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

OVER_THE_LIMIT = "över gränsen"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. Smaller is better; `limit` is the largest that is well, None when there is none."""

    name: str
    value: float
    unit: str
    limit: float | None
    ok: bool
    spread: tuple[float, float] | None = None  # the least and the most of the rounds

    def as_json(self) -> dict[str, Any]:
        names = ("name", "value", "unit", "limit", "ok")
        return {name: getattr(self, name) for name in names}

    def as_line(self) -> str:
        line = f"  {self.name:<32} {shown(self.value):>12} {self.unit:<10}"
        if self.spread:
            line += f" [{shown(self.spread[0])} … {shown(self.spread[1])}]"
        if self.limit is not None:
            line += f"  limit {shown(self.limit)}: {'ok' if self.ok else OVER_THE_LIMIT}"
        return line.rstrip()


def figure(
    name: str,
    value: float,
    *,
    unit: str,
    limit: float | None = None,
    spread: tuple[float, float] | None = None,
) -> Figure:
    """A figure with its verdict, told from the unrounded value."""
    ok = limit is None or value <= limit
    return Figure(name=name, value=round(value, 6), unit=unit, limit=limit, ok=ok, spread=spread)


def shown(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def seconds_of(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


@dataclass(frozen=True, slots=True)
class Ratio:
    """Seconds of ours and of the floor, round by round: the nth of one was run beside the nth of the other."""

    ours: tuple[float, ...]
    floor: tuple[float, ...]

    @property
    def value(self) -> float:
        """The median of the rounds' ratios."""
        return statistics.median(self._each())

    @property
    def spread(self) -> tuple[float, float]:
        return min(self._each()), max(self._each())

    def _each(self) -> list[float]:
        return [ours / floor for ours, floor in zip(self.ours, self.floor, strict=True)]

    def figures(
        self, name: str, *, limit: float | None = None, seconds_limit: float | None = None
    ) -> list[Figure]:
        """Ours, the floor, and their ratio, which the limit is about."""
        return [
            _seconds(name, self.ours, limit=seconds_limit),
            _seconds(f"{name}_floor", self.floor, limit=None),
            figure(f"{name}_ratio", self.value, unit="x floor", limit=limit, spread=self.spread),
        ]


def _seconds(name: str, rounds: tuple[float, ...], *, limit: float | None) -> Figure:
    spread = (min(rounds), max(rounds))
    return figure(name, statistics.median(rounds), unit="s", limit=limit, spread=spread)


def paired(
    ours: Callable[[], float], floor: Callable[[], float], *, rounds: int, floor_first: bool = False
) -> Ratio:
    """Run both by turns; each gives back the seconds it measured of itself. ``floor_first``: what stands at the end is ours."""
    first, second = (floor, ours) if floor_first else (ours, floor)
    turns = [(first(), second()) for _ in range(rounds)]
    measured = [(b, a) for a, b in turns] if floor_first else turns
    return Ratio(ours=tuple(a for a, _ in measured), floor=tuple(b for _, b in measured))
