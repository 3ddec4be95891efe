"""Every word on screen has its English twin, and Swedish words are spelled as the trade spells them."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext, pgettext

from deploy.local import messages
from tests.site.words import PACKAGES, ROOT, catalogue, collected

PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")
# Wrong spellings that come up, and the glossary's.
SPELLING = {
    "rangording": "rangordning",
    "upphandlingsmyndighet": "upphandlande myndighet",
    "del-kontrakt": "delkontrakt",
    "leveransdatum": "leveransdag",
    "cutoff": "stopptid",
    "sista beställningstid": "stopptid",
    "kundkorg": "varukorg",
    "direkt upphandling": "direktupphandling",
    "ram-avtal": "ramavtal",
    "avrop order": "avrop",
    "följe sedel": "följesedel",
    "kökschefen för köket": "kökschefen",
    "tak-värde": "takvärde",
    "pack sedel": "packsedel",
}
TEMPLATES = [
    path
    for package in PACKAGES
    for path in sorted((ROOT / package).rglob("*.html"))
    if "templates" in path.parts and "style" not in path.parts  # its specimens are invented names
]


def test_every_word_has_its_english_twin() -> None:
    known = catalogue()
    assert sorted(set(collected()) - set(known)) == []
    assert [message for message, twins in known.items() if not all(twins)] == []


def test_the_catalogue_holds_no_word_that_nobody_uses() -> None:
    assert sorted(set(catalogue()) - set(collected())) == []


def test_a_twin_has_the_same_places_to_fill() -> None:
    known = catalogue()
    assert known
    for message, twins in known.items():
        for twin in twins:
            assert set(PLACEHOLDER.findall(twin)) == set(PLACEHOLDER.findall(message)), message


def test_a_compiled_catalogue_is_read() -> None:
    messages.compile_all()
    translation.trans_real._translations.clear()  # type: ignore[attr-defined]
    with translation.override("en"):
        assert gettext("Varukorg") == "Basket"
        assert pgettext("unit", "st") == "pc"
    with translation.override("sv"):
        assert gettext("Varukorg") == "Varukorg"


@pytest.mark.parametrize(("wrong", "right"), SPELLING.items())
def test_words_are_spelled_as_the_glossary_does(wrong: str, right: str) -> None:
    assert [message for message in collected() if wrong in message.casefold()] == [], f"write {right}"


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_swedish_stands_outside_the_translation_tags(path: Path) -> None:
    source = re.sub(
        r"{% blocktranslate.*?{% endblocktranslate %}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    bare = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", " ", source, flags=re.DOTALL)
    reader = _Texts()
    reader.feed(bare)
    swedish = [text.strip() for text in reader.texts if re.search(r"[åäöÅÄÖ]|\b(och|eller|inte|den)\b", text)]
    assert swedish == []
