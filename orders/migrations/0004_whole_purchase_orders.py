"""What an invoice's links will rest on: an order with its parties, a line with its order. Built beside live writes."""

from django.db import migrations, models


def whole(model: str, name: str, fields: tuple[str, ...], columns: str) -> migrations.SeparateDatabaseAndState:
    """A unique constraint over an index that was built concurrently."""
    table = f"orders_{model}"
    return migrations.SeparateDatabaseAndState(
        database_operations=[
            migrations.RunSQL(
                [
                    f"DROP INDEX CONCURRENTLY IF EXISTS {name}",  # one left half built by a run that was cut short
                    f"CREATE UNIQUE INDEX CONCURRENTLY {name} ON {table} ({columns})",
                    f"ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE USING INDEX {name}",
                ],
                f"ALTER TABLE {table} DROP CONSTRAINT {name}",
            )
        ],
        state_operations=[
            migrations.AddConstraint(
                model_name=model, constraint=models.UniqueConstraint(fields=fields, name=name)
            )
        ],
    )


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("orders", "0003_refused_rows")]

    operations = [
        whole(
            "purchaseorder",
            "purchase_order_whole",
            ("id", "supplier", "authority"),
            "id, supplier_id, authority_id",
        ),
        whole(
            "purchaseorderline",
            "purchase_order_line_of_its_order",
            ("id", "purchase_order"),
            "id, purchase_order_id",
        ),
    ]
