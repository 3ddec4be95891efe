"""What the demo's farms sell: some forty kinds of goods with packs and mappings. All prices are invented."""

from dataclasses import dataclass
from decimal import Decimal

from market.actions.products import PackDraft, ProductDraft

D = Decimal
Packs = tuple[PackDraft, ...]


@dataclass(frozen=True, slots=True)
class Ware:
    """A product with its need, its invented price in SEK per base unit, and how it is sold."""

    draft: ProductDraft
    need: str
    price_sek: Decimal
    temperature: str
    allergens: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.draft.name_sv


def _sack(*kg: str) -> Packs:
    return tuple(PackDraft(f"{each} kg säck", f"{each} kg sack", D(each)) for each in kg)


def _box(*kg: str) -> Packs:
    return tuple(PackDraft(f"{_sv(each)} kg låda", f"{each} kg box", D(each)) for each in kg)


def _can(*litres: str) -> Packs:
    return tuple(PackDraft(f"{each} liter", f"{each} litres", D(each)) for each in litres)


def _by_weight(kg: str, tolerance: str) -> Packs:
    return (PackDraft(f"st ca {_sv(kg)} kg", f"piece of about {kg} kg", D(kg), tolerance=D(tolerance)),)


# Months in which the goods are harvested or sold out of a Swedish store, by climate food; approximate.
_SEASONS = {
    "potato": (7, 8, 9, 10, 11, 12, 1, 2, 3, 4),
    "carrot": (7, 8, 9, 10, 11, 12, 1, 2, 3, 4),
    "parsnip": (9, 10, 11, 12, 1, 2, 3),
    "beetroot": (7, 8, 9, 10, 11, 12, 1, 2, 3),
    "swede": (8, 9, 10, 11, 12, 1, 2, 3),
    "celeriac": (9, 10, 11, 12, 1, 2),
    "jerusalem_artichoke": (10, 11, 12, 1, 2, 3),
    "onion": (8, 9, 10, 11, 12, 1, 2, 3, 4),
    "red_onion": (8, 9, 10, 11, 12, 1, 2),
    "leek": (8, 9, 10, 11, 12),
    "white_cabbage": (7, 8, 9, 10, 11, 12, 1, 2, 3),
    "red_cabbage": (8, 9, 10, 11, 12, 1, 2),
    "kale": (9, 10, 11, 12, 1),
    "pumpkin": (9, 10, 11),
    "garlic": (7, 8, 9, 10, 11),
    "cucumber_heated": (4, 5, 6, 7, 8, 9),
    "apple": (8, 9, 10, 11, 12),
    "pear": (8, 9, 10),
}
# What kitchens call the goods besides.
_CALLED = {
    "Potatis, fast": ("kokpotatis",),
    "Potatis, mjölig": ("mospotatis", "bakpotatis"),
    "Gul lök": ("matlök",),
    "Kålrot": ("rotkål",),
    "Slanggurka": ("gurka",),
    "Purjolök": ("purjo",),
}


def _sv(number: str) -> str:
    return number.replace(".", ",")


def _ware(
    names: str,
    codes: str,
    cpv: str,
    packs: Packs,
    price: str,
    *,
    unit: str = "kg",
    kg: str | None = "1",
    temperature: str = "ambient",
    allergens: tuple[str, ...] = (),
) -> Ware:
    """``names`` is "svenska | English", ``codes`` is "category group need food" with - for no known food."""
    name_sv, name_en = names.split(" | ")
    category, group, need, food = codes.split()
    draft = ProductDraft(
        name_sv=name_sv,
        name_en=name_en,
        category=category,
        base_unit=unit,
        kg_per_base=None if kg is None else D(kg),
        packs=packs,
        group=group,
        cpv=cpv,
        food=None if food == "-" else food,
        synonyms=_CALLED.get(name_sv, ()),
        season_months=_SEASONS.get(food, ()),
    )
    return Ware(draft, need=need, price_sek=D(price), temperature=temperature, allergens=allergens)


_ROOT = "potatoes_roots potatoes_roots roots"
_VEG = "vegetables vegetables greens"
_FRUIT = "fruit_berries fruit_berries fruit"
_FLOUR = "grain_legumes grain dry"
_PULSE = "grain_legumes legumes dry"
_DAIRY = "dairy dairy dairy"
_BEEF = "beef beef meat"
_EGG_CARTONS = (
    PackDraft("flak 30 st", "tray of 30", D(30)),
    PackDraft("kartong 180 st", "carton of 180", D(180)),
)
_DOZEN = (PackDraft("låda 12 st", "box of 12", D(12)),)

WARES: tuple[Ware, ...] = (
    _ware("Potatis, fast | Potatoes, firm", f"{_ROOT} potato", "03212100", _sack("10", "25"), "9.50"),
    _ware("Potatis, mjölig | Potatoes, floury", f"{_ROOT} potato", "03212100", _sack("10", "25"), "9.00"),
    _ware("Delikatesspotatis | Salad potatoes", f"{_ROOT} potato", "03212100", _sack("5"), "15.00"),
    _ware("Morot | Carrots", f"{_ROOT} carrot", "03221112", _sack("10"), "8.50"),
    _ware("Palsternacka | Parsnips", f"{_ROOT} parsnip", "03221110", _sack("5"), "18.00"),
    _ware("Rödbeta | Beetroot", f"{_ROOT} beetroot", "03221110", _sack("10"), "11.00"),
    _ware("Kålrot | Swede", f"{_ROOT} swede", "03221110", _sack("10"), "9.00"),
    _ware("Rotselleri | Celeriac", f"{_ROOT} celeriac", "03221110", _sack("5"), "16.00"),
    _ware(
        "Jordärtskocka | Jerusalem artichokes", f"{_ROOT} jerusalem_artichoke", "03221110", _box("5"), "32.00"
    ),
    _ware("Gul lök | Yellow onions", f"{_VEG} onion", "03221113", _sack("10"), "9.00"),
    _ware("Rödlök | Red onions", f"{_VEG} red_onion", "03221113", _sack("5"), "14.00"),
    _ware("Purjolök | Leeks", f"{_VEG} leek", "03221000", _box("5"), "26.00", temperature="chilled"),
    _ware("Vitkål | White cabbage", f"{_VEG} white_cabbage", "03221400", _box("10"), "8.00"),
    _ware("Rödkål | Red cabbage", f"{_VEG} red_cabbage", "03221400", _box("10"), "10.00"),
    _ware("Grönkål | Kale", f"{_VEG} kale", "03221400", _box("3"), "42.00", temperature="chilled"),
    _ware("Pumpa | Pumpkin", f"{_VEG} pumpkin", "03221000", _by_weight("3", "0.2"), "19.00"),
    _ware("Vitlök | Garlic", f"{_VEG} garlic", "03221000", _box("1"), "120.00"),
    _ware(
        "Slanggurka | Cucumbers",
        f"{_VEG} cucumber_heated",
        "03221000",
        _DOZEN,
        "14.00",
        unit="piece",
        kg="0.35",
        temperature="chilled",
    ),
    _ware(
        "Broccoli, fryst | Broccoli, frozen",
        f"{_VEG} broccoli_frozen",
        "03221400",
        _box("2.5"),
        "38.00",
        temperature="frozen",
    ),
    _ware(
        "Spenat, fryst | Spinach, frozen",
        f"{_VEG} spinach_frozen",
        "03221300",
        _box("2.5"),
        "34.00",
        temperature="frozen",
    ),
    _ware("Äpple | Apples", f"{_FRUIT} apple", "03222321", _box("8"), "22.00"),
    _ware("Päron | Pears", f"{_FRUIT} pear", "03222000", _box("6"), "24.00"),
    _ware(
        "Hallon, frysta | Raspberries, frozen",
        f"{_FRUIT} raspberry_frozen",
        "03222000",
        _box("2.5"),
        "95.00",
        temperature="frozen",
    ),
    _ware(
        "Svarta vinbär, frysta | Blackcurrants, frozen",
        f"{_FRUIT} blackcurrant",
        "03222000",
        _box("2.5"),
        "62.00",
        temperature="frozen",
    ),
    _ware("Honung | Honey", "other honey fruit honey", "03142100", _box("3"), "110.00"),
    _ware(
        "Havtornssaft | Sea buckthorn squash",
        "other preserves fruit -",
        "15332000",
        _can("3"),
        "85.00",
        unit="litre",
        kg=None,
    ),
    _ware(
        "Vetemjöl | Wheat flour",
        f"{_FLOUR} wheat_flour",
        "15612000",
        _sack("10"),
        "9.50",
        allergens=("gluten",),
    ),
    _ware(
        "Rågmjöl | Rye flour", f"{_FLOUR} rye_flour", "15612000", _sack("10"), "10.50", allergens=("gluten",)
    ),
    _ware(
        "Havregryn | Rolled oats",
        f"{_FLOUR} oats_rolled",
        "15613000",
        _sack("10"),
        "13.00",
        allergens=("gluten",),
    ),
    _ware(
        "Matkorn | Pearled barley",
        f"{_FLOUR} barley_pearled",
        "15613000",
        _sack("10"),
        "17.00",
        allergens=("gluten",),
    ),
    _ware("Gula ärter, torra | Yellow peas, dry", f"{_PULSE} yellow_peas", "03221220", _sack("10"), "16.00"),
    _ware("Bruna bönor, torra | Brown beans, dry", f"{_PULSE} beans_dry", "03221210", _sack("10"), "28.00"),
    _ware("Åkerbönor, torra | Fava beans, dry", f"{_PULSE} fava_dry", "03221210", _sack("10"), "21.00"),
    _ware(
        "Knäckebröd | Crispbread",
        "bread bread dry crispbread",
        "15811000",
        _box("5"),
        "46.00",
        allergens=("gluten",),
    ),
    _ware(
        "Rapsolja | Rapeseed oil",
        "other oil dry rapeseed_oil",
        "15411000",
        _can("10"),
        "34.00",
        unit="litre",
        kg="0.92",
    ),
    _ware(
        "Mellanmjölk | Semi-skimmed milk",
        f"{_DAIRY} milk_semi",
        "15511000",
        _can("10", "20"),
        "11.00",
        unit="litre",
        kg="1.03",
        temperature="chilled",
        allergens=("milk",),
    ),
    _ware(
        "Filmjölk | Soured milk",
        f"{_DAIRY} fil",
        "15551000",
        _can("5"),
        "15.00",
        unit="litre",
        kg="1.03",
        temperature="chilled",
        allergens=("milk",),
    ),
    _ware(
        "Yoghurt naturell | Plain yoghurt",
        f"{_DAIRY} yogurt",
        "15551000",
        _can("5"),
        "19.00",
        unit="litre",
        kg="1.03",
        temperature="chilled",
        allergens=("milk",),
    ),
    _ware(
        "Matlagningsgrädde | Cooking cream",
        f"{_DAIRY} cream_cooking",
        "15500000",
        _can("2"),
        "39.00",
        unit="litre",
        kg="1.01",
        temperature="chilled",
        allergens=("milk",),
    ),
    _ware(
        "Smör | Butter",
        f"{_DAIRY} butter",
        "15530000",
        _box("5"),
        "98.00",
        temperature="chilled",
        allergens=("milk",),
    ),
    _ware(
        "Hårdost | Hard cheese",
        f"{_DAIRY} cheese_hard",
        "15540000",
        _by_weight("4", "0.1"),
        "118.00",
        temperature="chilled",
        allergens=("milk",),
    ),
    _ware(
        "Ägg | Eggs",
        "eggs eggs eggs eggs",
        "03142500",
        _EGG_CARTONS,
        "2.60",
        unit="piece",
        kg="0.058",
        temperature="chilled",
        allergens=("eggs",),
    ),
    _ware(
        "Hel kyckling | Whole chicken",
        "poultry poultry eggs chicken_whole",
        "15112000",
        _by_weight("1.4", "0.15"),
        "92.00",
        temperature="frozen",
    ),
    _ware(
        "Nötfärs | Beef mince", f"{_BEEF} beef_mince", "15111000", _box("5"), "124.00", temperature="chilled"
    ),
    _ware(
        "Grytbitar av nöt | Stewing beef",
        f"{_BEEF} beef_boneless",
        "15111000",
        _box("5"),
        "138.00",
        temperature="chilled",
    ),
    _ware(
        "Högrev | Chuck of beef",
        f"{_BEEF} beef_boneless",
        "15111000",
        _by_weight("2.5", "0.15"),
        "146.00",
        temperature="chilled",
    ),
    _ware(
        "Lammfärs | Lamb mince",
        "lamb_game lamb meat lamb_boneless",
        "15115000",
        _box("2.5"),
        "159.00",
        temperature="frozen",
    ),
    _ware(
        "Fläskkarré | Pork collar",
        "pork pork meat pork_loin",
        "15113000",
        _by_weight("2", "0.15"),
        "89.00",
        temperature="chilled",
    ),
)

BY_NEED: dict[str, tuple[Ware, ...]] = {
    need: tuple(ware for ware in WARES if ware.need == need)
    for need in dict.fromkeys(ware.need for ware in WARES)
}
