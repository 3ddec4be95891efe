"""What an officer writes to take over a running agreement: its terms, and its price list as a pasted sheet or a file."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.ground.fields import DayField
from config.ground.records import FileUnreadable
from config.ground.sheets import read_sheet
from market.interchange.agreement_sheets import Reading, read_agreement
from market.interchange.option_sheets import read_options
from market.models import Agreement, Authority, Regime
from market.queries.agreement_wording import fault_words
from market.queries.running import agreement_register
from market.rules.agreement_draft import AgreementDraft, OptionDraft
from market.rules.calendar import STOCKHOLM

MOST_SIGNS = 400_000
MOST_BYTES = 4_000_000
YES, NO = "ja", "nej"


class TakeOverForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Avtalets namn"), max_length=160)
    case_number = forms.CharField(label=gettext_lazy("Diarienummer"), max_length=60)
    kind = forms.ChoiceField(
        label=gettext_lazy("Slag av avtal"),
        choices=[
            (Agreement.Kind.FRAMEWORK, gettext_lazy("Ramavtal")),
            (Agreement.Kind.DIS, gettext_lazy("Avtal från DIS")),
        ],
    )
    regime = forms.ChoiceField(
        label=gettext_lazy("Upphandlat"),
        choices=[
            (Regime.DIRECTIVE, gettext_lazy("direktivstyrt, från EU:s tröskelvärde")),
            (Regime.NATIONAL, gettext_lazy("under tröskelvärdet")),
        ],
        help_text=gettext_lazy(
            "Takvärdena tillsammans prövas mot tröskelvärdet den dag avtalet skrevs under."
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("Skäl till att avtalet räknas som under tröskelvärdet"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Behövs när tröskelvärdet den dagen inte är känt i huset."),
    )
    signed_on = DayField(label=gettext_lazy("Undertecknat"))
    valid_from = DayField(label=gettext_lazy("Gäller från och med"))
    valid_to = DayField(label=gettext_lazy("Gäller till och med"))
    cut_over_on = DayField(
        label=gettext_lazy("Avropas härifrån från och med"),
        help_text=gettext_lazy("Det som avropats dessförinnan anges i listan och räknas av från taken."),
    )
    posted_stock_is_an_answer = forms.BooleanField(
        label=gettext_lazy("Avtalet säger att upplagt lager räknas som gårdens svar"), required=False
    )
    answer_hours = forms.IntegerField(
        label=gettext_lazy("Annars svarstid i timmar för den gård som står på tur"),
        required=False,
        min_value=1,
        max_value=336,
        help_text=gettext_lazy("När tiden har gått utan svar får nästa gård frågan."),
    )
    part_call_off_allowed = forms.BooleanField(
        label=gettext_lazy("En gård får ge en del av det som avropas"), required=False, initial=True
    )
    delivers_after_end = forms.BooleanField(
        label=gettext_lazy("Avrop i tid får levereras efter avtalets slut"), required=False
    )
    notice_number = forms.CharField(
        label=gettext_lazy("Annonsens nummer"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("För avtal från DIS. Ett DIS finns inte utan sin annons (8 kap. LOU)."),
    )
    notice_on = DayField(label=gettext_lazy("Annonsen publicerad"), required=False)
    notice_url = forms.URLField(
        label=gettext_lazy("Annonsens adress"), required=False, max_length=300, assume_scheme="https"
    )
    standstill_to = DayField(
        label=gettext_lazy("Frivillig avtalsspärr till och med"),
        required=False,
        help_text=gettext_lazy(
            "I ett DIS är den inte tvingande, men den skyddar mot ogiltighet (20 kap. 15 § LOU)."
        ),
    )
    others = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Andra myndigheter som avtalet namnger"),
        queryset=Authority.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    sheet = forms.CharField(
        label=gettext_lazy("Priser, parter och tak"),
        required=False,
        strip=False,
        max_length=MOST_SIGNS,
        widget=forms.Textarea(attrs={"rows": 10, "wrap": "off", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Klistra in från kalkylarket med rubriker: Delkontrakt, Fördelning, Takvärde, Tak i kg, Leverantör, Rang, Andel, Redan avropat, Redan avropat i kg, Vara, Förpackning, Pris, Pris per, Moms."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("… eller en fil"),
        required=False,
        help_text=gettext_lazy("CSV eller Excel (.xlsx) med samma rubriker."),
    )
    options = forms.CharField(
        label=gettext_lazy("Optioner som inte är använda"),
        required=False,
        strip=False,
        max_length=MOST_SIGNS,
        widget=forms.Textarea(attrs={"rows": 3, "wrap": "off", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Räknas in i avtalets värde från början. Klistra in med rubriker: Delkontrakt, Option, Klausul, Värde, Används senast, Förlänger till."
        ),
    )
    price_has_vat = forms.ChoiceField(
        label=gettext_lazy("Är momsen med i priserna?"),
        choices=[
            (NO, gettext_lazy("Nej, priserna är utan moms")),
            (YES, gettext_lazy("Ja, räkna bort momsen")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, data: Any = None, files: Any = None, *, authority: Authority, today: date) -> None:
        initial = {"cut_over_on": today, "part_call_off_allowed": True}
        super().__init__(data, files, initial=initial)
        self.authority, self.today = authority, today
        others = self.fields["others"]
        assert isinstance(others, forms.ModelMultipleChoiceField)  # noqa: S101  # narrows for the type checker
        others.queryset = Authority.objects.exclude(pk=authority.pk).order_by("sort_key")
        self.reading: Reading | None = None
        self.option_drafts: tuple[OptionDraft, ...] = ()

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        content, name = self._content(told)
        if not content.strip():
            self.add_error("sheet", _("Klistra in listan, eller välj en fil."))
            return told
        answer = {YES: True, NO: False}.get(told.get("price_has_vat", ""))
        day = told.get("cut_over_on") or self.today
        try:
            sheet = read_sheet(content, name=name)
        except FileUnreadable as error:
            self.add_error("file", _("Filen går inte att läsa: %(why)s.") % {"why": error.why["sv"]})
            return told
        self.reading = read_agreement(sheet, price_has_vat=answer, register=agreement_register(on=day))
        self._read_options(told.get("options", ""))
        if told.get("file"):
            self._show(["\t".join(row.cells) for row in sheet.rows])
        return told

    def _read_options(self, pasted: str) -> None:
        try:
            read = read_options(read_sheet(pasted.encode(), name="optioner.csv"))
        except FileUnreadable as error:
            self.add_error("options", _("Listan går inte att läsa: %(why)s.") % {"why": error.why["sv"]})
            return
        self.option_drafts = read.options
        for fault in read.faults:
            where = ", ".join(
                each for each in (_("rad %(line)s") % {"line": fault.line}, fault.column) if each
            )
            self.add_error("options", f"{where}: {fault_words(fault)}")

    def _content(self, told: dict[str, Any]) -> tuple[bytes, str]:
        upload = told.get("file")
        if upload is None:
            return str(told.get("sheet", "")).encode(), "lista.csv"
        if upload.size > MOST_BYTES:
            self.add_error("file", _("Filen är större än 4 MB."))
            return b" ", "lista.csv"
        return upload.read(), upload.name

    def _show(self, lines: list[str]) -> None:
        """The file's rows stand in the box from now on: the next look needs no file."""
        assert isinstance(self.data, QueryDict)  # noqa: S101  # narrows for the type checker
        data = self.data.copy()
        data["sheet"] = "\n".join(lines)
        self.data = data

    @property
    def signed_at(self) -> datetime:
        return datetime.combine(self.cleaned_data["signed_on"], time(12), tzinfo=STOCKHOLM)

    def draft(self) -> AgreementDraft:
        """The agreement as it was written down. Call it once the sheet has been read."""
        told = self.cleaned_data
        names = (
            "title", "case_number", "kind", "regime", "reason", "valid_from", "valid_to", "posted_stock_is_an_answer",
            "part_call_off_allowed", "answer_hours", "delivers_after_end", "notice_number", "notice_on", "notice_url", "standstill_to",
        )  # fmt: skip
        return AgreementDraft(
            **{name: told[name] for name in names},
            authority_ids=(self.authority.pk, *(other.pk for other in told["others"])),
            lots=self.reading.lots if self.reading else (),
            options=self.option_drafts,
        )
