import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("market", "0025_bid_handlers")]

    operations = [
        migrations.AddField(
            model_name="sustainabilitycriterion",
            name="organic_groups",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40),
                db_default=[],
                default=list,
                help_text="goods that must be organic",
                size=None,
            ),
        ),
        migrations.AddConstraint(
            model_name="sustainabilitycriterion",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "award"), _negated=True) | models.Q(("organic_groups", [])),
                name="an_award_criterion_demands_nothing",
            ),
        ),
    ]
