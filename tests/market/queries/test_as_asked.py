from market.queries.as_asked import AsAsked


def test_what_nobody_looks_at_is_not_made_and_what_is_looked_at_is_made_once() -> None:
    made: list[int] = []

    def twice(number: int) -> int:
        made.append(number)
        return number * 2

    told = AsAsked([1, 2, 3], make=twice)
    assert (len(told), told[1], told[1], told[-1], made) == (3, 4, 4, 6, [2, 3])
    assert (list(told), told[1:], made) == ([2, 4, 6], [4, 6], [2, 3, 1])
