"""``manage.py rebuild_tallies``: make all tallies anew from call-offs and movements; only what differs is written."""

from typing import Any

from django.core.management.base import BaseCommand

from config.ground.trail import Actor
from orders.actions.tallying import rebuild_tallies


class Command(BaseCommand):
    help = "Räknar om alla summor från avrop och rörelser. Bara det som skiljer skrivs."

    def handle(self, *args: Any, **options: Any) -> None:
        done = rebuild_tallies(by=Actor.job("rebuild_tallies"))
        self.stdout.write(f"{done.rows} rader, {done.written} skrivna, {done.dropped} borttagna.")
