"""What the demo's school cooks: invented recipes for 100 portions, in pairs of a standard and a payback dish."""

from dataclasses import dataclass
from decimal import Decimal

D = Decimal
ONE = D(1)
PORTION_KG = D("0.350")


@dataclass(frozen=True, slots=True)
class LinePlan:
    """``what`` is a ware's name, ``food:<key>`` of the factor set, or ``recipe:<name>`` by portions."""

    what: str
    amount: Decimal
    weight_as: str = "purchased"
    edible_share: Decimal = ONE
    cooked_per_raw: Decimal = ONE


@dataclass(frozen=True, slots=True)
class RecipePlan:
    name: str
    lines: tuple[LinePlan, ...]
    portion_kg: Decimal = PORTION_KG


def _of(what: str, amount: str) -> LinePlan:
    return LinePlan(what, D(amount))


def _peeled(what: str, amount: str, share: str) -> LinePlan:
    return LinePlan(what, D(amount), "edible", D(share))


def _boiled(what: str, amount: str, per_raw: str) -> LinePlan:
    return LinePlan(what, D(amount), "cooked", D(1), D(per_raw))


_MASH, _POTATO, _SALAD, _SAUCE = (
    _of("recipe:Potatismos", "100"),
    _of("recipe:Kokt potatis", "100"),
    _of("recipe:Salladsbord", "100"),
    _of("recipe:Gräddsås", "100"),
)

# The parts come first: a recipe takes in what is there already.
RECIPES = (
    RecipePlan(
        "Potatismos",
        (_peeled("Potatis, mjölig", "18", "0.80"), _of("Mellanmjölk", "3.5"), _of("Smör", "0.4")),
        D("0.220"),
    ),
    RecipePlan("Kokt potatis", (_peeled("Potatis, fast", "19", "0.80"),), D("0.190")),
    RecipePlan(
        "Salladsbord",
        (
            _peeled("Morot", "3", "0.85"),
            _peeled("Vitkål", "3", "0.80"),
            _of("Knäckebröd", "1.2"),
            _of("Rapsolja", "0.3"),
        ),
        D("0.075"),
    ),
    RecipePlan(
        "Gräddsås",
        (_of("Matlagningsgrädde", "4"), _of("Mellanmjölk", "2"), _of("Vetemjöl", "0.4")),
        D("0.060"),
    ),
    RecipePlan(
        "Köttbullar med potatismos",
        (_of("Nötfärs", "7"), _of("Ägg", "0.5"), _of("food:breadcrumbs", "0.8"), _MASH, _SALAD),
    ),
    RecipePlan(
        "Ärtbiffar med potatismos",
        (
            _boiled("Gula ärter, torra", "8", "2.33"),
            _of("Ägg", "0.5"),
            _of("food:breadcrumbs", "0.8"),
            _of("Rapsolja", "0.5"),
            _MASH,
            _SALAD,
        ),
    ),
    RecipePlan(
        "Pasta bolognese",
        (
            _of("Nötfärs", "6"),
            _of("food:tomato_canned", "9"),
            _of("Gul lök", "1.5"),
            _of("food:pasta", "8"),
            _SALAD,
        ),
    ),
    RecipePlan(
        "Linsbolognese med pasta",
        (
            _boiled("food:lentils_red", "9", "2.33"),
            _of("food:tomato_canned", "9"),
            _of("Gul lök", "1.5"),
            _of("Morot", "2"),
            _of("food:pasta", "8"),
            _SALAD,
        ),
    ),
    RecipePlan(
        "Kalops med kokt potatis",
        (_of("Grytbitar av nöt", "7.5"), _of("Gul lök", "2"), _of("Morot", "3"), _POTATO, _SALAD),
    ),
    RecipePlan(
        "Rotfruktsgryta med bruna bönor",
        (
            _boiled("Bruna bönor, torra", "8", "2.3"),
            _peeled("Palsternacka", "4", "0.80"),
            _peeled("Kålrot", "4", "0.80"),
            _of("food:tomato_canned", "5"),
            _POTATO,
            _SALAD,
        ),
    ),
    RecipePlan(
        "Fläskkarré med gräddsås",
        (_of("Fläskkarré", "9"), _SAUCE, _POTATO, _SALAD),
    ),
    RecipePlan(
        "Åkerbönsbiffar med gräddsås",
        (
            _boiled("Åkerbönor, torra", "8", "2.2"),
            _of("Ägg", "0.6"),
            _of("Rapsolja", "0.5"),
            _SAUCE,
            _POTATO,
            _SALAD,
        ),
    ),
    RecipePlan(
        "Kycklinggryta med ris",
        (_of("food:chicken_boneless", "8"), _of("Matlagningsgrädde", "3"), _of("food:rice", "5.5"), _SALAD),
    ),
    RecipePlan(
        "Korngryta med grönkål och rotselleri",
        (
            _boiled("Matkorn", "14", "2.259"),
            _of("Grönkål", "3"),
            _peeled("Rotselleri", "4", "0.80"),
            _of("Matlagningsgrädde", "1"),
            _SALAD,
        ),
    ),
    RecipePlan(
        "Torskgratäng med potatismos",
        (_of("food:cod_frozen", "9"), _of("Mellanmjölk", "2"), _MASH, _SALAD),
    ),
    RecipePlan(
        "Broccoligratäng med ost",
        (_of("Broccoli, fryst", "9"), _of("Hårdost", "2.5"), _of("Mellanmjölk", "3"), _POTATO, _SALAD),
    ),
    RecipePlan(
        "Ärtsoppa och pannkakor",
        (
            _of("Gula ärter, torra", "6"),
            _of("Gul lök", "1"),
            _of("Vetemjöl", "4"),
            _of("Mellanmjölk", "9"),
            _of("Ägg", "2.4"),
            _of("food:lingonberry_proxy", "1.5"),
        ),
        D("0.450"),
    ),
)

# Two weeks that roll: standard and payback dish, and how many of a hundred choose the latter. Thursday: one dish.
WEEKS: tuple[tuple[tuple[str, str, int], ...], ...] = (
    (
        ("Köttbullar med potatismos", "Ärtbiffar med potatismos", 44),
        ("Pasta bolognese", "Linsbolognese med pasta", 61),
        ("Kalops med kokt potatis", "Rotfruktsgryta med bruna bönor", 52),
        ("Ärtsoppa och pannkakor", "", 0),
        ("Fläskkarré med gräddsås", "Åkerbönsbiffar med gräddsås", 48),
    ),
    (
        ("Kycklinggryta med ris", "Korngryta med grönkål och rotselleri", 46),
        ("Torskgratäng med potatismos", "Broccoligratäng med ost", 55),
        ("Pasta bolognese", "Linsbolognese med pasta", 63),
        ("Ärtsoppa och pannkakor", "", 0),
        ("Köttbullar med potatismos", "Ärtbiffar med potatismos", 47),
    ),
)
