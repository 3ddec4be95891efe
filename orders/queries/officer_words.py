"""Words of the officer's pages for what the tables hold as codes, in the language of the moment."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from orders.queries.states import State
from orders.rules.invoicing import Match


def basis_name(basis: str) -> str:
    """Which view a figure is of; views are never added."""
    names = {
        "ordered": _("beställt"),
        "delivered": _("levererat"),
        "served": _("serverat"),
        "wasted": _("svinn"),
    }
    return names[basis]


_KINDS = {
    "framework": gettext_lazy("Ramavtal"),
    "dis": gettext_lazy("Avtal från DIS"),
    "direct_award": gettext_lazy("Direktupphandling"),
}


def kind_name(kind: str) -> str:
    return str(_KINDS.get(kind, kind))


def regime_name(regime: str) -> str:
    names = {
        "directive": _("direktivstyrd upphandling"),
        "national": _("under tröskelvärdet"),
        "direct_award": _("direktupphandling"),
    }
    return names.get(regime, regime)


def allotment_name(allotment: str) -> str:
    names = {
        "single": _("en leverantör"),
        "ranking": _("rangordning"),
        "lowest_price": _("fördelningsnyckel: lägst pris just nu"),
        "shares": _("fördelningsnyckel: andelar i procent"),
    }
    return names.get(allotment, allotment)


def rule_name(rule: str) -> str:
    """A rule as a heading; its whole sentence with figures stands in the finding."""
    names = {
        "agreement_in_force": _("Inget avtal gäller den dagen"),
        "authority_named": _("Myndigheten är inte namngiven i avtalet"),
        "product_in_lot": _("Varan ligger utanför avtalen"),
        "party_of_lot": _("Gården är inte leverantör i delkontraktet"),
        "standing": _("Gården är avstängd eller i konkurs"),
        "permits": _("Tillstånd saknas eller har löpt ut"),
        "organic": _("Varan är inte ekologisk, som avtalet kräver"),
        "cut_off": _("Efter stopptiden"),
        "price_agreed": _("Avtalat pris saknas"),
        "stock": _("Varan räckte inte"),
        "ranking": _("Rangordningen"),
        "ceiling_room": _("Takvärdet"),
        "pack_size": _("Hela förpackningar"),
    }
    return names.get(rule, rule)


def movement_name(kind: str) -> str:
    names = {
        "ordered": _("Beställt"),
        "confirmed": _("Bekräftat"),
        "declined": _("Avböjt"),
        "handed_over": _("Inlämnat på navet"),
        "delivered": _("Mottaget"),
        "rejected": _("Avvisat"),
        "returned": _("Återlämnat"),
        "invoiced": _("Fakturerat"),
        "credited": _("Krediterat"),
        "cancelled": _("Avbeställt"),
    }
    return names.get(kind, kind)


def match_state(match: Match) -> State:
    """What was received beside what is invoiced, as a pill."""
    states = {
        Match.NOT_BILLED: State("plain", _("ej fakturerad"), "clock"),
        Match.BILLED_IN_PART: State("info", _("delvis fakturerad"), "info"),
        Match.MATCHED: State("ok", _("stämmer"), "check"),
        Match.BILLED_TOO_MUCH: State("warn", _("mer än mottaget"), "warning"),
    }
    return states[match]


def door_name(door: str) -> str:
    """``web:orders:order_new`` is the site's pages, ``api:…`` the interface for programs, ``job`` the house itself."""
    names = {
        "web": pgettext("door", "webbplatsen"),
        "api": pgettext("door", "gränssnittet för program"),
        "job": pgettext("door", "husets egna jobb"),
    }
    return names.get(door.partition(":")[0], door)


def change_name(op: str) -> str:
    return {"I": _("Skrivet"), "U": _("Ändrat"), "D": _("Borttaget"), "B": _("Skrivet i ett jobb")}.get(
        op, op
    )


def certificate_name(kind: str) -> str:
    names = {
        "registration": _("Registrering som livsmedelsföretag"),
        "approval": _("Godkännande som livsmedelsanläggning"),
        "packing_centre": _("Godkänd packningsanläggning"),
        "organic": _("Ekologiskt certifikat"),
        "krav": _("KRAV-certifikat"),
        "msc": _("MSC-certifikat"),
    }
    return names.get(kind, kind)


def secret_name(secret: str, *, supplier: str = "") -> str:
    """What a mask withholds."""
    if supplier:
        return _("Priser och värden: %(supplier)s") % {"supplier": supplier}
    return {
        "prices": _("Priser och värden"),
        "people": _("Namn på personer"),
        "texts": _("Fritext: skäl, anteckningar, vilka som tillfrågades"),
    }[secret]


def letter_name(kind: str) -> str:
    """What a letter of the outbox is."""
    names = {
        "award_notice": _("Underrättelse om tilldelning"),
        "declaration_request": _("Begäran om egenförsäkran"),
        "supplier_hearing": _("Kommunicering med en leverantör"),
        "party_question": _("Fråga till den gård som står i tur"),
        "farm_notice": _("Besked till ett kök om en gård"),
        "report_file": _("Sparad rapport med e-post"),
    }
    return names.get(kind, kind)


def ground_name(ground: str) -> str:
    return {
        "business": _("affärs- och driftförhållanden"),
        "person": _("personuppgifter"),
    }[ground]
