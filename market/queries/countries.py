"""Countries that goods on a Swedish kitchen's table come from, by ISO 3166-1 alpha-2, Sweden and its neighbours first."""

from django.utils.translation import get_language

from config.ground.sorting import swedish_key

NEAREST = ("SE", "NO", "DK", "FI", "IS")
NAMES: dict[str, tuple[str, str]] = {
    "SE": ("Sverige", "Sweden"),
    "NO": ("Norge", "Norway"),
    "DK": ("Danmark", "Denmark"),
    "FI": ("Finland", "Finland"),
    "IS": ("Island", "Iceland"),
    "AT": ("Österrike", "Austria"),
    "BE": ("Belgien", "Belgium"),
    "BG": ("Bulgarien", "Bulgaria"),
    "CH": ("Schweiz", "Switzerland"),
    "CY": ("Cypern", "Cyprus"),
    "CZ": ("Tjeckien", "Czechia"),
    "DE": ("Tyskland", "Germany"),
    "EE": ("Estland", "Estonia"),
    "ES": ("Spanien", "Spain"),
    "FR": ("Frankrike", "France"),
    "GB": ("Storbritannien", "United Kingdom"),
    "GR": ("Grekland", "Greece"),
    "HR": ("Kroatien", "Croatia"),
    "HU": ("Ungern", "Hungary"),
    "IE": ("Irland", "Ireland"),
    "IT": ("Italien", "Italy"),
    "LT": ("Litauen", "Lithuania"),
    "LU": ("Luxemburg", "Luxembourg"),
    "LV": ("Lettland", "Latvia"),
    "MT": ("Malta", "Malta"),
    "NL": ("Nederländerna", "Netherlands"),
    "PL": ("Polen", "Poland"),
    "PT": ("Portugal", "Portugal"),
    "RO": ("Rumänien", "Romania"),
    "SI": ("Slovenien", "Slovenia"),
    "SK": ("Slovakien", "Slovakia"),
    "TR": ("Turkiet", "Türkiye"),
    "UA": ("Ukraina", "Ukraine"),
    "MA": ("Marocko", "Morocco"),
    "NZ": ("Nya Zeeland", "New Zealand"),
    "US": ("USA", "USA"),
}


def country_name(code: str) -> str:
    """In the page's language; a code that is not in the list stands for itself."""
    sv, en = NAMES.get(code, (code, code))
    return en if (get_language() or "sv").startswith("en") else sv


def country_choices() -> list[tuple[str, str]]:
    others = sorted(set(NAMES) - set(NEAREST), key=lambda code: swedish_key(country_name(code)))
    return [(code, country_name(code)) for code in (*NEAREST, *others)]
