"""``manage.py let_in E-MAIL``: a person who may sign in. How a house without the demo gets its first administrator."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from config.ground.people import PersonDraft, let_in
from config.ground.trail import Actor


class Command(BaseCommand):
    help = (
        "Makes a person (or finds her by her e-mail) and gives her a password, asked for or read from stdin."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument(
            "--name", default="", help="her name, when she is new (else her e-mail's first part)"
        )
        parser.add_argument("--administrator", action="store_true", help="make her a platform administrator")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip()
        draft = PersonDraft(
            name=options["name"] or email.partition("@")[0],
            email=email,
            is_platform_admin=options["administrator"],
        )
        try:
            validate_email(email)
            user = let_in(draft=draft, password=_password(), by=Actor.job("let_in"))
        except ValidationError as fault:
            raise CommandError(" ".join(fault.messages)) from fault
        told = " as a platform administrator" if user.is_platform_admin else ""
        self.stdout.write(f"{user.name} may sign in with {user.email}{told}.")


def _password() -> str:
    """Typed twice at a terminal; else the first line of what is handed in."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != first:
        raise CommandError("The two passwords differ.")
    return first
