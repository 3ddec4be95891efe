"""What a farm writes when it posts goods."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.ground import figures
from config.ground.fields import DayField, TypedDecimalField
from market.models import Offer, Product
from market.queries.countries import country_choices
from market.queries.farm_offers import PostablePack
from market.queries.names import allergen_name, container_name, mark_name, price_unit, unit_name
from market.rules.allergens import Allergen
from market.rules.packs import Container
from market.rules.weeks import DAYS, Period, week_of

THIS_WEEK, NEXT_WEEK, OTHER_DAYS = "denna", "nasta", "egna"
NEW_PACK = "ny"
MAIN = {"pack", "quantity", "period", "valid_from", "valid_to", "own_price_sek", "__all__"}
NEW_FIELDS = ("new_container", "new_size", "new_weighed", "new_tolerance")
PER_CENT = Decimal(100)


class OfferForm(forms.Form):
    """Of one product: which pack, how much, which days, what the goods are. ``packs`` come with the agreed ones first.

    ``labels`` are those that the farm's certificates cover for the product; ``last`` is its latest offer, whose facts
    stand in the boxes already.
    """

    pack = forms.ChoiceField(label=gettext_lazy("Förpackning"), widget=forms.RadioSelect)
    new_container = forms.ChoiceField(label=gettext_lazy("Slag"), required=False)
    new_size = TypedDecimalField(label=gettext_lazy("Rymmer"), max_digits=9, decimal_places=3, required=False)
    new_weighed = forms.BooleanField(
        label=gettext_lazy("Viktvara: vägs vid leveransen och betalas per kilo"), required=False
    )
    new_tolerance = TypedDecimalField(
        label=gettext_lazy("Får väga mer, procent"),
        initial=Decimal(10),
        max_digits=4,
        decimal_places=1,
        required=False,
    )
    quantity = TypedDecimalField(
        label=gettext_lazy("Hur mycket har du i allt?"),
        help_text=gettext_lazy("Allt du har av varan under dagarna, i alla förpackningar."),
        max_digits=14,
        decimal_places=3,
    )
    period = forms.ChoiceField(
        label=gettext_lazy("För leverans"), widget=forms.RadioSelect, initial=NEXT_WEEK
    )
    valid_from = DayField(label=gettext_lazy("Från och med"), required=False)
    valid_to = DayField(label=gettext_lazy("Till och med"), required=False)
    own_price_sek = TypedDecimalField(
        label=gettext_lazy("Eget pris, kr per förpackning (per kg för viktvara), utan moms"),
        help_text=gettext_lazy("Bara där avtalet lämnar priset öppet. Tomt ger avtalets tak."),
        max_digits=12,
        decimal_places=4,
        required=False,
    )
    price_is_right = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    claims = forms.MultipleChoiceField(
        label=gettext_lazy("Märkning"), required=False, widget=forms.CheckboxSelectMultiple
    )
    contains = forms.MultipleChoiceField(
        label=gettext_lazy("Innehåller allergen"), required=False, widget=forms.CheckboxSelectMultiple
    )
    may_contain = forms.MultipleChoiceField(
        label=gettext_lazy("Kan innehålla spår av"), required=False, widget=forms.CheckboxSelectMultiple
    )
    origin_country = forms.ChoiceField(label=gettext_lazy("Ursprungsland"), initial="SE")
    origin_place = forms.CharField(label=gettext_lazy("Ort"), max_length=80, required=False)
    slaughtered_in = forms.ChoiceField(label=gettext_lazy("Slaktat i"), required=False)
    temperature = forms.ChoiceField(label=gettext_lazy("Förvaras i"), initial=Offer.Temperature.AMBIENT)
    harvested_on = DayField(label=gettext_lazy("Skördat"), required=False)
    note = forms.CharField(label=gettext_lazy("Upplysning till köken"), max_length=300, required=False)

    def __init__(
        self,
        *,
        product: Product,
        packs: Sequence[PostablePack],
        today: date,
        place: str = "",
        labels: Sequence[str] = (),
        last: Offer | None = None,
        states_slaughter: bool = False,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        self.product, self.labels, self.last = product, labels, last
        self.packs = {str(pack.pack_id): pack for pack in packs}
        self.this_week, self.next_week = week_of(today), week_of(today + DAYS)
        super().__init__(data, initial=self._initial(place))
        self._choices()
        if not states_slaughter:
            del self.fields["slaughtered_in"]

    def _initial(self, place: str) -> dict[str, Any]:
        first = next(iter(self.packs), NEW_PACK)
        if self.last is None:
            return {"origin_place": place, "claims": list(self.labels), "pack": first}
        last = self.last
        known = str(last.pack_id) if str(last.pack_id) in self.packs else first
        return {
            "pack": known,
            "quantity": _plain(last.pool.quantity),
            "own_price_sek": _plain(last.own_price_sek),
            "claims": [kind for kind in last.claims if kind in self.labels],
            "contains": last.contains,
            "may_contain": last.may_contain,
            "origin_country": last.origin_country,
            "origin_place": last.origin_place,
            "slaughtered_in": last.slaughtered_in,
            "temperature": last.temperature,
            "note": last.note,
        }

    def _choices(self) -> None:
        packs = [(pack_id, _pack_words(pack)) for pack_id, pack in self.packs.items()]
        self._offer_choices("pack", [*packs, (NEW_PACK, _("Ny förpackning"))])
        containers = [(str(each), container_name(each)) for each in Container]
        self._offer_choices("new_container", containers)
        periods = (
            (THIS_WEEK, _("Den här veckan")),
            (NEXT_WEEK, _("Nästa vecka")),
            (OTHER_DAYS, _("Andra dagar")),
        )
        self._offer_choices("period", periods)
        self._offer_choices("claims", [(kind, mark_name(kind)) for kind in self.labels])
        named = [(str(each), allergen_name(each).capitalize()) for each in Allergen]
        for name in ("contains", "may_contain"):
            self._offer_choices(name, named)
        self._offer_choices("origin_country", country_choices())
        self._offer_choices("slaughtered_in", [("", _("Välj land")), *country_choices()])
        self._offer_choices(
            "temperature",
            [
                (Offer.Temperature.AMBIENT, _("rumstemperatur")),
                (Offer.Temperature.CHILLED, _("kyl")),
                (Offer.Temperature.FROZEN, _("frys")),
            ],
        )

    def _offer_choices(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def unit(self) -> str:
        return unit_name(self.product.base_unit)

    @property
    def may_set_price(self) -> bool:
        """Whether any of its packs has a price that the agreement leaves open."""
        return any(pack.is_cap for pack in self.packs.values())

    @property
    def pack_facts(self) -> str:
        """For the page's script: what each pack holds in kg and whether its price is open."""
        return json.dumps(
            {
                pack_id: {"kg": pack.kg and f"{pack.kg:f}", "open": pack.is_cap, "per": pack.price_per}
                for pack_id, pack in self.packs.items()
            }
        )

    @property
    def has_faults_in_details(self) -> bool:
        return not (MAIN | set(NEW_FIELDS)).issuperset(self.errors)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("period") == OTHER_DAYS:
            for name in ("valid_from", "valid_to"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Välj en dag."))
        if cleaned.get("pack") == NEW_PACK and "new_size" not in self.errors and not cleaned.get("new_size"):
            self.add_error("new_size", _("Skriv hur mycket förpackningen rymmer."))
        return cleaned

    @property
    def days(self) -> Period:
        if self.cleaned_data["period"] == THIS_WEEK:
            return self.this_week
        if self.cleaned_data["period"] == NEXT_WEEK:
            return self.next_week
        return Period(first=self.cleaned_data["valid_from"], last=self.cleaned_data["valid_to"])

    @property
    def makes_a_pack(self) -> bool:
        return bool(self.cleaned_data["pack"] == NEW_PACK)

    @property
    def new_pack(self) -> dict[str, Any]:
        """The pack to be made, as the action takes it."""
        given = self.cleaned_data
        tolerance = (given["new_tolerance"] or Decimal(0)) / PER_CENT if given["new_weighed"] else None
        return {
            "container": given["new_container"],
            "base_per_pack": given["new_size"],
            "tolerance": tolerance,
        }

    @property
    def own_price_is_right(self) -> bool:
        """The farm has answered for just this price."""
        own = self.cleaned_data["own_price_sek"]
        return own is not None and self.cleaned_data["price_is_right"] == price_asked(own)

    @property
    def details(self) -> dict[str, Any]:
        """What the goods are, as the action takes it."""
        given = self.cleaned_data
        names = (
            "claims",
            "may_contain",
            "origin_country",
            "origin_place",
            "slaughtered_in",
            "temperature",
            "harvested_on",
            "note",
        )
        return {name: given[name] for name in names if name in given} | {"allergens": given["contains"]}


def price_asked(price: Decimal) -> str:
    """A price as the page carries it from the question to the answer."""
    return f"{price.normalize():f}"


def _plain(value: Decimal | None) -> Decimal | None:
    """Without idle zeros, which would read as thousands in the box; None for nothing."""
    return Decimal(f"{value.normalize():f}") if value else None


def _pack_words(pack: PostablePack) -> str:
    if pack.price_sek is None:
        return _("%(pack)s: utan avtalat pris, köken kan inte beställa än") % {"pack": pack.pack}
    price = figures.money(pack.price_sek, per=price_unit(pack.price_per))
    up_to = _("högst %(price)s") % {"price": price} if pack.is_cap else price
    if pack.per_kg is None or pack.price_per == "kg":
        return f"{pack.pack}: {up_to}"
    return f"{pack.pack}: {up_to} ({figures.money(pack.per_kg, per=unit_name('kg'))})"


class StockForm(forms.Form):
    quantity = TypedDecimalField(
        label=gettext_lazy("Hur mycket har du i allt?"), max_digits=14, decimal_places=3, min_value=0
    )
