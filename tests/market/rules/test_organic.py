"""Which goods must be organic by an agreement, and what proves it."""

from dataclasses import replace
from datetime import date

import pytest

from market.rules.organic import is_certified, must_be_organic
from suppliers.rules.certificates import Certificate, CertificateKind

CARROTS = ("vegetables", "plants", "food")
HELD = Certificate(
    kind=CertificateKind.ORGANIC,
    number="SE-EKO-01-1",
    issuer="Kiwa",
    product_groups=frozenset({"plants"}),
    valid_from=date(2026, 1, 1),
    valid_to=date(2026, 11, 30),
)


@pytest.mark.parametrize(
    ("groups", "path", "must"),
    [
        (frozenset(), CARROTS, False),
        (frozenset({"vegetables"}), CARROTS, True),
        (frozenset({"food"}), CARROTS, True),
        (frozenset({"animals", "fish"}), CARROTS, False),
        (frozenset({"animals", "plants"}), CARROTS, True),
        (frozenset(), (), False),
        (frozenset({"animals"}), (), True),  # of no known group: nothing shows that it is no animal product
    ],
)
def test_goods_must_be_organic_by_their_group_or_one_above_it(
    groups: frozenset[str], path: tuple[str, ...], must: bool
) -> None:
    assert must_be_organic(groups, group_path=path) is must


@pytest.mark.parametrize(
    ("held", "path", "day", "certified"),
    [
        ([HELD], CARROTS, date(2026, 11, 30), True),
        ([HELD], CARROTS, date(2026, 12, 1), False),
        ([HELD], ("eggs", "animals", "food"), date(2026, 11, 30), False),
        ([HELD], (), date(2026, 11, 30), False),
        ([replace(HELD, kind=CertificateKind.KRAV)], CARROTS, date(2026, 11, 30), False),
        ([replace(HELD, number=" ")], CARROTS, date(2026, 11, 30), False),
        ([], CARROTS, date(2026, 11, 30), False),
    ],
)
def test_only_an_organic_certificate_that_holds_that_day_for_the_group_proves_it(
    held: list[Certificate], path: tuple[str, ...], day: date, certified: bool
) -> None:
    assert is_certified(held, group_path=path, on=day) is certified
