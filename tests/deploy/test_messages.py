"""Translations compiled without gettext's tools say the same as Babel's compiler makes of them."""

import gettext
import io
from pathlib import Path

import pytest
from babel.messages import mofile, pofile

from deploy.local import messages
from deploy.local.places import Fault

PO = r"""
# head
#, fuzzy
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

#: market/views.py:12
msgid "Beställning"
msgstr "Order"

msgctxt "parti"
msgid "Parti"
msgstr "Goods lot"

msgid "%(n)s låda"
msgid_plural "%(n)s lådor"
msgstr[0] "%(n)s box"
msgstr[1] "%(n)s boxes"

msgid ""
"Lagen säger \"nej\":\n"
"rad två"
msgstr ""
"The law says \"no\":\n"
"line two"

#, fuzzy
msgid "Osäker"
msgstr "Wrong guess"

msgid "Ej översatt"
msgstr ""

#~ msgid "Borttagen"
#~ msgstr "Gone"
"""


def _read(text: bytes) -> gettext.GNUTranslations:
    return gettext.GNUTranslations(io.BytesIO(text))


def test_every_kind_of_entry_is_read_back() -> None:
    said = _read(messages.compiled(PO, name="sv.po"))
    assert said.gettext("Beställning") == "Order"
    assert said.pgettext("parti", "Parti") == "Goods lot"
    assert [said.ngettext("%(n)s låda", "%(n)s lådor", n) for n in (1, 2)] == ["%(n)s box", "%(n)s boxes"]
    assert said.gettext('Lagen säger "nej":\nrad två') == 'The law says "no":\nline two'


@pytest.mark.parametrize("word", ["Osäker", "Ej översatt", "Borttagen"])
def test_what_is_not_surely_translated_stays_in_swedish(word: str) -> None:
    assert _read(messages.compiled(PO, name="sv.po")).gettext(word) == word


def test_it_says_the_same_as_babels_compiler() -> None:
    theirs = io.BytesIO()
    mofile.write_mo(theirs, pofile.read_po(io.BytesIO(PO.encode())))
    ours = _read(messages.compiled(PO, name="sv.po"))._catalog  # type: ignore[attr-defined]
    expected = _read(theirs.getvalue())._catalog  # type: ignore[attr-defined]
    ours.pop(""), expected.pop("")  # Babel writes a head of its own
    assert ours == expected


def test_a_file_is_compiled_when_it_is_newer_and_then_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "config" / "site" / "locale" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(PO)
    assert messages.compile_all(tmp_path) == [folder / "django.mo"]
    assert messages.compile_all(tmp_path) == []
    assert sorted(path.name for path in folder.iterdir()) == ["django.mo", "django.po"]


def test_a_broken_line_is_named() -> None:
    with pytest.raises(Fault, match=r"en\.po: not a line of a \.po file: msgsrt"):
        messages.compiled('msgid "a"\nmsgsrt "b"\n', name="en.po")
