"""Where the words of ``criteria_words`` stand in a sentence and what the words around them make of them."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from market.rules import criteria_words as words
from market.rules.criteria_matters import Known, Matter, Use

Hit = tuple[int, int, Matter]
BLOCKS_BY_USE = frozenset({Use.FORMULA, Use.SORT_ORDER})


def hits_in(sentence: str, *, use: Use, known: Known) -> Iterator[Hit]:
    yield from _local(sentence)
    yield from _national(sentence)
    yield from _tied(sentence, known.brands)
    yield from _places(sentence, known)
    yield from _distances(sentence)
    yield from _seats(sentence, known.places)
    yield from _hurried(sentence)
    yield from _law(sentence)
    if use in BLOCKS_BY_USE:
        for match in words.IN_FORMULA.finditer(sentence):
            is_a_rate = words.PER_ROAD.search(sentence[: match.end()][-16:])
            if not is_a_rate or words.TO_THE_KITCHEN.match(sentence, match.end()):
                yield *match.span(), Matter.DISTANCE if _is_distance(match.group()) else Matter.LOCAL_ORIGIN


_DISTANCE_STEM = re.compile(
    r"avstånd|distan|närhet|närmast|nearest|proximity|km|mil|kilometer|latitud|longitud", re.IGNORECASE
)


def _is_distance(word: str) -> bool:
    return _DISTANCE_STEM.search(word) is not None


def _all(
    pattern: re.Pattern[str],
    sentence: str,
    matter: Matter,
    *,
    if_: Callable[[re.Match[str]], bool] = lambda _match: True,
    group: int | str = 0,
) -> Iterator[Hit]:
    """Each place of the pattern for which the words around it say that it is meant so."""
    for match in pattern.finditer(sentence):
        if if_(match):
            yield *match.span(group), matter


_MADE_OR_FARMED = (words.FARM, words.FOOD, words.MADE)


def _local(sentence: str) -> Iterator[Hit]:
    def of_goods(match: re.Match[str]) -> bool:
        return _is_said_of(sentence, match.end(), words.TRADER, words.FOOD, words.MADE, words.LOCAL_NOUN)

    def around_goods(match: re.Match[str]) -> bool:
        return _before(sentence, match.start(), 4, *_MADE_OR_FARMED) or _is_said_of(
            sentence, match.end(), *_MADE_OR_FARMED
        )

    def made_within(match: re.Match[str]) -> bool:
        is_from = match.group().casefold().startswith("från")
        return _before(sentence, match.start(), 3, words.MADE, words.FARM) or (
            is_from and _before(sentence, match.start(), 1, words.FOOD, words.TRADER)
        )

    matter = Matter.LOCAL_ORIGIN
    for pattern in (words.LOCAL_COMPOUND, words.NEAR, words.BUY_LOCALLY):
        yield from _all(pattern, sentence, matter)
    yield from _all(words.LOCAL_ADJECTIVE, sentence, matter, if_=of_goods)
    yield from _all(words.SAID_TO_BE, sentence, matter, if_=lambda match: bool(match["local"]), group="word")
    yield from _all(words.NEIGHBOURHOOD, sentence, matter, if_=around_goods)
    yield from _all(words.OF_THE_MUNICIPALITY, sentence, matter)
    yield from _all(words.WITHIN_BORDERS, sentence, matter, if_=made_within)


def _national(sentence: str) -> Iterator[Hit]:
    def of_goods(match: re.Match[str]) -> bool:
        return _is_said_of(sentence, match.end(), *_MADE_OR_FARMED, words.NATIONAL_NOUN)

    def beside_goods(match: re.Match[str]) -> bool:
        return _before(sentence, match.start(), FOLLOWING, words.FOOD)

    def made_there(match: re.Match[str]) -> bool:
        is_from = match.group().casefold().startswith(("från", "ur", "from"))
        says_nothing_else = not _WORD.search(sentence[: match.start()])
        return _before(sentence, match.start(), 4, words.MADE) or (
            is_from and (says_nothing_else or _before(sentence, match.start(), 1, words.FOOD))
        )

    matter = Matter.NATIONAL_ORIGIN
    yield from _all(words.NATIONAL_COMPOUND, sentence, matter)
    yield from _all(words.NATIONAL_ADJECTIVE, sentence, matter, if_=of_goods)
    yield from _all(words.SAID_TO_BE, sentence, matter, if_=lambda match: not match["local"], group="word")
    yield from _all(words.SAID_BESIDE, sentence, matter, if_=beside_goods, group="word")
    yield from _all(words.IN_SWEDEN, sentence, matter, if_=made_there)
    if not words.TO_BE_TOLD.search(sentence):
        yield from _all(words.ORIGIN_IS, sentence, matter)


def _places(sentence: str, known: Known) -> Iterator[Hit]:
    def of_goods(match: re.Match[str]) -> bool:
        return _is_said_of(sentence, match.end(), *_MADE_OR_FARMED, words.NATIONAL_NOUN)

    def food_comes(match: re.Match[str]) -> bool:
        return _before(sentence, match.start(), 1, words.FOOD)

    def farm_lies(match: re.Match[str]) -> bool:
        return _before(sentence, match.start(), 1, words.FARM)

    def is_goods(match: re.Match[str]) -> bool:
        return not words.OFFICE.search(match.group()) and match.group() not in known.brands

    matter = Matter.NAMED_PLACE
    yield from _all(words.PROVINCE, sentence, matter, if_=of_goods)
    yield from _all(words.PROVINCE_SAID_TO_BE, sentence, matter, group="word")
    yield from _all(words.MADE_SOMEWHERE, sentence, matter, group=1)
    yield from _all(words.FROM_SOMEWHERE, sentence, matter, if_=food_comes, group=1)
    yield from _all(words.FARM_SOMEWHERE, sentence, matter, if_=farm_lies, group=1)
    if known.places:
        bare, compound = _place_patterns(known.places)
        yield from _all(compound, sentence, matter, if_=is_goods)
        yield from _all(bare, sentence, matter, if_=lambda match: _is_origin(sentence, match))


def _is_origin(sentence: str, place: re.Match[str]) -> bool:
    """Whether food, farms or their making are said to be of the place; an address of delivery is not."""
    if place.group("genitive") and _is_said_of(sentence, place.end(), words.FARM, words.FOOD):
        return True
    if not _is_a_word(place.group()) and _is_said_of(sentence, place.end(), words.FOOD, most=1):
        return True
    preposition = words.PREPOSITION.search(sentence, *_just_before(place.start()))
    if preposition is None:
        return False
    start = preposition.start()
    if _before(sentence, start, 3, words.MADE) or _before(sentence, start, 1, words.FARM):
        return True
    return preposition.group(1).casefold() in {"från", "from"} and _before(sentence, start, 1, words.FOOD)


@lru_cache(maxsize=16)
def _place_patterns(places: frozenset[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A name as a word of its own (with its genitive s), and as the first part of a compound (Vingåkersmjölk)."""
    longest = sorted(places, key=lambda name: (-len(name), name))
    names = "|".join(re.escape(name) for name in longest)
    upper = "|".join(re.escape(name.upper()) for name in longest)
    small = "|".join(re.escape(name.casefold()) for name in longest if not _is_a_word(name)) or "(?!)"
    bare = re.compile(rf"(?<![\w-])(?:{names}|{upper}|{small})(?P<genitive>s|S|:s)?(?![\w-])")
    foods = words.FOOD.pattern.replace("|\\w*", "|")
    made = r"produ[ck]|odla|uppfö|född|fött|bonde|bönder|gård(?:ar|en)?\b|mejeri|slakt|lokal"
    compound = re.compile(rf"(?<![\w-])(?:{names}|(?:{small}))s?-?(?i:{foods}|{made})\w*")
    return bare, compound


def _is_a_word(name: str) -> bool:
    """Whether a name is a common word too (mark, lund, vara, boden), so that only its capital tells it."""
    return len(name) < SHORT_NAME or name.casefold() in {"boden", "trosa", "säter", "klippan", "köping"}


SHORT_NAME = 5


def _distances(sentence: str) -> Iterator[Hit]:
    distances = list(words.DISTANCE.finditer(sentence))
    if distances:
        about = (words.MADE, words.FARM, words.LOCAL_COMPOUND)
        of_goods = any(pattern.search(sentence) for pattern in about)
        is_of_roads = not of_goods and words.ROAD.search(sentence) is not None
        for match in distances:
            limited = words.LIMITED.search(sentence, *_just_before(match.start()))
            bounded = limited or words.RADIUS.search(match.group())
            away = of_goods and words.AWAY.match(sentence, match.end())
            if away or (bounded and not is_of_roads):
                yield *match.span(), Matter.DISTANCE
    yield from _all(words.TIME_ON_THE_ROAD, sentence, Matter.DISTANCE)
    if words.WEIGHED.search(sentence):
        for match in words.CLOSENESS.finditer(sentence):
            yield *match.span(), Matter.DISTANCE


def _seats(sentence: str, places: frozenset[str]) -> Iterator[Hit]:
    for match in words.ALWAYS_SEAT.finditer(sentence):
        yield *match.span(), Matter.SEAT
    if not words.SEAT_WHO.search(sentence):
        return
    targets = [match.span() for match in words.BORDER.finditer(sentence)]
    if places:
        targets += [match.span() for match in _place_patterns(places)[0].finditer(sentence)]
    for start, end in targets:
        seat = words.SEATED.search(sentence, *_just_before(start))
        if seat is not None:
            yield seat.start(), end, Matter.SEAT


def _tied(sentence: str, brands: frozenset[str]) -> Iterator[Hit]:
    """Brands and labels, where the sentence does not take an equivalent."""
    if words.EQUIVALENT.search(sentence):
        return
    for match in words.LABEL.finditer(sentence):
        yield *match.span(), Matter.LABEL
    for match in words.OF_BRAND.finditer(sentence):
        yield *match.span(), Matter.BRAND
    if brands:
        for match in _brand_pattern(brands).finditer(sentence):
            yield *match.span(), Matter.BRAND


@lru_cache(maxsize=16)
def _brand_pattern(brands: frozenset[str]) -> re.Pattern[str]:
    longest = sorted(brands, key=lambda name: (-len(name), name))
    names = "|".join(re.escape(form) for name in longest for form in dict.fromkeys([name, name.upper()]))
    return re.compile(rf"(?<![\w-])(?:{names})s?(?![\wåäö])(?:-\w+)?")


def _hurried(sentence: str) -> Iterator[Hit]:
    """Freshness and lead times for which the sentence gives no reason."""
    if words.REASONED.search(sentence):
        return
    for match in words.FRESH.finditer(sentence):
        yield *match.span(), Matter.FRESHNESS
    for match in words.LEAD_TIME.finditer(sentence):
        count, unit = match.group("n"), (match.group("unit") or "").casefold()
        if not count or not count.isdigit() or unit == "minuter" or int(count) <= SHORT_HOURS:
            yield *match.span(), Matter.LEAD_TIME


SHORT_HOURS = 24  # from an order to the door; longer is not asked about


def _law(sentence: str) -> Iterator[Hit]:
    """Swedish animal law named without the level's equivalent."""
    if words.EQUIVALENT.search(sentence):
        return
    for match in words.NATIONAL_LAW.finditer(sentence):
        yield *match.span(), Matter.NATIONAL_LAW
    if words.ANIMALS.search(sentence):
        for match in words.SOME_SWEDISH_LAW.finditer(sentence):
            yield *match.span(), Matter.NATIONAL_LAW


_WORD = re.compile(r"[\w®™'’&-]+")
_NEXT = re.compile(r"[\s\"”'»«(]*([\w®™'’&-]+)")
FOLLOWING = 4


def _is_said_of(sentence: str, place: int, *of: re.Pattern[str], most: int = FOLLOWING) -> bool:
    """Whether one of the next words, before the phrase ends, is such a word ("lokala och ekologiska råvaror")."""
    for _step in range(most):
        match = _NEXT.match(sentence, place)
        if match is None or match.group(1).casefold() in words.STOP_WORDS:
            return False
        word = match.group(1)
        if any(pattern.match(word) for pattern in of):
            return words.OFFICE.search(word) is None
        place = match.end()
    return False


def _just_before(place: int) -> tuple[int, int]:
    return max(0, place - JUST), place


JUST = 80


def _before(sentence: str, place: int, steps: int, *of: re.Pattern[str]) -> bool:
    """Whether one of the last ``steps`` words before the place is such a word."""
    last = _WORD.findall(sentence[:place])[-steps:]
    return any(pattern.match(word) and not words.OFFICE.search(word) for word in last for pattern in of)
