"""What is asked of the market: read strictly, handed on as values."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from rest_framework import serializers

from config.ground.api.fields import Amount, Asked, Day, Id, IdWanted, Text, Truth, Wanted
from config.ground.refusals import InvalidInput
from market.models import Offer, Regime, SupplierRun
from market.rules.allergens import Allergen
from market.rules.criteria_matters import Use
from market.rules.weeks import DAYS, Period, week_of
from suppliers.rules.certificates import LABELS

MOST_TEXT = 10_000
YEAR = timedelta(weeks=52)
GRAM = Decimal("0.001")
ALLERGENS = [each.value for each in Allergen]


def _among(values: list[str]) -> serializers.ListField:
    return serializers.ListField(child=serializers.ChoiceField(values), default=list, max_length=len(values))


class OfferAsked(Asked):
    """``quantity`` is all that the farm has of the product in the period, in its base unit."""

    supplier = Id()
    pack = Id()
    quantity = Amount(max_digits=14, decimal_places=3, min_value=GRAM)
    valid_from = Day()
    valid_to = Day()
    own_price_sek = Amount(
        max_digits=12,
        decimal_places=4,
        min_value=Decimal("0.0001"),
        default=None,
        allow_null=True,
        help_text="counts only where the agreement leaves the price open, under its cap",
    )
    claims = _among(sorted(LABELS))
    allergens = _among(ALLERGENS)
    may_contain = _among(ALLERGENS)
    origin_country = serializers.RegexField(r"^[A-Z]{2}$", default="SE")
    origin_place = Text(default="", allow_blank=True, max_length=80)
    slaughtered_in = serializers.RegexField(
        r"^([A-Z]{2})?$", default="", allow_blank=True, help_text="country; beef is not taken without it"
    )
    temperature = serializers.ChoiceField(Offer.Temperature.choices, default=Offer.Temperature.AMBIENT)
    harvested_on = Day(default=None, allow_null=True)
    note = Text(default="", allow_blank=True, max_length=300)
    price_is_right = Truth(
        default=False, help_text="true: take a price that is ten times off its history, and do not ask"
    )


class StockAsked(Asked):
    quantity = Amount(max_digits=14, decimal_places=3, min_value=0)


class WithdrawalAsked(Asked):
    """Nothing needs to be said: an empty object."""


def week_of_reach(day: date, *, today: date, field: str = "week", back: int = 0) -> Period:
    """The week of the day, from ``back`` weeks ago to a year ahead. Raises InvalidInput."""
    if not today - back * DAYS - DAYS < day < today + YEAR:
        raise InvalidInput(fields={field: [_("Välj en vecka från och med den här till om ett år.")]})
    week = week_of(day)
    if week.last < today - back * DAYS:
        raise InvalidInput(fields={field: [_("Veckan är slut.")]})
    return week


class CriteriaAsked(Asked):
    """``regime`` chooses the paragraphs that are named; ``day`` the day they shall be in force on, today if absent."""

    text = Text(max_length=MOST_TEXT, trim_whitespace=False)
    use = serializers.ChoiceField([each.value for each in Use], default=Use.REQUIREMENT.value)
    regime = serializers.ChoiceField(Regime.choices, default=Regime.DIRECTIVE.value)
    day = Day(default=None, allow_null=True)


class StockWanted(Wanted):
    supplier = IdWanted(required=False)
    product = IdWanted(required=False)
    delivery_date = Day(required=False)


class ProductsWanted(Wanted):
    category = Text(required=False, max_length=40)
    name = Text(required=False, max_length=80, help_text="part of a name or a synonym")


class AgreementsWanted(Wanted):
    authority = IdWanted(required=False)
    supplier = IdWanted(required=False)
    day = Day(required=False, help_text="in force on this day")


class RunsWanted(Wanted):
    hub = IdWanted(required=False)
    supplier = IdWanted(required=False)
    delivery_date = Day(required=False)
    state = serializers.ChoiceField(SupplierRun.State.choices, required=False)
