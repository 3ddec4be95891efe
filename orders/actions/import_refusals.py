"""What an import of purchases says no with."""

from config.ground.refusals import Refusal
from orders.actions.import_report import ImportReport


class SameFileAgain(Refusal):
    code = "same_file_again"
    what = {
        "sv": "Filen {file_name} är redan inläst som import {import_id} den {day}.",
        "en": "The file {file_name} was already read as import {import_id} on {day}.",
    }
    then = {
        "sv": "Ångra import {import_id} först om filen ska läsas om.",
        "en": "Undo import {import_id} first if the file is to be read again.",
    }


class FileHasBadRows(Refusal):
    """``report`` names each bad row by line and column."""

    code = "file_has_bad_rows"
    status = 422
    what = {
        "sv": "{refused} av {rows} rader i {file_name} går inte att läsa, så inget är inläst.",
        "en": "{refused} of {rows} rows of {file_name} can't be read, so nothing is read in.",
    }
    then = {
        "sv": "Rätta raderna, eller läs in utan dem: de sparas då för sig.",
        "en": "Mend the rows, or read the file without them: they are then kept apart.",
    }

    def __init__(self, *, report: ImportReport) -> None:
        super().__init__(file_name=report.file_name, refused=report.refused, rows=report.rows)
        self.report = report


class TooManyBadRows(Refusal):
    code = "too_many_bad_rows"
    status = 422
    what = {
        "sv": "Mer än {limit} rader i {file_name} går inte att läsa, så inget är inläst.",
        "en": "More than {limit} rows of {file_name} can't be read, so nothing is read in.",
    }
    then = {
        "sv": "Mappningen {mapping} passar troligen inte filen. Se över den.",
        "en": "The mapping {mapping} probably does not fit the file. Look it over.",
    }


class FileNotUnderstood(Refusal):
    code = "file_not_understood"
    status = 422
    what = {"sv": "Filen {file_name}: {why_sv}.", "en": "The file {file_name}: {why_en}."}
    then = {
        "sv": "Välj en annan mappning, eller rätta filens rubriker.",
        "en": "Choose another mapping, or mend the file's header.",
    }


class ImportAlreadyUndone(Refusal):
    code = "import_already_undone"
    what = {
        "sv": "Import {import_id} är redan ångrad.",
        "en": "Import {import_id} is already undone.",
    }
    then = {"sv": "Inget mer behövs.", "en": "Nothing more is needed."}
