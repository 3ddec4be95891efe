"""A text of a requirement as it was read, in words: what was found, on what it rests, what to do instead."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from market.models import Authority, CriteriaReason, LawParagraph
from market.rules.criteria import read_text
from market.rules.criteria_matters import Known, Lever, Matter, Use, Verdict

DATA = Path(__file__).resolve().parent.parent / "data"

MATTERS: Mapping[Matter, Promise] = {
    Matter.LOCAL_ORIGIN: _("Lokalt ursprung får inte krävas eller ge fördel."),
    Matter.NATIONAL_ORIGIN: _("Ett visst land som ursprung får inte krävas eller ge fördel."),
    Matter.NAMED_PLACE: _("En viss ort eller trakt får inte krävas eller ge fördel."),
    Matter.DISTANCE: _("Ett avstånd i sig får inte krävas eller ge fördel."),
    Matter.SEAT: _("Var leverantören har sitt säte får inte krävas eller ge fördel."),
    Matter.BRAND: _("Ett varumärke får bara nämnas med orden ”eller likvärdigt”."),
    Matter.LABEL: _("En märkning får bara krävas om likvärdiga märkningar godtas."),
    Matter.FRESHNESS: _("Färskhet får krävas bara när behovet motiverar det."),
    Matter.LEAD_TIME: _("En så kort leveranstid får krävas bara när behovet motiverar det."),
    Matter.NATIONAL_LAW: _("Svensk djurskyddslag kan inte krävas med namn, bara som en nivå."),
}
LEVERS: Mapping[Lever, Promise] = {
    Lever.SMALL_LOTS: _(
        "Små delkontrakt, och anbud på enskilda varor, kök, säsonger eller delar av volymen."
    ),
    Lever.GOODS_AND_TRANSPORT_APART: _("Upphandla varor och transport var för sig, med leverans till navet."),
    Lever.EDUCATION: _("Gårdsbesök och utbildning som en del av det som köps."),
    Lever.SEASON_AND_VARIETY: _("Säsong, sort och kvalitet i stället för ursprung."),
    Lever.ANIMAL_WELFARE_LEVEL: _(
        "Djuromsorg över EU:s lägsta nivå, som betesgång, transporttid till slakt och antibiotika bara till sjuka djur."
    ),
    Lever.LEVEL_OR_EQUIVALENT: _(
        "Beskriv nivån med ord, ”eller likvärdigt”, till exempel med UHM:s kravpaket."
    ),
    Lever.LABEL_OR_EQUIVALENT: _("Beskriv vad märkningen innebär och godta likvärdiga bevis."),
    Lever.FUNCTION_OR_EQUIVALENT: _("Beskriv varans egenskaper, eller nämn märket ”eller likvärdigt”."),
    Lever.DAYS_FROM_HARVEST_WITH_REASON: _(
        "Dagar från skörd, med skälet till varför varans kvalitet behöver det."
    ),
    Lever.TIMES_BY_NEED: _("Leveransdagar, tidsfönster och stopptid efter kökens behov."),
    Lever.PRODUCER_GROUPS: _("Låt små producenter lämna anbud tillsammans, utan krav på bolagsform."),
    Lever.REPORT_ONLY: _("Följ upp hur mycket som är lokalt i en rapport, utan att det styr valet."),
}


@dataclass(frozen=True, slots=True)
class ToldFinding:
    """``paragraph`` is that of the regime on the day; ``confirmed``: a person has read it in its source."""

    start: int
    end: int
    text: str
    matter: str
    verdict: str
    sentence: str
    paragraph: str
    confirmed: bool
    levers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ToldReading:
    verdict: str
    needs_reason: bool
    findings: tuple[ToldFinding, ...]

    @property
    def blocks(self) -> bool:
        return self.verdict == Verdict.BLOCK

    @property
    def levers(self) -> tuple[str, ...]:
        """What can be done instead of all that was found, each once."""
        return tuple(dict.fromkeys(words for each in self.findings for _code, words in each.levers))


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the text for the screen: plain, or the words of a finding."""

    text: str
    finding: ToldFinding | None = None


@cache
def known_names() -> Known:
    """Places and brands that the house ships, by name."""

    def names(file: str) -> frozenset[str]:
        with (DATA / file).open(encoding="utf-8", newline="") as lines:
            return frozenset(row["name"] for row in csv.DictReader(lines, strict=True))

    return Known(places=names("places.csv"), brands=names("brands.csv"))


def read_criteria(text: str, *, use: Use, regime: str, on: date) -> ToldReading:
    """Read a text by the regime's paragraphs of that day, in one statement. Writes nothing."""
    reading = read_text(text, use=use, known=known_names())
    rules = {finding.rule for finding in reading.findings}
    rows = LawParagraph.objects.on(on).filter(rule__in=rules, regime=regime) if rules else []
    law = {row.rule: row for row in rows}
    findings = []
    for each in reading.findings:
        row = law.get(each.rule)
        findings.append(
            ToldFinding(
                start=each.start,
                end=each.end,
                text=each.text,
                matter=each.matter.value,
                verdict=each.verdict.value,
                sentence=str(MATTERS[each.matter]),
                paragraph=row.paragraph if row else "",
                confirmed=row is not None and row.confirmed_by_id is not None,
                levers=tuple((lever.value, str(LEVERS[lever])) for lever in each.levers),
            )
        )
    return ToldReading(
        verdict=reading.verdict.value, needs_reason=reading.needs_reason, findings=tuple(findings)
    )


def pieces(text: str, reading: ToldReading) -> list[Piece]:
    """The text cut at its findings, in order."""
    cut, place = [], 0
    for finding in reading.findings:
        cut += [Piece(text[place : finding.start]), Piece(finding.text, finding)]
        place = finding.end
    return [piece for piece in [*cut, Piece(text[place:])] if piece.text]


def kept_reasons(authority: Authority, *, most: int = 20) -> list[CriteriaReason]:
    """The latest first."""
    rows = CriteriaReason.objects.filter(authority=authority).select_related("decided_by")
    return list(rows.order_by("-pk")[:most])
