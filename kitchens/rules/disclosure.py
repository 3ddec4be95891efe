"""Which counts of people may be shown, so that no single choice can be read out of them.

k and the rules are the method's own choice (docs/rules/payback.md); no official Swedish limit was found.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

K = 10


@dataclass(frozen=True, slots=True)
class Shown:
    """A group's split as it may be told; None is hidden. ``total`` None: the whole group is too small."""

    total: int | None
    cells: Mapping[str, int | None]


def shown(counts: Mapping[str, int], *, k: int = K) -> Shown:
    """One group's split. Hidden: cells under ``k``, everything when all chose the same, and what would give them away.

    The total is told from ``k`` on, so the hidden cells together must be at least two of at least ``k`` people.
    """
    total = sum(counts.values())
    if total < k:
        return Shown(None, dict.fromkeys(counts))
    if len(counts) > 1 and max(counts.values()) == total:
        return Shown(total, dict.fromkeys(counts))
    hidden = {key for key, count in counts.items() if count < k}
    hidden |= _complement(counts, hidden, k=k)
    return Shown(total, {key: None if key in hidden else count for key, count in counts.items()})


def _complement(counts: Mapping[str, int], hidden: set[str], *, k: int) -> set[str]:
    """The smallest further cells until the hidden ones can't be had by subtraction."""
    more: set[str] = set()
    for key in sorted(set(counts) - hidden, key=lambda each: (counts[each], each)):
        together = hidden | more
        if not together or (len(together) > 1 and sum(counts[each] for each in together) >= k):
            break
        more.add(key)
    return more


def shown_table(groups: Mapping[str, Mapping[str, int]], *, k: int = K) -> Mapping[str, Shown]:
    """Several groups over the same cells, with the cells' sums told too: hidden in rows and in columns.

    A cell that stands alone hidden in its column gets a companion there, until no row and no column gives one away.
    """
    rows = {name: shown(counts, k=k) for name, counts in groups.items()}
    hidden = {(name, key) for name, row in rows.items() for key, told in row.cells.items() if told is None}
    before = -1
    while len(hidden) != before:
        before = len(hidden)
        for name, counts in groups.items():
            mine = {key for key in counts if (name, key) in hidden}
            hidden |= {(name, key) for key in _complement(counts, mine, k=k)}
        for key in {key for counts in groups.values() for key in counts}:
            column = {name: counts[key] for name, counts in groups.items()}
            mine = {name for name in column if (name, key) in hidden}
            hidden |= {(name, key) for name in _complement(column, mine, k=k)}
    return {
        name: Shown(
            rows[name].total,
            {key: None if (name, key) in hidden else count for key, count in counts.items()},
        )
        for name, counts in groups.items()
    }


def live_counts(steps: Sequence[Mapping[str, int]], *, k: int = K) -> Mapping[str, int]:
    """What a public screen shows while people still choose: sums of closed quarter-hours, moved on in safe steps.

    ``steps`` are the counts of each closed quarter-hour. The screen moves only when since its last figure at least ``k``
    chose each dish, and tells whole ``k`` only, rounded down: who watches it can't tell what the last ones took, not from the
    day's own figure either, which comes when service is over. {} until then.
    """
    told: dict[str, int] = {}
    since: dict[str, int] = {}
    for step in steps:
        for key, count in step.items():
            since[key] = since.get(key, 0) + count
        if len(since) > 1 and min(since.values()) >= k:
            told = {key: told.get(key, 0) + count for key, count in since.items()}
            since = dict.fromkeys(since, 0)
    return {key: count - count % k for key, count in told.items()}
