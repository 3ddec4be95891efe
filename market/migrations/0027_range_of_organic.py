from django.db import migrations

# The trail's entries that a kept range rests on; what an agreement asks for (agreementcriterion) is new.
RANGE_TABLES = (
    "market_agreement", "market_agreementauthority", "market_agreementcriterion", "market_agreementlot",
    "market_agreementprice", "market_lotparty", "market_lotproduct", "market_offer", "market_stockpool", "market_product",
    "market_productcategory", "market_groupmapping", "market_vatmapping", "market_standing",
    "market_supplierrun", "market_deliveryrun", "suppliers_certificate", "suppliers_certificatescope",
    "suppliers_supplier",
)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("market", "0026_organic_criteria")]

    operations = [
        migrations.RunSQL(
            [
                "DROP INDEX CONCURRENTLY IF EXISTS trail_of_the_range_now",
                "CREATE INDEX CONCURRENTLY trail_of_the_range_now ON ground_trailentry (id)"
                f" WHERE table_name IN {RANGE_TABLES!r}",
                "DROP INDEX CONCURRENTLY IF EXISTS trail_of_the_range",
                "ALTER INDEX trail_of_the_range_now RENAME TO trail_of_the_range",
            ],
            migrations.RunSQL.noop,
        )
    ]
