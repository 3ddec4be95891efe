"""``manage.py import_purchases FILE --mapping M --authority CODE``: purchases made elsewhere, from a file.

Exit codes: 0 done (or a dry run of a file that can be read whole), 1 refused (or a dry run that found bad rows),
2 the command was called wrongly.
"""

from argparse import ArgumentParser
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.ground.refusals import Refusal
from config.ground.trail import Actor
from market.models import Authority
from orders.actions.import_refusals import FileHasBadRows
from orders.actions.import_report import ImportReport
from orders.actions.importing import import_purchases, undo_import
from orders.interchange.purchase_mapping import MappingUnreadable, load_mapping, shipped_mappings
from orders.interchange.purchase_words import ODDITY_WORDS
from orders.models import PurchaseImport
from orders.rules.coverage import Coverage

REFUSED, CALLED_WRONGLY = 1, 2
UNMATCHED_SHOWN = 15


class Command(BaseCommand):
    help = "Read purchases made elsewhere from a file, undo an import, or list the imports."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE")
        parser.add_argument(
            "--mapping", help=f"name or path of a mapping; the house has {', '.join(shipped_mappings())}"
        )
        parser.add_argument(
            "--authority", metavar="CODE", help="code of the authority (needed if there are several)"
        )
        parser.add_argument("--dry-run", action="store_true", help="report, and write nothing")
        parser.add_argument(
            "--skip-bad", action="store_true", help="import the rest; bad rows are kept apart"
        )
        parser.add_argument("--undo", type=int, metavar="ID", help="make exactly this import count no more")
        parser.add_argument("--list", action="store_true", help="list the imports")
        parser.add_argument(
            "--language", choices=["en", "sv"], default="en", help="of what is said about rows"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        language = options["language"]
        try:
            if options["list"]:
                self._list(code=options["authority"])
            elif options["undo"] is not None:
                self._undo(options["undo"], code=options["authority"])
            else:
                self._import(options)
        except FileHasBadRows as refusal:
            self._print(refusal.report, language=language)
            raise CommandError(_said(refusal, language=language), returncode=REFUSED) from refusal
        except Refusal as refusal:
            raise CommandError(_said(refusal, language=language), returncode=REFUSED) from refusal
        except MappingUnreadable as error:
            raise CommandError(str(error), returncode=CALLED_WRONGLY) from error

    def _import(self, options: dict[str, Any]) -> None:
        file: Path | None = options["file"]
        if file is None or not options["mapping"]:
            raise CommandError(
                "Name a FILE and its --mapping, or use --list or --undo.", returncode=CALLED_WRONGLY
            )
        if not file.is_file():
            raise CommandError(f"There is no file {file}.", returncode=CALLED_WRONGLY)
        report = import_purchases(
            authority=_authority(options["authority"]),
            file_name=file.name,
            content=file,
            mapping=load_mapping(options["mapping"]),
            dry_run=options["dry_run"],
            skip_bad=options["skip_bad"],
            by=_actor(),
        )
        self._print(report, language=options["language"])
        if report.dry_run and report.bad_rows and not options["skip_bad"]:
            raise CommandError("The file would be refused as it stands.", returncode=REFUSED)

    def _undo(self, import_id: int, *, code: str | None) -> None:
        found = PurchaseImport.objects.filter(pk=import_id, authority=_authority(code)).first()
        if found is None:
            raise CommandError(
                f"The authority has no import {import_id}. See --list.", returncode=CALLED_WRONGLY
            )
        undo_import(purchase_import=found, by=_actor())
        self.stdout.write(
            f"Import {import_id} ({found.file_name}, {found.rows} rows) counts no more. Its rows are kept."
        )

    def _list(self, *, code: str | None) -> None:
        for each in PurchaseImport.objects.filter(authority=_authority(code)).order_by("id"):
            state = f"undone {timezone.localdate(each.undone_at)}" if each.undone_at else "stands"
            self.stdout.write(
                f"{each.pk:>6}  {timezone.localdate(each.imported_at)}  {each.rows:>8} rows  {state:<18} {each.file_name}"
            )

    def _print(self, report: ImportReport, *, language: str) -> None:
        done = "would be imported" if report.dry_run else "imported"
        self.stdout.write(
            f"{report.file_name}  mapping {report.mapping}, {report.encoding}, sha256 {report.sha256[:12]}"
        )
        self.stdout.write(
            f"{report.rows} rows in the file = {report.imported} {done} + {report.refused} refused + {len(report.total_rows)} of totals"
        )
        if report.unread_columns:
            self.stdout.write(f"kept as they stand, not read: {', '.join(report.unread_columns)}")
        for bad in report.bad_rows:
            self.stdout.write(f"  line {bad.line}: {bad.words(language)}")
        for oddity, lines in sorted(report.odd.items()):
            first = ", ".join(str(line) for line in lines.first_lines)
            more = " …" if lines.rows > len(lines.first_lines) else ""
            self.stdout.write(
                f"  warning, {lines.rows} rows: {ODDITY_WORDS[oddity][language]} (line {first}{more})"
            )
        self._print_coverage(report)
        if report.import_id is not None:
            self.stdout.write(
                f"Import {report.import_id} stands: {report.tallies} tallies. Undo: --undo {report.import_id}"
            )
        elif report.dry_run:
            self.stdout.write("Dry run: nothing is written.")

    def _print_coverage(self, report: ImportReport) -> None:
        self.stdout.write("Lines with a climate food and a weight (the rest is uncovered, not zero):")
        for (start, end, currency), coverage in sorted(report.coverage.items()):
            self.stdout.write(_coverage_line(_period(start, end), currency, coverage))
        for currency, coverage in report.totals().items():
            self.stdout.write(_coverage_line("all periods", currency, coverage))
        if report.unknown_foods:
            self.stdout.write(
                f"  foods of the table that are not set up here: {', '.join(sorted(report.unknown_foods))}"
            )
        self.stdout.write("Heaviest without a climate food:")
        for name, kg in report.heaviest_unmatched(most=UNMATCHED_SHOWN):
            self.stdout.write(f"  {_whole(kg):>14} kg  {name}")


def _authority(code: str | None) -> Authority:
    found = list(Authority.objects.filter(code=code) if code else Authority.objects.order_by("code")[:2])
    if len(found) == 1:
        return found[0]
    codes = ", ".join(Authority.objects.order_by("code").values_list("code", flat=True)) or "none yet"
    raise CommandError(f"Say which --authority. Codes: {codes}.", returncode=CALLED_WRONGLY)


def _actor() -> Actor:
    return Actor.job("import_purchases", reason="manage.py import_purchases")


def _said(refusal: Refusal, *, language: str) -> str:
    return f"{refusal.sentence(language)} {refusal.next_step(language)}"


def _period(start: date, end: date) -> str:
    return f"{start:%Y-%m}–{end:%Y-%m}"


def _coverage_line(name: str, currency: str, coverage: Coverage) -> str:
    near = f"{_percent(coverage.kg_near / coverage.kg)} by a near food" if coverage.kg else "–"
    return (
        f"  {name:<16} {_percent(coverage.by_mass)} of {_whole(coverage.kg)} kg ({near}),"
        f" {_percent(coverage.by_amount)} of {_whole(coverage.amount)} {currency},"
        f" {_percent(coverage.by_lines)} of {coverage.lines} lines;"
        f" {coverage.lines_without_kg} without weight, {coverage.lines_without_amount} without amount"
    )


def _percent(share: Decimal | None) -> str:
    return "–" if share is None else f"{(share * 100).quantize(Decimal('0.1'), rounding=ROUND_HALF_UP)} %"


def _whole(number: Decimal) -> str:
    return f"{number.quantize(Decimal(1), rounding=ROUND_HALF_UP):,}".replace(",", " ")
