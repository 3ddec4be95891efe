from django.db import migrations, models

COUNTS = ('answered', 'received', 'arrived', 'on_time', 'in_full', 'rejected')

# Counted by the worker a thousand kitchen days at a time; until then the report of deliveries says how many days wait.
# Marked before the tables are altered, so that nobody waits while the days are looked up.
DIRTY = """
INSERT INTO orders_tallydirty (day, kitchen_id)
SELECT DISTINCT day, kitchen_id FROM orders_tally WHERE basis = 'ordered'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0020_call_offs_of_lot_and_supplier'),
    ]

    operations = [
        migrations.RunSQL(DIRTY, migrations.RunSQL.noop),
        *(
            migrations.AddField(
                model_name=model,
                name=name,
                field=models.IntegerField(db_default=0, default=0),
            )
            for model in ('tally', 'tallymonth')
            for name in COUNTS
        ),
    ]
