"""What an officer writes: a direct award, a higher ceiling, a suspension."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.ground.fields import DayField, TypedDecimalField
from config.ground.sorting import in_swedish
from market.models import Agreement, Authority, NeedCategory, Pack, SustainabilityCriterion
from market.queries.names import goods_name
from market.queries.sustainability import criteria
from market.rules.agreement_draft import AgreementDraft, LotDraft, OptionDraft, PartyDraft, PriceDraft
from market.rules.assessment import Basis, Choice
from orders.actions.awards import AwardBasis
from orders.forms.sustainability import VersionsField
from suppliers.models import Supplier

ROWS, FIRST_ROWS = 8, 3
PRICES = "prices"
BASES = (
    (Basis.BACK_12.value, gettext_lazy("De tolv månaderna bakåt")),
    (Basis.FINANCIAL_YEAR.value, gettext_lazy("Förra räkenskapsåret")),
    (Basis.AHEAD_12.value, gettext_lazy("De tolv månaderna framåt")),
    (Basis.OWN.value, gettext_lazy("Egen uppskattning")),
)


class SuspensionForm(forms.Form):
    clause = forms.CharField(
        label=gettext_lazy("Klausul i avtalet"),
        help_text=gettext_lazy(
            "Den bestämmelse som avstängningen vilar på, till exempel ”punkt 14.2, upprepade brister”."
        ),
        max_length=200,
    )
    first_day = DayField(label=gettext_lazy("Från och med"))
    last_day = DayField(
        label=gettext_lazy("Till och med"),
        required=False,
        help_text=gettext_lazy("Lämna tomt om den gäller tills vidare."),
    )
    unheard_reason = forms.CharField(
        label=gettext_lazy("Varför gården inte kan höras först"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Kan det vänta: öppna ett ärende och hör gården i stället."),
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"first_day": today})
        self.today = today

    def clean_first_day(self) -> date:
        first: date = self.cleaned_data["first_day"]
        if first < self.today:
            raise forms.ValidationError(_("En avstängning börjar i dag eller senare."))
        return first

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        first, last = told.get("first_day"), told.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("Sista dagen ligger före den första."))
        return told


class LiftForm(forms.Form):
    first_free_day = DayField(label=gettext_lazy("Får avropas från igen"))
    reason = forms.CharField(label=gettext_lazy("Skäl"), max_length=300)

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"first_free_day": today})
        self.today = today

    def clean_first_free_day(self) -> date:
        day: date = self.cleaned_data["first_free_day"]
        if day < self.today:
            raise forms.ValidationError(_("Välj i dag eller en senare dag."))
        return day


class CeilingForm(forms.Form):
    ceiling_sek = TypedDecimalField(
        label=gettext_lazy("Nytt takvärde"),
        max_digits=14,
        decimal_places=2,
        min_value=Decimal("0.01"),
        help_text=gettext_lazy("Utan moms."),
    )
    ceiling_kg = TypedDecimalField(
        label=gettext_lazy("Nytt tak i kg"),
        required=False,
        max_digits=14,
        decimal_places=3,
        min_value=Decimal("0.001"),
    )
    ground = forms.ChoiceField(label=gettext_lazy("Grund"))
    clause = forms.CharField(
        label=gettext_lazy("Klausul eller handling"),
        max_length=200,
        help_text=gettext_lazy("Till exempel ”punkt 7.3”."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Skäl"),
        max_length=300,
        help_text=gettext_lazy("Står i ändringsloggen tillsammans med ditt namn."),
    )


class PackChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    """``Potatis, tvättad – 10 kg säck``."""

    def label_from_instance(self, obj: Any) -> str:
        per = _("pris per kg") if obj.is_catch_weight else _("pris per förpackning")
        return f"{goods_name(obj.product)} – {goods_name(obj)} ({per})"


class PriceRow(forms.Form):
    pack = PackChoice(
        label=gettext_lazy("Vara och förpackning"), queryset=Pack.objects.none(), required=False
    )
    price_sek = TypedDecimalField(
        label=gettext_lazy("Pris"),
        required=False,
        max_digits=12,
        decimal_places=4,
        min_value=Decimal("0.0001"),
    )

    def __init__(self, data: Any = None, *, packs: QuerySet[Pack], prefix: str) -> None:
        super().__init__(data, prefix=prefix)
        pack = self.fields["pack"]
        assert isinstance(pack, forms.ModelChoiceField)  # noqa: S101  # narrows for the type checker
        pack.queryset = packs
        pack.empty_label = _("Välj vara")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if bool(told.get("pack")) != (told.get("price_sek") is not None) and not self.errors:
            missing = "price_sek" if told.get("pack") else "pack"
            self.add_error(missing, _("Fyll i både vara och pris, eller lämna raden tom."))
        return told


@dataclass(frozen=True, slots=True)
class Priced:
    pack: Pack
    price_sek: Decimal


class AwardForm(forms.Form):
    """A direct award to one farm in one lot."""

    need_category = forms.ModelChoiceField(
        label=gettext_lazy("Behov"),
        queryset=NeedCategory.objects.none(),
        help_text=gettext_lazy("Det behov som värdet räknas på. Taken för samma behov läggs ihop."),
    )
    supplier = forms.ModelChoiceField(label=gettext_lazy("Gård"), queryset=Supplier.objects.none())
    title = forms.CharField(label=gettext_lazy("Avtalets namn"), max_length=160)
    case_number = forms.CharField(label=gettext_lazy("Diarienummer"), max_length=60)
    ceiling_sek = TypedDecimalField(
        label=gettext_lazy("Takvärde"),
        max_digits=14,
        decimal_places=2,
        min_value=Decimal("0.01"),
        help_text=gettext_lazy(
            "Utan moms. Optioner och förlängningar skrivs för sig och räknas in i värdet."
        ),
    )
    valid_from = DayField(label=gettext_lazy("Gäller från och med"))
    valid_to = DayField(label=gettext_lazy("Gäller till och med"))
    option_what = forms.CharField(
        label=gettext_lazy("Option eller förlängning"), max_length=160, required=False
    )
    option_sek = TypedDecimalField(
        label=gettext_lazy("Optionens värde"),
        max_digits=14,
        decimal_places=2,
        min_value=Decimal("0.01"),
        required=False,
        help_text=gettext_lazy(
            "Räknas in i värdet från början (5 kap. 3 § LOU), inte i taket förrän den används."
        ),
    )
    option_clause = forms.CharField(label=gettext_lazy("Optionens klausul"), max_length=200, required=False)
    option_last_day = DayField(label=gettext_lazy("Används senast"), required=False)
    option_extends_to = DayField(label=gettext_lazy("Förlänger avtalet till och med"), required=False)
    criteria = VersionsField(
        label=gettext_lazy("Hållbarhetskriterier"),
        queryset=SustainabilityCriterion.objects.none(),
        required=False,
        help_text=gettext_lazy(
            "De står i avtalet från underskriften. Kräver ett av dem ekologiskt prövas gårdens certifikat."
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("Skäl"),
        widget=forms.Textarea,
        help_text=gettext_lazy(
            "Varför direktupphandling, hur konkurrensen togs till vara, vilka som tillfrågades och varför just den här gården."
        ),
    )

    ahead_12_sek = TypedDecimalField(
        label=gettext_lazy("Behovet kommande tolv månader"),
        required=False,
        max_digits=14,
        decimal_places=2,
        min_value=Decimal(0),
        help_text=gettext_lazy("Uppskattat för hela myndigheten, utan moms. Lämna tomt om det inte är känt."),
    )
    basis = forms.ChoiceField(
        label=gettext_lazy("Värdet räknas på"),
        choices=BASES,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Huset väljer inte åt dig. Ett lägre belopp än ett annat behöver sitt skäl."),
    )
    own_sek = TypedDecimalField(
        label=gettext_lazy("Egen uppskattning av behovets värde"),
        required=False,
        max_digits=14,
        decimal_places=2,
        min_value=Decimal(0),
    )
    value_reason = forms.CharField(
        label=gettext_lazy("Skäl till värdet"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    covered_reason = forms.CharField(
        label=gettext_lazy("Skäl om varorna redan finns i ett annat avtal"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Till exempel en bestämmelse i ramavtalet som tillåter köp av säsongens varor utanför det."
        ),
    )

    def __init__(self, data: Any = None, *, authority: Authority, today: date) -> None:
        super().__init__(data, initial={"valid_from": today, "valid_to": today.replace(month=12, day=31)})
        self.authority = authority
        need, supplier = self.fields["need_category"], self.fields["supplier"]
        assert isinstance(need, forms.ModelChoiceField)  # noqa: S101  # narrows for the type checker
        assert isinstance(supplier, forms.ModelChoiceField)  # noqa: S101
        need.queryset = NeedCategory.objects.filter(authority=authority).order_by(in_swedish("name"))
        supplier.queryset = Supplier.objects.filter(is_bankrupt=False).order_by("sort_key")
        self.fields["criteria"].queryset = criteria(on=today)  # type: ignore[attr-defined]
        need.empty_label = _("Välj behov")
        supplier.empty_label = _("Välj gård")
        packs = Pack.objects.select_related("product").order_by("product__sort_key", "pk")
        self.rows = [PriceRow(data, packs=packs, prefix=f"{PRICES}-{number}") for number in range(ROWS)]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        first, last = told.get("valid_from"), told.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("Sista dagen ligger före den första."))
        option = ("option_what", "option_sek", "option_clause", "option_last_day")
        if any(told.get(name) for name in (*option, "option_extends_to")):
            for name in option:
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, _("Fyll i detta."))
        for number, row in enumerate(self.rows, start=1):
            for fault in (fault for faults in row.errors.values() for fault in faults):
                self.add_error(None, _("Vara %(number)s: %(fault)s") % {"number": number, "fault": fault})
        if not any(row.errors for row in self.rows):
            packs = [priced.pack.pk for priced in self.priced]
            if not packs:
                self.add_error(None, _("Ange minst en vara med pris."))
            elif len(set(packs)) < len(packs):
                self.add_error(None, _("Samma förpackning har två priser. Behåll det ena."))
        return told

    @property
    def has_option(self) -> bool:
        return any(self[name].value() for name in ("option_what", "option_sek", "option_clause"))

    @property
    def first_rows(self) -> list[PriceRow]:
        return self.rows[:FIRST_ROWS]

    @property
    def more_rows(self) -> list[PriceRow]:
        return self.rows[FIRST_ROWS:]

    @property
    def more_are_filled(self) -> bool:
        return any(row.has_changed() for row in self.more_rows)

    @property
    def priced(self) -> list[Priced]:
        return [
            Priced(pack=row.cleaned_data["pack"], price_sek=row.cleaned_data["price_sek"])
            for row in self.rows
            if row.cleaned_data.get("pack")
        ]

    def award_basis(self) -> AwardBasis:
        """What the value rests on."""
        told = self.cleaned_data
        choice = Choice(basis=Basis(told["basis"]), own_sek=told["own_sek"], reason=told["value_reason"])
        return AwardBasis(
            choice=choice, ahead_12_sek=told["ahead_12_sek"], covered_reason=told["covered_reason"]
        )

    def draft(self) -> AgreementDraft:
        """The agreement that was written down, of one lot with one supplier."""
        told = self.cleaned_data
        supplier = told["supplier"].pk
        prices = tuple(
            PriceDraft(
                supplier_id=supplier,
                product_id=each.pack.product_id,
                pack_id=each.pack.pk,
                price_sek=each.price_sek,
                per="kg" if each.pack.is_catch_weight else "pack",
            )
            for each in self.priced
        )
        return AgreementDraft(
            title=told["title"],
            kind=Agreement.Kind.DIRECT_AWARD,
            regime=Agreement.Kind.DIRECT_AWARD,
            case_number=told["case_number"],
            valid_from=told["valid_from"],
            valid_to=told["valid_to"],
            authority_ids=(self.authority.pk,),
            need_category_id=told["need_category"].pk,
            reason=told["reason"],
            lots=(
                LotDraft(
                    name=told["need_category"].name,
                    allotment="single",
                    ceiling_sek=told["ceiling_sek"],
                    parties=(PartyDraft(supplier_id=supplier),),
                    product_ids=tuple(dict.fromkeys(price.product_id for price in prices)),
                    prices=prices,
                ),
            ),
            options=self._options(),
            criterion_ids=tuple(row.pk for row in told["criteria"]),
        )

    def _options(self) -> tuple[OptionDraft, ...]:
        told = self.cleaned_data
        if not told["option_sek"]:
            return ()
        return (
            OptionDraft(
                lot=told["need_category"].name,
                what=told["option_what"],
                clause=told["option_clause"],
                value_sek=told["option_sek"],
                last_day=told["option_last_day"],
                extends_to=told["option_extends_to"],
            ),
        )
