import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from orders.interchange.purchase_mapping import (
    DecimalStyle,
    MappingUnreadable,
    load_mapping,
    mapping_from,
    shipped_mappings,
)

LEAST: dict[str, Any] = {
    "columns": {"buyer": "Köpare", "period": "År", "product_text": "Vara"},
    "currency": "SEK",
}


def test_a_mapping_of_the_house_is_called_by_name() -> None:
    mapping = load_mapping("nyc_good_food")
    assert (mapping.currency, mapping.weight_unit, mapping.first_month) == ("USD", "lb", 7)
    assert "nyc_good_food" in shipped_mappings()


@pytest.mark.parametrize("name", shipped_mappings())
def test_each_mapping_of_the_house_can_be_read(name: str) -> None:
    assert load_mapping(name).name == name


def test_a_mapping_file_may_be_toml_or_json(tmp_path: Path) -> None:
    toml, as_json = tmp_path / "grossist.toml", tmp_path / "grossist.json"
    toml.write_text(
        'currency = "SEK"\ndecimal = "comma"\n[columns]\nbuyer = "Köpare"\nperiod = "År"\nproduct_text = "Vara"\n'
    )
    as_json.write_text(json.dumps(LEAST | {"decimal": "comma"}))
    assert load_mapping(str(toml)) == load_mapping(str(as_json))
    assert load_mapping(str(toml)).decimal is DecimalStyle.COMMA


def test_vat_percent_is_exact() -> None:
    assert mapping_from(LEAST | {"vat_percent": 12.5}, name="m").vat_percent == Decimal("12.5")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"colums": {}}, "no such setting: colums"),
        ({"columns": {"buyer": "a", "period": "b"}}, "no column is named for product_text"),
        ({"columns": LEAST["columns"] | {"price": "c"}}, "no such field: price"),
        ({"columns": "buyer"}, r"\[columns\] must be a table"),
        ({"columns": {"buyer": 1}}, r"\[columns\] must be a table"),
        ({"currency": "kr"}, "currency must be three capital letters"),
        ({"currency": ""}, "currency must be three capital letters"),
        ({"weight_unit": "stone"}, "weight_unit must be one of kg"),
        ({"first_month": 13}, "first_month must be 1 to 12"),
        ({"delimiter": ";;"}, "delimiter must be one sign"),
        ({"decimal": "dot"}, "'dot' is not a valid"),
        ({"match_on": "product_label"}, "match_on must be a mapped field"),
        ({"vat_percent": -1}, "vat_percent must be 0 or more"),
        ({"vat_percent": "twelve"}, "ConversionSyntax"),
        (
            {"columns": LEAST["columns"] | {"amount": "c"}},
            "say vat_percent: how much VAT the amounts include",
        ),
        ({"period_style": "week"}, "'week' is not a valid"),
    ],
)
def test_a_slip_in_a_mapping_is_named(change: dict[str, Any], told: str) -> None:
    with pytest.raises(MappingUnreadable, match=told):
        mapping_from(LEAST | change, name="m")


def test_an_unknown_name_is_told_what_there_is() -> None:
    with pytest.raises(MappingUnreadable, match="nyc_good_food"):
        load_mapping("no_such_mapping")


@pytest.mark.parametrize(("name", "text"), [("m.toml", "= ="), ("m.json", "{"), ("m.json", "[1]")])
def test_a_broken_mapping_file_is_told_so(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(MappingUnreadable, match=name.replace(".", r"\.")):
        load_mapping(str(tmp_path / name))
