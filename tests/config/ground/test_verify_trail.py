"""The command: sentences, JSON, exit code."""

import json
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from config.ground.sealing import seal_up_to
from tests.config.ground.conftest import Run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_without_reference")]


def test_a_clean_house_ends_well(crate: Callable[..., int]) -> None:
    crate()
    seal_up_to(2**60)
    out = StringIO()
    call_command("verify_trail", stdout=out)
    assert "Newest seal of authority 0: 1, " in out.getvalue()
    assert "Everything fits in " in out.getvalue()


def test_a_finding_is_a_sentence_and_exit_code_1(crate: Callable[..., int], tamper: Run) -> None:
    made = crate()
    tamper("UPDATE crates SET kg = 0")
    out = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("verify_trail", table=["crates"], stdout=out)
    assert end.value.code == 1
    assert f"crates {made}: kg differ from" in out.getvalue()
    assert "1 things do not fit in 1 tables." in out.getvalue()


def test_json_holds_the_same(crate: Callable[..., int], tamper: Run) -> None:
    made = crate()
    seal_up_to(2**60)
    tamper("DELETE FROM crates")
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_trail", json=True, stdout=out)
    told = json.loads(out.getvalue())
    assert [(f["kind"], f["table"], f["row"], f["fault"]) for f in told["findings"]] == [
        ("row_gone", "crates", made, True)
    ]
    assert [head["seal"] for head in told["heads"]] == [1]


def test_an_unknown_table_is_refused_with_those_that_are_known(crates: str) -> None:
    with pytest.raises(CommandError, match=r"Not trailed: casks\. Trailed are: .*crates"):
        call_command("verify_trail", table=["casks"])
