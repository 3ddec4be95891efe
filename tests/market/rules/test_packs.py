from decimal import Decimal

import pytest

from market.rules.packs import Container, PackWords, faults_of_pack, pack_words

D = Decimal


@pytest.mark.parametrize(
    ("container", "base", "unit", "catch", "sv", "en"),
    [
        (Container.CRATE, "12.500", "kg", False, "12,5 kg låda", "12.5 kg crate"),
        (Container.BOX, "30", "piece", False, "30 st kartong", "30 pcs box"),
        (Container.LOOSE, "1.2", "kg", True, "ca 1,2 kg", "about 1.2 kg"),
        (Container.LOOSE, "1", "piece", False, "styck", "each"),
        (Container.BOTTLE, "1", "litre", False, "1 liter flaska", "1 litre bottle"),
        (Container.SACK, "100", "kg", False, "100 kg säck", "100 kg sack"),
    ],
)
def test_a_pack_is_named_by_what_it_holds(
    container: Container, base: str, unit: str, catch: bool, sv: str, en: str
) -> None:
    named = pack_words(container=container, base_per_pack=D(base), unit=unit, catch_weight=catch)
    assert named == PackWords(sv=sv, en=en)


@pytest.mark.parametrize(
    ("base", "unit", "tolerance", "faults"),
    [
        ("5", "kg", None, ()),
        ("1.2", "kg", "0.1", ()),
        ("0", "kg", None, ("base_per_pack",)),
        ("100000", "kg", None, ("base_per_pack",)),
        ("2.5", "piece", None, ("base_per_pack",)),
        ("6", "piece", "0.1", ("tolerance",)),
        ("1", "kg", "0.51", ("tolerance",)),
        ("-1", "litre", "-0.1", ("base_per_pack", "tolerance")),
    ],
)
def test_what_a_pack_may_hold(base: str, unit: str, tolerance: str | None, faults: tuple[str, ...]) -> None:
    found = faults_of_pack(
        base_per_pack=D(base), unit=unit, tolerance=None if tolerance is None else D(tolerance)
    )
    assert found == faults
