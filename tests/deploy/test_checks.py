"""./test: what is left out of a run, and what its closing table says."""

from pathlib import Path

import pytest

from deploy.local.places import ROOT
from deploy.local.test import (
    FEWER_DRAWN,
    LANES,
    Lane,
    Outcome,
    checks,
    is_run,
    naming,
    rule_tests,
    rules_covered,
    selection,
    table,
    where,
)
from tests.conftest import is_long


def test_a_plain_run_leaves_the_long_tests_out() -> None:
    assert selection(everything=False, chromium="/usr/bin/chromium") == ["-m", "not long"]


def test_everything_is_everything_but_what_a_long_test_does_too() -> None:
    assert selection(everything=True, chromium="/usr/bin/chromium") == ["-m", "not brief"]


def test_a_brief_test_names_a_long_one_of_its_file() -> None:
    text = (
        "    @pytest.mark.long\n    def test_all(self) -> None: ...\n\n    def test_some(self) -> None: ..."
    )
    assert is_long("test_all", text)
    assert not is_long("test_some", text)
    assert not is_long("test_al", text)


@pytest.mark.parametrize(
    "marks", [set(), {"long"}, {"race"}, {"browser"}, {"long", "browser"}, {"long", "race"}]
)
@pytest.mark.parametrize(
    "folder",
    [
        "tests/market",
        "tests/orders/rules",
        "tests/orders/views",
        "tests/kitchens",
        "tests/architecture",
        "tests/new",
    ],
)
def test_every_test_is_in_one_lane_and_in_no_other(marks: set[str], folder: str) -> None:
    truths = {name: name in marks for name in ("long", "race", "browser")}

    takers = [lane for lane in LANES if eval(lane.marks, {}, truths) and lane.holds(folder)]  # noqa: S307
    assert len(takers) == 1
    assert not takers[0].told or takers[0].told in marks  # its file names the mark, or it would not be read


def test_a_lane_of_a_mark_reads_the_files_that_name_it(tmp_path: Path) -> None:
    folder = tmp_path / "tests" / "kills"
    folder.mkdir(parents=True)
    (folder / "test_hard.py").write_text("pytestmark = pytest.mark.race")
    (folder / "test_soft.py").write_text("def test_it() -> None: ...")
    assert naming("race", tmp_path) == ["tests/kills/test_hard.py"]
    assert naming("", tmp_path) == []
    assert "tests/kills/test_hard.py" in where(Lane("races", "race", told="race"), tmp_path)
    elsewhere = Lane("races", "race", folders=("tests/races",), told="race")
    assert "tests/kills/test_hard.py" not in where(elsewhere, tmp_path)
    assert "tests/races" not in where(elsewhere, tmp_path)


def test_a_lane_of_which_nothing_is_left_is_not_run() -> None:
    everything = [lane for lane in LANES if is_run(lane, everything=True, chromium="chromium")]
    assert everything == list(LANES)
    left_out = {lane.marks for lane in LANES if not is_run(lane, everything=False, chromium=None)}
    assert left_out == {"browser and long", "browser and not long", "long and not race and not browser"}
    assert {lane.marks for lane in LANES if lane.only_in_all} == {
        "long and not race and not browser",
        "browser and long",
    }


def test_the_rules_tests_are_left_to_the_check_that_runs_them() -> None:
    ignored = {f"--ignore={folder.relative_to(ROOT)}" for folder in rule_tests()}
    assert ignored
    assert all(ignored <= set(where(lane)) for lane in LANES)
    assert where(Lane("pytest", "")) == []
    command = " ".join(rules_covered(ROOT, everything=True).command)
    assert all(str(folder.relative_to(ROOT)) in command for folder in rule_tests())
    assert FEWER_DRAWN not in command
    assert FEWER_DRAWN in " ".join(rules_covered(ROOT, everything=False).command)


def test_a_lane_is_narrowed_by_what_is_left_out() -> None:
    words = selection(everything=False, chromium=None, lane="long or race or browser")
    assert words == ["-m", "(long or race or browser) and not long and not browser"]


def test_without_chromium_the_browser_tests_are_left_out_and_the_table_says_so() -> None:
    assert selection(everything=False, chromium=None) == ["-m", "not long and not browser"]
    lines = table([Outcome("pytest", passed=True, seconds=61.25)], not_run=["browser tests (no chromium)"])
    assert "NOT RUN: browser tests (no chromium)" in lines
    assert "61.2 s" in lines


def test_a_failed_check_is_seen_in_the_table() -> None:
    lines = table(
        [Outcome("mypy", passed=False, seconds=1), Outcome("pytest", passed=True, seconds=2)], not_run=[]
    )
    assert lines.splitlines()[0].split()[:2] == ["mypy", "FAILED"]


def test_every_check_of_the_house_is_among_them() -> None:
    names = {check.name for check in checks(everything=False)}
    assert names == {"mypy", "ruff check", "ruff format", "lint-imports", "djlint"}


def test_mypy_reads_the_tests_too_where_everything_is_run() -> None:
    quick, whole = (checks(everything=everything)[0].command for everything in (False, True))
    assert set(whole) - set(quick) == {"tests", "benchmarks"}
    assert {"orders", "manage.py"} <= set(quick)
