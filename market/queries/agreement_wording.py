"""What is wrong with a cell of an agreement's sheet, in the page's language."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from market.interchange.agreement_words import Fault, Wrong

_WORDS: Mapping[Wrong, Callable[[Mapping[str, Any]], str]] = {
    Wrong.NO_HEADER: lambda _told: _("Ingen rubrikrad har både delkontrakt, leverantör, vara och pris."),
    Wrong.NO_ROWS: lambda _told: _("Under rubrikerna står inga varor."),
    Wrong.BROKEN: lambda _told: _("Citattecknen går inte ihop på raden."),
    Wrong.EMPTY: lambda _told: _("Cellen är tom."),
    Wrong.NO_NUMBER: lambda told: _("”%(value)s” är inget tal.") % told,
    Wrong.NEGATIVE: lambda told: _("%(value)s är mindre än noll.") % told,
    Wrong.NO_CEILING: lambda told: _("Delkontraktet ”%(lot)s” har inget takvärde.") % told,
    Wrong.TOLD_TWICE: lambda told: _("Här står %(then)s, men en tidigare rad sade %(first)s.") % told,
    Wrong.UNKNOWN_SUPPLIER: lambda told: (
        _("Leverantören ”%(value)s” finns inte i registret. Skriv namnet eller organisationsnumret som där.")
        % told
    ),
    Wrong.UNKNOWN_PRODUCT: lambda told: (
        _("Varan ”%(value)s” finns inte i registret. Lägg in den där först, eller skriv namnet som där.")
        % told
    ),
    Wrong.UNKNOWN_PACK: lambda told: (
        _("Förpackningen ”%(value)s” finns inte. Varan finns i: %(known)s.") % told
    ),
    Wrong.UNKNOWN_WORD: lambda told: _("”%(value)s” känns inte igen här.") % told,
    Wrong.NO_VAT_RATE: lambda told: (
        _("Momsen på %(product)s är inte känd, så priset kan inte räknas om. Ange det utan moms.") % told
    ),
    Wrong.NO_OPTION_HEADER: lambda _told: _(
        "Rubrikraden ska ha delkontrakt, option, klausul, värde och används senast."
    ),
    Wrong.NO_DAY: lambda told: _("”%(value)s” är ingen dag, som skrivs 2027-12-31.") % told,
    Wrong.VAT_IN_CEILING: lambda _told: _(
        "Tak och det som redan avropats anges utan moms: varorna har olika satser, så huset räknar inte om dem."
    ),
}


def fault_words(fault: Fault) -> str:
    return _WORDS[fault.wrong](fault.figures)
