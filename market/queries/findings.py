"""A finding as a person reads it: each verdict's sentence, its paragraph and what to do next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from config.ground import figures
from market.models import LawParagraph
from market.queries.wording import SENTENCES, Seen, next_step, way_out
from market.rules.allotment import ASK_THE_OFFICER
from market.rules.call_off import Rule

Confirmed = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ToldVerdict:
    """``confirmed``: a person has read the paragraph in its source; else the screen must say that nobody has."""

    rule: str
    ok: bool
    sentence: str
    paragraph: str
    confirmed: bool
    next_step: str


@dataclass(frozen=True, slots=True)
class ToldWayOut:
    """Something lawful to do instead. ``quantity`` is the line's whole quantity then, in base units."""

    code: str
    words: str
    quantity: Decimal | None


def confirmed_paragraphs() -> Confirmed:
    """(rule, paragraph) of the law rows that a person has confirmed, for a page that tells many findings."""
    rows = LawParagraph.objects.filter(confirmed_by__isnull=False).values_list("rule", "paragraph")
    return frozenset(rows)


def told(
    finding: Mapping[str, Any] | None, *, unit: str = "", confirmed: Confirmed | None = None
) -> list[ToldVerdict]:
    """Each verdict of a finding in the language of the moment; the failed ones first.

    ``unit`` is the base unit's name for the quantities. Without ``confirmed`` one statement asks for it.
    """
    if not finding:
        return []
    known = confirmed_paragraphs() if confirmed is None else confirmed
    verdicts = sorted(finding.get("verdicts", ()), key=lambda verdict: verdict["ok"])
    return [_told(each, inputs=finding.get("inputs", {}), unit=unit, known=known) for each in verdicts]


def _told(
    verdict: Mapping[str, Any], *, inputs: Mapping[str, Any], unit: str, known: Confirmed
) -> ToldVerdict:
    rule = Rule(verdict["rule"])
    seen = Seen(ok=verdict["ok"], figures=verdict.get("figures", {}), inputs=inputs, unit=unit)
    return ToldVerdict(
        rule=rule.value,
        ok=seen.ok,
        sentence=SENTENCES[rule](seen),
        paragraph=verdict.get("paragraph", ""),
        confirmed=(rule.value, verdict.get("paragraph", "")) in known,
        next_step=next_step(rule, seen),
    )


def main_reasons(verdicts: Sequence[ToldVerdict]) -> tuple[ToldVerdict, ...]:
    """What a kitchen needs to know of a refusal: the failed verdicts, each sentence once.

    That some other authority's agreement also has the goods is told only where there is no other reason.
    """
    failed = {each.sentence: each for each in verdicts if not each.ok}
    near = [each for each in failed.values() if each.rule != Rule.AUTHORITY_NAMED.value]
    return tuple(near or failed.values())


def ways_out_of(finding: Mapping[str, Any] | None, *, unit: str = "") -> list[ToldWayOut]:
    """The lawful ways out of a refusal, the nearest first."""
    if not finding:
        return []
    supplier = _first_supplier(finding.get("verdicts", ()))
    return [
        ToldWayOut(
            code=way["code"],
            words=way_out(way["code"], amount=_amount(way["quantity"], unit), supplier=supplier),
            quantity=None if way["quantity"] is None else Decimal(way["quantity"]),
        )
        for way in finding.get("ways_out", ())
    ]


def lawful_ways(ways: Sequence[ToldWayOut], reasons: Sequence[ToldVerdict]) -> list[ToldWayOut]:
    """The ways out that answer these reasons: the officer is asked only where an agreement could change the answer."""
    officers = any(Rule(each.rule) in ASK_THE_OFFICER for each in reasons)
    return [way for way in ways if officers or way.code != "ask_the_officer"]


def _amount(quantity: str | None, unit: str) -> str:
    return figures.with_unit(figures.number(quantity), unit=unit)


def _first_supplier(verdicts: Sequence[Mapping[str, Any]]) -> str:
    named = (each.get("figures", {}).get("supplier") for each in verdicts if not each["ok"])
    return next((str(name) for name in named if name), figures.UNKNOWN)
