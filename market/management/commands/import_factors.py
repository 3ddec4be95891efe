"""``manage.py import_factors FILE --kind K --code C …``: take a published factor file in, see what it changes, activate.

Exit codes: 0 done, 1 refused, 2 the command was called wrongly.
"""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import get_language

from config.ground.refusals import Refusal
from config.ground.trail import Actor
from market.actions.factors import OWN, READERS, Imported, SetDraft, activate_factor_set, import_factor_set
from market.interchange.factor_books import factor_file
from market.refusals import FactorMappingUnreadable

REFUSED, CALLED_WRONGLY = 1, 2
SHOWN = 40


def _told(mapping: Path) -> Any:
    try:
        return json.loads(mapping.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FactorMappingUnreadable(why=f"{mapping.name}: {error}") from error


class Command(BaseCommand):
    help = "Läser in en faktorfil, visar vad den ändrar, och väljer satsen när du säger till (--activate)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, metavar="FIL")
        parser.add_argument("--kind", choices=[*READERS, OWN], help="slags fil")
        parser.add_argument("--code", help="satsens kod, till exempel DSK-1.2-DK")
        parser.add_argument("--name", default="", help="satsens namn")
        parser.add_argument("--set-version", default="", help="satsens version")
        parser.add_argument("--source", default="", help="vem som gett ut den, och när")
        parser.add_argument("--licence", default="", help="licensens ord, eller var den står")
        parser.add_argument("--valid-from", type=date.fromisoformat, help="ÅÅÅÅ-MM-DD")
        parser.add_argument(
            "--mapping",
            type=Path,
            help="tolkning (JSON) av kommunens egen fil; utan den läses filen som den förra lästes",
        )
        parser.add_argument("--activate", metavar="KOD", help="räkna med den här satsen från och med nu")

    def handle(self, *args: Any, **options: Any) -> None:
        by = Actor.job("import_factors")
        try:
            if options["activate"]:
                chosen = activate_factor_set(code=options["activate"], by=by)
                self.stdout.write(f"Siffrorna räknas nu med {chosen.code} ({chosen.name} {chosen.version}).")
                return
            self._import(options, by)
        except Refusal as refusal:
            language = get_language() or "sv"
            words = f"{refusal.sentence(language)} {refusal.next_step(language)}"
            raise CommandError(words, returncode=REFUSED) from refusal

    def _import(self, options: dict[str, Any], by: Actor) -> None:
        path: Path | None = options["file"]
        absent = [name for name in ("kind", "code", "source", "licence", "valid_from") if not options[name]]
        mapping: Path | None = options["mapping"]
        if path is None or not path.is_file() or absent or (mapping is not None and options["kind"] != OWN):
            raise CommandError(
                f"Ange en FIL som finns, och {', '.join(absent) or '--mapping bara för --kind own'}.",
                returncode=CALLED_WRONGLY,
            )
        draft = SetDraft(
            kind=options["kind"],
            code=options["code"],
            name=options["name"] or options["code"],
            version=options["set_version"],
            source=options["source"],
            licence=options["licence"],
            valid_from=options["valid_from"],
            mapping=_told(mapping) if mapping else None,
        )
        self._tell(import_factor_set(file=factor_file(path.name, path.read_bytes()), draft=draft, by=by))

    def _tell(self, done: Imported) -> None:
        say = self.stdout.write
        if done.repeated:
            say(f"{done.factor_set.code}: filen säger inget nytt. Inget skrevs.")
            return
        say(
            f"{done.factor_set.code}: {done.rows} rader lästa, {done.missing} utan värde per kg,"
            f" {done.own_foods} som får ett eget livsmedel."
        )
        if done.alike:
            say(f"{done.alike} rader säger detsamma som en rad före dem och räknas en gång.")
        written = done.written
        say(
            f"Skrivet: {written.new} nya faktorer, {written.changed} nya versioner, {written.gone} gäller inte längre."
        )
        if done.against:
            telling = done.changes.telling
            say(
                f"Mot {done.against}: {len(done.changes.added)} tillkomna, {len(done.changes.gone)} borta,"
                f" {len(done.changes.changed)} ändrade, varav {len(telling)} mer än 20 %."
            )
            for each in telling[:SHOWN]:
                share = "" if each.share is None else f" ({each.share:+.0%})"
                say(f"  {each.key}: {each.before.normalize():f} → {each.after.normalize():f}{share}")
        if not done.factor_set.is_active:
            say(
                f"Satsen räknar inget än. Välj den med: manage.py import_factors --activate {done.factor_set.code}"
            )
