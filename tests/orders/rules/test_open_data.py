"""What is told in public lets nobody read one supplier's sales, also not by subtraction."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from orders.rules.open_data import FEWEST, Group, tellable

groups_told = st.lists(
    st.tuples(st.frozensets(st.integers(1, 6), min_size=1, max_size=6), st.integers(1, 1000)), max_size=8
).map(
    lambda rows: [
        Group(f"k{number}", sellers, sek=Decimal(sek), kg=Decimal(sek), organic_sek=Decimal(1))
        for number, (sellers, sek) in enumerate(rows)
    ]
)


def group(key: str, *sellers: int, sek: int = 100) -> Group:
    return Group(key, frozenset(sellers), sek=Decimal(sek))


@given(groups_told)
def test_each_group_that_is_told_has_enough_suppliers_and_nothing_is_lost(groups: list[Group]) -> None:
    told = tellable(groups)
    assert all(len(each.suppliers) >= FEWEST for each in told)
    assert sum(not each.key for each in told) <= 1
    if told:
        for name in ("sek", "kg", "organic_sek"):
            assert sum(getattr(each, name) for each in told) == sum(getattr(each, name) for each in groups)
    else:
        assert len(frozenset().union(*(each.suppliers for each in groups))) < FEWEST or not groups


def test_few_are_laid_together_and_take_the_smallest_with_them_where_they_are_too_few() -> None:
    large, middle, small = group("a", 1, 2, 3, 4, sek=900), group("b", 1, 2, 3, sek=500), group("c", 5)
    assert tellable([large, middle]) == (large, middle)
    told = tellable([large, middle, small])
    assert [each.key for each in told] == ["a", ""]
    assert told[1].sek == 600
    assert [each.key for each in tellable([large, small, group("d", 6), group("e", 7)])] == ["a", ""]
    assert tellable([group("a", 1), group("b", 2)]) == ()
    assert tellable([]) == ()
