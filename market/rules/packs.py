"""A pack that a farm makes for itself: what it is called in both languages, and what it may hold."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

MOST_TOLERANCE = Decimal("0.5")
MOST_BASE = Decimal(100_000)
UNITS = {"kg": ("kg", "kg"), "piece": ("st", "pcs"), "litre": ("liter", "litre")}
ONE = Decimal(1)


class Container(StrEnum):
    SACK = "sack"
    CRATE = "crate"
    BOX = "box"
    BAG = "bag"
    BUCKET = "bucket"
    BOTTLE = "bottle"
    TRAY = "tray"
    LOOSE = "loose"


NAMES: dict[Container, tuple[str, str]] = {
    Container.SACK: ("säck", "sack"),
    Container.CRATE: ("låda", "crate"),
    Container.BOX: ("kartong", "box"),
    Container.BAG: ("påse", "bag"),
    Container.BUCKET: ("hink", "bucket"),
    Container.BOTTLE: ("flaska", "bottle"),
    Container.TRAY: ("tråg", "tray"),
    Container.LOOSE: ("", ""),
}


@dataclass(frozen=True, slots=True)
class PackWords:
    sv: str
    en: str


def pack_words(*, container: Container, base_per_pack: Decimal, unit: str, catch_weight: bool) -> PackWords:
    """``12,5 kg låda`` and ``12.5 kg crate``; catch weight says about. ``unit`` is kg, piece or litre."""
    sv_unit, en_unit = UNITS[unit]
    sv_name, en_name = NAMES[container]
    size = f"{base_per_pack.normalize():f}"
    if base_per_pack == ONE and unit == "piece" and not sv_name:
        return PackWords(sv="styck", en="each")
    about_sv, about_en = ("ca ", "about ") if catch_weight else ("", "")
    return PackWords(
        sv=f"{about_sv}{size.replace('.', ',')} {sv_unit} {sv_name}".rstrip(),
        en=f"{about_en}{size} {en_unit} {en_name}".rstrip(),
    )


def faults_of_pack(*, base_per_pack: Decimal, unit: str, tolerance: Decimal | None) -> tuple[str, ...]:
    """The fields that can't be: ``base_per_pack``, ``tolerance``. Only what is weighed has a tolerance."""
    faults = []
    if not 0 < base_per_pack < MOST_BASE or (unit == "piece" and base_per_pack % 1):
        faults.append("base_per_pack")
    if tolerance is not None and (unit != "kg" or not 0 <= tolerance <= MOST_TOLERANCE):
        faults.append("tolerance")
    return tuple(faults)
