"""The living page of the face, /style: every component in both themes, of the parts that real pages use."""

from decimal import Decimal

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from config.site.style_charts import drawings
from config.site.templatetags.face import icon_names


class SpecimenForm(forms.Form):
    """One field of each look; bound with faults so that errors show."""

    product = forms.CharField(
        label=gettext_lazy("Vara"), help_text=gettext_lazy("Som köken känner den, till exempel morot.")
    )
    price = forms.CharField(
        label=gettext_lazy("Pris"),
        widget=forms.TextInput(attrs={"class": "number-input", "inputmode": "decimal"}),
    )
    pack = forms.ChoiceField(
        label=gettext_lazy("Förpackning"), choices=[("crate", gettext_lazy("Back om 10 kg"))]
    )
    day = forms.DateField(label=gettext_lazy("Skördad"), widget=forms.DateInput(attrs={"type": "date"}))
    temperature = forms.ChoiceField(
        label=gettext_lazy("Förvaring"),
        widget=forms.RadioSelect,
        choices=[("cool", gettext_lazy("Kyl")), ("dry", gettext_lazy("Torrt"))],
    )
    organic = forms.BooleanField(label=gettext_lazy("Ekologisk enligt vårt certifikat"), required=False)
    note = forms.CharField(label=gettext_lazy("Till köket"), widget=forms.Textarea, required=False)


@require_safe
def style_page(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "style.html",
        {"panels": _panels(), **_figures(), **_words(), "lines": _lines(), "drawings": drawings()},
    )


def _panels() -> list[dict[str, object]]:
    typed = {"product": "Morot", "price": "", "pack": "crate", "day": "2027-05-12", "temperature": "cool"}
    return [
        {
            "theme": theme,
            "form": SpecimenForm({f"{theme}-{name}": text for name, text in typed.items()}, prefix=theme),
        }
        for theme in ("light", "dark")
    ]


def _figures() -> dict[str, object]:
    return {
        "icons": sorted(icon_names()),
        "sample": {
            "price": Decimal("18.50"),
            "money": Decimal("1234567.50"),
            "sum": Decimal("2072.50"),
            "co2e": Decimal("31.4"),
        },
        "bars": [
            {"committed": Decimal(412_000), "ceiling": Decimal(900_000), "pending": Decimal(18_500)},
            {"committed": Decimal(560_000), "ceiling": Decimal(600_000), "pending": Decimal(0)},
            {"committed": Decimal(612_000), "ceiling": Decimal(600_000), "pending": Decimal(0)},
        ],
    }


def _lines() -> list[dict[str, object]]:
    return [
        {
            "key": "carrot",
            "product": _("Morot, tvättad"),
            "pack": _("back om 10 kg"),
            "farm": "Norrgårdens Grönt",
            "quantity": "40,0",
            "kg": Decimal(40),
            "price": Decimal("18.50"),
            "value": Decimal(740),
            "co2e": Decimal("4.8"),
            "kind": "ok",
            "state": _("I avtalet"),
        },
        {
            "key": "potato",
            "product": _("Potatis, fast"),
            "pack": _("säck om 25 kg"),
            "farm": "Äspedals lantbruk",
            "quantity": "75,0",
            "kg": Decimal(75),
            "price": Decimal("12.90"),
            "value": Decimal("967.50"),
            "co2e": Decimal("8.25"),
            "kind": "warn",
            "state": _("Delas"),
            "finding": _("Gården har 50 kg. Resten, 25 kg, går till nästa i rangordningen."),
        },
        {
            "key": "mince",
            "product": _("Nötfärs"),
            "pack": _("viktvara, omkring 2 kg"),
            "farm": "Östra Gårds Kött",
            "quantity": "2,5",
            "kg": Decimal("2.5"),
            "price": Decimal(146),
            "value": Decimal(365),
            "co2e": None,
            "kind": "forecast",
            "state": _("Prognos"),
        },
    ]


def _words() -> dict[str, object]:
    return {
        "colours": [
            ("ground", _("papper")),
            ("surface", _("blad")),
            ("sunken", _("fördjupning")),
            ("ink", _("text")),
            ("muted", _("bitext")),
            ("accent", _("accent")),
            ("edge", _("kant")),
            ("sun", _("sol")),
            ("info", _("upplysning")),
            ("ok", _("klart")),
            ("warn", _("varning")),
            ("refuse", _("stopp")),
        ],
        "tasks": _tasks(),
        "findings": _findings(),
        "figures": [
            {"label": _("Bundet i år"), "value": "1,2 mkr", "note": _("av 2,4 mkr i tak"), "url": "#main"},
            {"label": _("Klimat"), "value": "1,84 kg CO₂e/kg", "note": _("täcker 88 % av vikten")},
            {"label": _("Ekologiskt"), "value": "41 %", "note": _("av värdet, levererat")},
            {"label": _("Gårdar"), "value": "27", "note": _("tre nya sedan mars")},
        ],
    }


def _tasks() -> list[dict[str, str]]:
    return [
        {
            "urgency": "late",
            "icon": "warning",
            "title": _("Två rader väntar på svar från Äspedals lantbruk"),
            "text": _("40 kg potatis till torsdag. Ring 0151-00 00 00."),
            "when": _("skulle ha svarat i går"),
            "label": _("Visa raderna"),
        },
        {
            "urgency": "now",
            "icon": "basket",
            "title": _("Gör färdigt beställningen till torsdag 14 maj"),
            "text": _("23 rader, 4 120 kr. En rad behöver ett beslut."),
            "when": _("stopptid i dag kl. 14.00"),
            "label": _("Öppna varukorgen"),
        },
        {
            "urgency": "",
            "icon": "truck",
            "title": _("Ta emot leveransen från navet"),
            "text": _("Fem gårdar, tolv kollin."),
            "when": _("i morgon kl. 06.30"),
            "label": _("Visa följesedeln"),
        },
    ]


def _findings() -> list[dict[str, str]]:
    return [
        {"kind": "info", "title": _("Priset är avtalets"), "text": _("Erbjudandets eget pris används inte.")},
        {
            "kind": "ok",
            "title": _("Beställningen är lagd"),
            "text": _("39 av 40 rader. En ligger kvar i varukorgen."),
        },
        {
            "kind": "warn",
            "title": _("Taket är snart nått"),
            "text": _("40 000 kr kvar av 600 000 kr."),
            "url": "#main",
            "label": _("Visa avtalet"),
        },
        {
            "kind": "refuse",
            "title": _("Raden kan inte beställas"),
            "text": _("Inget avtal gäller på leveransdagen. Välj en annan dag eller en annan vara."),
            "rule": _("Avtalet löpte ut den 30 april."),
        },
    ]
