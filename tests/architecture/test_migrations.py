"""The models are as their migrations leave them, and Django's own checks of the house find nothing."""

import io

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    told = io.StringIO()
    try:
        call_command("makemigrations", check_changes=True, dry_run=True, stdout=told)
    except SystemExit:
        pytest.fail(f"models have changed without a migration:\n{told.getvalue()}")


def test_django_finds_nothing_to_warn_of() -> None:
    call_command("check", fail_level="WARNING")
