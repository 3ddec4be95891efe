"""``manage.py verify_tally [ID …]``: count published climate figures again; all of them when none is named.

Exit codes: 0 every figure came out the same to the last digit, 1 one did not, 2 called wrongly.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from orders.models import PublishedTally
from orders.queries.published import Verified, verify

DIFFERS, CALLED_WRONGLY = 1, 2


class Command(BaseCommand):
    help = "Räknar om publicerade klimatsiffror från deras rader och säger om de stämmer till sista siffran."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ids", nargs="*", type=int, metavar="ID")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = PublishedTally.objects.select_related("authority", "factor_set").order_by("id")
        if options["ids"]:
            rows = rows.filter(pk__in=options["ids"])
            absent = set(options["ids"]) - set(rows.values_list("pk", flat=True))
            if absent:
                raise CommandError(f"Finns inte: {sorted(absent)}.", returncode=CALLED_WRONGLY)
        wrong = 0
        for row in rows.iterator():
            found = verify(row)
            wrong += not found.holds
            self._tell(found)
        if wrong:
            raise CommandError(f"{wrong} siffror kom ut annorlunda.", returncode=DIFFERS)

    def _tell(self, found: Verified) -> None:
        told = found.published
        keys = f"{told.pk} {told.authority} {told.basis} {told.period_first}–{told.period_last} {told.factor_set.code}"
        if found.holds:
            code = "" if found.same_code else ", med en senare kod"
            self.stdout.write(
                f"stämmer  {keys}: {told.co2e_kg.normalize():f} kg CO2e, {told.lines} rader{code}"
            )
            return
        faults = ["raderna"] * (not found.same_lines) + ["resultatet"] * (not found.same_result)
        self.stdout.write(
            f"STÄMMER INTE  {keys}: {' och '.join(faults)}; sagt {told.co2e_kg.normalize():f},"
            f" nu {found.found.sums.co2e_kg.normalize():f} kg CO2e"
        )
