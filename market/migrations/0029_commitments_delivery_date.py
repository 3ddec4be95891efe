from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('market', '0028_commitments_by_month'),
    ]

    operations = [
        migrations.AddField(
            model_name='commitment',
            name='delivery_date',
            field=models.DateField(
                help_text="the call-off's; empty only where a version that did not keep it was at work", null=True
            ),
        ),
        AddIndexConcurrently(
            model_name='commitment',
            index=models.Index(
                fields=['agreement_lot', 'delivery_date'],
                include=['month', 'call_off_id', 'net_sek', 'kg'],
                name='commitments_of_a_lots_days',
            ),
        ),
        RemoveIndexConcurrently(
            model_name='commitment',
            name='commitments_of_a_lot',
        ),
    ]
