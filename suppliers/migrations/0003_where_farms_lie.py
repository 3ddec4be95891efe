from django.db import migrations, models

from config.ground.coordinate_fields import on_earth


class Migration(migrations.Migration):
    dependencies = [("suppliers", "0002_trail")]

    operations = [
        migrations.AddField(
            model_name="supplier",
            name="latitude",
            field=models.DecimalField(decimal_places=6, help_text="degrees, WGS84", max_digits=9, null=True),
        ),
        migrations.AddField(
            model_name="supplier",
            name="longitude",
            field=models.DecimalField(decimal_places=6, max_digits=9, null=True),
        ),
        migrations.AddConstraint(
            model_name="supplier",
            constraint=models.CheckConstraint(condition=on_earth(), name="supplier_lies_on_earth"),
        ),
    ]
