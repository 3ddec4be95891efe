"""Where a place lies, in a form and in a table."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from config.ground.coordinates import LONGEST, Coordinates, read_degrees


def on_earth() -> Q:
    """What a row's ``latitude`` and ``longitude`` must be: degrees both, or neither."""
    return Q(latitude=None, longitude=None) | Q(
        latitude__isnull=False,
        longitude__isnull=False,
        latitude__range=(Decimal(-90), Decimal(90)),
        longitude__range=(Decimal(-180), Decimal(180)),
    )


def degrees_written(latitude: Decimal | None, longitude: Decimal | None) -> dict[str, str]:
    """As the form shows them: without idle zeros, with the page's decimal mark."""
    mark = "." if (get_language() or "sv").startswith("en") else ","
    return {
        name: f"{value.normalize():f}".replace(".", mark)
        for name, value in (("latitude", latitude), ("longitude", longitude))
        if value is not None
    }


class CoordinatesForm(forms.Form):
    """Two numbers, or none of them: then the place has no known location."""

    latitude = forms.CharField(
        label=gettext_lazy("Latitud (norr)"),
        required=False,
        max_length=LONGEST,
        help_text=gettext_lazy("Grader med decimaler, till exempel 59,04."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "short"}),
    )
    longitude = forms.CharField(
        label=gettext_lazy("Longitud (öster)"),
        required=False,
        max_length=LONGEST,
        help_text=gettext_lazy("Till exempel 15,87."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "short"}),
    )

    def clean_latitude(self) -> Decimal | None:
        return self._degrees("latitude")

    def clean_longitude(self) -> Decimal | None:
        return self._degrees("longitude")

    def _degrees(self, name: str) -> Decimal | None:
        text = self.cleaned_data[name]
        found = read_degrees(text)
        if text and found is None:
            raise ValidationError(_("Skriv grader med decimaler, till exempel 59,04."))
        return found

    @property
    def coordinates(self) -> Coordinates | None:
        """What was written; None where both are empty. For a valid form."""
        latitude, longitude = self.cleaned_data["latitude"], self.cleaned_data["longitude"]
        return None if latitude is None else Coordinates(latitude, longitude)

    def clean(self) -> dict[str, object]:
        told = super().clean() or {}
        if self.errors:
            return told
        if (told["latitude"] is None) != (told["longitude"] is None):
            self.add_error(
                "longitude" if told["longitude"] is None else "latitude", _("Skriv båda talen, eller inget.")
            )
        elif told["latitude"] is not None and not Coordinates(told["latitude"], told["longitude"]).is_near:
            self.add_error("latitude", _("Det är inte i Norden. Står talen i rätt ruta?"))
        return told
