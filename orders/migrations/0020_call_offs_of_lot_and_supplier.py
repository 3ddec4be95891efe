from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('orders', '0019_call_offs_by_authority'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='calloff',
            index=models.Index(fields=['authority', 'supplier', 'delivery_date', 'id'], name='call_offs_of_a_supplier'),
        ),
        AddIndexConcurrently(
            model_name='calloff',
            index=models.Index(fields=['agreement_lot', 'delivery_date', 'id'], include=['state'], name='call_offs_of_a_lot'),
        ),
        RemoveIndexConcurrently(
            model_name='calloff',
            name='call_offs_by_lot',
        ),
    ]
