"""The cases of docs/rules/certificates.md; the numbers in brackets are those of the trade's hard cases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suppliers.rules.certificates import (
    LABELS,
    PERMITS,
    Certificate,
    CertificateKind,
    covers,
    marks_on,
    marks_within,
    missing_permits,
)

VEGETABLES = ("vegetables",)
CARROTS = ("carrots", "roots", "vegetables")
EGGS = ("eggs",)

ORGANIC_VEGETABLES = Certificate(
    kind=CertificateKind.ORGANIC,
    number="SE-EKO-03-1187",
    issuer="SMAK",
    product_groups=frozenset({"vegetables"}),
    valid_from=date(2026, 1, 1),
    valid_to=date(2026, 9, 30),
)
PACKING_CENTRE = Certificate(
    kind=CertificateKind.PACKING_CENTRE,
    number="SE-999",
    issuer="Livsmedelsverket",
    product_groups=frozenset({"eggs"}),
    valid_from=date(2025, 3, 1),
    valid_to=None,
)


@pytest.mark.parametrize(
    ("group_path", "on", "expected"),
    [
        pytest.param(VEGETABLES, date(2025, 12, 31), False, id="the day before it begins"),
        pytest.param(VEGETABLES, date(2026, 1, 1), True, id="its first day"),
        pytest.param(VEGETABLES, date(2026, 9, 30), True, id="its last day"),
        pytest.param(VEGETABLES, date(2026, 10, 1), False, id="the day after [62]"),
        pytest.param(CARROTS, date(2026, 5, 1), True, id="a child of the group it names"),
        pytest.param(EGGS, date(2026, 5, 1), False, id="another group [63]"),
        pytest.param((), date(2026, 5, 1), False, id="goods without a group"),
    ],
)
def test_a_certificate_covers_its_groups_and_their_children_on_its_days(
    *,
    group_path: tuple[str, ...],
    on: date,
    expected: bool,
) -> None:
    assert covers(ORGANIC_VEGETABLES, group_path=group_path, on=on) is expected


def test_a_certificate_on_a_child_does_not_cover_the_parent() -> None:
    carrots_only = replace(ORGANIC_VEGETABLES, product_groups=frozenset({"carrots"}))
    assert covers(carrots_only, group_path=CARROTS, on=date(2026, 5, 1))
    assert not covers(carrots_only, group_path=VEGETABLES, on=date(2026, 5, 1))


def test_a_certificate_without_a_last_day_goes_on() -> None:
    assert covers(PACKING_CENTRE, group_path=EGGS, on=date(2046, 3, 1))


@pytest.mark.parametrize("number", ["", "  "])
def test_a_certificate_without_a_number_proves_nothing(number: str) -> None:
    assert not covers(replace(PACKING_CENTRE, number=number), group_path=EGGS, on=date(2026, 5, 1))


def test_an_expired_label_takes_the_mark_away_but_blocks_nothing() -> None:
    day_after = date(2026, 10, 1)
    assert marks_on([ORGANIC_VEGETABLES], group_path=CARROTS, on=date(2026, 9, 30)) == {"organic"}
    assert marks_on([ORGANIC_VEGETABLES], group_path=CARROTS, on=day_after) == frozenset()
    assert missing_permits(frozenset(), [ORGANIC_VEGETABLES], group_path=CARROTS, on=day_after) == frozenset()


def test_organic_eggs_need_a_certificate_that_names_eggs() -> None:
    assert marks_on([ORGANIC_VEGETABLES, PACKING_CENTRE], group_path=EGGS, on=date(2026, 5, 1)) == frozenset()


def test_krav_and_organic_are_two_marks() -> None:
    krav = replace(ORGANIC_VEGETABLES, kind=CertificateKind.KRAV, issuer="Kiwa")
    assert marks_on([krav], group_path=CARROTS, on=date(2026, 5, 1)) == {"krav"}
    assert marks_on([krav, ORGANIC_VEGETABLES], group_path=CARROTS, on=date(2026, 5, 1)) == {
        "krav",
        "organic",
    }


EGG_PERMITS = frozenset({"registration", "packing_centre"})
REGISTRATION = replace(PACKING_CENTRE, kind=CertificateKind.REGISTRATION, number="LST-0481-22")


@pytest.mark.parametrize(
    ("certificates", "missing"),
    [
        pytest.param([REGISTRATION, PACKING_CENTRE], set(), id="both permits"),
        pytest.param([REGISTRATION], {"packing_centre"}, id="farm eggs without packing centre [65]"),
        pytest.param(
            [REGISTRATION, replace(PACKING_CENTRE, valid_to=date(2026, 4, 30))],
            {"packing_centre"},
            id="packing centre expired yesterday",
        ),
        pytest.param(
            [REGISTRATION, replace(PACKING_CENTRE, product_groups=frozenset({"honey"}))],
            {"packing_centre"},
            id="packing centre for something else",
        ),
        pytest.param([ORGANIC_VEGETABLES], {"registration", "packing_centre"}, id="a label is no permit"),
    ],
)
def test_a_product_is_blocked_by_each_permit_that_is_missing(
    certificates: list[Certificate],
    missing: set[str],
) -> None:
    assert missing_permits(EGG_PERMITS, certificates, group_path=EGGS, on=date(2026, 5, 1)) == missing


def test_a_label_can_not_be_required_as_a_permit() -> None:
    with pytest.raises(ValueError, match="not a permit: organic"):
        missing_permits(frozenset({"organic"}), [], group_path=EGGS, on=date(2026, 5, 1))


def test_each_kind_is_a_label_or_a_permit_and_never_both() -> None:
    assert set(CertificateKind) == LABELS | PERMITS
    assert not LABELS & PERMITS


certificates = st.builds(
    Certificate,
    kind=st.sampled_from(CertificateKind),
    number=st.sampled_from(["", "SE-1"]),
    issuer=st.just("SMAK"),
    product_groups=st.frozensets(st.sampled_from(["vegetables", "roots", "carrots", "eggs"])),
    valid_from=st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    valid_to=st.none() | st.dates(date(2025, 1, 1), date(2027, 12, 31)),
)


@given(held=st.lists(certificates), more=certificates, on=st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_one_more_certificate_never_takes_a_mark_or_a_permit_away(
    held: list[Certificate],
    more: Certificate,
    on: date,
) -> None:
    required = frozenset(str(kind) for kind in PERMITS)
    assert marks_on(held, group_path=CARROTS, on=on) <= marks_on([*held, more], group_path=CARROTS, on=on)
    assert missing_permits(required, [*held, more], group_path=CARROTS, on=on) <= missing_permits(
        required,
        held,
        group_path=CARROTS,
        on=on,
    )


@given(certificate=certificates.filter(lambda each: each.valid_to is not None), days=st.integers(1, 2000))
def test_nothing_is_covered_after_the_last_day(certificate: Certificate, days: int) -> None:
    assert certificate.valid_to is not None
    assert not covers(certificate, group_path=CARROTS, on=certificate.valid_to + timedelta(days=days))


@pytest.mark.parametrize(
    ("first", "last", "marks"),
    [
        (date(2026, 9, 30), date(2026, 10, 6), {"organic"}),
        (date(2026, 10, 1), date(2026, 10, 7), set()),
        (date(2025, 12, 20), date(2026, 1, 1), {"organic"}),
        (date(2025, 12, 20), date(2025, 12, 31), set()),
    ],
)
def test_a_mark_within_days_needs_one_day_that_is_covered(first: date, last: date, marks: set[str]) -> None:
    held = [ORGANIC_VEGETABLES, PACKING_CENTRE]
    assert marks_within(held, group_path=CARROTS, first=first, last=last) == marks
    assert marks_within(held, group_path=EGGS, first=first, last=last) == set()
