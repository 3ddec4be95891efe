"""What the kitchens' pages call things; Swedish is the language of the text, English its translation."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from kitchens.rules.declaring import Meat
from kitchens.rules.payback import LeftOut, MenuWarning, Method

_LEFT_OUT: Mapping[LeftOut, Callable[[], str]] = {
    LeftOut.NOT_LOCKED: lambda: _("Menyn låstes inte före serveringen"),
    LeftOut.ONE_DISH: lambda: _("Bara en rätt, inget val"),
    LeftOut.NO_REAL_CHOICE: lambda: _("Inget riktigt val"),
    LeftOut.NOT_COMPARABLE: lambda: _("En rätts klimatsiffra täcker under 90 % av vikten"),
    LeftOut.NOT_COUNTED: lambda: _("Inte räknat"),
    LeftOut.PORTIONS_UNKNOWN: lambda: _("Antalet gäster saknas"),
    LeftOut.MORE_TAPS_THAN_PORTIONS: lambda: _("Fler tryck än gäster: trycken räknas inte"),
    LeftOut.TOO_FEW_COUNTED: lambda: _("Under 70 % tryckte: för få för en siffra"),
}
_METHODS: Mapping[Method, Callable[[], str]] = {
    Method.PANS: lambda: _("vägda kantiner"),
    Method.PORTIONS: lambda: _("kökets portioner"),
    Method.TAPS: lambda: _("tryck på plattan"),
}
_WARNINGS: Mapping[MenuWarning, Callable[[], str]] = {
    MenuWarning.ABOVE_STANDARD: lambda: _("Paybackrätten har högre klimatpåverkan än den vanliga rätten."),
    MenuWarning.TOO_CLOSE: lambda: _("Rätterna skiljer mindre än 0,1 kg CO₂e: det ryms i osäkerheten."),
    MenuWarning.NOT_COMPARABLE: lambda: _(
        "En rätts klimatsiffra täcker under 90 % av vikten, så de jämförs inte."
    ),
}


def left_out_words(reason: LeftOut) -> str:
    return _LEFT_OUT[reason]()


def method_words(method: Method) -> str:
    return _METHODS[method]()


def warning_words(warning: MenuWarning) -> str:
    return _WARNINGS[warning]()


_MEAT: Mapping[Meat, Callable[[], str]] = {
    Meat.BEEF: lambda: _("Nötkött"),
    Meat.PORK: lambda: _("Griskött"),
    Meat.SHEEP: lambda: _("Får- och lammkött"),
    Meat.GOAT: lambda: _("Getkött"),
    Meat.POULTRY: lambda: _("Fågelkött"),
}


def meat_words(kind: Meat) -> str:
    return _MEAT[kind]()
