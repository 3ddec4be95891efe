"""The trail's functions, and the extensions that the tables above need."""

from pathlib import Path

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations

from config.ground.trail import trailed

FUNCTIONS = (Path(__file__).resolve().parent.parent / "trail_functions.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("ground", "0001_initial")]

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        migrations.RunSQL(
            FUNCTIONS,
            "DROP TRIGGER append_only ON ground_trailentry;"
            " DROP FUNCTION trail_write(); DROP FUNCTION append_only_guard();"
            " DROP FUNCTION trail_digest(timestamptz, text, text, text, text, text, bigint, jsonb);"
            " DROP FUNCTION trail_row_digest(jsonb)",
        ),
        trailed("ground_user", left_out=["password", "name", "email", "phone"]),
        trailed("ground_storedfile", left_out=["content", "name"]),
    ]
