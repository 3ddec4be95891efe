import django.db.models.deletion
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('market', '0027_range_of_organic'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='commitment',
            index=models.Index(fields=['agreement_lot', 'month'], include=['call_off_id', 'net_sek', 'kg'], name='commitments_of_a_lot'),
        ),
        AddIndexConcurrently(
            model_name='commitment',
            index=models.Index(fields=['authority', 'month'], include=['need_category', 'supplier', 'net_sek'], name='commitments_of_a_buyer'),
        ),
        migrations.AlterField(
            model_name='commitment',
            name='agreement_lot',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='market.agreementlot'),
        ),
    ]
