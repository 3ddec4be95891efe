"""Another system's menu file, and whence it is."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy

from config.ground.fields import DayField

MOST_BYTES = 5 * 1024 * 1024


class MenuFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Fil"),
        help_text=gettext_lazy(
            "OpenMeal som JSON, högst 5 MB. Inget sparas förrän ni har sett vad som händer."
        ),
    )

    @property
    def content(self) -> bytes | None:
        """None for a file that is too large."""
        found: UploadedFile[bytes] = self.cleaned_data["file"]
        return found.read() if (found.size or 0) <= MOST_BYTES else None


class WasteFileForm(MenuFileForm):
    """A file of weighed days without dates; who knows the first may say it."""

    first_day = DayField(
        label=gettext_lazy("Första dagen"),
        help_text=gettext_lazy(
            "Filen har inga datum. Skriv den första dagen bara om raderna är skoldagar i följd: då läggs de in."
        ),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = gettext_lazy(
            "CSV med kolumnerna numStudents, kitchenWaste, servingWaste, plateWaste, totalWaste: kg per gäst, en rad per dag."
        )


class ReadInForm(forms.Form):
    """The file once more, as the look at it kept it, with its source."""

    content = forms.CharField(widget=forms.HiddenInput, max_length=MOST_BYTES, strip=False)
    source = forms.CharField(
        label=gettext_lazy("Källa"),
        help_text=gettext_lazy("Står vid de publicerade siffrorna, till exempel Mashie, oktober 2021."),
        max_length=200,
    )
