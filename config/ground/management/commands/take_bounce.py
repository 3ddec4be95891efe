"""``manage.py take_bounce < MAIL``: what a mail server pipes the mails of our sender's address to."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from config.ground.bounces import take_bounce


class Command(BaseCommand):
    help = "Reads one mail from stdin; if it reports that a letter of ours did not arrive, the letter has bounced."

    def handle(self, *args: Any, **options: Any) -> None:
        letter = take_bounce(sys.stdin.buffer.read())
        if letter is None:
            self.stdout.write("No report of a letter of ours that failed: nothing was changed.")
        else:
            self.stdout.write(f"Letter {letter.pk} ({letter.kind}) to {letter.recipient} has bounced.")
