"""The trail of what is bought, and links that can't contradict each other."""

from django.db import migrations

from config.ground.trail import trailed

LINKS = [
    ("orders_order", "order_of_its_kitchens_authority", "kitchen_id, authority_id", "kitchens_kitchen (id, authority_id)"),
    ("orders_calloff", "call_off_of_its_line", "order_line_id, order_id", "orders_orderline (id, order_id)"),
    (
        "orders_calloff",
        "call_off_of_its_order",
        "order_id, kitchen_id, authority_id, delivery_date",
        "orders_order (id, kitchen_id, authority_id, delivery_date)",
    ),
    (
        "orders_calloff",
        "call_off_in_its_run",
        "supplier_run_id, supplier_id, delivery_date",
        "market_supplierrun (id, supplier_id, delivery_date)",
    ),
    (
        "orders_calloff",
        "call_off_by_a_named_authority",
        "agreement_id, authority_id",
        "market_agreementauthority (agreement_id, authority_id)",
    ),
    ("orders_calloff", "call_off_under_its_lot", "agreement_lot_id, agreement_id", "market_agreementlot (id, agreement_id)"),
    ("orders_calloff", "call_off_from_a_party", "agreement_lot_id, supplier_id", "market_lotparty (agreement_lot_id, supplier_id)"),
    (
        "orders_calloff",
        "call_off_of_its_pool",
        "pool_id, supplier_id, product_id",
        "market_stockpool (id, supplier_id, product_id)",
    ),
    ("orders_calloff", "call_off_of_its_products_pack", "pack_id, product_id", "market_pack (id, product_id)"),
    (
        "orders_purchaseorder",
        "purchase_order_in_its_run",
        "supplier_run_id, supplier_id, delivery_date",
        "market_supplierrun (id, supplier_id, delivery_date)",
    ),
]


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0001_initial"),
        ("ground", "0002_extensions_and_trail"),
        ("market", "0002_trail"),
        ("kitchens", "0002_trail"),
    ]

    operations = [
        *[
            migrations.RunSQL(
                f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({columns}) REFERENCES {target}",
                f"ALTER TABLE {table} DROP CONSTRAINT {name}",
            )
            for table, name, columns, target in LINKS
        ],
        *[
            trailed(f"orders_{name}")
            for name in [
                "order", "orderline", "calloff", "refusedline", "purchaseorder", "goodslot", "handover",
                "handoverline", "receipt", "receiptline", "goodsreturn", "purchaseimport",
            ]
        ],
        *[
            trailed(f"orders_{name}", append_only=True)
            for name in ["purchaseorderline", "purchaseorderlink", "movement", "externalpurchase"]
        ],
        migrations.RunSQL(
            "ALTER TABLE orders_calloffquantity SET (fillfactor = 70)",
            "ALTER TABLE orders_calloffquantity RESET (fillfactor)",
        ),
    ]
