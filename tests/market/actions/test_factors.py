"""Factor sets: taken in, told by what they change, versioned and never overwritten."""

import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from config.ground.models import TrailEntry
from config.ground.trail import Actor, acting
from market.actions.factors import Imported, SetDraft, activate_factor_set, import_factor_set
from market.actions.reference import load_climate
from market.interchange.factor_books import factor_file
from market.models import ClimateFactor, ClimateFood, FactorSet
from market.queries.factors import factors_in, factors_of
from market.refusals import (
    FactorMappingUnreadable,
    FactorRowsTwice,
    FactorSetOfAnotherFamily,
    FactorSetUnknown,
)

pytestmark = pytest.mark.django_db

BY = Actor.job("tests")
RISE: dict[str, Any] = {
    "family": "RISE",
    "columns": {"key": "Nr", "name": "Livsmedel", "kg_co2e_per_kg": "kg CO2e/kg"},
    "foods": {"7": "potato"},
}


def rise(*rows: str, code: str = "RISE-2.4", **mapping: Any) -> Imported:
    content = "\n".join(["Nr;Livsmedel;kg CO2e/kg", *rows]).encode()
    draft = SetDraft(
        kind="own",
        code=code,
        name="RISE",
        version=code[-3:],
        source="RISE",
        licence="kommunens avtal",
        valid_from=date(2026, 1, 1),
        mapping=RISE | mapping,
    )
    return import_factor_set(file=factor_file("rise.csv", content), draft=draft, by=BY)


@pytest.fixture(autouse=True)
def shipped() -> None:
    load_climate(by=BY)


def test_a_file_becomes_a_set_that_counts_nothing_until_it_is_chosen() -> None:
    done = rise("7;Potatis;0,11", "8;Vatten;0", "9;Bär;", "10;Älg;0,5")
    assert (done.rows, done.missing, done.own_foods, done.written.new) == (4, 1, 2, 3)
    row = ClimateFactor.objects.get(factor_set=done.factor_set, food__key="potato")
    assert (row.kg_co2e_per_kg, row.file_row, row.version) == (Decimal("0.11"), 2, 1)
    assert row.file_sha256 == done.factor_set.file_sha256
    assert ClimateFood.objects.get(key="RISE:10").name_sv == "Älg"
    zero = factors_in(done.factor_set, ["RISE:8", "RISE:9"])
    assert {key: each.kg_co2e_per_kg for key, each in zero.items()} == {"RISE:8": Decimal(0)}
    assert FactorSet.objects.get(is_active=True).code == "SE-mix-2026.1"
    activate_factor_set(code="RISE-2.4", by=BY)
    assert FactorSet.objects.get(is_active=True).code == "RISE-2.4"


def test_a_factor_of_the_set_in_use_tells_how_sure_it_is() -> None:
    told = factors_of(["potato", "carrot", "no_such_food"], on=date(2026, 6, 1))
    assert set(told) == {"potato", "carrot"}
    assert told == factors_in(FactorSet.objects.get(is_active=True), told, on=date(2026, 6, 1))
    assert all(each.gsd is not None and each.gsd >= 1 for each in told.values())


def test_the_same_file_again_writes_nothing() -> None:
    rise("7;Potatis;0,11", "10;Älg;0,5")
    trailed = TrailEntry.objects.count()
    assert rise("7;Potatis;0,11", "10;Älg;0,5").repeated
    assert TrailEntry.objects.count() == trailed


def test_a_corrected_file_makes_versions_and_keeps_what_was_believed() -> None:
    rise("7;Potatis;0,11", "10;Älg;0,5", "11;Kål;0,2")
    done = rise("7;Potatis;0,15", "10;Älg;0,5", "12;Lök;0,3")
    assert (done.written.new, done.written.changed, done.written.gone) == (1, 1, 1)
    first, second = ClimateFactor.objects.filter(factor_set=done.factor_set, food__key="potato").order_by(
        "version"
    )
    assert (second.supersedes, second.version) == (first, 2)
    assert first.kg_co2e_per_kg == Decimal("0.11")
    assert first.superseded_at == second.recorded_at
    assert [each.key for each in done.changes.telling] == ["RISE:7"]
    again = rise("7;Potatis;0,15", "10;Älg;0,5", "11;Kål;0,2", "12;Lök;0,3")
    kale = ClimateFactor.objects.filter(factor_set=done.factor_set, food__key="RISE:11").order_by("version")
    assert (again.written.new, [row.version for row in kale]) == (1, [1, 2])


def test_a_new_version_of_a_family_is_told_by_what_it_changes() -> None:
    rise("7;Potatis;0,11", "10;Älg;0,5")
    done = rise("7;Potatis;0,12", "10;Älg;0,9", "13;Ost;9", code="RISE-2.5")
    assert done.against == "RISE-2.4"
    assert done.factor_set.diff == {
        "against": "RISE-2.4",
        "added": 1,
        "gone": [],
        "changed": 2,
        "telling": [{"key": "RISE:10", "before": "0.5", "after": "0.9"}],
    }


def test_a_row_a_food_and_a_family_a_set() -> None:
    with pytest.raises(FactorRowsTwice):
        rise("7;Potatis;0,11", "7;Potatis igen;0,2")
    with pytest.raises(FactorRowsTwice):
        rise("7;Potatis;0,11", "8;Färskpotatis;0,2", foods={"7": "potato", "8": "potato"})
    assert not FactorSet.objects.filter(code="RISE-2.4").exists()
    rise("7;Potatis;0,11")
    with pytest.raises(FactorSetOfAnotherFamily):
        rise("7;Potatis;0,11", family="EGEN")
    with pytest.raises(FactorSetUnknown):
        activate_factor_set(code="NONE", by=BY)


def test_a_row_that_stands_twice_alike_is_one_and_two_that_differ_are_refused() -> None:
    done = rise("7;Potatis;0,11", "10;Älg;0,5", "7;Potatis;0,110", "7;Potatis;0,11")
    assert (done.rows, done.written.new, done.alike) == (4, 2, 2)
    assert ClimateFactor.objects.get(factor_set=done.factor_set, food__key="potato").file_row == 2
    with pytest.raises(FactorRowsTwice):
        rise("7;Potatis;0,11", "7;Potatis;0,12", code="RISE-2.5")
    with pytest.raises(FactorRowsTwice):
        rise("7;Potatis;0,11", "7;Potatis;", code="RISE-2.5")


def test_the_next_file_is_read_by_the_mapping_that_was_saved() -> None:
    rise("7;Potatis;0,11")
    head = "Nr;Livsmedel;kg CO2e/kg"
    draft = SetDraft(
        kind="own",
        code="RISE-2.5",
        name="RISE",
        version="2.5",
        source="RISE",
        licence="kommunens avtal",
        valid_from=date(2027, 1, 1),
    )
    done = import_factor_set(
        file=factor_file("n.csv", f"{head}\n7;Potatis;0,12".encode()), draft=draft, by=BY
    )
    assert (done.against, done.factor_set.mapping) == ("RISE-2.4", RISE)
    other = RISE | {"columns": RISE["columns"] | {"kg_co2e_per_kg": "Klimat kg CO2e/kg"}}
    file = factor_file("n.csv", b"Nr;Livsmedel;Klimat kg CO2e/kg\n7;Potatis;0,13")
    again = import_factor_set(file=file, draft=replace(draft, mapping=other), by=BY)
    again.factor_set.refresh_from_db()
    assert again.factor_set.mapping == other


def test_an_own_file_without_any_mapping_is_refused() -> None:
    without = SetDraft("own", "X", "X", "1", "s", "l", date(2026, 1, 1))
    file = factor_file("n.csv", b"Nr;Livsmedel\n")
    with pytest.raises(FactorMappingUnreadable):
        import_factor_set(file=file, draft=without, by=BY)


def test_two_factors_of_a_food_never_hold_for_the_same_day() -> None:
    done = rise("7;Potatis;0,11")
    row = ClimateFactor.objects.get(factor_set=done.factor_set)
    with pytest.raises(IntegrityError), transaction.atomic(), acting(BY):
        ClimateFactor.objects.create(
            factor_set=done.factor_set,
            food=row.food,
            kg_co2e_per_kg=1,
            grade="B",
            version=9,
            valid_to=date(2026, 5, 1),
        )


def test_the_shipped_list_ties_published_codes_to_our_foods() -> None:
    head = ["ID_Ra", "Navn", "DSK Kategori", "Produkt", "Kategori", "Total kg CO2e/kg", "ILUC"]
    file = factor_file(
        "dk.csv", "\n".join([",".join(head), "Ra00135,Dild,Grønt,Dild,Grønt,2.5,0.1"]).encode()
    )
    file = type(file)(file.name, file.content, {"DK": file.sheets[""]})
    draft = SetDraft("concito-1.2-DK", "DSK-1.2-DK", "CONCITO", "1.2", "CONCITO", "?", date(2026, 1, 1))
    done = import_factor_set(file=file, draft=draft, by=BY)
    row = ClimateFactor.objects.get(factor_set=done.factor_set)
    assert (row.food.key, row.luc_kg_co2e_per_kg, row.grade) == ("dill", Decimal("0.1"), "E")
    assert done.own_foods == 0


def test_the_command_tells_what_changes_and_refuses_in_words(tmp_path: Path) -> None:
    path = tmp_path / "ghg-per-kg-poore.csv"
    path.write_text(
        "Entity,Category,Year,emissions_per_kilogram\nPotatoes,Vegetables,2010,0.46\n", encoding="utf-8"
    )
    told = io.StringIO()
    asked = ("--kind", "owid-totals", "--source", "OWID", "--licence", "CC BY", "--valid-from", "2026-01-01")
    call_command("import_factors", path, "--code", "PN-A", *asked, stdout=told)
    path.write_text(
        "Entity,Category,Year,emissions_per_kilogram\nPotatoes,Vegetables,2010,0.9\n", encoding="utf-8"
    )
    call_command("import_factors", path, "--code", "PN-B", *asked, stdout=told)
    call_command("import_factors", "--activate", "PN-B", stdout=told)
    assert "PN18:Potatoes: 0.46 → 0.9 (+96%)" in told.getvalue()
    assert "räknas nu med PN-B" in told.getvalue()
    path.write_text("Food,kg\nPotatoes,0.46\n", encoding="utf-8")
    with pytest.raises(CommandError, match="känns inte igen"):
        call_command("import_factors", path, "--code", "PN-C", *asked, stdout=told)
    with pytest.raises(CommandError, match="kan läsas") as refused:
        call_command("import_factors", path.rename(tmp_path / "a.pdf"), "--code", "PN-C", *asked, stdout=told)
    assert refused.value.returncode == 1
    with pytest.raises(CommandError) as wrong:
        call_command("import_factors", "--kind", "owid-totals", stdout=told)
    assert wrong.value.returncode == 2
    mapping = tmp_path / "tolkning.json"
    mapping.write_text("{columns", encoding="utf-8")
    own = tmp_path / "egen.csv"
    own.write_text("Nr;Livsmedel;kg CO2e/kg\n7;Potatis;0,11\n7;Potatis;0,11\n", encoding="utf-8")
    of_own = ("--kind", "own", *asked[2:], "--code", "EGEN-1")
    with pytest.raises(CommandError, match="Tolkningen av filen går inte att läsa: tolkning"):
        call_command("import_factors", own, *of_own, "--mapping", mapping, stdout=told)
    mapping.write_text(json.dumps(RISE), encoding="utf-8")
    call_command("import_factors", own, *of_own, "--mapping", mapping, stdout=told)
    assert "1 rader säger detsamma som en rad före dem" in told.getvalue()
