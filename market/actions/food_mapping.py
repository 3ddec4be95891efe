"""Which food a product counts as: decided by a person, for the goods of a day and later."""

from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from config.ground.refusals import InvalidInput
from config.ground.trail import Actor, Once, acting
from market.models import ClimateFood, FoodMapping, Product

ONE_DAY = timedelta(days=1)


def map_food(
    *,
    product: Product,
    food: ClimateFood,
    first_day: date,
    reason: str,
    once: Once | None = None,
    by: Actor,
) -> FoodMapping:
    """The product counts as this food from ``first_day``. What was said of those days is retired and kept.

    Published figures keep what they were counted by, so days that have been may be mapped anew. Raises InvalidInput without
    a reason, NotAllowed for a job: a person answers for a mapping.
    """
    if not reason.strip():
        raise InvalidInput(fields={"reason": [_("Skriv varför.")]})
    with acting(by, once=once) as act:
        if act.reply is not None:
            return FoodMapping.objects.get(pk=act.reply)
        moment = _moment()
        overlapping = FoodMapping.objects.standing().filter(
            Q(valid_to=None) | Q(valid_to__gte=first_day), product=product
        )
        before = list(overlapping.filter(valid_from__lt=first_day))
        overlapping.update(retired_at=moment)
        earlier = [
            FoodMapping(
                product=product,
                food_id=each.food_id,
                valid_from=each.valid_from,
                valid_to=first_day - ONE_DAY,
                reason=each.reason,
                mapped_by_id=each.mapped_by_id,
                mapped_at=moment,
            )
            for each in before
        ]
        FoodMapping.objects.bulk_create(earlier)
        made = FoodMapping.objects.create(
            product=product,
            food=food,
            valid_from=first_day,
            reason=reason.strip()[:200],
            mapped_by_id=act.by.person_id,
            mapped_at=moment,
        )
        act.answer(made.pk)
    return made


def _moment() -> datetime:
    """One time for both ends of the change; it waits for a figure that is being published, and is later."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE market_foodmapping IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
        return moment
