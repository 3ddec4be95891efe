"""Where the demo's places lie: invented, around Vingåker (59.04 N, 15.87 E). One farm, a home, has not told."""

from decimal import Decimal

from config.ground.coordinates import Coordinates
from config.ground.trail import Actor
from kitchens.actions.kitchens import locate_kitchen
from kitchens.models import Kitchen
from market.actions.parties import locate_hub
from market.models import Hub
from suppliers.actions import locate_supplier
from suppliers.models import Supplier


def _at(latitude: str, longitude: str) -> Coordinates:
    return Coordinates(Decimal(latitude), Decimal(longitude))


FARMS = {
    "Drömängens Lantbruk AB": _at("59.121", "15.812"),
    "Hittpåkulla Grönsaker AB": _at("58.984", "15.741"),
    "Sagobackens Rot & Lök HB": _at("59.017", "16.023"),
    "Fablebo Gårdsmejeri AB": _at("59.096", "15.968"),
    "Låtsaslunda Ägg AB": _at("58.957", "15.935"),
    "Molnbackens Nöt & Lamm AB": _at("59.064", "15.694"),
    "Regnbågskvarnens ekonomiska förening": _at("59.148", "15.921"),
}
HUBS = {
    "Navet vid Påhittsån": _at("59.046", "15.861"),
    "Navet vid Sagosjön": _at("59.021", "15.907"),
}
KITCHENS = {
    "Slottsskolan": _at("59.043", "15.872"),
    "Påhittsskolan": _at("59.058", "15.846"),
    "Sagoskolan": _at("59.008", "15.883"),
    "Drömdalens skola": _at("58.991", "15.986"),
    "Förskolan Låtsasleken": _at("59.037", "15.841"),
    "Äldreboendet Fabelgården": _at("59.052", "15.889"),
    "Grannskolan": _at("59.035", "16.181"),
}


def lay_places(*, by: Actor) -> None:
    """Of the demo's farms, hubs and kitchens, by name."""
    for farm in Supplier.objects.filter(name__in=FARMS):
        locate_supplier(supplier=farm, at=FARMS[farm.name], by=by)
    for hub in Hub.objects.filter(name__in=HUBS):
        locate_hub(hub=hub, at=HUBS[hub.name], by=by)
    for kitchen in Kitchen.objects.filter(name__in=KITCHENS):
        locate_kitchen(kitchen=kitchen, at=KITCHENS[kitchen.name], by=by)
