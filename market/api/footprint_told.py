"""What is told of a footprint: line by line, with what it covers, how sure it is, and the source of every factor."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from market.models import FactorSet
from market.queries.footprints import Counted, Footprints, ToldLeg
from market.rules.climate import Factor
from market.rules.recipes import Leaf
from market.rules.uncertainty import Drawn, Spread, significant


class Exact(serializers.CharField):
    """A decimal as text, exact and not rounded: rounding is for the eye that reads it."""


class FactorSetTold(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    version = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # the name that it has in the document
    licence = serializers.CharField()
    boundary = serializers.CharField()
    land_use_change = serializers.CharField()
    valid_from = serializers.DateField()
    recorded_at = serializers.DateTimeField()


class SourceTold(serializers.Serializer[Any]):
    """``basis`` is the factor's key in its publication; ``low`` and ``high`` are a span of studies, no interval."""

    food = serializers.CharField()
    kg_co2e_per_kg = Exact()
    low = Exact(allow_null=True)
    high = Exact(allow_null=True)
    grade = serializers.CharField()
    gsd = Exact(
        allow_null=True, help_text="geometric standard deviation: the factor's own, or that of its grade"
    )
    basis = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]


class LeafTold(serializers.Serializer[Any]):
    """A food of the line with the kg that must be bought of it."""

    food = serializers.CharField(allow_null=True)
    kg = Exact(allow_null=True)
    state = serializers.ChoiceField(["covered", "no_factor", "no_weight"])
    co2e_kg = Exact(allow_null=True)


class GoodsTold(serializers.Serializer[Any]):
    """``co2e_kg`` is null where nothing is covered, never zero; a recipe may be covered in part."""

    state = serializers.ChoiceField(["covered", "partly_covered", "no_factor", "no_weight"])
    kg = Exact(allow_null=True, help_text="bought weight, of the parts whose weight is known")
    food = serializers.CharField(allow_null=True)
    grade = serializers.CharField(allow_null=True)
    kg_co2e_per_kg = Exact(allow_null=True)
    co2e_kg = Exact(allow_null=True)
    covered_share_mass = Exact(allow_null=True)
    parts = LeafTold(many=True)


class UncertaintyTold(serializers.Serializer[Any]):
    """Nineteen of twenty lie between ``low`` and ``high``. ``seed`` and ``draws`` where the sum is a difference."""

    method = serializers.ChoiceField(["fenton_wilkinson", "draws"])
    level = Exact()
    low = Exact()
    median = Exact()
    mean = Exact()
    high = Exact()
    seed = serializers.IntegerField(allow_null=True)
    draws = serializers.IntegerField(allow_null=True)


class LastLegTold(serializers.Serializer[Any]):
    """``method`` is null where neither has its figures. Never part of ``co2e_kg`` of the goods."""

    tonne_km = Exact()
    method = serializers.ChoiceField(["measured_km", "tonne_km"], allow_null=True)
    co2e_kg = Exact(allow_null=True)
    own_co2e_kg = Exact(allow_null=True)


class FootprintTold(serializers.Serializer[Any]):
    """``co2e_kg`` is of the covered goods: read it as "at least". Shares are 0 to 1, null where there is no whole.

    ``shown_kg`` is ``co2e_kg`` to two significant figures, which is what a person should see.
    """

    factor_set = FactorSetTold(allow_null=True)
    co2e_kg = Exact()
    shown_kg = Exact()
    kg_total = Exact()
    kg_covered = Exact()
    kg_per_kg_of_covered = Exact(allow_null=True)
    scaled_estimate_kg = Exact(
        allow_null=True,
        help_text="if all goods were like the covered: an estimate, shown only under that name",
    )
    covered_share_mass = Exact(allow_null=True)
    covered_share_value = Exact(allow_null=True)
    covered_share_lines = Exact(allow_null=True)
    may_compare = serializers.BooleanField(help_text="false below 90 % of the mass")
    uncertainty = UncertaintyTold(allow_null=True, help_text="null where a factor's is not stated")
    last_leg = LastLegTold(allow_null=True)
    sources = SourceTold(many=True)
    lines = GoodsTold(many=True)


def footprint_told(found: Footprints, leg: ToldLeg | None) -> dict[str, Any]:
    total = found.total
    return {
        "factor_set": found.factor_set and _set(found.factor_set),
        "co2e_kg": _plain(total.co2e_kg),
        "shown_kg": _plain(significant(total.co2e_kg)),
        "kg_total": _plain(total.kg_total),
        "kg_covered": _plain(total.kg_covered),
        "kg_per_kg_of_covered": _plain(total.kg_per_kg_of_covered),
        "scaled_estimate_kg": _plain(total.scaled_estimate_kg),
        "covered_share_mass": _plain(total.covered_share_mass),
        "covered_share_value": _plain(total.covered_share_value),
        "covered_share_lines": _plain(total.covered_share_lines),
        "may_compare": total.may_compare,
        "uncertainty": found.sure and _uncertainty(found.sure),
        "last_leg": leg and _leg(leg),
        "sources": [_source(each) for each in found.factors],
        "lines": [_line(each) for each in found.lines],
    }


def _leg(told: ToldLeg) -> dict[str, Any]:
    return {
        "tonne_km": _plain(told.tonne_km),
        "method": told.leg and told.leg.method.value,
        "co2e_kg": _plain(told.leg.co2e_kg if told.leg else None),
        "own_co2e_kg": _plain(told.own_co2e_kg),
    }


def _set(row: FactorSet) -> dict[str, Any]:
    names = ("code", "name", "version", "source", "licence", "boundary", "land_use_change")
    told = {name: getattr(row, name) for name in names}
    return {**told, "valid_from": row.valid_from.isoformat(), "recorded_at": row.recorded_at.isoformat()}


def _line(counted: Counted) -> dict[str, Any]:
    sums, single = counted.sums, counted.single
    factor = single.food.factor if single else None
    return {
        "state": _state(counted),
        "kg": _plain(counted.kg),
        "food": factor and factor.food_key,
        "grade": factor and factor.grade,
        "kg_co2e_per_kg": _plain(factor.kg_co2e_per_kg if factor else None),
        "co2e_kg": _plain(sums.co2e_kg if sums.kg_covered or sums.lines_covered else None),
        "covered_share_mass": _plain(sums.covered_share_mass),
        "parts": [] if single else [_part(each) for each in counted.leaves],
    }


def _state(counted: Counted) -> str:
    if counted.sums.lines_covered:
        return "covered"
    if any(leaf.kg is not None and leaf.food.factor is not None for leaf in counted.leaves):
        return "partly_covered"
    return "no_weight" if any(leaf.kg is None for leaf in counted.leaves) else "no_factor"


def _part(leaf: Leaf) -> dict[str, Any]:
    factor = leaf.food.factor
    covered = leaf.kg is not None and factor is not None
    return {
        "food": leaf.food.key or None,
        "kg": _plain(leaf.kg),
        "state": "covered" if covered else "no_weight" if leaf.kg is None else "no_factor",
        "co2e_kg": _plain(leaf.kg * factor.kg_co2e_per_kg if leaf.kg is not None and factor else None),
    }


def _source(factor: Factor) -> dict[str, Any]:
    return {
        "food": factor.food_key,
        "kg_co2e_per_kg": _plain(factor.kg_co2e_per_kg),
        "low": _plain(factor.low),
        "high": _plain(factor.high),
        "grade": factor.grade,
        "gsd": _plain(factor.gsd),
        "basis": factor.basis,
        "source": factor.source,
    }


def _uncertainty(sure: Spread | Drawn) -> dict[str, Any]:
    is_drawn = isinstance(sure, Drawn)
    return {
        "method": "draws" if is_drawn else "fenton_wilkinson",
        "level": "0.95",
        "low": _plain(sure.low),
        "median": _plain(sure.median),
        "mean": _plain(sure.mean),
        "high": _plain(sure.high),
        "seed": sure.seed if isinstance(sure, Drawn) else None,
        "draws": sure.draws if isinstance(sure, Drawn) else None,
    }


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
