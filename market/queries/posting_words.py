"""What a farm is asked and told of goods that it posts, in the page's language."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from config.ground import figures
from market.queries.names import mark_name
from market.rules.plausibility import Doubt, Meant
from market.rules.posting import PriceNotOpen


def price_question(doubt: Doubt) -> str:
    """What a farm is asked about a price ten times off its history."""
    told = {"times": figures.number(int(doubt.times)), "usual": figures.money(doubt.usual_sek)}
    asked = (
        _("%(times)s gånger mer än det vanliga, %(usual)s.")
        if doubt.is_high
        else _("%(times)s gånger mindre än det vanliga, %(usual)s.")
    ) % told
    guess = {
        Meant.KG: _("Skrev du priset per kg? Här är det per förpackning."),
        Meant.PACK: _("Skrev du priset per förpackning? Här är det per kg."),
        Meant.UNKNOWN: _("Per kg eller per låda?"),
    }
    return f"{asked} {guess[doubt.meant]}"


def price_not_open(fault: PriceNotOpen) -> str:
    """Why an own price can't be posted."""
    if fault.cap_sek is None:
        return _("Avtalet har ett fast pris. Lämna fältet tomt.")
    return _("Högst %(cap)s: avtalets tak.") % {"cap": figures.money(fault.cap_sek)}


def lacking_proof(kinds: Sequence[str]) -> str:
    """Why marks can't be claimed."""
    marks = ", ".join(mark_name(kind) for kind in kinds)
    return _(
        "Inget intyg täcker %(marks)s för varan de dagarna. Lägg in intyget eller ta bort märkningen."
    ) % {"marks": marks}
