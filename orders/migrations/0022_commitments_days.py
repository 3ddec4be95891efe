"""Commitments of before are told their call-off's delivery date, some at a time, so that nobody waits for them."""

from django.db import migrations

AT_A_TIME = 20_000
FILL = """
UPDATE market_commitment m SET delivery_date = c.delivery_date
FROM orders_calloff c WHERE c.id = m.call_off_id AND m.delivery_date IS NULL AND m.id > %s AND m.id <= %s
"""


def fill(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute('SELECT coalesce(min(id), 1), coalesce(max(id), 0) FROM market_commitment')
        first, last = cursor.fetchone()
        for begin in range(first - 1, last, AT_A_TIME):
            cursor.execute(FILL, [begin, begin + AT_A_TIME])


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('market', '0029_commitments_delivery_date'),
        ('orders', '0021_how_lines_came'),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
