"""Saving a report's question, and asking for a file of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from orders.models import ReportFile, SavedReport
from orders.rules.schedules import Rhythm, Window

WINDOWS = [
    (Window.AS_SAVED, _("månaderna som visas nu")),
    (Window.LAST_MONTH, _("förra månaden")),
    (Window.LAST_QUARTER, _("förra kvartalet")),
    (Window.LAST_TWELVE, _("de senaste tolv hela månaderna")),
    (Window.THIS_YEAR, _("det här året")),
    (Window.LAST_YEAR, _("förra året")),
]
RHYTHMS = [
    (Rhythm.NEVER, _("skickas inte")),
    (Rhythm.WEEKLY, _("varje måndag")),
    (Rhythm.MONTHLY, _("den första varje månad")),
    (Rhythm.QUARTERLY, _("den första i varje kvartal")),
    (Rhythm.YEARLY, _("den första januari")),
]
FORMATS = [
    (SavedReport.Format.XLSX, _("Excel")),
    (SavedReport.Format.PDF, _("PDF")),
    (SavedReport.Format.CSV, _("CSV")),
    (SavedReport.Format.JSON, _("JSON")),
]


class SaveReportForm(forms.Form):
    name = forms.CharField(label=_("Namn"), max_length=120)
    window = forms.ChoiceField(
        label=_("Period"), choices=WINDOWS, help_text=_("Räknas ut den dag då rapporten görs.")
    )
    rhythm = forms.ChoiceField(
        label=_("Skickas till min e-post"), choices=RHYTHMS, help_text=_("Som fil, från nästa sådan dag.")
    )
    file_format = forms.ChoiceField(label=_("Filen är"), choices=FORMATS)

    def clean_window(self) -> Window:
        return Window(self.cleaned_data["window"])

    def clean_rhythm(self) -> Rhythm:
        return Rhythm(self.cleaned_data["rhythm"])


class AskFileForm(forms.Form):
    """``kind`` is the report itself or the rows that it is made of."""

    kind = forms.ChoiceField(choices=[(ReportFile.Kind.REPORT, ""), (ReportFile.Kind.ROWS, "")])
    format = forms.ChoiceField(choices=FORMATS)

    def clean(self) -> dict[str, object]:
        told = super().clean() or {}
        if told.get("kind") == ReportFile.Kind.ROWS and told.get("format") not in {"csv", "xlsx"}:
            self.add_error("format", _("Rader finns som Excel och CSV."))
        return told


class OpenDataForm(forms.Form):
    decision = forms.CharField(
        label=_("Beslut"), max_length=200, help_text=_("Till exempel KS 2026-11-02 § 118. Gäller från i dag.")
    )
