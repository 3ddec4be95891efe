import django.contrib.postgres.fields
from django.db import migrations, models

from market.rules.search_words import search_text


def fill(apps, schema_editor):
    product_table = apps.get_model("market", "Product")
    products = list(product_table.objects.all())
    for product in products:
        product.search_words = search_text([product.name_sv, product.name_en, *product.synonyms])
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('bygdemat.actor', 'job:migration', true), set_config('bygdemat.door', 'job', true)"
        )
    product_table.objects.bulk_update(products, ["search_words"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("market", "0003_indexes_for_judging")]

    operations = [
        migrations.AddField(
            model_name="product",
            name="search_words",
            field=models.TextField(db_default="", default="", editable=False),
        ),
        migrations.AddField(
            model_name="product",
            name="season_months",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.SmallIntegerField(),
                blank=True,
                db_default=[],
                default=list,
                help_text="months of the Swedish season, 1–12; empty for goods without one",
                size=None,
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
