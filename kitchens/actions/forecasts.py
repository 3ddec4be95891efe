"""Forecasts: what a kitchen believes that it will want. They bind nobody and are no order (LOH)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from config.ground.refusals import InvalidInput
from config.ground.trail import Actor, Once, acting
from kitchens.models import Forecast, Kitchen
from market.models import Product

MOST = Decimal(1_000_000)


def save_forecasts(
    *,
    kitchen: Kitchen,
    quantities: Mapping[tuple[int, date], Decimal | None],
    once: Once | None = None,
    by: Actor,
) -> None:
    """Set what the kitchen believes by product and week (its Monday); None or 0 takes a forecast away.

    Weeks and products that are not named stay. Raises InvalidInput.
    """
    for (_product, week), quantity in quantities.items():
        if week.isoweekday() != 1:
            raise InvalidInput(fields={"week": [_("En vecka anges med sin måndag.")]})
        if quantity is not None and not 0 <= quantity <= MOST:
            raise InvalidInput(fields={"quantity": [_("Skriv ett antal större än 0.")]})
    named = {product for product, _week in quantities}
    if Product.objects.filter(pk__in=named).count() != len(named):
        raise InvalidInput(fields={"product": [_("Varan finns inte.")]})
    gone = [key for key, quantity in quantities.items() if not quantity]
    kept = {key: quantity for key, quantity in quantities.items() if quantity}
    with acting(by, once=once) as act:
        if act.reply is not None:
            return
        for week in {week for _product, week in gone}:
            products = [product for product, of_week in gone if of_week == week]
            Forecast.objects.filter(kitchen=kitchen, week=week, product__in=products).delete()
        Forecast.objects.bulk_create(
            [
                Forecast(kitchen=kitchen, product_id=product, week=week, quantity=quantity)
                for (product, week), quantity in kept.items()
            ],
            update_conflicts=True,
            unique_fields=["kitchen", "week", "product"],
            update_fields=["quantity"],
        )
        act.answer(len(quantities))
