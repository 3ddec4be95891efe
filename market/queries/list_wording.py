"""What is wrong with a cell of a farm's list, in the page's language."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from config.ground import figures
from market.interchange.farm_lists import Fault, Wrong
from market.queries.names import unit_name
from market.rules.list_headings import Field

Told = Mapping[str, Any]


def _money(told: Told, name: str) -> str:
    return figures.money(told[name])


_WORDS: Mapping[Wrong, Callable[[Told], str]] = {
    Wrong.NO_HEADER: lambda told: (
        _("Ingen rubrikrad har både vara och mängd. Överst står: %(found)s. Välj kolumnerna här nedanför.")
        % told
    ),
    Wrong.NO_ROWS: lambda _told: _("Under rubrikerna står inga varor."),
    Wrong.BROKEN: lambda _told: _("Citattecknen går inte ihop på raden."),
    Wrong.EMPTY: lambda _told: _("Cellen är tom."),
    Wrong.NO_NUMBER: lambda told: _("”%(value)s” är inget tal.") % told,
    Wrong.AMBIGUOUS: lambda told: (
        _(
            "”%(value)s” kan vara tusental eller decimaler. Skriv talet utan punkt eller komma, eller med två decimaler."
        )
        % told
    ),
    Wrong.TOO_BIG: lambda told: _("%(value)s är för stort för att stämma.") % told,
    Wrong.NEGATIVE: lambda told: _("%(value)s är mindre än noll.") % told,
    Wrong.UNKNOWN_PRODUCT: lambda told: (
        _("Varan ”%(value)s” finns inte i registret. Säg nedan vilken den är.") % told
    ),
    Wrong.UNKNOWN_PACK: lambda told: (
        _("Förpackningen ”%(value)s” finns inte. Varan finns i: %(known)s.") % told
    ),
    Wrong.WHICH_PACK: lambda told: _("Skriv vilken förpackning. Varan finns i: %(known)s.") % told,
    Wrong.TWICE: lambda told: _("Samma förpackning står redan på rad %(first)s.") % told,
    Wrong.FIXED_PRICE: lambda told: (
        _("Avtalet har ett fast pris, %(agreed)s. Filen säger %(price)s.")
        % {"agreed": _money(told, "agreed"), "price": _money(told, "price")}
    ),
    Wrong.OVER_CAP: lambda told: (
        _("%(price)s är över avtalets tak, %(agreed)s.")
        % {"agreed": _money(told, "agreed"), "price": _money(told, "price")}
    ),
    Wrong.NO_WEIGHT: lambda _told: _("Priset är per kg, men förpackningens vikt är inte känd."),
    Wrong.UNKNOWN_ALLERGEN: lambda told: _("”%(value)s” är ingen av de 14 allergenerna.") % told,
    Wrong.NEW_GOODS: lambda told: (
        _(
            "%(product)s har du inte lagt ut förut. Lägg ut den en gång för hand, så är dess allergener kända, eller ha en kolumn med allergener."
        )
        % told
    ),
    Wrong.RESERVED: lambda told: (
        _("%(reserved)s %(unit)s av %(product)s är redan beställt: mindre går inte.")
        % {**told, "reserved": figures.number(told["reserved"]), "unit": unit_name(told["unit"])}
    ),
    Wrong.OVERLAPS: lambda told: (
        _("%(product)s har redan ett lager för %(first)s–%(last)s, som delvis är samma dagar.") % told
    ),
    Wrong.FAR_OFF: lambda told: (
        _("%(price)s är %(times)s gånger från ditt vanliga pris, %(usual)s. Per kg eller per låda?")
        % {**told, "price": _money(told, "price"), "usual": _money(told, "usual")}
    ),
}


def fault_words(fault: Fault) -> str:
    return _WORDS[fault.wrong](fault.figures)


def field_name(field: Field) -> str:
    names = {
        Field.PRODUCT: _("Vara"),
        Field.PACK: _("Förpackning"),
        Field.QUANTITY: _("Mängd"),
        Field.PRICE: _("Pris"),
        Field.ALLERGENS: _("Innehåller allergen"),
    }
    return names[field]
