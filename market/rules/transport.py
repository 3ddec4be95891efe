"""kg CO2e of the last leg, from the farm or hub to the kitchen. What a factor already holds is never added again.

For small loads on a round the tonne-kilometre figure understates: measured kilometres are the better method.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

KG_PER_TONNE = Decimal(1000)


class TransportHeld(ValueError):  # noqa: N818 - named for the refusal that a person reads
    """The factors' boundary holds the last leg already."""


class Method(StrEnum):
    MEASURED_KM = "measured_km"
    TONNE_KM = "tonne_km"


@dataclass(frozen=True, slots=True)
class LastLeg:
    """kg CO2e of a round and how it was found."""

    co2e_kg: Decimal
    method: Method


@dataclass(frozen=True, slots=True)
class Round:
    """kg CO2e of one's own goods on a round: ``own`` of the ``whole``, and of ``own`` what each load answers for.

    ``shares`` is empty where no load has a known weight: then nothing can be parted by weight.
    """

    whole: LastLeg
    own_co2e_kg: Decimal
    shares: Mapping[str, Decimal]


def tonne_km(*, kg: Decimal, km: Decimal) -> Decimal:
    """Tonne-kilometres of a load carried so far."""
    return kg * km / KG_PER_TONNE


def last_leg(
    *,
    kg: Decimal,
    km: Decimal,
    kg_per_tonne_km: Decimal | None,
    driven_km: Decimal | None = None,
    kg_per_vehicle_km: Decimal | None = None,
    held_by_factors: bool = False,
) -> LastLeg | None:
    """The round's kg CO2e: by measured kilometres where they are known (there and back), else by tonne-kilometres.

    ``km`` is how far the load of ``kg`` was carried, ``driven_km`` what the vehicle drove in all. None where neither
    method has its figures. Raises TransportHeld, and ValueError for a load or a way below zero.
    """
    if held_by_factors:
        raise TransportHeld("the factors hold the way to the kitchen already")
    if kg < 0 or km < 0 or (driven_km is not None and driven_km < 0):
        raise ValueError("a load and a way are from zero")
    if driven_km is not None and kg_per_vehicle_km is not None:
        return LastLeg(driven_km * kg_per_vehicle_km, Method.MEASURED_KM)
    if kg_per_tonne_km is None:
        return None
    return LastLeg(tonne_km(kg=kg, km=km) * kg_per_tonne_km, Method.TONNE_KM)


def by_mass(co2e_kg: Decimal, loads_kg: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """What each load of the round answers for, by its weight; the shares sum to the whole to the last digit.

    ValueError when a load is below zero or all weigh nothing.
    """
    whole = sum(loads_kg.values(), start=Decimal(0))
    if whole <= 0 or any(kg < 0 for kg in loads_kg.values()):
        raise ValueError("loads weigh from zero and something together")
    shares = {name: co2e_kg * kg / whole for name, kg in loads_kg.items()}
    heaviest = max(loads_kg, key=lambda name: loads_kg[name])
    shares[heaviest] += co2e_kg - sum(shares.values(), start=Decimal(0))
    return shares


def driven_round(
    loads_kg: Mapping[str, Decimal],
    *,
    load_kg: Decimal | None = None,
    driven_km: Decimal | None = None,
    kg_per_vehicle_km: Decimal | None = None,
    km: Decimal | None = None,
    kg_per_tonne_km: Decimal | None = None,
) -> Round | None:
    """A round with one's own ``loads_kg`` by name; others' goods went along where ``load_kg`` is more than those.

    Own goods of no known weight on a vehicle that carried nothing else answer for all of it. None where neither method
    has its figures. ValueError for weights or ways below zero.
    """
    own_kg = sum(loads_kg.values(), start=Decimal(0))
    carried = max(load_kg or Decimal(0), own_kg)
    whole = last_leg(
        kg=carried,
        km=km or Decimal(0),
        kg_per_tonne_km=None if km is None else kg_per_tonne_km,
        driven_km=driven_km,
        kg_per_vehicle_km=kg_per_vehicle_km,
    )
    if whole is None:
        return None
    if load_kg is None:
        own = whole.co2e_kg
    else:
        own = (
            by_mass(whole.co2e_kg, {"own": own_kg, "rest": carried - own_kg})["own"]
            if carried
            else Decimal(0)
        )
    return Round(whole, own, by_mass(own, loads_kg) if own_kg else {})
