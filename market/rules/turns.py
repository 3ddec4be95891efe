"""In which turn the parties of a lot are asked: by rank, or by the distribution key that the agreement states (7 kap. 6 § LOU).

A key is objective and repeatable: the same prices, shares and called-off values give the same turn. Neither the quantity,
nor the kitchen, nor the order of its lines plays a part. Parties that are equal are asked in the order in which
the agreement lists them (their rank). A party without an agreed price on the goods stands last.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from market.rules.call_off import Figure, PartyFacts
from market.rules.quantities import Pack, kg_of

WHOLE = Decimal(100)
FINEST = Decimal("0.0001")
TENTH = Decimal("0.1")
NOTHING = Decimal(0)


class Form(StrEnum):
    """How a lot chooses among its parties; the latter two are distribution keys (fördelningsnyckel)."""

    SINGLE = "single"
    RANKING = "ranking"
    LOWEST_PRICE = "lowest_price"
    SHARES = "shares"


KEYS = frozenset({Form.LOWEST_PRICE, Form.SHARES})


def comparable_price(*, price_sek: Decimal, price_per: str, pack: Pack) -> Decimal | None:
    """SEK per base unit (kg, piece, litre) to a hundredth of an öre, half up. None: a price per kg of unknown weight."""
    if price_per == "kg":
        weight = kg_of(packs=Decimal(1), pack=pack)
        if weight is None:
            return None
        price_sek *= weight
    return (price_sek / pack.base_per_pack).quantize(FINEST, rounding=ROUND_HALF_UP)


def in_turn(form: str, parties: Sequence[PartyFacts]) -> tuple[PartyFacts, ...]:
    """The parties in the turn in which they are asked."""
    if form == Form.LOWEST_PRICE:
        return tuple(sorted(parties, key=_by_price))
    if form == Form.SHARES:
        called_off = sum((party.called_off_sek for party in parties), NOTHING)
        return tuple(
            sorted(
                parties,
                key=lambda party: (
                    party.price_per_base is None,
                    -behind_share(party, called_off),
                    party.rank,
                ),
            )
        )
    return tuple(sorted(parties, key=lambda party: party.rank))


def _by_price(party: PartyFacts) -> tuple[bool, Decimal, int]:
    price = party.price_per_base
    return price is None, NOTHING if price is None else price, party.rank


def behind_share(party: PartyFacts, called_off_sek: Decimal) -> Decimal:
    """By how much, in SEK, a party lies behind its share of what has been called off from the lot; below zero ahead."""
    return called_off_sek * (party.share_percent or NOTHING) / WHOLE - party.called_off_sek


def told_turn(form: str, turn: Sequence[PartyFacts], party: PartyFacts) -> dict[str, Figure]:
    """What made the turn, for the finding: the parties in their turn, each with what it was compared by."""
    told: dict[str, Figure] = {
        "form": str(form),
        "turn": turn.index(party) + 1,
        "farms": [each.supplier_name for each in turn],
    }
    if form == Form.LOWEST_PRICE:
        return told | {
            "prices": ["" if each.price_per_base is None else str(each.price_per_base) for each in turn]
        }
    called_off = sum((each.called_off_sek for each in turn), NOTHING)
    return told | {
        "shares": [str(each.share_percent or NOTHING) for each in turn],
        "called_off_sek": [str(each.called_off_sek) for each in turn],
        "called_off_percent": [
            str((each.called_off_sek * WHOLE / called_off).quantize(TENTH, rounding=ROUND_HALF_UP))
            if called_off
            else "0"
            for each in turn
        ],
    }
