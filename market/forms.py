"""What a farm writes when it posts goods."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.ground import figures
from config.ground.fields import TypedDecimalField
from market.models import Offer
from market.queries.farm_offers import PostablePack
from market.queries.wording import allergen_name, mark_name, price_unit, unit_name
from market.rules.allergens import Allergen
from suppliers.rules.certificates import LABELS

THIS_WEEK, NEXT_WEEK, OTHER_DAYS = "denna", "nasta", "egna"
WEEK = timedelta(days=7)
A_DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


@dataclass(frozen=True, slots=True)
class Period:
    first: date
    last: date


def week_of(day: date) -> Period:
    monday = day - timedelta(days=day.weekday())
    return Period(first=monday, last=monday + timedelta(days=6))


class OfferForm(forms.Form):
    """Which pack, how much, which days; what the goods are. ``packs`` come with the agreed ones first."""

    pack = forms.ChoiceField(label=gettext_lazy("Vara och förpackning"))
    quantity = TypedDecimalField(
        label=gettext_lazy("Hur mycket har du?"),
        help_text=gettext_lazy("Allt du har av varan under dagarna, i kilo, styck eller liter."),
        max_digits=14,
        decimal_places=3,
    )
    period = forms.ChoiceField(
        label=gettext_lazy("För leverans"), widget=forms.RadioSelect, initial=NEXT_WEEK
    )
    valid_from = forms.DateField(label=gettext_lazy("Från och med"), required=False, widget=A_DAY)
    valid_to = forms.DateField(label=gettext_lazy("Till och med"), required=False, widget=A_DAY)
    own_price_sek = TypedDecimalField(
        label=gettext_lazy("Eget pris, kr per förpackning (per kg för viktvara), utan moms"),
        help_text=gettext_lazy("Bara där avtalet lämnar priset öppet. Tomt ger avtalets tak."),
        max_digits=12,
        decimal_places=4,
        required=False,
    )
    claims = forms.MultipleChoiceField(
        label=gettext_lazy("Märkning"), required=False, widget=forms.CheckboxSelectMultiple
    )
    contains = forms.MultipleChoiceField(
        label=gettext_lazy("Innehåller allergen"), required=False, widget=forms.CheckboxSelectMultiple
    )
    may_contain = forms.MultipleChoiceField(
        label=gettext_lazy("Kan innehålla spår av"), required=False, widget=forms.CheckboxSelectMultiple
    )
    origin_place = forms.CharField(label=gettext_lazy("Ort"), max_length=80, required=False)
    origin_country = forms.RegexField(
        label=gettext_lazy("Ursprungsland"),
        help_text=gettext_lazy("Två bokstäver: SE för Sverige."),
        regex=r"^[A-Za-z]{2}$",
        initial="SE",
        error_messages={"invalid": gettext_lazy("Skriv landets två bokstäver, till exempel SE.")},
    )
    temperature = forms.ChoiceField(label=gettext_lazy("Förvaras i"), initial=Offer.Temperature.AMBIENT)
    harvested_on = forms.DateField(label=gettext_lazy("Skördat"), required=False, widget=A_DAY)
    note = forms.CharField(label=gettext_lazy("Upplysning till köken"), max_length=300, required=False)

    def __init__(
        self,
        *,
        packs: Sequence[PostablePack],
        today: date,
        place: str = "",
        labels: Sequence[str] = (),
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial={"origin_place": place, "claims": list(labels)})
        self.packs = {str(pack.pack_id): pack for pack in packs}
        self.this_week, self.next_week = week_of(today), week_of(today + WEEK)
        self._choices(packs)

    def _choices(self, packs: Sequence[PostablePack]) -> None:
        agreed = [(pack.pack_id, _pack_words(pack)) for pack in packs if pack.price_sek is not None]
        others = [(pack.pack_id, _pack_words(pack)) for pack in packs if pack.price_sek is None]
        groups = [
            ("", _("Välj")),
            (_("I dina avtal"), agreed),
            (_("Utan avtalat pris: köken kan inte beställa än"), others),
        ]
        self.fields["pack"].choices = [group for group in groups if group[1]]  # type: ignore[attr-defined]
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            (THIS_WEEK, _("Den här veckan")),
            (NEXT_WEEK, _("Nästa vecka")),
            (OTHER_DAYS, _("Andra dagar")),
        ]
        self.fields["claims"].choices = [(kind, mark_name(kind)) for kind in sorted(LABELS)]  # type: ignore[attr-defined]
        named = [(str(each), allergen_name(each).capitalize()) for each in Allergen]
        self.fields["contains"].choices = self.fields["may_contain"].choices = named  # type: ignore[attr-defined]
        self.fields["temperature"].choices = [  # type: ignore[attr-defined]
            (Offer.Temperature.AMBIENT, _("rumstemperatur")),
            (Offer.Temperature.CHILLED, _("kyl")),
            (Offer.Temperature.FROZEN, _("frys")),
        ]

    @property
    def has_faults_in_details(self) -> bool:
        return not {"pack", "quantity", "period", "valid_from", "valid_to", "__all__"}.issuperset(self.errors)

    def clean_origin_country(self) -> str:
        return str(self.cleaned_data["origin_country"]).upper()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("period") == OTHER_DAYS:
            for name in ("valid_from", "valid_to"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Välj en dag."))
        self._check_own_price(cleaned)
        return cleaned

    def _check_own_price(self, cleaned: Mapping[str, Any]) -> None:
        own, pack = cleaned.get("own_price_sek"), self.packs.get(cleaned.get("pack", ""))
        if own is None or pack is None or pack.price_sek is None:
            return
        if not pack.is_cap:
            self.add_error("own_price_sek", _("Avtalet har ett fast pris. Lämna fältet tomt."))
        elif own > pack.price_sek:
            cap = figures.money(pack.price_sek)
            self.add_error("own_price_sek", _("Högst %(cap)s: avtalets tak.") % {"cap": cap})

    @property
    def days(self) -> Period:
        if self.cleaned_data["period"] == THIS_WEEK:
            return self.this_week
        if self.cleaned_data["period"] == NEXT_WEEK:
            return self.next_week
        return Period(first=self.cleaned_data["valid_from"], last=self.cleaned_data["valid_to"])

    @property
    def details(self) -> dict[str, Any]:
        """What the goods are, as the action takes it."""
        given = self.cleaned_data
        names = (
            "claims",
            "may_contain",
            "origin_country",
            "origin_place",
            "temperature",
            "harvested_on",
            "note",
        )
        return {name: given[name] for name in names} | {"allergens": given["contains"]}


def _pack_words(pack: PostablePack) -> str:
    words = f"{pack.product}, {pack.pack}"
    if pack.price_sek is None:
        return words
    price = figures.money(pack.price_sek, per=price_unit(pack.price_per))
    up_to = _("högst %(price)s") % {"price": price} if pack.is_cap else price
    if pack.per_kg is None or pack.price_per == "kg":
        return f"{words}: {up_to}"
    return f"{words}: {up_to} ({figures.money(pack.per_kg, per=unit_name('kg'))})"


class StockForm(forms.Form):
    quantity = TypedDecimalField(
        label=gettext_lazy("Hur mycket har du i allt?"), max_digits=14, decimal_places=3, min_value=0
    )
