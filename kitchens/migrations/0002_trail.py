from django.db import migrations

from config.ground.trail import trailed


class Migration(migrations.Migration):
    dependencies = [("kitchens", "0001_initial"), ("ground", "0002_extensions_and_trail")]

    operations = [
        trailed("kitchens_kitchen"),
        trailed("kitchens_kitchenmember"),
        # Baskets are drafts: what was wanted and refused stands in orders' refused lines.
    ]
