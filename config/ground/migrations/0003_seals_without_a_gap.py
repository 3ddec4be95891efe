"""Seals that no entry can slip past, a trail that reads the same in every time zone, guards on what is sealed."""

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ground", "0002_extensions_and_trail")]

    operations = [
        migrations.CreateModel(
            name="SealMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("to_entry", models.BigIntegerField()),
                ("xid", models.BigIntegerField()),
                ("taken_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.AddConstraint(
            model_name="trailseal",
            constraint=models.UniqueConstraint(fields=["authority_id", "to_entry"], name="seal_range_once"),
        ),
        migrations.RunSQL(
            [
                # An image is compared with its row later: how it is written must not hang on a session's settings.
                "ALTER FUNCTION trail_write() SET timezone TO 'UTC'",
                "ALTER FUNCTION trail_write() SET intervalstyle TO 'postgres'",
                "ALTER FUNCTION trail_write() SET bytea_output TO 'hex'",
                # A payload may be disposed of, never rewritten; an entry stays with its authority.
                "CREATE TRIGGER disposal_only BEFORE UPDATE ON ground_trailentry FOR EACH ROW"
                " WHEN ((NEW.payload IS NOT NULL AND NEW.payload IS DISTINCT FROM OLD.payload)"
                "       OR NEW.authority_id IS DISTINCT FROM OLD.authority_id)"
                " EXECUTE FUNCTION append_only_guard()",
                "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ground_trailseal"
                " FOR EACH STATEMENT EXECUTE FUNCTION append_only_guard()",
            ],
            [
                "DROP TRIGGER append_only ON ground_trailseal",
                "DROP TRIGGER disposal_only ON ground_trailentry",
                "ALTER FUNCTION trail_write() RESET ALL",
            ],
        ),
    ]
