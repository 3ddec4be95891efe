import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("kitchens", "0009_portions_for_other_kitchens")]

    operations = [
        migrations.AddField(
            "daytold",
            "sent_to",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kitchens.kitchen"
            ),
        ),
        migrations.AddConstraint(
            "daytold",
            models.CheckConstraint(
                name="who_got_portions_got_some",
                condition=Q(sent_to=None)
                | Q(sent_standard__isnull=False, sent_standard__gt=0)
                | Q(sent_payback__isnull=False, sent_payback__gt=0),
            ),
        ),
    ]
