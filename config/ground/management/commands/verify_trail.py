"""``manage.py verify_trail``: says what was changed behind the trail's back. Exit code 1 when anything was."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.ground import verifying


class Command(BaseCommand):
    help = "Compares every trailed table with its trail, and the trail with its seals."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--table", action="append", default=[], help="only this table (may be repeated)")
        parser.add_argument("--json", action="store_true", help="findings and the seals' heads as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        tables = options["table"]
        known = verifying.trailed_tables()
        if strange := [table for table in tables if table not in known]:
            raise CommandError(f"Not trailed: {', '.join(strange)}. Trailed are: {', '.join(known)}.")
        findings = list(verifying.verify_trail(tables=tables))
        faults = sum(finding.is_fault for finding in findings)
        if options["json"]:
            self._tell_as_json(findings)
        else:
            self._tell(findings, faults=faults, tables=len(tables or known))
        if faults:
            sys.exit(1)

    def _tell(self, findings: list[verifying.Finding], *, faults: int, tables: int) -> None:
        for finding in findings:
            self.stdout.write(finding.sentence())
        for head in verifying.heads():
            self.stdout.write(f"Newest seal of authority {head.authority}: {head.seal}, {head.digest}")
        verdict = f"{faults} things do not fit" if faults else "Everything fits"
        self.stdout.write(f"{verdict} in {tables} tables.")

    def _tell_as_json(self, findings: list[verifying.Finding]) -> None:
        told = {
            "findings": [
                {**asdict(finding), "fault": finding.is_fault, "sentence": finding.sentence()}
                for finding in findings
            ],
            "heads": [asdict(head) for head in verifying.heads()],
        }
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
