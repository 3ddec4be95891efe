"""Rows of an imported file that could not be read are kept; tallies know the amount of lines without a weight."""

import django.db.models.deletion
from django.db import migrations, models

from config.ground.trail import trailed


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0002_trail_and_links'),
    ]

    operations = [
        migrations.AddField(
            model_name='externaltally',
            name='amount_without_kg',
            field=models.DecimalField(db_default=0, decimal_places=2, default=0, max_digits=18),
        ),
        migrations.AlterField(
            model_name='purchaseimport',
            name='rows',
            field=models.IntegerField(help_text='rows of the file: those that became purchases and those refused'),
        ),
        migrations.CreateModel(
            name='RefusedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row_number', models.IntegerField()),
                ('line', models.IntegerField(help_text='line of the file where the row begins')),
                ('column', models.TextField(blank=True, default='', help_text='empty when it is the row as such')),
                ('words', models.TextField()),
                ('words_en', models.TextField()),
                ('raw', models.JSONField(help_text='the cells as they stand in the file')),
                ('purchase_import', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refused_rows', to='orders.purchaseimport')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('purchase_import', 'row_number'), name='refused_row_once')],
            },
        ),
        trailed("orders_refusedrow", append_only=True),
    ]
