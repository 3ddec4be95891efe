"""Compare every counter with the rows that it is a sum of."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from orders.queries.balances import PROOFS, unproven_balances


class Command(BaseCommand):
    help = "Proves stock, ceilings, needs, cached quantities and purchase orders from their rows."

    def handle(self, *args: Any, **options: Any) -> None:
        found = unproven_balances()
        for each in found:
            self.stdout.write(f"{each.proof}: {each.key} is {each.counted}, its rows give {each.summed}")
        if found:
            sys.exit(1)
        self.stdout.write(f"All {len(PROOFS)} proofs hold.")
