"""What a farm's certificates prove for a product group on a day.

A *label* (organic, KRAV, MSC) gives goods a mark: when it runs out the mark is gone and the goods may still
be sold. A *permit* (registration, approval, packing centre) is needed to sell at all: when it runs out the
products that need it are blocked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class CertificateKind(StrEnum):
    ORGANIC = "organic"
    KRAV = "krav"
    MSC = "msc"
    REGISTRATION = "registration"
    APPROVAL = "approval"
    PACKING_CENTRE = "packing_centre"


LABELS = frozenset({CertificateKind.ORGANIC, CertificateKind.KRAV, CertificateKind.MSC})
PERMITS = frozenset(
    {CertificateKind.REGISTRATION, CertificateKind.APPROVAL, CertificateKind.PACKING_CENTRE},
)


SLAUGHTERED_IN = "slaughtered_in"
GOODS_FACTS = frozenset(
    {SLAUGHTERED_IN}
)  # what the goods themselves must say, beside what the farm must hold


@dataclass(frozen=True, slots=True)
class Certificate:
    """``product_groups`` are codes; a parent group covers its children. ``valid_to`` is the last day."""

    kind: CertificateKind
    number: str
    issuer: str
    product_groups: frozenset[str]
    valid_from: date
    valid_to: date | None


def covers(certificate: Certificate, *, group_path: tuple[str, ...], on: date) -> bool:
    """Whether the certificate stands for this product group on that day, both ends included.

    ``group_path`` is the group's code and those of its ancestors. Without a number nothing is proven.
    """
    begun = certificate.valid_from <= on
    ended = certificate.valid_to is not None and certificate.valid_to < on
    numbered = bool(certificate.number.strip())
    return begun and not ended and numbered and not certificate.product_groups.isdisjoint(group_path)


def marks_on(
    certificates: Iterable[Certificate],
    *,
    group_path: tuple[str, ...],
    on: date,
) -> frozenset[str]:
    """The marks that goods of this group carry on that day. KRAV doesn't stand for organic by itself."""
    return _kinds_covering(certificates, LABELS, group_path=group_path, on=on)


def marks_within(
    certificates: Iterable[Certificate],
    *,
    group_path: tuple[str, ...],
    first: date,
    last: date,
) -> frozenset[str]:
    """The marks that goods of this group carry on some day from ``first`` to ``last``, both included."""
    return frozenset().union(
        *(
            marks_on([certificate], group_path=group_path, on=max(first, certificate.valid_from))
            for certificate in certificates
            if certificate.valid_from <= last
        )
    )


def missing_permits(
    required: frozenset[str],
    certificates: Iterable[Certificate],
    *,
    group_path: tuple[str, ...],
    on: date,
) -> frozenset[str]:
    """The permits that the product needs and the farm lacks on that day; empty means that it may be sold.

    ValueError when ``required`` names something that is no permit: a lost label never blocks a sale.
    """
    unknown = required - PERMITS
    if unknown:
        raise ValueError(f"not a permit: {', '.join(sorted(unknown))}")
    if not required:
        return required
    return required - _kinds_covering(certificates, PERMITS, group_path=group_path, on=on)


def _kinds_covering(
    certificates: Iterable[Certificate],
    kinds: frozenset[CertificateKind],
    *,
    group_path: tuple[str, ...],
    on: date,
) -> frozenset[str]:
    return frozenset(
        str(certificate.kind)
        for certificate in certificates
        if certificate.kind in kinds and covers(certificate, group_path=group_path, on=on)
    )
