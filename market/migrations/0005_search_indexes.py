import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

# What the range of a delivery day is made of; the newest entry of these says whether a kept range still holds.
RANGE_TABLES = (
    "market_agreement", "market_agreementauthority", "market_agreementlot", "market_agreementprice",
    "market_lotparty", "market_lotproduct", "market_offer", "market_stockpool", "market_product",
    "market_productcategory", "market_groupmapping", "market_vatmapping", "market_standing",
    "market_supplierrun", "market_deliveryrun", "suppliers_certificate", "suppliers_certificatescope",
    "suppliers_supplier",
)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("market", "0004_search_words")]

    operations = [
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(season_months__contained_by=[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
                name="season_is_of_months",
            ),
        ),
        AddIndexConcurrently(
            model_name="product",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search_words"], name="products_by_words", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.RunSQL(
            "CREATE INDEX CONCURRENTLY IF NOT EXISTS trail_of_the_range ON ground_trailentry (id)"
            f" WHERE table_name IN {RANGE_TABLES!r}",
            "DROP INDEX CONCURRENTLY IF EXISTS trail_of_the_range",
        ),
    ]
