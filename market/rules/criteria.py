"""May this be asked for? Free text of requirements and criteria, read for what would not stand.

Origin, named place and distance may not be asked for (LOU 9:6, 4:1 and 19:2; UHM), a brand or label only "or
equivalent", freshness and short lead times only where the need justifies them, and Swedish animal law only as a
level with its equivalent. In a requirement or criterion such words warn, and an officer must give a reason; in an
award formula or a sort order they block. A local word together with a distance is a condition of geography that no
reason makes lawful: it blocks anywhere. The reader knows words, not minds: silence is no proof that a text is lawful.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from market.rules.criteria_hits import BLOCKS_BY_USE, Hit, hits_in
from market.rules.criteria_matters import LEVERS, Known, Lever, Matter, Use, Verdict

_GEOGRAPHY = frozenset({Matter.LOCAL_ORIGIN, Matter.NATIONAL_ORIGIN, Matter.NAMED_PLACE})


@dataclass(frozen=True, slots=True)
class Finding:
    """``start`` and ``end`` are places in the text as it was handed in, the end not included."""

    start: int
    end: int
    text: str
    matter: Matter
    verdict: Verdict

    @property
    def levers(self) -> tuple[Lever, ...]:
        return LEVERS[self.matter]

    @property
    def rule(self) -> str:
        """The name under which the paragraphs of law stand as dated data."""
        return f"criteria_{self.matter.value}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a text. ``needs_reason``: an officer may use it, with a reason on record."""

    verdict: Verdict
    findings: tuple[Finding, ...]

    @property
    def needs_reason(self) -> bool:
        return self.verdict is Verdict.WARN


def read_text(text: str, *, use: Use, known: Known) -> Reading:
    """Read a text, in the order of its words; findings never overlap."""
    plain, stood = _plain(text)
    findings: list[Finding] = []
    for first, sentence in _sentences(plain):
        hits = _without_overlap(hits_in(sentence, use=use, known=known))
        matters = {matter for _start, _end, matter in hits}
        geography = Matter.DISTANCE in matters and not matters.isdisjoint(_GEOGRAPHY)
        for start, end, matter in hits:
            of_geography = geography and (matter is Matter.DISTANCE or matter in _GEOGRAPHY)
            blocks = use in BLOCKS_BY_USE or of_geography
            begins, ends = stood[first + start][0], stood[first + end - 1][1]
            findings.append(
                Finding(
                    start=begins,
                    end=ends,
                    text=text[begins:ends],
                    matter=matter,
                    verdict=Verdict.BLOCK if blocks else Verdict.WARN,
                )
            )
    said = {finding.verdict for finding in findings}
    verdict = next((each for each in (Verdict.BLOCK, Verdict.WARN) if each in said), Verdict.NOTHING)
    return Reading(verdict=verdict, findings=tuple(findings))


_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")


def _plain(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text composed (å as one sign), without invisible signs and hyphenation, and where each sign stood."""
    signs: list[str] = []
    stood: list[tuple[int, int]] = []
    place = 0
    while place < len(text):
        if text[place] in _INVISIBLE:
            place += 1
            continue
        if broken := _HYPHENATED.match(text, place):
            place = broken.end()
            continue
        end = place + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        for sign in unicodedata.normalize("NFC", text[place:end]):
            signs.append(sign)
            stood.append((place, end))
        place = end
    return "".join(signs), stood


_HYPHENATED = re.compile(r"(?<=[a-zåäö])-[ \t]*\r?\n[ \t]*(?=[a-zåäö])")
_SENTENCE = re.compile(
    r"(?:[^.!?;\n]|[.!?](?!\s|$)|(?<=\b[a-zåäö])\.|(?<=\b(?:[Cc]a|ex|el|kl))\.|\.(?=\s+[a-zåäö0-9])){1,600}"
)


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    for match in _SENTENCE.finditer(text):
        yield match.start(), match.group()


def _without_overlap(hits: Iterable[Hit]) -> list[Hit]:
    """The first and, of those that begin together, the longest; what lies inside it is the same words again."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if not kept or hit[0] >= kept[-1][1]:
            kept.append(hit)
    return kept
