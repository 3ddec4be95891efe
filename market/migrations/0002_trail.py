from django.db import migrations

from config.ground.trail import trailed

TRAILED = [
    "authority", "authoritymember", "standing", "hub", "hubworker", "hubclosure", "supplierhubterms",
    "supplierpause", "deliveryrun", "productcategory", "product", "pack", "vatclass", "needcategory",
    "groupmapping", "cpvmapping", "vatmapping", "foodmapping", "needmapping", "climatefood", "factorset",
    "climatefactor", "lawfigure", "lawparagraph", "vatrate", "agreement", "agreementauthority", "agreementlot",
    "lotparty", "lotproduct", "agreementprice", "offer",
]


class Migration(migrations.Migration):
    dependencies = [("market", "0001_initial"), ("ground", "0002_extensions_and_trail")]

    operations = [
        *[trailed(f"market_{name}") for name in TRAILED],
        trailed("market_supplierrun"),
        # The counter of a pool moves with every order; its commitments are the record, not the trail.
        trailed("market_stockpool", left_out=["reserved"]),
        # Counters are rewritten often and hold no index of their own: room on the page keeps updates in place.
        migrations.RunSQL(
            [
                "ALTER TABLE market_lotbalance SET (fillfactor = 70)",
                "ALTER TABLE market_needtotal SET (fillfactor = 70)",
                "ALTER TABLE market_stockpool SET (fillfactor = 70)",
            ],
            [
                "ALTER TABLE market_lotbalance RESET (fillfactor)",
                "ALTER TABLE market_needtotal RESET (fillfactor)",
                "ALTER TABLE market_stockpool RESET (fillfactor)",
            ],
        ),
        # Links that cross two tables can't contradict each other.
        migrations.RunSQL(
            [
                "ALTER TABLE market_agreementprice ADD CONSTRAINT price_of_a_party"
                " FOREIGN KEY (agreement_lot_id, supplier_id)"
                " REFERENCES market_lotparty (agreement_lot_id, supplier_id) DEFERRABLE INITIALLY DEFERRED",
                "ALTER TABLE market_agreementprice ADD CONSTRAINT price_of_its_products_pack"
                " FOREIGN KEY (pack_id, product_id) REFERENCES market_pack (id, product_id)",
                "ALTER TABLE market_offer ADD CONSTRAINT offer_of_its_pool"
                " FOREIGN KEY (pool_id, supplier_id, product_id)"
                " REFERENCES market_stockpool (id, supplier_id, product_id)",
                "ALTER TABLE market_offer ADD CONSTRAINT offer_of_its_products_pack"
                " FOREIGN KEY (pack_id, product_id) REFERENCES market_pack (id, product_id)",
                "ALTER TABLE market_supplierrun ADD CONSTRAINT supplier_run_on_its_date"
                " FOREIGN KEY (delivery_run_id, delivery_date)"
                " REFERENCES market_deliveryrun (id, delivery_date)",
                "ALTER TABLE market_needmapping ADD CONSTRAINT need_of_its_authority"
                " FOREIGN KEY (need_category_id, authority_id) REFERENCES market_needcategory (id, authority_id)",
            ],
            [
                "ALTER TABLE market_needmapping DROP CONSTRAINT need_of_its_authority",
                "ALTER TABLE market_supplierrun DROP CONSTRAINT supplier_run_on_its_date",
                "ALTER TABLE market_offer DROP CONSTRAINT offer_of_its_products_pack",
                "ALTER TABLE market_offer DROP CONSTRAINT offer_of_its_pool",
                "ALTER TABLE market_agreementprice DROP CONSTRAINT price_of_its_products_pack",
                "ALTER TABLE market_agreementprice DROP CONSTRAINT price_of_a_party",
            ],
        ),
    ]
