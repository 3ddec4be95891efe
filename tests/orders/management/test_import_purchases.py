"""The command prints what was done and ends with a code that a script can read."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from orders.models import ExternalPurchase, PurchaseImport
from tests.orders.purchase_files import BAD, GOOD, make_authority, make_factors, write

pytestmark = pytest.mark.django_db

MAPPING = """
currency = "USD"
[columns]
buyer = "Unit"
period = "Year"
product_text = "Item"
category = "Group"
quantity = "Number"
weight = "Weight"
amount = "Cost"
"""


@pytest.fixture(autouse=True)
def _ground() -> None:
    make_factors("set-1", carrot="0.11", milk_semi="1.157")
    make_authority()


def call(*arguments: object) -> str:
    out = io.StringIO()
    call_command("import_purchases", *map(str, arguments), stdout=out)
    return out.getvalue()


def refused(*arguments: object) -> tuple[int, str]:
    with pytest.raises(CommandError) as stopped:
        call(*arguments)
    return stopped.value.returncode, str(stopped.value)


def mapping_file(folder: Path) -> Path:
    path = folder / "ward_and_school.toml"
    path.write_text(MAPPING)
    return path


def test_it_says_that_every_row_is_accounted_for_and_what_is_covered(tmp_path: Path) -> None:
    said = call(write(tmp_path, *GOOD), "--mapping", mapping_file(tmp_path))
    assert "6 rows in the file = 6 imported + 0 refused" in said
    assert "kept as they stand, not read: Remark" in said
    assert "all periods      70.0 % of 100 kg" in said
    assert "30 kg  pizza" in said
    assert f"--undo {PurchaseImport.objects.get().pk}" in said


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    said = call(write(tmp_path, *GOOD), "--mapping", mapping_file(tmp_path), "--dry-run")
    assert "6 would be imported" in said
    assert "Dry run: nothing is written." in said
    assert PurchaseImport.objects.count() == 0


def test_bad_rows_are_printed_and_refuse_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = io.StringIO()
    with pytest.raises(CommandError) as stopped:
        call_command(
            "import_purchases",
            str(write(tmp_path, BAD)),
            "--mapping",
            str(mapping_file(tmp_path)),
            stdout=out,
        )
    assert stopped.value.returncode == 1
    assert "line 2: Year: “2019” is no fiscal year" in out.getvalue()
    assert "so nothing is read in" in str(stopped.value)


def test_words_about_rows_in_swedish(tmp_path: Path) -> None:
    content, mapping = write(tmp_path, BAD), mapping_file(tmp_path)
    code, said = refused(content, "--mapping", mapping, "--language", "sv")
    assert (code, "går inte att läsa" in said) == (1, True)


def test_a_dry_run_of_a_file_with_bad_rows_ends_with_one(tmp_path: Path) -> None:
    code, _ = refused(write(tmp_path, *GOOD, BAD), "--mapping", mapping_file(tmp_path), "--dry-run")
    assert code == 1


def test_bad_rows_may_be_skipped(tmp_path: Path) -> None:
    said = call(write(tmp_path, *GOOD, BAD), "--mapping", mapping_file(tmp_path), "--skip-bad")
    assert "7 rows in the file = 6 imported + 1 refused" in said


def test_the_same_file_ends_with_one_until_it_is_undone(tmp_path: Path) -> None:
    content, mapping = write(tmp_path, *GOOD), mapping_file(tmp_path)
    call(content, "--mapping", mapping)
    code, said = refused(content, "--mapping", mapping)
    assert (code, "already read" in said) == (1, True)
    first = PurchaseImport.objects.get().pk
    assert "counts no more" in call("--undo", first)
    assert refused("--undo", first)[0] == 1
    call(content, "--mapping", mapping)
    assert ExternalPurchase.objects.counting().count() == 6
    listed = call("--list").splitlines()
    assert ["undone" in line for line in listed] == [True, False]


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([], id="no file"),
        pytest.param(["ledger.csv"], id="no mapping"),
        pytest.param(["no-such.csv", "--mapping", "nyc_good_food"], id="no such file"),
        pytest.param([__file__, "--mapping", "nothing"], id="no such mapping"),
        pytest.param([__file__, "--mapping", "nyc_good_food", "--authority", "X"], id="no such authority"),
        pytest.param(["--undo", "0"], id="no such import"),
    ],
)
def test_a_wrong_call_ends_with_two(arguments: list[str]) -> None:
    assert refused(*arguments)[0] == 2


def test_with_several_authorities_one_must_be_named(tmp_path: Path) -> None:
    make_authority("KRI", org_number="2120000002")
    content, mapping = write(tmp_path, *GOOD), mapping_file(tmp_path)
    code, said = refused(content, "--mapping", mapping)
    assert (code, "KRI, VGK" in said) == (2, True)
    call(content, "--mapping", mapping, "--authority", "KRI")
    assert PurchaseImport.objects.get().authority.code == "KRI"


def test_a_file_of_another_kind_ends_with_one(tmp_path: Path) -> None:
    code, said = refused(write(tmp_path, *GOOD), "--mapping", "nyc_good_food")
    assert (code, "Agency" in said) == (1, True)
