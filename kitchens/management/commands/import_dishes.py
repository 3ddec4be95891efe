"""Dishes out of another system's menu file, and a school's waste file read for what it holds."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.ground.trail import Actor
from kitchens.actions.importing import DishMatched, import_menu, match_menu
from kitchens.interchange.published import PublishedFileOdd, read_menu, read_waste
from kitchens.rules.waste import waste_per_guest
from market.models import Authority


class Command(BaseCommand):
    help = "Läser maträtter ur en menyfil (OpenMeal/Mashie, JSON) med deras publicerade klimatsiffror, eller en svinnfil (CSV). Utan --skriv ändras inget."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("fil", type=Path, help="menyfil .json eller svinnfil .csv")
        parser.add_argument(
            "--myndighet", metavar="KOD", help="den upphandlande myndighetens kod, för en menyfil"
        )
        parser.add_argument(
            "--kalla", default="", metavar="TEXT", help="källan som ska stå vid de publicerade siffrorna"
        )
        parser.add_argument("--skriv", action="store_true", help="spara de nya rätterna")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["fil"]
        try:
            content = path.read_bytes()
            if path.suffix == ".csv":
                self._waste(content)
            else:
                self._menu(content, options)
        except (OSError, PublishedFileOdd) as error:
            raise CommandError(str(error)) from error

    def _waste(self, content: bytes) -> None:
        file = read_waste(content)
        waste = waste_per_guest(file.days)
        if waste is None:
            raise CommandError("Ingen åt några dagar i filen.")
        self.stdout.write(
            f"{waste.days} dagar, {waste.guests} gäster: kök {waste.kitchen_g:.1f}, servering {waste.serving_g:.1f},"
            f" tallrik {waste.plate_g:.1f}, tillsammans {waste.total_g:.1f} g per gäst."
        )
        self.stdout.write(
            f"{len(file.contradict)} dagar har en skriven summa som inte är delarnas: delarna gäller."
            " Filen har inga datum, så ingen mätning på fem dagar i rad kan prövas."
        )

    def _menu(self, content: bytes, options: dict[str, Any]) -> None:
        authority = Authority.objects.filter(code=options["myndighet"] or "").first()
        if authority is None:
            raise CommandError("Ange --myndighet med en kod som finns.")
        menu = read_menu(content)
        matched = match_menu(authority, menu)
        for each in matched:
            self.stdout.write(_line(each))
        known, printed = sum(each.known for each in matched), sum(each.ingredients for each in matched)
        self.stdout.write(
            f"{menu.meals} måltider, {len(matched)} rätter; {known} av {printed} ingrediensnamn känns igen."
            f" {len(menu.copied_days)} dagar är helgdagar. Vikter saknas: ingen egen siffra räknas."
        )
        if options["skriv"]:
            if not options["kalla"].strip():
                raise CommandError("Ange --kalla: en publicerad siffra har alltid sin källa.")
            written = import_menu(
                authority=authority,
                matched=matched,
                source=options["kalla"],
                at=timezone.now(),
                by=Actor.job("import_dishes"),
            )
            self.stdout.write(f"{written} nya rätter sparade.")


def _line(each: DishMatched) -> str:
    told = "motsägande siffror" if each.dish.contradicts else "ingen siffra"
    figure = told if each.dish.co2e_kg is None else f"{each.dish.co2e_kg} kg CO2e publicerat"
    notes = [f"{figure}, {each.known} av {each.ingredients} ingredienser kända"]
    notes += [f"ordet {claim} utelämnas" for claim in each.claims]
    if not each.is_new:
        notes.append("finns redan, lämnas")
    return f"{each.name}: {'; '.join(notes)}"
