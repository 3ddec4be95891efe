"""What a requirement may be about that would not stand, and what may lawfully be done instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Use(StrEnum):
    """Where the text is to stand."""

    REQUIREMENT = "requirement"
    CRITERION = "criterion"
    FORMULA = "formula"
    SORT_ORDER = "sort_order"


class Matter(StrEnum):
    """What a finding is about."""

    LOCAL_ORIGIN = "local_origin"
    NATIONAL_ORIGIN = "national_origin"
    NAMED_PLACE = "named_place"
    DISTANCE = "distance"
    SEAT = "seat"
    BRAND = "brand"
    LABEL = "label"
    FRESHNESS = "freshness"
    LEAD_TIME = "lead_time"
    NATIONAL_LAW = "national_law"


class Verdict(StrEnum):
    """The graver the later. NOTHING: no known word was found."""

    NOTHING = "nothing"
    WARN = "warn"
    BLOCK = "block"


class Lever(StrEnum):
    """What the authority may lawfully do instead."""

    SMALL_LOTS = "small_lots"
    GOODS_AND_TRANSPORT_APART = "goods_and_transport_apart"
    EDUCATION = "education"
    SEASON_AND_VARIETY = "season_and_variety"
    ANIMAL_WELFARE_LEVEL = "animal_welfare_level"
    LEVEL_OR_EQUIVALENT = "level_or_equivalent"
    LABEL_OR_EQUIVALENT = "label_or_equivalent"
    FUNCTION_OR_EQUIVALENT = "function_or_equivalent"
    DAYS_FROM_HARVEST_WITH_REASON = "days_from_harvest_with_reason"
    TIMES_BY_NEED = "times_by_need"
    PRODUCER_GROUPS = "producer_groups"
    REPORT_ONLY = "report_only"


_ORIGIN = (Lever.SMALL_LOTS, Lever.GOODS_AND_TRANSPORT_APART, Lever.EDUCATION, Lever.SEASON_AND_VARIETY)
LEVERS: Mapping[Matter, tuple[Lever, ...]] = {
    Matter.LOCAL_ORIGIN: (*_ORIGIN, Lever.REPORT_ONLY),
    Matter.NATIONAL_ORIGIN: (
        Lever.LEVEL_OR_EQUIVALENT,
        Lever.ANIMAL_WELFARE_LEVEL,
        Lever.SMALL_LOTS,
        Lever.REPORT_ONLY,
    ),
    Matter.NAMED_PLACE: (*_ORIGIN, Lever.REPORT_ONLY),
    Matter.DISTANCE: (Lever.GOODS_AND_TRANSPORT_APART, Lever.SMALL_LOTS, Lever.REPORT_ONLY),
    Matter.SEAT: (Lever.PRODUCER_GROUPS, Lever.SMALL_LOTS, Lever.GOODS_AND_TRANSPORT_APART),
    Matter.BRAND: (Lever.FUNCTION_OR_EQUIVALENT,),
    Matter.LABEL: (Lever.LABEL_OR_EQUIVALENT,),
    Matter.FRESHNESS: (Lever.DAYS_FROM_HARVEST_WITH_REASON, Lever.SEASON_AND_VARIETY),
    Matter.LEAD_TIME: (Lever.TIMES_BY_NEED, Lever.GOODS_AND_TRANSPORT_APART),
    Matter.NATIONAL_LAW: (Lever.LEVEL_OR_EQUIVALENT, Lever.ANIMAL_WELFARE_LEVEL),
}


@dataclass(frozen=True, slots=True)
class Known:
    """Names that the rule does not know by itself: places (municipalities, provinces) and brands of food."""

    places: frozenset[str] = frozenset()
    brands: frozenset[str] = frozenset()
