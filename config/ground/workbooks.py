"""A workbook that is written row by row, for files of hundreds of thousands of rows.

Only what a file of the house needs of ECMA-376 (SpreadsheetML): typed cells, formulas with their value beside them,
column widths, a frozen head. Text is always inline text, so none of it can be a formula or a link; only `Formula` is one.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO, Final, TypeAlias
from xml.sax.saxutils import escape, quoteattr

MOST_ROWS: Final = 1_048_576  # of a sheet, by the format
DAY_ZERO: Final = date(1899, 12, 30).toordinal()
WORDS: Final = "General"
DAY: Final = "yyyy\\-mm\\-dd"
ROWS_AT_ONCE: Final = 500
BOLD: Final = ' s="1"'
LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)  # the first day that a ZIP knows: no clock in the file


@dataclass(frozen=True, slots=True)
class Formula:
    """``text`` without its equals sign; ``value`` is what it comes to, for a reader that does not calculate."""

    text: str
    value: Decimal | int | None


Cell: TypeAlias = str | int | Decimal | date | Formula | None
Row: TypeAlias = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """``number_format`` in the format's own code, which a spreadsheet shows by the reader's own language."""

    heading: str
    number_format: str = WORDS
    width: int = 14


@dataclass(frozen=True, slots=True)
class Sheet:
    """``lead`` stands above the headings. ``foot`` makes the last row when it is told the first and the last row's number."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    lead: tuple[str, ...] = ()
    foot: Callable[[int, int], Row] | None = None


def write_workbook(
    to: BinaryIO, sheets: Sequence[Sheet], *, title: str, author: str, made_at: datetime
) -> None:
    """The sheets as one file, in constant memory. The same sheets give the same bytes.

    ValueError for more rows than a sheet holds and for a row with another number of cells than there are columns.
    """
    formats = sorted({column.number_format for sheet in sheets for column in sheet.columns} - {WORDS})
    styles = {WORDS: 0, **{code: 2 + at * 2 for at, code in enumerate(formats)}}
    with zipfile.ZipFile(to, "w", compression=zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for name, content in _frame(sheets, formats, title=title, author=author, made_at=made_at):
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), content, zipfile.ZIP_DEFLATED)
        for number, sheet in enumerate(sheets, start=1):
            part = zipfile.ZipInfo(f"xl/worksheets/sheet{number}.xml", LONG_AGO)
            part.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(part, "w", force_zip64=True) as written:
                written.writelines(piece.encode() for piece in _sheet(sheet, styles))


def letters(at: int) -> str:
    """The name of a column: 0 is ``A``, 26 is ``AA``."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name


def _sheet(sheet: Sheet, styles: dict[str, int]) -> Iterator[str]:
    names = [letters(at) for at in range(len(sheet.columns))]
    plain = [f' s="{styles[column.number_format]}"' for column in sheet.columns]
    strong = [f' s="{styles[column.number_format] + 1}"' for column in sheet.columns]
    head = len(sheet.lead) + 1
    yield _HEAD.format(head=head, below=head + 1, columns=_widths(sheet.columns))
    for number, line in enumerate(sheet.lead, start=1):
        yield _row(number, [line], ["A"], [BOLD if number == 1 else ""])
    yield _row(head, [column.heading for column in sheet.columns], names, [BOLD] * len(names))
    number, waiting = head, []
    for row in sheet.rows:
        number += 1
        if number >= MOST_ROWS:  # the last is the foot's
            raise ValueError(f"a sheet holds {MOST_ROWS} rows")
        waiting.append(_row(number, row, names, plain))
        if len(waiting) >= ROWS_AT_ONCE:
            yield "".join(waiting)
            waiting.clear()
    yield "".join(waiting)
    if sheet.foot is not None:
        yield _row(number + 1, sheet.foot(head + 1, number), names, strong)
    yield "</sheetData></worksheet>"


def _row(number: int, row: Row, names: Sequence[str], styles: Sequence[str]) -> str:
    cells = []
    for name, style, value in zip(names, styles, row, strict=True):
        if isinstance(value, str):
            cells.append(_text(name, number, style, value))
        elif isinstance(value, Decimal | int):
            worth = f"{value:f}" if isinstance(value, Decimal) else value
            cells.append(f'<c r="{name}{number}"{style}><v>{worth}</v></c>')
        elif isinstance(value, date):
            cells.append(f'<c r="{name}{number}"{style}><v>{value.toordinal() - DAY_ZERO}</v></c>')
        elif value is not None:
            worth = "" if value.value is None else f"<v>{value.value:f}</v>"
            cells.append(f'<c r="{name}{number}"{style}><f>{escape(value.text)}</f>{worth}</c>')
    return f'<row r="{number}">{"".join(cells)}</row>'


_SPECIAL: Final = re.compile(r"[&<>\x00-\x1f\ufffe\uffff\ud800-\udfff]|_x[0-9A-Fa-f]{4}_")


def _text(name: str, number: int, style: str, value: str) -> str:
    if _SPECIAL.search(value):
        value = _SPECIAL.sub(_spelled, value)
    return f'<c r="{name}{number}"{style} t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'


def _spelled(sign: re.Match[str]) -> str:
    """What XML reads otherwise is escaped; what it forbids is left out; what looks like the format's escape is kept as text."""
    found = sign[0]
    if found in {"&", "<", ">"}:
        return escape(found)
    if found in {"\t", "\n"}:
        return found
    return f"_x005F{found}" if found.startswith("_x") else ""


def _widths(columns: Sequence[Column]) -> str:
    return "".join(
        f'<col min="{at}" max="{at}" width="{column.width}" customWidth="1"/>'
        for at, column in enumerate(columns, start=1)
    )


_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD: Final = (
    f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="{head}" topLeftCell="A{below}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    "<cols>{columns}</cols><sheetData>"
)


def _frame(
    sheets: Sequence[Sheet], formats: Sequence[str], *, title: str, author: str, made_at: datetime
) -> Iterator[tuple[str, str]]:
    numbers = range(1, len(sheets) + 1)
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_KIND}.worksheet+xml"/>'
        for n in numbers
    )
    yield (
        "[Content_Types].xml",
        (
            f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>'
            '<Override PartName="/docProps/core.xml" '
            f'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>{parts}</Types>'
        ),
    )
    yield (
        "_rels/.rels",
        (
            f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
            f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
            "</Relationships>"
        ),
    )
    yield (
        "docProps/core.xml",
        (
            f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            f"<dc:title>{_plain(title)}</dc:title><dc:creator>{_plain(author)}</dc:creator>"
            f'<dcterms:created xsi:type="dcterms:W3CDTF">{made_at:%Y-%m-%dT%H:%M:%S}Z</dcterms:created></cp:coreProperties>'
        ),
    )
    named = "".join(
        f'<sheet name={quoteattr(_name(sheet.name))} sheetId="{n}" r:id="rId{n}"/>'
        for n, sheet in zip(numbers, sheets, strict=True)
    )
    yield (
        "xl/workbook.xml",
        (
            f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets>'
            '<calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>'
        ),
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        (
            f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{related}'
            f'<Relationship Id="rId{len(sheets) + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
        ),
    )
    yield "xl/styles.xml", _styles(formats)


def _styles(formats: Sequence[str]) -> str:
    """Each number format twice, plain and bold: style 0 and 1 are of text, then 2 and 3 of the first format, and so on."""
    own = "".join(
        f'<numFmt numFmtId="{164 + at}" formatCode={quoteattr(code)}/>' for at, code in enumerate(formats)
    )
    numbers = (0, *range(164, 164 + len(formats)))
    cells = "".join(_style(number, font) for number in numbers for font in (0, 1))
    font = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
    return (
        f'{_XML}<styleSheet xmlns="{_MAIN}">'
        + (f'<numFmts count="{len(formats)}">{own}</numFmts>' if formats else "")
        + f'<fonts count="2"><font>{font}</font><font><b/>{font}</font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{2 + 2 * len(formats)}">{cells}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _style(number: int, font: int) -> str:
    return (
        f'<xf numFmtId="{number}" fontId="{font}" fillId="0" borderId="0" xfId="0"'
        f' applyNumberFormat="{int(number > 0)}" applyFont="{font}"/>'
    )


def _plain(text: str) -> str:
    return escape(_SPECIAL.sub(lambda sign: sign[0] if sign[0] in "&<>" else "", text))


def _name(name: str) -> str:
    """At most 31 signs, none of those that a sheet's name must not have."""
    return re.sub(r"[\[\]:*?/\\]", " ", _SPECIAL.sub("", name)).strip("' ")[:31] or "Blad"
