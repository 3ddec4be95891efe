import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("market", "0005_search_indexes")]

    operations = [
        migrations.AddField(
            model_name="product",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                help_text="the product that these goods are; nothing new is made of this one",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="market.product",
            ),
        ),
    ]
