"""A file is what its bytes are, has a harmless name, and is read only by those of its shelf."""

import io
import zipfile

import pytest

from config.ground import files
from config.ground.file_types import MOST_UNPACKED
from config.ground.files import MOST_BYTES, open_file, shelf, split_name, store_file
from config.ground.models import StoredFile, User
from config.ground.refusals import FileRefused, NotFound
from config.ground.trail import Actor, acting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def even_shelf(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shelf whose files with an even id anybody signed in may read."""
    monkeypatch.setattr(files, "_shelves", {})

    @shelf("even")
    def may_read(user: object, shelf_id: int) -> bool:
        return isinstance(user, User) and shelf_id % 2 == 0


def workbook(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}.items():
            archive.writestr(name, content)
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def keep(content: bytes, by: Actor, name: str = "fil") -> StoredFile:
    return store_file(name=name, content=content, shelf="even", shelf_id=2, by=by)


PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize(
    ("content", "name", "kept_name", "content_type"),
    [
        (b"%PDF-1.7\n\x00\x01", "intyg", "intyg.pdf", "application/pdf"),
        (PNG, "karta.PNG", "karta.png", "image/png"),
        (b"\xff\xd8\xff\xe0JFIF", "ko.jpeg", "ko.jpeg", "image/jpeg"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "ko.webp", "ko.webp", "image/webp"),
        (workbook(), "rader.xlsx", "rader.xlsx", EXCEL),
        ("vara;kg\r\nmorötter;3\r\n".encode(), "rader.csv", "rader.csv", "text/csv; charset=utf-8"),
        ("morötter".encode("cp1252"), "rader.csv", "rader.csv", "text/csv; charset=windows-1252"),
        (b"a\tb\n", "rader.tsv", "rader.tsv", "text/tab-separated-values; charset=utf-8"),
        (b"Hej", "hej", "hej.txt", "text/plain; charset=utf-8"),
    ],
)
def test_the_type_is_read_from_the_bytes(
    by: Actor, content: bytes, name: str, kept_name: str, content_type: str
) -> None:
    file = keep(content, by, name)
    assert (file.name, file.content_type, file.size) == (kept_name, content_type, len(content))


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "tom.csv", "it is empty"),
        (b"%PDF-" + bytes(MOST_BYTES), "stor.pdf", "larger than 10 MB"),
        (b"MZ\x90\x00\x03", "spel.exe", "no PDF, picture, text or Excel"),
        (b"MZ\x90\x00\x03", "spel.pdf", "no PDF, picture, text or Excel"),
        (b"<script>alert(1)</script>", "sida.html", "its content is plain text, not what the name says"),
        (b"<svg onload='x'/>", "bild.svg", "its content is plain text"),
        (PNG, "bild.pdf", "its content is a PNG picture"),
        (b"PK\x03\x04 broken", "rader.xlsx", "can't be unpacked"),
        (workbook(**{"xl/vbaProject.bin": b"x"}), "rader.xlsx", "contains macros"),
        (workbook(**{"xl/big.xml": bytes(MOST_UNPACKED)}), "rader.xlsx", "unpacks to too much"),
        (workbook(**{f"m{n}": b"" for n in range(2000)}), "rader.xlsx", "unpacks to too much"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_taken_is_refused_with_its_reason(by: Actor, content: bytes, name: str, why: str) -> None:
    with pytest.raises(FileRefused) as refused:
        keep(content, by, name)
    assert why in refused.value.sentence("en")
    assert not StoredFile.objects.exists()


def test_a_zip_that_is_no_workbook_is_refused(by: Actor) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("spel.exe", b"MZ")
    with pytest.raises(FileRefused, match="file_refused"):
        keep(packed.getvalue(), by, "rader.xlsx")


def test_a_workbook_that_lies_about_its_size_is_refused(by: Actor) -> None:
    """The list says that a member unpacks to ten bytes; there are a million."""
    told = len(big := bytes(1_000_000)).to_bytes(4, "little")
    content = workbook(**{"xl/big.xml": big}).replace(told, (10).to_bytes(4, "little"))
    with pytest.raises(FileRefused) as refused:
        keep(content, by, "rader.xlsx")
    assert "can't be unpacked" in refused.value.sentence("en")


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("../../etc/passwd", ("passwd", "")),
        (r"C:\Users\Ada\Skrivbord\intyg.PDF", ("intyg", ".pdf")),
        ("Intyg för Åsgård 2026.pdf", ("Intyg för Åsgård 2026", ".pdf")),
        ("A\u030asga\u030ard.pdf", ("Åsgård", ".pdf")),
        ("intyg\u202efdp.exe", ("intygfdp", ".exe")),
        ('a<b>"c"|?*.csv', ("a_b__c____", ".csv")),
        ("rad\r\nX-Evil: 1.csv", ("radX-Evil_ 1", ".csv")),
        (".htaccess", ("htaccess", "")),
        ("...", ("fil", "")),
        ("", ("fil", "")),
        ("x" * 400 + ".pdf", ("x" * 120, ".pdf")),
    ],
)
def test_a_name_is_only_its_last_part_without_harmful_signs(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts


def test_who_may_read_the_shelf_gets_the_file_and_others_learn_nothing(by: Actor) -> None:
    with acting(by):
        ada = User.objects.create_user(name="Ada", email=None)
        even = keep(b"Hej", by)
        odd = store_file(name="x", content=b"Hej", shelf="even", shelf_id=3, by=by)
    assert bytes(open_file(user=ada, pk=even.pk).content) == b"Hej"
    for pk in (odd.pk, odd.pk + 1000):
        with pytest.raises(NotFound):
            open_file(user=ada, pk=pk)


def test_a_file_of_a_shelf_that_is_gone_is_read_by_nobody(by: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    file = keep(b"Hej", by)
    monkeypatch.setattr(files, "_shelves", {})
    with pytest.raises(NotFound):
        open_file(user=User(), pk=file.pk)


def test_a_file_without_a_shelf_is_a_fault_of_ours(by: Actor) -> None:
    with pytest.raises(LookupError, match="no app has a shelf 'attic'"):
        store_file(name="x", content=b"Hej", shelf="attic", shelf_id=1, by=by)


def test_one_shelf_has_one_rule() -> None:
    with pytest.raises(ValueError, match="two rules"):
        shelf("even")(lambda _user, _id: True)
