from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('orders', '0018_month_tallies'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='calloff',
            index=models.Index(fields=['authority', 'delivery_date', 'id'], name='call_offs_by_authority'),
        ),
    ]
