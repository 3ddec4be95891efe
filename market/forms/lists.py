"""What a farm says of its file: which columns are what, what its names mean, for which days."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from market.actions.lists import DryRun
from market.interchange.farm_lists import fold
from market.models import ListMapping, Product
from market.queries.list_wording import field_name
from market.queries.names import goods_name
from market.rules.list_headings import Field
from market.rules.weeks import DAYS, Period, week_of

MOST_ASKED = 30  # unknown names that one page asks about
YES, NO = "ja", "nej"


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Fil"),
        help_text=gettext_lazy(
            "CSV eller Excel (.xlsx), högst 10 MB. Inget ändras förrän du har sett vad som händer."
        ),
        allow_empty_file=True,
    )

    @property
    def upload(self) -> "UploadedFile[bytes]":
        found: UploadedFile[bytes] = self.cleaned_data["file"]
        return found


def period_asked(text: str, *, today: date) -> Period:
    """The week of the day that the text names, from this week to a year ahead; else the next week."""
    try:
        week = week_of(date.fromisoformat(text))
    except (ValueError, OverflowError):
        return week_of(today + DAYS)
    return week if week_of(today).first <= week.first <= today + 52 * DAYS else week_of(today + DAYS)


class AnswersForm(forms.Form):
    """The file's columns by field, VAT, how quantities are counted, and which product each unknown name is."""

    price_has_vat = forms.ChoiceField(
        label=gettext_lazy("Är momsen med i priserna?"), widget=forms.RadioSelect, required=False
    )
    counts_packs = forms.ChoiceField(
        label=gettext_lazy("Mängden är i"), widget=forms.RadioSelect, required=False
    )

    def __init__(
        self,
        *,
        tried: DryRun,
        mapping: ListMapping,
        products: Sequence[Product],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data)
        self.tried, self.mapping = tried, mapping
        reading = tried.reading
        self.unknown = list(reading.unknown_products)[:MOST_ASKED]
        nothing = ("", _("finns inte i filen"))
        for field in Field:
            self.fields[f"kolumn-{field}"] = forms.ChoiceField(
                label=field_name(field),
                required=False,
                choices=[nothing, *((each, each) for each in dict.fromkeys(reading.headings) if each)],
                initial=reading.heading(field),
            )
        known = [("", _("Välj vara")), *((str(each.pk), goods_name(each)) for each in products)]
        for number, name in enumerate(self.unknown):
            self.fields[f"vara-{number}"] = forms.ChoiceField(
                label=_("”%(name)s” är") % {"name": name}, required=False, choices=known
            )
        self._choices()

    def _choices(self) -> None:
        has_vat, packs = self.fields["price_has_vat"], self.fields["counts_packs"]
        has_vat.choices = [(NO, _("Nej, utan moms")), (YES, _("Ja, inklusive moms: räkna bort den"))]  # type: ignore[attr-defined]
        packs.choices = [(NO, _("kilo, styck eller liter")), (YES, _("förpackningar"))]  # type: ignore[attr-defined]
        said = self.mapping.price_has_vat
        has_vat.initial = None if self.tried.reading.asks_vat else YES if said else NO
        packs.initial = YES if self.tried.reading.counts_packs else NO

    @property
    def column_fields(self) -> list[forms.BoundField]:
        return [self[f"kolumn-{field}"] for field in Field]

    @property
    def name_fields(self) -> list[forms.BoundField]:
        return [self[f"vara-{number}"] for number in range(len(self.unknown))]

    @property
    def answers(self) -> dict[str, Any]:
        """As the action takes them."""
        given = self.cleaned_data
        told = {YES: True, NO: False}
        return {
            "columns": {str(field): given[f"kolumn-{field}"] for field in Field if given[f"kolumn-{field}"]},
            "products": {
                fold(name): int(given[f"vara-{number}"])
                for number, name in enumerate(self.unknown)
                if given[f"vara-{number}"]
            },
            "price_has_vat": told.get(given["price_has_vat"]),
            "counts_packs": told.get(given["counts_packs"]),
        }
