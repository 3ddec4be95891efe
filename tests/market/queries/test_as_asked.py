from market.queries.as_asked import AsAsked, AsAskedBy, Either


def test_what_nobody_looks_at_is_not_made_and_what_is_looked_at_is_made_once() -> None:
    made: list[int] = []

    def twice(number: int) -> int:
        made.append(number)
        return number * 2

    told = AsAsked([1, 2, 3], make=twice)
    assert (len(told), told[1], told[1], told[-1], made) == (3, 4, 4, 6, [2, 3])
    assert (list(told), told[1:], made) == ([2, 4, 6], [4, 6], [2, 3, 1])


def test_of_a_mapping_too() -> None:
    made: list[int] = []

    def twice(number: int) -> int:
        made.append(number)
        return number * 2

    told = AsAskedBy({"a": 1, "b": 2}, make=twice)
    assert (len(told), list(told), told["b"], told["b"], told.get("c"), made) == (
        2,
        ["a", "b"],
        4,
        4,
        None,
        [2],
    )
    assert (dict(told), made) == ({"a": 2, "b": 4}, [2, 1])


def test_of_two_mappings_the_first_tells_what_it_knows() -> None:
    both = Either({"a": 1, "b": 2}, {"b": 3, "c": 4})
    assert (len(both), list(both), both["b"], both["c"], both.get("d")) == (3, ["a", "b", "c"], 2, 4, None)
