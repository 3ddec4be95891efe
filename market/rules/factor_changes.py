"""What changes from one version of a factor set to the next, told before anybody counts by it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

NOTHING = Decimal(0)
TELLING = Decimal("0.20")  # a change of more than a fifth is shown one by one


@dataclass(frozen=True, slots=True)
class Change:
    """kg CO2e per kg before and after. ``share`` is the change of what was before; None from zero."""

    key: str
    before: Decimal
    after: Decimal

    @property
    def share(self) -> Decimal | None:
        return (self.after - self.before) / abs(self.before) if self.before else None

    @property
    def is_telling(self) -> bool:
        return self.before != self.after and (self.share is None or abs(self.share) > TELLING)


@dataclass(frozen=True, slots=True)
class Changes:
    """A row of the file without a figure is gone, if it had one before."""

    added: Sequence[str]
    gone: Sequence[str]
    changed: Sequence[Change]

    @property
    def telling(self) -> list[Change]:
        """Changes of more than 20 %, largest first; a figure that was zero before all others."""
        told = [each for each in self.changed if each.is_telling]
        return sorted(told, key=lambda each: (each.share is not None, -abs(each.share or NOTHING), each.key))


def changes(before: Mapping[str, Decimal], after: Mapping[str, Decimal]) -> Changes:
    """By key of the file, in its order of letters."""
    return Changes(
        added=sorted(after.keys() - before.keys()),
        gone=sorted(before.keys() - after.keys()),
        changed=[
            Change(key, before[key], after[key])
            for key in sorted(before.keys() & after.keys())
            if before[key] != after[key]
        ],
    )
