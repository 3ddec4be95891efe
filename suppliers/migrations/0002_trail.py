from django.db import migrations

from config.ground.trail import trailed


class Migration(migrations.Migration):
    dependencies = [("suppliers", "0001_initial"), ("ground", "0002_extensions_and_trail")]

    operations = [
        trailed("suppliers_productgroup"),
        # A sole trader's number, name, address and telephone are personal data: they may be erased.
        trailed("suppliers_supplier", left_out=["personal_number", "name", "sort_key", "email", "phone", "address"]),
        trailed("suppliers_farmmember"),
        trailed("suppliers_certificate"),
        trailed("suppliers_certificatescope"),
    ]
