"""A person's number is told from a legal person's, however it is written. The numbers are Skatteverket's own examples."""

import pytest

from suppliers.rules.numbers import is_personal_number


@pytest.mark.parametrize(
    ("text", "personal"),
    [
        ("811218-9876", True),
        ("8112189876", True),
        ("19811218-9876", True),
        ("198112189876", True),
        ("811218+9876", True),
        ("701063-2391", True),  # a co-ordination number: the day and 60
        ("556036-0793", False),
        ("165560360793", False),
        ("202100-5489", False),
        ("SE556036079301", False),
        ("4711", False),
        ("", False),
        ("811218-987X", False),
    ],
)
def test_whose_a_number_is(text: str, personal: bool) -> None:
    assert is_personal_number(text) is personal
