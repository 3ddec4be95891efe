"""Another system's menu file, and whence it is."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy

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


class ReadInForm(forms.Form):
    """The file once more, as the look at it kept it, with its source."""

    content = forms.CharField(widget=forms.HiddenInput, max_length=MOST_BYTES, strip=False)
    source = forms.CharField(
        label=gettext_lazy("Källa"),
        help_text=gettext_lazy("Står vid de publicerade siffrorna, till exempel Mashie, oktober 2021."),
        max_length=200,
    )
