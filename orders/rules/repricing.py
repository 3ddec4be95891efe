"""What becomes of goods whose price changed after they were wanted: approved anew, or kept out of the order.

Only a rise by the agreement's own adjustment is asked about. The farm that is in turn stays in turn: the next one is not
asked because the price rose, so the line waits whole for the kitchen's answer.
"""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from market.rules.allotment import Allotment, WayOut
from market.rules.call_off import RULES_VERSION, Rule, Verdict
from market.rules.filling import Part
from market.rules.price_adjustment import must_approve


def withhold_risen(allotment: Allotment, *, seen_at: datetime | None) -> Allotment:
    """The allotment, or the same line with nothing given where a part's price rose after ``seen_at``."""
    risen = [part for part in allotment.parts if _rose(part, seen_at)]
    if not risen:
        return allotment
    return replace(
        allotment,
        parts=(),
        missing=allotment.wanted.quantity,
        verdicts=tuple(_risen_verdict(part) for part in risen),
        ways_out=(WayOut("approve_price"),),
    )


def _rose(part: Part, seen_at: datetime | None) -> bool:
    return must_approve(
        was_sek=part.offer.was_sek,
        price_sek=part.offer.price_sek,
        adjusted_at=part.offer.adjusted_at,
        seen_at=seen_at,
    )


def _risen_verdict(part: Part) -> Verdict:
    return Verdict(
        rule=Rule.PRICE_AGREED,
        ok=False,
        lot_id=part.lot.lot_id,
        supplier_id=part.party.supplier_id,
        figures=price_figures(
            supplier=part.party.supplier_name,
            was_sek=part.offer.was_sek or part.offer.price_sek,
            price_sek=part.offer.price_sek,
            price_per=part.offer.price_per,
        ),
    )


def price_figures(*, supplier: str, was_sek: Decimal, price_sek: Decimal, price_per: str) -> dict[str, str]:
    """The figures of a price that changed, SEK excl. VAT per pack or kg."""
    return {
        "supplier": supplier,
        "was_sek": str(was_sek),
        "price_sek": str(price_sek),
        "price_per": price_per,
    }


def unapproved_finding(
    *, supplier: str, was_sek: Decimal, price_sek: Decimal, price_per: str
) -> dict[str, Any]:
    """Why a placed line is back in the basket: its price rose and nobody approved it before the cut-off."""
    figures = price_figures(supplier=supplier, was_sek=was_sek, price_sek=price_sek, price_per=price_per)
    return {
        "rules": RULES_VERSION,
        "inputs": {},
        "verdicts": [{"rule": Rule.PRICE_AGREED.value, "ok": False, "paragraph": "", "figures": figures}],
        "ways_out": [{"code": "another_delivery_day", "quantity": None}],
    }
