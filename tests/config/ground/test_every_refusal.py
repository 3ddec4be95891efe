"""Every refusal of the house has its words in both languages, and gets the figures that they speak of."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from config.ground.refusals import Refusal, all_refusals

ROOT = Path(__file__).resolve().parents[3]
HOUSE = ("config", "orders", "kitchens", "market", "suppliers")


def house_refusals() -> list[type[Refusal]]:
    """All of them, wherever in the house they are written down."""
    for package in HOUSE:
        for path in (ROOT / package).rglob("*.py"):
            if re.search(r"^class \w+\(\w*Refusal\)", path.read_text(encoding="utf-8"), re.MULTILINE):
                importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    return [refusal for refusal in all_refusals().values() if refusal.__module__.split(".")[0] in HOUSE]


OURS = {500, 503}  # what the asker can't help: our own fault, a queue that does not answer
REFUSALS = house_refusals()
BY_NAME = {refusal.__name__: refusal for refusal in REFUSALS if "__init__" not in vars(refusal)}
ANY_NAME = re.compile(rf"\b(?:{'|'.join(BY_NAME)})\b")


def figures_in(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}


def figures_of(refusal: type[Refusal]) -> set[str]:
    sentences = [*refusal.what.values(), *refusal.then.values()]
    return set[str]().union(*map(figures_in, sentences))


def handed_over() -> Iterator[tuple[str, str, set[str] | None]]:
    """Where a refusal is made, which, and the figures it gets; None for figures that the source does not name.

    Left out are refusals that make their figures themselves, out of something else.
    """
    for package in HOUSE:
        for path in (ROOT / package).rglob("*.py"):
            text, file = path.read_text(encoding="utf-8"), path.relative_to(ROOT)
            if ANY_NAME.search(text) is None:
                continue
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Call) and called(node.func) in BY_NAME:
                    names = {keyword.arg for keyword in node.keywords}
                    told = None if None in names else {str(name) for name in names}
                    yield f"{file}:{node.lineno}", called(node.func), told
                elif isinstance(node, ast.Raise) and called(node.exc) in BY_NAME:
                    yield f"{file}:{node.lineno}", called(node.exc), set()


def called(node: ast.expr | None) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def test_the_sweep_sees_the_apps() -> None:
    assert {refusal.__module__.split(".")[0] for refusal in REFUSALS} >= {"config", "orders", "market"}


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.code)
def test_a_refusal_says_what_happened_and_what_to_do_in_both_languages(refusal: type[Refusal]) -> None:
    told = refusal.__new__(refusal)
    figures: dict[str, Any] = dict.fromkeys(figures_of(refusal), "7")
    Refusal.__init__(told, **figures)  # some make their figures themselves
    for words in (told.sentence, told.next_step):
        assert words("sv").endswith((".", "?"))
        assert words("en").endswith((".", "?"))
        assert words("sv") != words("en")


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.code)
def test_both_languages_speak_of_the_same_figures(refusal: type[Refusal]) -> None:
    for words in (refusal.what, refusal.then):
        swedish, english = (
            {name.removesuffix(f"_{language}") for name in figures_in(words[language])}
            for language in ("sv", "en")
        )
        assert swedish == english


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.code)
def test_a_refusal_has_a_public_code_and_a_status_of_refusing(refusal: type[Refusal]) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]*", refusal.code)
    assert 400 <= refusal.status < 500 or refusal.status in OURS


@pytest.mark.parametrize(
    ("name", "given"),
    [pytest.param(name, given, id=place) for place, name, given in handed_over() if given is not None],
)
def test_each_place_hands_over_the_figures_that_the_words_need(name: str, given: set[str]) -> None:
    assert figures_of(BY_NAME[name]) <= given


def test_a_code_is_given_once() -> None:
    with pytest.raises(TypeError, match="two refusals have the code not_found"):
        type("Again", (Refusal,), {"code": "not_found"})
