"""What is written of a judged line: the promise, its key, and the finding with verdicts, paragraphs and figures."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from market.rules.allotment import Allotment
from market.rules.call_off import RULES_VERSION, Rule, Verdict
from market.rules.filling import Part

Paragraphs = Mapping[tuple[str, str], str]


def promise_key(promise: Mapping[str, Any]) -> str:
    """Equal promises have equal keys: 32 hexadecimal signs of the SHA-256 of the promise in canonical JSON."""
    canonical = json.dumps(promise, sort_keys=True, ensure_ascii=False).encode()
    return hashlib.sha256(canonical).hexdigest()[:32]


def call_off_finding(
    part: Part, *, allotment: Allotment, paragraphs: Paragraphs, arrived_at: datetime, ordered_on: date
) -> dict[str, Any]:
    """Why this part is lawful: the inputs of its judgement and each rule's verdict with its paragraph.

    Verdicts of its own lot and farm, and those that led past an earlier rank or agreement.
    """
    own = _verdicts_of(part, allotment.verdicts)
    by_key = {each.rule for each in own if each.rule is Rule.RANKING}
    passed = [*own, *(each for each in _verdicts_on_room(part) if each.rule not in by_key)]
    passed_over = [
        each for each in allotment.verdicts if not each.ok and each.supplier_id != part.party.supplier_id
    ]
    regime = part.lot.regime
    return {
        "rules": RULES_VERSION,
        "inputs": {
            "wanted": str(allotment.wanted.quantity),
            "given": str(part.base_quantity),
            "packs": part.packs,
            "price_sek": str(part.offer.price_sek),
            "price_per": part.offer.price_per,
            "net_sek": str(part.net_sek),
            "kg": None if part.kg is None else str(part.kg),
            "in_stock": str(part.offer.in_stock),
            "ceiling_sek": str(part.lot.ceiling_sek),
            "room_sek": str(part.lot.room_sek),
            "room_kg": None if part.lot.room_kg is None else str(part.lot.room_kg),
            "rank": part.party.rank,
            "ordered_on": ordered_on.isoformat(),
            "arrived_at": arrived_at.isoformat(),
            "cut_off": part.party.cut_off.isoformat() if part.party.cut_off else None,
        },
        "verdicts": [
            *(
                _told(each, paragraphs=paragraphs, regime=regime, with_figures=each.rule in by_key)
                for each in passed
            ),
            *(_told(each, paragraphs=paragraphs, regime=regime, with_figures=True) for each in passed_over),
        ],
    }


def refusal_finding(
    allotment: Allotment,
    *,
    paragraphs: Paragraphs,
    regimes: Mapping[int, str],
    arrived_at: datetime,
    ordered_on: date,
) -> dict[str, Any]:
    """Why (a part of) a line is refused: the failed verdicts with figures, and the lawful ways out."""
    failed = [each for each in allotment.verdicts if not each.ok]
    return {
        "rules": RULES_VERSION,
        "inputs": {
            "wanted": str(allotment.wanted.quantity),
            "missing": str(allotment.missing),
            "accept_part": allotment.wanted.accept_part,
            "ordered_on": ordered_on.isoformat(),
            "arrived_at": arrived_at.isoformat(),
        },
        "verdicts": [
            _told(
                each,
                paragraphs=paragraphs,
                regime=regimes.get(each.lot_id or 0, "national"),
                with_figures=True,
            )
            for each in failed
        ],
        "ways_out": [
            {"code": way.code, "quantity": None if way.quantity is None else str(way.quantity)}
            for way in allotment.ways_out
        ],
    }


def _verdicts_of(part: Part, verdicts: Sequence[Verdict]) -> list[Verdict]:
    mine = (None, part.party.supplier_id)
    return [
        each for each in verdicts if each.ok and each.lot_id == part.lot.lot_id and each.supplier_id in mine
    ]


def _verdicts_on_room(part: Part) -> list[Verdict]:
    """That the part fits is what filling made sure of: stock, ceiling and whole packs hold by construction."""
    rules = (Rule.PRODUCT_IN_LOT, Rule.PARTY_OF_LOT, Rule.RANKING, Rule.STOCK, Rule.CEILING_ROOM)
    return [
        Verdict(rule=rule, ok=True, lot_id=part.lot.lot_id, supplier_id=part.party.supplier_id)
        for rule in rules
    ]


def _told(verdict: Verdict, *, paragraphs: Paragraphs, regime: str, with_figures: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "rule": verdict.rule.value,
        "ok": verdict.ok,
        "paragraph": paragraphs.get((verdict.rule.value, regime), ""),
    }
    if verdict.lot_id is not None and with_figures:
        told["regime"] = regime
    if with_figures and verdict.figures:
        told["figures"] = dict(verdict.figures)
    return told


def declined_finding(*, supplier: str, packs: int, reason: str) -> dict[str, Any]:
    """Why a line is back in the basket: the farm has answered that it can't bring it."""
    return {
        "rules": RULES_VERSION,
        "inputs": {"supplier": supplier, "packs": packs, "reason": reason},
        "verdicts": [
            {
                "rule": Rule.STOCK.value,
                "ok": False,
                "paragraph": "",
                "figures": {"supplier": supplier, "declined": packs, "reason": reason},
            }
        ],
        "ways_out": [
            {"code": "order_again", "quantity": None},
            {"code": "another_delivery_day", "quantity": None},
        ],
    }
