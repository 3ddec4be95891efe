"""What diners are told of a dish: its allergens, and the country of its meat, by the goods that came.

Allergens: regulation (EU) 1169/2011, Annex II and article 44. Country of beef, pork, sheep, goat and poultry:
LIVSFS 2014:4 (not confirmed; docs/rules/menus.md). What nobody told is not known, and a dish is never "free from".
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

KEPT = timedelta(days=14)  # our own choice, no law: goods of these days may still lie in the store


class Meat(StrEnum):
    """The kinds whose country diners must be told."""

    BEEF = "beef"
    PORK = "pork"
    SHEEP = "sheep"
    GOAT = "goat"
    POULTRY = "poultry"


_GROUPS = {"beef": Meat.BEEF, "pork": Meat.PORK, "lamb": Meat.SHEEP, "poultry": Meat.POULTRY}
_CPV = {
    "15111": Meat.BEEF,
    "15112": Meat.POULTRY,
    "15113": Meat.PORK,
    "15115": Meat.SHEEP,
    "15116": Meat.GOAT,
}
_FOODS = {
    "beef": Meat.BEEF,
    "veal": Meat.BEEF,
    "pork": Meat.PORK,
    "lamb": Meat.SHEEP,
    "chicken": Meat.POULTRY,
    "hen": Meat.POULTRY,
    "turkey": Meat.POULTRY,
    "duck": Meat.POULTRY,
}
_MEAT_PRODUCTS = "1513"  # bought ready: bacon, sausages, meatballs


def meat_kind(*, groups: Collection[str] = (), cpv: str = "", food: str = "") -> Meat | None:
    """Of goods by their group with its parents, else by CPV, else by the key of their climate food.

    None: no meat, or a meat product that is bought ready.
    """
    if cpv.startswith(_MEAT_PRODUCTS):
        return None
    found = next((kind for code, kind in _GROUPS.items() if code in groups), None)
    return found or _CPV.get(cpv[:5]) or _FOODS.get(food.partition("_")[0])


class Told(StrEnum):
    """On what a statement rests, surest first."""

    DELIVERED = "delivered"
    ORDERED = "ordered"
    OFFERED = "offered"


@dataclass(frozen=True, slots=True)
class Supply:
    """Goods of one delivery, order or offer. ``day``: when they came or are to come; None of an offer.

    ``contains`` None: nobody said what is in them. ``country`` '': not told.
    """

    key: str
    told: Told
    day: date | None = None
    supplier: str = ""
    lot: str = ""
    contains: frozenset[str] | None = None
    may_contain: frozenset[str] = frozenset()
    country: str = ""


@dataclass(frozen=True, slots=True)
class Declared:
    """A dish as told to diners.

    ``meat``: countries by kind; a kind stands there also when no country is known. ``meat_not_known``: kinds of which
    some goods tell no country. ``not_known``: goods that tell nothing of allergens. ``promised``: goods of which
    nothing has come, so that only the farm's promise tells.
    """

    contains: frozenset[str]
    may_contain: frozenset[str]
    meat: Mapping[Meat, tuple[str, ...]]
    meat_not_known: tuple[Meat, ...]
    not_known: tuple[str, ...]
    promised: tuple[str, ...]
    supplies: Mapping[str, Sequence[Supply]]


def telling(supplies: Iterable[Supply], *, on: date) -> list[Supply]:
    """Of one kind of goods: what may be in the dish on the day, newest first.

    What came in the fortnight up to the day, else the newest that came before; and what is ordered to come by the
    day. An offer tells only where nothing came and nothing is ordered.
    """
    past = [each for each in supplies if each.day is None or each.day <= on]
    came = [each for each in past if each.told is Told.DELIVERED]
    ordered = [each for each in past if each.told is Told.ORDERED]
    newest = max((each.day for each in came if each.day), default=on)
    begin = min(newest, on - KEPT)
    found = [*ordered, *(each for each in came if each.day and each.day >= begin)]
    found = found or [each for each in past if each.told is Told.OFFERED]
    return sorted(found, key=lambda each: (each.day or date.min, each.supplier, each.lot), reverse=True)


def declared(
    keys: Iterable[str], supplies: Iterable[Supply], *, meat_of: Mapping[str, Meat], on: date
) -> Declared:
    """Allergens and countries of meat of a dish of these goods; several lots of one kind are all told."""
    wanted = sorted(set(keys))
    all_of = list(supplies)
    told = {key: telling((each for each in all_of if each.key == key), on=on) for key in wanted}
    rows = [each for key in wanted for each in told[key]]
    contains = frozenset[str]().union(*(each.contains for each in rows if each.contains is not None))
    return Declared(
        contains=contains,
        may_contain=frozenset[str]().union(*(each.may_contain for each in rows)) - contains,
        meat={
            kind: tuple(
                sorted({each.country for each in rows if meat_of.get(each.key) is kind and each.country})
            )
            for kind in Meat
            if any(meat_of.get(key) is kind for key in wanted)
        },
        meat_not_known=tuple(
            kind
            for kind in Meat
            if any(
                not told[key] or not all(each.country for each in told[key])
                for key in wanted
                if meat_of.get(key) is kind
            )
        ),
        not_known=tuple(
            key for key in wanted if not told[key] or any(each.contains is None for each in told[key])
        ),
        promised=tuple(
            key for key in wanted if told[key] and not any(each.told is Told.DELIVERED for each in told[key])
        ),
        supplies=told,
    )
