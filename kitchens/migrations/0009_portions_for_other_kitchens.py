from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("kitchens", "0008_basket_prices_seen")]

    operations = [
        migrations.AddField("daytold", "sent_standard", models.IntegerField(null=True)),
        migrations.AddField("daytold", "sent_payback", models.IntegerField(null=True)),
        migrations.AddConstraint(
            "daytold",
            models.CheckConstraint(
                name="sent_portions_were_cooked",
                condition=(Q(sent_standard=None) | Q(sent_standard__gte=0, cooked_standard__gte=F("sent_standard")))
                & (Q(sent_payback=None) | Q(sent_payback__gte=0, cooked_payback__gte=F("sent_payback"))),
            ),
        ),
    ]
