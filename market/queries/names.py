"""The names of goods, units, marks, packs, allergens and places, in the reader's language."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from market.rules.packs import Container


class Named(Protocol):
    """Goods or a pack, named in both languages."""

    @property
    def name_sv(self) -> str: ...

    @property
    def name_en(self) -> str: ...


def goods_name(goods: Named) -> str:
    """A product's or pack's name in the page's language."""
    return str(getattr(goods, name_column()))


def name_column() -> str:
    """The column of goods' names in the page's language."""
    return "name_en" if (get_language() or "sv").startswith("en") else "name_sv"


def promised_name(promise: Mapping[str, Any], what: str) -> str:
    """What a promise calls its ``product`` or ``pack``, in the page's language where it was promised in both."""
    is_english = name_column() == "name_en"
    return str((is_english and promise.get(f"{what}_en")) or promise[what])


def unit_name(unit: str) -> str:
    """The base unit as it stands behind a quantity."""
    return {"kg": "kg", "piece": pgettext("unit", "st"), "litre": pgettext("unit", "liter")}[str(unit)]


def permit_name(kind: str) -> str:
    names = {
        "registration": pgettext("permit", "registrering"),
        "approval": pgettext("permit", "godkännande"),
        "packing_centre": pgettext("permit", "godkänd packningsanläggning"),
        "slaughtered_in": pgettext("permit", "uppgift om var djuret slaktades"),
        "organic": pgettext("label", "Ekologisk"),
        "krav": "KRAV",
        "msc": "MSC",
    }
    return names.get(kind, kind)


def mark_name(kind: str) -> str:
    """A label as it stands on the goods."""
    return permit_name(kind)


def container_name(container: Container) -> str:
    """A kind of pack, to choose from."""
    names = {
        Container.SACK: _("Säck"),
        Container.CRATE: _("Låda"),
        Container.BOX: _("Kartong"),
        Container.BAG: _("Påse"),
        Container.BUCKET: _("Hink"),
        Container.BOTTLE: _("Flaska"),
        Container.TRAY: _("Tråg"),
        Container.LOOSE: _("Styck eller lös vikt"),
    }
    return names[container]


def allergen_name(code: str) -> str:
    names = {
        "gluten": _("gluten"),
        "crustaceans": _("kräftdjur"),
        "eggs": _("ägg"),
        "fish": _("fisk"),
        "peanuts": _("jordnötter"),
        "soy": _("soja"),
        "milk": _("mjölk"),
        "nuts": _("nötter"),
        "celery": _("selleri"),
        "mustard": _("senap"),
        "sesame": _("sesam"),
        "sulphites": _("sulfiter"),
        "lupin": _("lupin"),
        "molluscs": _("blötdjur"),
    }
    return names.get(code, code)


def temperature_name(code: str) -> str:
    names = {"ambient": _("rumstemperatur"), "chilled": _("kyl"), "frozen": _("frys")}
    return names.get(code, code)


def origin_name(country: str) -> str:
    """A country of origin in words; its code where it is none of those that food usually comes from."""
    names = {
        "SE": _("Sverige"),
        "NO": _("Norge"),
        "DK": _("Danmark"),
        "FI": _("Finland"),
        "DE": _("Tyskland"),
        "NL": _("Nederländerna"),
        "PL": _("Polen"),
        "ES": _("Spanien"),
        "IT": _("Italien"),
        "FR": _("Frankrike"),
        "IE": _("Irland"),
    }
    return names.get(country, country)


def price_unit(price_per: str) -> str:
    """Behind a price: per kg, or per pack."""
    return "kg" if price_per == "kg" else pgettext("price per", "förp.")
