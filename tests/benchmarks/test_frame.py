"""What a bench says: figures, ratios in pairs, and the file."""

import importlib
import json
from pathlib import Path

import pytest

from benchmarks import __main__ as benches
from benchmarks.frame import OVER_THE_LIMIT, Figure, Ratio, figure, paired
from benchmarks.register import BENCHES


@pytest.mark.parametrize(
    ("value", "limit", "ok"), [(7.9, 8, True), (8, 8, True), (8.1, 8, False), (99, None, True)]
)
def test_a_figure_is_well_up_to_its_limit(value: float, limit: float | None, *, ok: bool) -> None:
    assert figure("warm", value, unit="s", limit=limit).ok is ok


def test_a_missed_limit_is_shown() -> None:
    assert OVER_THE_LIMIT in figure("warm", 9, unit="s", limit=8).as_line()


def test_ours_and_the_floor_are_run_by_turns() -> None:
    order: list[str] = []

    def measured(name: str, seconds: float) -> float:
        order.append(name)
        return seconds

    ratio = paired(lambda: measured("ours", 3), lambda: measured("floor", 2), rounds=3)
    assert order == ["ours", "floor"] * 3
    assert ratio.value == 1.5
    order.clear()
    ratio = paired(lambda: measured("ours", 3), lambda: measured("floor", 2), rounds=2, floor_first=True)
    assert order == ["floor", "ours"] * 2
    assert ratio.value == 1.5


def test_a_ratio_is_the_median_of_its_rounds_and_not_of_sums() -> None:
    ratio = Ratio(ours=(2.0, 30.0, 4.0), floor=(1.0, 10.0, 1.0))
    assert (ratio.value, ratio.spread) == (3.0, (2.0, 4.0))


def test_the_file_holds_the_figures_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measured = [figure("place", 1.25, unit="s", limit=1, spread=(1, 2))]
    monkeypatch.setattr(benches, "_measure", lambda _name, **_named: measured)
    file = tmp_path / "figures.json"
    assert benches.main(["start", "--json", str(file)]) == 0
    expected = {"name": "place", "value": 1.25, "unit": "s", "limit": 1, "ok": False}
    assert json.loads(file.read_text()) == {"bench": "start", "figures": [expected]}


def test_a_bench_that_is_none_is_refused_with_the_names_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert benches.main(["cabbage"]) == 2
    assert "start" in capsys.readouterr().err


def test_a_bench_that_breaks_is_told_by_the_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Broken:
        @staticmethod
        def run(**_named: object) -> list[Figure]:
            raise ValueError("no scale")

    monkeypatch.setattr(importlib, "import_module", lambda _name: Broken)
    assert benches.main(["start"]) == 1
    assert "no scale" in capsys.readouterr().err


def test_the_file_of_all_names_each_figure_after_its_bench(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(benches, "_measure", lambda name, **_named: [figure(f"of_{name}", 1, unit="s")])
    file = tmp_path / "figures.json"
    assert benches.main(["all", "--quick", "--json", str(file)]) == 0
    told = json.loads(file.read_text())
    assert told["bench"] == "all"
    assert [each["name"] for each in told["figures"]] == [f"{name}.of_{name}" for name in BENCHES]
