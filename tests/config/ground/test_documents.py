"""A document becomes a PDF that says its language and title, is tagged, and is read back word for word."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from config.ground.documents import Document, Facts, Heading, Part, Table, Words, tagged_pdf
from tests.config.ground.reading_pdf import pages, reader, root, tags, words

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


def document(*parts: Part, title: str = "Varför var detta tillåtet?", notice: str = "") -> Document:
    return Document(
        title=title,
        language="sv",
        issuer="Åby kommun",
        made_at=AT,
        lead="Ingress",
        parts=parts,
        notice=notice,
    )


def test_it_says_its_language_its_title_and_that_it_is_tagged() -> None:
    made = tagged_pdf(document(Words("Text")))
    found, about = root(made), reader(made).metadata
    assert found["/Lang"] == "sv"
    assert bool(found["/MarkInfo"]["/Marked"])
    assert bool(found["/ViewerPreferences"]["/DisplayDocTitle"])
    assert b"<pdfuaid:part>1</pdfuaid:part>" in found["/Metadata"].get_data()
    assert (about.title, about.author) == ("Varför var detta tillåtet?", "Åby kommun")


def test_it_is_made_at_any_part_of_a_second() -> None:
    at = AT.replace(microsecond=867_769)
    assert reader(tagged_pdf(replace(document(Words("Text")), made_at=at))).metadata.creation_date == AT


def test_headings_facts_and_tables_are_tagged_as_what_they_are() -> None:
    made = tagged_pdf(
        document(
            Heading("Siffror"),
            Facts((("Takvärde", "250,00\u00a0kr"),)),
            Table(("Vem", "När"), (("Anna", "2026-11-23"), ("Bo", "2026-11-24"))),
        )
    )
    found = tags(made)
    assert found.count("/H1") + found.count("/Title") >= 1
    assert (found.count("/TH"), found.count("/TD"), found.count("/TR")) == (2, 4, 3)
    assert {"/L", "/LI", "/Lbl", "/LBody"} <= set(found)
    assert "Takvärde 250,00 kr" in words(made)
    assert "Anna 2026-11-23 Bo 2026-11-24" in words(made)


@pytest.mark.parametrize(
    "text", ["#panic(1) $x$ *b* _i_ `c` <a> @b [c] \\ // ~", "Åäö é – − €", "= Rubrik", "- punkt", "1. ett"]
)
def test_what_people_wrote_is_told_and_never_run(text: str) -> None:
    made = tagged_pdf(
        document(Words(text), Heading(text), Facts(((text, text),)), Table((text,), ((text,),)))
    )
    assert words(made).count(text) == 6


def test_a_line_break_stays_one() -> None:
    (page,) = pages(tagged_pdf(document(Words("Första\nAndra"))))
    assert "Första\nAndra" in page


def test_the_notice_stands_first_and_on_every_page() -> None:
    rows = tuple((str(number), "x") for number in range(200))
    found = pages(tagged_pdf(document(Table(("a", "b"), rows), notice="Påhittade siffror")))
    assert len(found) > 2
    assert all("Påhittade siffror" in page for page in found)
    assert found[0].count("Påhittade siffror") == 2


def test_the_same_document_is_the_same_file() -> None:
    assert tagged_pdf(document(Words("Text"))) == tagged_pdf(document(Words("Text")))


def test_a_document_without_a_title_is_refused() -> None:
    with pytest.raises(ValueError, match="title"):
        tagged_pdf(document(title=" "))
