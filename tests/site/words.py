"""Every word on screen that must have an English twin, collected from templates and sources.

``python -m tests.site.words`` prints what the catalogue lacks, ready to be filled in.
"""

import ast
import csv
import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("config", "suppliers", "market", "kitchens", "orders")
CATALOGUE = ROOT / "config" / "site" / "locale" / "en" / "LC_MESSAGES" / "django.po"
CONTEXT_ENDS = "\x04"  # as gettext itself keeps a message with its context
CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "npgettext"}
TOLD_AS_THEY_STAND = {"factor_sets.csv": ("source", "licence", "boundary", "land_use_change")}


@cache
def collected() -> dict[str, set[str]]:
    """Every message id with the files that use it; a plural's ids are joined by a line break, a context stands before."""
    found: dict[str, set[str]] = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*")):
            if path.suffix == ".py" and "migrations" not in path.parts:
                ids = _of_source(path.read_text(encoding="utf-8"))
            elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
                ids = _of_template(path.read_text(encoding="utf-8"))
            elif path.name in TOLD_AS_THEY_STAND:
                ids = _of_data(path, columns=TOLD_AS_THEY_STAND[path.name])
            else:
                continue
            for message in ids:
                found.setdefault(message, set()).add(str(path.relative_to(ROOT)))
    return found


def _of_source(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            words = [
                each.value
                for each in node.args
                if isinstance(each, ast.Constant) and isinstance(each.value, str)
            ]
            if name in CALLS and words:
                yield _key(name, words)


def _of_data(path: Path, *, columns: Sequence[str]) -> Iterator[str]:
    """The sentences of a shipped list that a page tells in the reader's language."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield from (row[column] for column in columns)


_TEXT = r"""(u?(?:'{3}.*?'{3}|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))"""
_CALL = re.compile(rf"\b(n?p?gettext|_)\(\s*{_TEXT}(?:\s*,\s*{_TEXT})?")


def _of_template(source: str) -> Iterator[str]:
    """Django turns a template into something like a source; its calls are gettext's, several on a line."""
    for call in _CALL.finditer(templatize(source)):
        texts = [ast.literal_eval(text) for text in call.groups()[1:] if text]
        yield _key(call[1], texts)


def _key(call: str, texts: list[str]) -> str:
    context = f"{texts.pop(0)}{CONTEXT_ENDS}" if call.startswith(("p", "np")) else ""
    return context + ("\n".join(texts[:2]) if call.startswith("n") else texts[0])


@cache
def catalogue() -> dict[str, list[str]]:
    """The English twins by message id, as ``collected`` keeps it."""
    found: dict[str, list[str]] = {}
    with CATALOGUE.open("rb") as file:
        for message in read_po(file):
            ids = [message.id] if isinstance(message.id, str) else list(message.id)
            twins = [message.string] if isinstance(message.string, str) else list(message.string or ())
            if ids != [""]:
                context = f"{message.context}{CONTEXT_ENDS}" if message.context else ""
                found[context + "\n".join(ids)] = twins
    return found


def main() -> None:
    known = catalogue()
    for message, files in sorted(collected().items()):
        if message not in known:
            sys.stdout.write(f"# {', '.join(sorted(files))}\n{message!r}\n\n")


if __name__ == "__main__":
    main()
