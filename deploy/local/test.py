"""./test: every check that a change must pass, beside servers of its own; a table at the end."""

import contextlib
import os
import shlex
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from deploy.local import browser, messages, servers, trial
from deploy.local.places import APPS, ROOT, VENV_PYTHON, Fault, made, var_dir

TYPED = ("config", "market", "suppliers", "kitchens", "orders", "deploy", "manage.py")
TYPED_IN_ALL = ("tests", "benchmarks")  # a third of what mypy takes the first time
USAGE = "./test: the checks and the tests; ./test all: the long tests too; words after -- go to pytest."
QUICK = "not long and not race and not browser"
LONG = "long and not race and not browser"
FEWER_DRAWN = "--hypothesis-profile=brief"  # a property of the quick run is tried with fewer examples (tests/conftest.py)
MARKET, ORDERS = "tests/market", "tests/orders"  # the two are about half of the quick tests
PAGES = "tests/orders/views"  # about a third of those of orders
SWEEPS = "tests/architecture"  # about two fifths of the long tests


@dataclass(frozen=True, slots=True)
class Lane:
    """A part of the tests that runs beside servers of its own; ``folders`` are its own, ``without`` are others'.

    ``told``: only files that name this mark are read, which is most of what a small lane would do. ``only_in_all``: all that
    it holds is long.
    """

    name: str
    marks: str
    folders: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    told: str = ""
    only_in_all: bool = False

    def holds(self, path: str) -> bool:
        """Whether a file or folder lies in the lane's folders and not in others'."""
        own = not self.folders or any(Path(path).is_relative_to(each) for each in self.folders)
        return own and not any(Path(path).is_relative_to(each) for each in self.without)


# Also on two processors: who kills a house mostly waits for it, and so does who drives a browser.
AT_A_TIME = 4
AT_A_TIME_IN_ALL = 5  # the long parts wait a quarter of their time
# Those that wait begin first, then the longest, so that none is left to run alone at the end; what the one does to a server
# (kills it, holds its oldest transaction) is nothing to the other. Together they are all tests, each once.
LANES = (
    Lane("pytest, long", LONG, without=(SWEEPS, ORDERS), told="long", only_in_all=True),
    Lane("pytest, long of orders", LONG, folders=(ORDERS,), told="long", only_in_all=True),
    Lane("pytest, long in a browser", "browser and long", told="browser", only_in_all=True),
    Lane("pytest, long sweeps", LONG, folders=(SWEEPS,), told="long", only_in_all=True),
    Lane("pytest, races and kills", "race and not browser", told="race"),
    Lane("pytest, browser", "browser and not long", told="browser"),
    Lane("pytest, orders and sweeps", QUICK, folders=(ORDERS, SWEEPS), without=(PAGES,)),
    Lane("pytest, market and orders' pages", QUICK, folders=(MARKET, PAGES)),
    Lane("pytest, the rest", QUICK, without=(MARKET, ORDERS, SWEEPS)),
)


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    name: str
    passed: bool
    seconds: float
    words: str = ""


def tool(name: str) -> tuple[str, ...]:
    """A tool of the environment, run by its module: the scripts' first lines break when a folder moves."""
    return (str(VENV_PYTHON), "-m", name)


def checks(root: Path = ROOT, *, everything: bool) -> list[Check]:
    """The checks beside the tests, the slowest first. Templates are looked at when there are any."""
    typed = [name for name in TYPED + (TYPED_IN_ALL if everything else ()) if (root / name).exists()]
    folders = sorted(folder for app in APPS for folder in (root / app).glob("**/templates"))
    templates = [str(folder.relative_to(root)) for folder in folders]
    found = [
        Check("mypy", (*tool("mypy"), *typed)),
        Check("ruff check", (*tool("ruff"), "check", ".")),
        Check("ruff format", (*tool("ruff"), "format", "--check", ".")),
        Check(
            "lint-imports",
            (str(VENV_PYTHON), "-c", "from importlinter.cli import lint_imports_command as run; run()"),
        ),
    ]
    if templates:
        found.insert(1, Check("djlint", (*tool("djlint"), "--quiet", "--lint", "--check", *templates)))
    return found


def rules_covered(root: Path, *, everything: bool) -> Check:
    """Every branch of every rule is run by the rules' own plain tests: not by the properties beside them."""
    rules = ",".join(str(folder.relative_to(root)) for folder in sorted(root.glob("*/rules")))
    tests = " ".join(str(folder.relative_to(root)) for folder in rule_tests(root))
    drawn = "" if everything else f"{FEWER_DRAWN} "
    python = shlex.quote(str(VENV_PYTHON))
    steps = (
        f"{python} -m coverage run --branch --source={rules} -m pytest -q -p tests.covered {drawn}{tests}",
        f"{python} -m coverage report --skip-covered --show-missing --fail-under=100",
    )
    return Check(
        "rules 100 %",
        (
            "sh",
            "-c",
            'COVERAGE_CORE=ctrace COVERAGE_FILE="$BYGDEMAT_VAR/rules.coverage"; export COVERAGE_CORE COVERAGE_FILE; '
            'mkdir -p "$BYGDEMAT_VAR"; ' + " && ".join(steps),
        ),
    )


def run(check: Check, *, environment: Mapping[str, str]) -> Outcome:
    begun = time.monotonic()
    ended = subprocess.run(
        check.command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    return Outcome(check.name, ended.returncode == 0, time.monotonic() - begun, ended.stdout + ended.stderr)


def is_run(lane: Lane, *, everything: bool, chromium: str | None) -> bool:
    """Whether anything of the lane is left in this run."""
    return (everything or not lane.only_in_all) and bool(chromium or lane.told != "browser")


def selection(*, everything: bool, chromium: str | None, lane: str = "") -> list[str]:
    """pytest's -m: the lane's tests (all, without one) less what is left out of this run.

    Who runs everything runs the long tests, and not those that are a part of them.
    """
    wanted = [
        *([f"({lane})"] if lane else []),
        "not brief" if everything else "not long",
        *([] if chromium else ["not browser"]),
    ]
    return ["-m", " and ".join(wanted)]


def where(lane: Lane, root: Path = ROOT) -> list[str]:
    """pytest's words for the lane's folders. The rules' own tests are left out: the check of their branches runs them."""
    left_out = [
        *lane.without,
        *(sorted(str(each.relative_to(root)) for each in rule_tests(root)) if lane.marks else []),
    ]
    told = [file for file in naming(lane.told, root) if lane.holds(file)]
    return [*(told if lane.told else lane.folders), *(f"--ignore={folder}" for folder in left_out)]


def naming(mark: str, root: Path = ROOT) -> list[str]:
    """The files of tests in which a mark is named; none is asked for, none is found."""
    files = sorted((root / "tests").rglob("test_*.py")) if mark else []
    return [
        str(file.relative_to(root))
        for file in files
        if f"pytest.mark.{mark}" in file.read_text(encoding="utf-8")
    ]


def rule_tests(root: Path = ROOT) -> list[Path]:
    return sorted(root.glob("tests/*/rules"))


def table(outcomes: list[Outcome], *, not_run: list[str]) -> str:
    width = max(len(outcome.name) for outcome in outcomes)
    lines = [
        f"  {o.name:<{width}}  {'passed' if o.passed else 'FAILED'}  {o.seconds:7.1f} s" for o in outcomes
    ]
    return "\n".join([*lines, *(f"  NOT RUN: {what}" for what in not_run)])


@contextlib.contextmanager
def before_installing() -> Iterator[None]:
    """A browser is fetched beside what the block installs."""
    with ThreadPoolExecutor(max_workers=1) as beside:
        fetched = beside.submit(_browser)
        yield
        fetched.result()


def _browser() -> str | None:
    return browser.chromium_or_install(log=made(var_dir() / "log") / "chromium.log")


def main(words: list[str]) -> int:
    own, extra = (
        (words[: words.index("--")], words[words.index("--") + 1 :]) if "--" in words else (words, [])
    )
    if own not in ([], ["all"]):
        raise Fault(USAGE)
    begun = time.monotonic()
    messages.compile_all()
    chromium = _browser()
    lanes = (
        [Lane("pytest", "")]
        if extra
        else [lane for lane in LANES if is_run(lane, everything=bool(own), chromium=chromium)]
    )
    runs = [
        _Run(
            lane.name,
            (
                *selection(everything=bool(own), chromium=chromium, lane=lane.marks),
                *([] if own or extra else [FEWER_DRAWN]),
                *where(lane),
                *extra,
            ),
            chromium,
        )
        for lane in lanes
    ]
    at_a_time = AT_A_TIME_IN_ALL if own else AT_A_TIME
    with contextlib.ExitStack() as opened, ThreadPoolExecutor(max_workers=at_a_time) as pool:
        migrating = pool.submit(opened.enter_context, _migrated(plainly=bool(own)))
        apart = _apart(
            os.environ, var=Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="bygdemat-")))
        )
        asked = [pool.submit(run, each, environment=apart) for each in checks(everything=bool(own))]
        if extra:
            outcomes = [_ended(each) for each in asked]
            outcomes += [_tested(runs[0], data=migrating, aloud=True)]
        else:
            print(f"The checks and pytest in {len(runs)} parts, {at_a_time} at a time.", flush=True)
            asked += [pool.submit(_tested, each, data=migrating, aloud=False) for each in runs]
            # Half a minute, for who is ready before the others.
            asked.append(pool.submit(run, rules_covered(ROOT, everything=bool(own)), environment=apart))
            outcomes = [_ended(each) for each in as_completed(asked)]
    not_run = [] if chromium else ["browser tests (no chromium)"]
    print(f"\n{table(outcomes, not_run=not_run)}\n  in all {time.monotonic() - begun:.1f} s", flush=True)
    return 0 if all(outcome.passed for outcome in outcomes) else 1


@dataclass(frozen=True, slots=True)
class _Run:
    name: str
    words: tuple[str, ...]
    chromium: str | None


def _environment(addresses: servers.Addresses, chromium: str | None) -> dict[str, str]:
    return _apart(addresses.environment(), var=addresses.folder / "var") | (
        {"BYGDEMAT_CHROMIUM": chromium} if chromium else {}
    )


def _apart(environment: Mapping[str, str], *, var: Path) -> dict[str, str]:
    """As it is, but with a ``var`` of its own: a house that is open beside us keeps its files."""
    kept = {name: value for name, value in environment.items() if name != "DJANGO_SETTINGS_MODULE"}
    return kept | {"BYGDEMAT_VAR": str(var), "PYTHONUNBUFFERED": "1"}


def _migrated(*, plainly: bool) -> contextlib.AbstractContextManager[Path]:
    """The data folder of a server with migrated databases, made once: each lane, and each house it opens, begins with a copy.

    Who runs everything migrates as a house does; a quick run takes the short way to the same tables.
    """
    return servers.prepared([*tool("tests.migrating"), *(["plainly"] if plainly else [])], environment={})


def _ended(asked: Future[Outcome]) -> Outcome:
    """Its words are printed when it is a part of the tests, or has failed."""
    outcome = asked.result()
    if outcome.name.startswith("pytest") or not outcome.passed:
        print(f"\n--- {outcome.name} ---\n{outcome.words.rstrip()}", flush=True)
    return outcome


def _tested(run: _Run, *, data: Future[Path], aloud: bool) -> Outcome:
    """pytest beside servers of its own; a run that finds no test (its exit code 5) has failed too."""
    migrated = data.result()
    begun = time.monotonic()
    with servers.temporary(like=migrated) as addresses:
        ended = subprocess.run(
            [*tool("pytest"), "--reuse-db", "--durations=10", "--durations-min=5", *run.words],
            cwd=ROOT,
            env=_environment(addresses, run.chromium) | {trial.MIGRATED: str(migrated)},
            stdout=None if aloud else subprocess.PIPE,
            stderr=None if aloud else subprocess.STDOUT,
            text=True,
            check=False,
        )
    return Outcome(run.name, ended.returncode == 0, time.monotonic() - begun, ended.stdout or "")
