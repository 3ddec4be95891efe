"""What was made of facts, kept for as long as the same facts are read again.

Nothing is taken on trust. The facts are read anew each time, and what was made of them serves again only where every one
of them is equal to what it was made of and none of the moments at which they turn (a cut-off, a time to answer) lies
between; else it is made anew. So it costs the comparing, and never shows what is no longer so.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class _Kept(Generic[Made]):
    evidence: Any
    made_at: datetime
    until: datetime | None
    made: Made

    def serves(self, evidence: Any, *, at: datetime) -> bool:
        in_between = self.made_at <= at and (self.until is None or at < self.until)
        return in_between and bool(self.evidence == evidence)


@dataclass(frozen=True, slots=True)
class KeptByEvidence(Generic[Made]):
    """At most ``most`` things; when there are more, all of them are forgotten."""

    most: int
    _kept: dict[Hashable, _Kept[Made]] = field(default_factory=dict)

    def of(
        self,
        key: Hashable,
        *,
        evidence: Any,
        turns: Iterable[datetime],
        at: datetime,
        make: Callable[[], Made],
        lasts: Callable[[Made], bool],
    ) -> Made:
        """What was made under ``key``, or what ``make`` makes at the moment ``at``.

        ``turns`` are the moments after which the same evidence may mean another thing. What does not last (it tells the
        moment itself) is not kept.
        """
        kept = self._kept.get(key)
        if kept is not None and kept.serves(evidence, at=at):
            return kept.made
        made = make()
        ahead = [turn for turn in turns if turn >= at]
        if at not in ahead and lasts(made):
            if len(self._kept) >= self.most:
                self._kept.clear()
            self._kept[key] = _Kept(evidence, made_at=at, until=min(ahead, default=None), made=made)
        return made

    def forget(self) -> None:
        self._kept.clear()
