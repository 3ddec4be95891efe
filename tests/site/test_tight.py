"""Pages are sent without their templates' indentation; letters keep every blank."""

import re
from pathlib import Path

from django.template import Origin
from django.template.engine import Engine

from config.site.tight import Loader


def contents(tmp_path: Path, name: str) -> str:
    path = tmp_path / name
    path.write_text("<p>\n    a  b\n\t</p>\n")
    return Loader(Engine()).get_contents(Origin(str(path), name))


def test_a_pages_lines_lose_their_indentation_and_keep_their_places(tmp_path: Path) -> None:
    assert contents(tmp_path, "page.html") == "<p>\na  b\n</p>\n"


def test_a_letter_keeps_its_blanks(tmp_path: Path) -> None:
    assert contents(tmp_path, "letter.txt") == "<p>\n    a  b\n\t</p>\n"


def test_no_template_has_text_that_lives_by_its_blanks() -> None:
    rooms = ("config", "market", "suppliers", "kitchens", "orders")
    pages = [page for room in rooms for page in Path(room).rglob("*.html")]
    blanks_matter = re.compile(r"<(pre|textarea)[^>]*>[^{<]*\n")
    assert pages
    assert not [page for page in pages if blanks_matter.search(page.read_text())]
