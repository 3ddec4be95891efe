"""Load law, VAT, climate factors, groups and headings from the shipped files."""

from typing import Any

from django.core.management.base import BaseCommand

from config.ground.trail import Actor
from market.actions.reference import load_reference


class Command(BaseCommand):
    help = "Läser in lagens belopp, moms, klimatfaktorer och varugrupper. Kan köras om: bara det som ändrats skrivs."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_reference(by=Actor.job("load_reference"))
        self.stdout.write(f"Referensdata: {loaded.new} nya rader, {loaded.changed} ändrade.")
