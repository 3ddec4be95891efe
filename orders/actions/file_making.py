"""Making a file that waits: take it, write it, keep it; what goes wrong is told on the file and by the job."""

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import BinaryIO, TypeVar, cast

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from config.ground.documents import tagged_pdf
from config.ground.refusals import Refusal
from config.ground.snapshot import aside, one_snapshot
from config.ground.tables import SWEDISH
from config.ground.trail import Actor
from market.rules.calendar import STOCKHOLM
from orders.actions.filing import give_up, hold_file, keep_file, note_progress
from orders.forms.reporting import read_asked
from orders.interchange import everything, report_files
from orders.models import Basis, ReportFile
from orders.queries.call_off_rows import WantedRows, all_rows
from orders.queries.everything import tables_of
from orders.queries.report_files import is_seated
from orders.queries.reports.asked import Asked
from orders.queries.reports.register import REPORTS
from orders.queries.reports.row_columns import row_columns, row_parts, rows_told
from orders.queries.spend import sums_of_rows

ROWS_A_STEP = 1000
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "json": "application/json",
    "zip": "application/zip",
}
Each = TypeVar("Each")
Step = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Making:
    """What a writer is told: the file, the day and time it is made at, what a demo says of itself, how to tell progress."""

    file: ReportFile
    now: datetime
    today: date
    notice: str
    step: Step


def make_file(*, file_id: int, now: datetime, by: Actor) -> bool:
    """Make the file, unless another does. False when there was nothing to do. A fault goes on to the caller."""
    file = hold_file(file_id=file_id, now=now, by=by)
    if file is None:
        return False
    if not is_seated(file.owner, file.authority):
        give_up(file=file, error="NotSeated", for_good=True, by=by)
        return False

    def step(done: int, of: int | None) -> None:
        note_progress(file=file, done=done, of=of, now=timezone.now())

    try:
        with tempfile.TemporaryFile() as to, translation.override(file.language):
            notice = _("Påhittade siffror: detta är en demo.") if settings.DEMO else ""
            making = Making(file, now, now.astimezone(STOCKHOLM).date(), notice, step)
            _WRITERS[file.kind](making, cast("BinaryIO", to))
            stem = "-".join(re.findall(r"\w+", file.title)) + f"-{making.today.isoformat()}"
            return keep_file(
                file=file,
                content=cast("BinaryIO", to),
                name=f"{stem}.{file.format}",
                content_type=CONTENT_TYPES[file.format],
                now=timezone.now(),
                by=by,
            )
    except Exception as fault:
        give_up(file=file, error=_told(fault), for_good=isinstance(fault, Refusal), by=by)
        raise


def _report(making: Making, to: BinaryIO) -> None:
    file = making.file
    sort = REPORTS[file.slug]
    report = sort.make(_asked(making))
    match file.format:
        case "xlsx":
            report_files.as_workbook(
                report,
                notice=making.notice,
                issuer=file.authority.name,
                made_at=making.now,
                language=file.language,
                to=to,
            )
        case "pdf":
            paper = report_files.as_document(
                report,
                issuer=file.authority.name,
                made_at=making.now,
                language=file.language,
                notice=making.notice,
            )
            to.write(tagged_pdf(paper))
        case "json":
            to.write(report_files.json_text(report).encode())
        case _:
            lines = report_files.as_csv(report, variant=SWEDISH, notice=making.notice)
            to.writelines(line.encode() for line in lines)


def _rows(making: Making, to: BinaryIO) -> None:
    """The rows behind a report, however many."""
    file, asked = making.file, _asked(making)
    wanted = WantedRows(
        **asdict(asked.narrowed),
        basis=asked.basis or Basis.ORDERED,
        first=asked.period.first,
        last=asked.period.last,
    )
    of = sums_of_rows(file.authority, wanted, language=file.language).sums.lines
    rows = _counted(all_rows(file.authority, wanted, now=making.now), making.step, of=of)
    told = rows_told(file.title, asked=asked, basis=wanted.basis)
    columns, parts = row_columns(), row_parts(rows)
    if file.format == "xlsx":
        report_files.rows_as_workbook(
            told,
            columns,
            parts,
            notice=making.notice,
            issuer=file.authority.name,
            made_at=making.now,
            language=file.language,
            to=to,
        )
    else:
        lines = report_files.rows_as_csv(told, columns, parts, variant=SWEDISH, notice=making.notice)
        to.writelines(line.encode() for line in lines)


def _everything(making: Making, to: BinaryIO) -> None:
    """All that the authority has here at one moment, for another system or for keeping; how far it is is told aside."""
    with aside() as apart, one_snapshot():
        everything.write_everything(
            to,
            everything.Whole(
                authority=making.file.authority.name,
                made_at=making.now,
                notice=making.notice,
                tables=tables_of(making.file.authority),
            ),
            step=lambda done, of: apart(lambda: making.step(done, of)),
        )


_WRITERS: dict[str, Callable[[Making, BinaryIO], None]] = {
    ReportFile.Kind.REPORT: _report,
    ReportFile.Kind.ROWS: _rows,
    ReportFile.Kind.EVERYTHING: _everything,
}


def _asked(making: Making) -> Asked:
    file = making.file
    return read_asked(
        file.question,
        REPORTS[file.slug],
        authority=file.authority,
        today=making.today,
        language=file.language,
    )


def _counted(rows: Iterable[Each], step: Step, *, of: int) -> Iterator[Each]:
    for number, row in enumerate(rows):
        if number % ROWS_A_STEP == 0:
            step(number, of)
        yield row


def _told(fault: Exception) -> str:
    """A refusal in its own words; of any other fault only its kind, for its text may hold anything."""
    if isinstance(fault, Refusal):
        return fault.sentence(translation.get_language() or "sv")
    return type(fault).__name__
