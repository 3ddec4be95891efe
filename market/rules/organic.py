"""Must these goods be organic by their agreement, and does the farm prove it?

An agreement's sustainability criteria name the product groups whose goods must be organic. Only a certificate shows it
(Regulation (EU) 2018/848 art. 33-35), so the day decides: signing, and each delivery.
"""

from collections.abc import Iterable
from datetime import date

from suppliers.rules.certificates import Certificate, CertificateKind, marks_on


def must_be_organic(groups: frozenset[str], *, group_path: tuple[str, ...]) -> bool:
    """Whether goods with this group and the groups above it are asked to be organic.

    ``groups`` are codes; one covers those below it. Goods of no known group are asked to be, since no certificate can be
    seen to cover them.
    """
    return bool(groups) and (not group_path or not groups.isdisjoint(group_path))


def is_certified(certificates: Iterable[Certificate], *, group_path: tuple[str, ...], on: date) -> bool:
    """Whether the farm may sell goods of this group as organic on that day."""
    return CertificateKind.ORGANIC in marks_on(certificates, group_path=group_path, on=on)
