"""Fill an invented municipality: farms, agreements, kitchens, people, four weeks of offers, and weeks that were lived."""

from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.ground.refusals import Refusal
from config.ground.trail import Actor
from config.site.demo.living import MOST_WEEKS_BACK, fill_and_live
from config.site.demo.plans import Plan, named
from config.site.demo.schools import SchoolFileError, read_schools, school_plan
from config.site.demo.vingaker import PLAN


class Command(BaseCommand):
    help = "Lägger upp en demokommun med påhittade gårdar, avtal, kök och personer. Kan köras om: bara det som saknas läggs till."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--kitchens-from",
            type=Path,
            metavar="FIL",
            help="school_units.csv: 50 kök efter riktiga skolor med elevantal, 30 påhittade gårdar, två nav",
        )
        parser.add_argument(
            "--weeks-back",
            type=int,
            metavar="ANTAL",
            help="hela veckor som redan är levda i en ny kommun: 6, med --kitchens-from 1; 0 för ingen",
        )
        parser.add_argument("--authority", metavar="NAMN", help="kommunens namn i stället för det i demon")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = self._plan(options["kitchens_from"])
        if options["authority"]:
            plan = replace(plan, authority=named(plan.authority, options["authority"]))
        weeks_back = options["weeks_back"]
        if weeks_back is None:
            weeks_back = 1 if options["kitchens_from"] else 6
        if not 0 <= weeks_back <= MOST_WEEKS_BACK:
            raise CommandError(f"--weeks-back är 0 till {MOST_WEEKS_BACK}.")
        try:
            filled, lived = fill_and_live(
                plan, weeks_back=weeks_back, now=timezone.now(), by=Actor.job("demo")
            )
        except Refusal as refusal:
            raise CommandError(f"{refusal.sentence('sv')} {refusal.next_step('sv')}") from refusal
        new = "upplagd" if filled.municipality else "fanns redan"
        self.stdout.write(
            f"{plan.authority.name} {new}: {filled.delivery_runs} nya leveransdagar, {filled.offers} nya erbjudanden."
            " Allt utom kommunens och skolornas namn är påhittat."
        )
        if lived.orders:
            self.stdout.write(
                f"Levda veckor: {lived.orders} beställningar, {lived.purchase_orders} inköpsorder,"
                f" {lived.hand_overs} överlämningar, {lived.receipts} mottagningar, {lived.returns} returer."
            )

    def _plan(self, path: Path | None) -> Plan:
        if path is None:
            return PLAN
        try:
            return school_plan(read_schools(path))
        except SchoolFileError as refusal:
            raise CommandError(str(refusal)) from refusal
