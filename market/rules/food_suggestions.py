"""Which foods might a Swedish product be? Suggestions for a person who decides; never a mapping by itself.

Brand, certificate, pack and size say nothing of what is in the pack and are left out. In a Swedish compound the last part
is the thing (vetemjöl is a mjöl, äppeljuice is no äpple), so a part at the end counts and one at the beginning does not.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

_WORD = re.compile(r"[^\W\d_]+")
_SIZE = re.compile(
    r"\b\d+([.,]\d+)?\s*(x\s*\d+([.,]\d+)?\s*)?(kg|g|hg|l|liter|dl|cl|ml|st|pack|p|%|cm|mm)?\b"
)
SHORTEST_PART = 4
WHOLE, END = Decimal(1), Decimal("0.7")
FROM = Decimal("0.5")

SAY_NOTHING = frozenset(
    [
        "eko",
        "ekologisk",
        "ekologiska",
        "ekologiskt",
        "krav",
        "svensk",
        "svenska",
        "svenskt",
        "sverige",
        "fsc",
        "msc",
        "asc",
        "klass",
        "kl",
        "sort",
        "ca",
        "cirka",
        "st",
        "styck",
        "påse",
        "påsar",
        "hink",
        "låda",
        "kartong",
        "back",
        "säck",
        "flaska",
        "burk",
        "ask",
        "nät",
        "bunt",
        "förpackning",
        "pack",
        "frp",
        "storpack",
        "skivad",
        "skivade",
        "tärnad",
        "tärnade",
        "strimlad",
        "strimlade",
        "riven",
        "rivet",
        "hel",
        "hela",
        "halv",
        "stor",
        "stora",
        "liten",
        "små",
        "färsk",
        "färska",
        "färskt",
        "ny",
        "nyskördad",
        "närodlad",
        "närodlade",
        "gårdens",
        "lokal",
        "lokala",
        "tvättad",
        "tvättade",
        "skalad",
        "skalade",
        "oskalad",
        "och",
        "med",
        "utan",
        "av",
        "i",
        "på",
        "från",
        "till",
        "fin",
        "fina",
        "extra",
        "premium",
    ]
)
STATES = frozenset(
    [
        "fryst",
        "frysta",
        "kyld",
        "konserverad",
        "inlagd",
        "torkad",
        "torkade",
        "kokt",
        "kokta",
        "rökt",
        "rökta",
        "gravad",
        "saltad",
    ]
)
_IRREGULAR: Mapping[str, str] = {
    "morötter": "morot",
    "rötter": "rot",
    "nötter": "nöt",
    "ägg": "ägg",
    "bönor": "böna",
    "ärtor": "ärt",
    "ärter": "ärt",
    "frysta": "fryst",
    "torkade": "torkad",
    "kokta": "kokt",
    "rökta": "rökt",
}
_ENDINGS = ("orna", "arna", "erna", "or", "ar", "er", "en", "et", "n", "a", "e", "s")


@dataclass(frozen=True, slots=True)
class FoodName:
    """A food of the factor set by its key; ``other`` are further names."""

    key: str
    name: str
    other: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``score`` from 0 to 1: how much of the food's name the product's text has, less what it has besides."""

    key: str
    score: Decimal


def suggestions(text: str, foods: Iterable[FoodName], *, most: int = 3) -> tuple[Suggestion, ...]:
    """The best foods first; none when nothing is near enough."""
    words = base_forms(text)
    if not words:
        return ()
    scored = (
        Suggestion(food.key, max(_score(words, base_forms(name)) for name in (food.name, *food.other)))
        for food in foods
    )
    near = [each for each in scored if each.score >= FROM]
    return tuple(sorted(near, key=lambda each: (-each.score, each.key))[:most])


def base_forms(text: str) -> tuple[str, ...]:
    """Words that say what it is, without case, sizes, plural and definite endings."""
    plain = _SIZE.sub(" ", text.casefold())
    words = [word for word in _WORD.findall(plain) if word not in SAY_NOTHING and len(word) > 1]
    return tuple(dict.fromkeys(_stem(word) for word in words))


def _stem(word: str) -> str:
    for plural, singular in _IRREGULAR.items():
        if word.endswith(plural):
            return word[: -len(plural)] + _cut(singular)
    return _cut(word)


def _cut(word: str) -> str:
    ending = next(
        (each for each in _ENDINGS if word.endswith(each) and len(word) - len(each) >= SHORTEST_PART - 1), ""
    )
    return word.removesuffix(ending)


def _score(words: Sequence[str], food: Sequence[str]) -> Decimal:
    """Parts of the food's name that are met, the first weighing double: it says what the thing is."""
    if not food:
        return Decimal(0)
    weights = [2, *[1] * (len(food) - 1)]
    met = sum(
        (weight * _met(part, words) for weight, part in zip(weights, food, strict=True)), start=Decimal(0)
    )
    if _met(food[0], words) == 0:
        return Decimal(0)
    beside = sum(not any(_met(part, [word]) for part in food) for word in words)
    states_beside = sum(word in _STATE_STEMS and word not in food for word in words)
    return met / sum(weights) / (1 + Decimal("0.1") * beside + Decimal("0.3") * states_beside)


def _met(part: str, words: Sequence[str]) -> Decimal:
    if part in words:
        return WHOLE
    return END if len(part) >= SHORTEST_PART and any(word.endswith(part) for word in words) else Decimal(0)


_STATE_STEMS = frozenset(_stem(word) for word in STATES)
