from django.db import migrations, models

from config.ground.coordinate_fields import on_earth


class Migration(migrations.Migration):
    dependencies = [("kitchens", "0010_who_got_the_portions")]

    operations = [
        migrations.AddField(
            model_name="kitchen",
            name="latitude",
            field=models.DecimalField(decimal_places=6, help_text="degrees, WGS84", max_digits=9, null=True),
        ),
        migrations.AddField(
            model_name="kitchen",
            name="longitude",
            field=models.DecimalField(decimal_places=6, max_digits=9, null=True),
        ),
        migrations.AddConstraint(
            model_name="kitchen",
            constraint=models.CheckConstraint(condition=on_earth(), name="kitchen_lies_on_earth"),
        ),
    ]
