"""Which farm, and how much of whom? The agreement's terms choose, never the kitchen (7 kap. 6 § LOU; UHM).

Lines are allotted in their order, so that stock and room under a ceiling are given out by a stated rule:
first line first. Within a line the lots come as handed in (framework before direct award), within a lot the
parties in their turn: the ranks from 1, or as the agreement's distribution key gives it (``market.rules.turns``).
The next is asked only when the one before declined, may not deliver, or when the agreement says that posted
availability is an answer and there was less than wanted.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from market.rules.call_off import (
    Figure,
    LotFacts,
    PartyFacts,
    Rule,
    Verdict,
    allows_next_rank,
    judge_lot,
    judge_party,
)
from market.rules.filling import NOTHING, OfferFacts, Part, part_within, reserved_for, whole
from market.rules.questions import opens_next
from market.rules.turns import KEYS, in_turn, told_turn


@dataclass(frozen=True, slots=True)
class Party:
    facts: PartyFacts
    offers: tuple[OfferFacts, ...]
    priced: bool


@dataclass(frozen=True, slots=True)
class Lot:
    """``in_rank_order``: the parties are handed in by rank, so that a later one need not be made to be put in its turn."""

    facts: LotFacts
    parties: Sequence[Party]
    in_rank_order: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line: so much of a product, in its base unit. ``supplier_id`` is a farm that the kitchen asked for."""

    position: int
    product_id: int
    quantity: Decimal
    accept_part: bool = True
    supplier_id: int | None = None


@dataclass(frozen=True, slots=True)
class WayOut:
    """Something lawful that the kitchen can do instead."""

    code: str
    quantity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Allotment:
    """What became of a line. ``missing`` is in base units; its reasons are the verdicts that are not ok."""

    wanted: Wanted
    parts: tuple[Part, ...]
    missing: Decimal
    verdicts: tuple[Verdict, ...]
    ways_out: tuple[WayOut, ...] = ()


@dataclass(slots=True)
class _Room:
    """What is left while lines are allotted one after the other: stock by pool, SEK and kg by lot."""

    stock: dict[int, Decimal] = field(default_factory=dict)
    sek: dict[int, Decimal] = field(default_factory=dict)
    kg: dict[int, Decimal] = field(default_factory=dict)

    def open(self, lot: Lot) -> None:
        self.sek.setdefault(lot.facts.lot_id, lot.facts.room_sek)
        if lot.facts.room_kg is not None:
            self.kg.setdefault(lot.facts.lot_id, lot.facts.room_kg)

    def open_stock(self, party: Party) -> None:
        for offer in party.offers:
            self.stock.setdefault(offer.pool_id, offer.in_stock)

    def take(self, part: Part) -> None:
        self._move(part, sign=-1)

    def give_back(self, part: Part) -> None:
        self._move(part, sign=1)

    def _move(self, part: Part, *, sign: int) -> None:
        self.stock[part.offer.pool_id] += sign * part.reserved
        self.sek[part.lot.lot_id] += sign * part.net_sek
        if part.lot.lot_id in self.kg:
            self.kg[part.lot.lot_id] += sign * (part.kg or NOTHING)


def allot(
    wanted: Sequence[Wanted],
    *,
    lots: Mapping[int, Sequence[Lot]],
    arrived_at: datetime,
    ordered_on: date,
    delivery_date: date,
) -> tuple[Allotment, ...]:
    """Allot each line. ``lots`` holds, by product, the lots that the product lies in, in their order."""
    room = _Room()
    moment = _Moment(arrived_at=arrived_at, ordered_on=ordered_on, delivery_date=delivery_date)
    return tuple(
        _Line(wanted=line, moment=moment, room=room).allot(lots.get(line.product_id, ())) for line in wanted
    )


@dataclass(frozen=True, slots=True)
class _Moment:
    arrived_at: datetime
    ordered_on: date
    delivery_date: date
    judged: dict[int, tuple[Verdict, ...]] = field(default_factory=dict)

    def judge(self, lot: LotFacts) -> tuple[Verdict, ...]:
        """A lot is judged once, however many of the lines lie in it."""
        if lot.lot_id not in self.judged:
            self.judged[lot.lot_id] = judge_lot(
                lot, ordered_on=self.ordered_on, delivery_date=self.delivery_date
            )
        return self.judged[lot.lot_id]


@dataclass(slots=True)
class _Line:
    """One line on its way through the lots and ranks."""

    wanted: Wanted
    moment: _Moment
    room: _Room
    left: Decimal = NOTHING
    parts: list[Part] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)

    def allot(self, lots: Sequence[Lot]) -> Allotment:
        self.left = self.wanted.quantity
        if not lots:
            self.verdicts.append(Verdict(rule=Rule.PRODUCT_IN_LOT, ok=False))
        for lot in lots:
            if self._may_use(lot):
                self._ask_parties(lot)
            if self.left <= 0:  # no later lot is looked at
                break
        self._hold_against_the_kitchens_wish(lots)
        if self.left > 0 and not self.wanted.accept_part:
            self._drop_parts()
        return Allotment(
            wanted=self.wanted,
            parts=tuple(self.parts),
            missing=self.left,
            verdicts=tuple(self.verdicts),
            ways_out=ways_out(self.verdicts, wanted=self.wanted.quantity, missing=self.left),
        )

    def _may_use(self, lot: Lot) -> bool:
        verdicts = self.moment.judge(lot.facts)
        self.verdicts += verdicts
        lawful = all(each.ok for each in verdicts)
        if lawful and not lot.parties:
            self.verdicts.append(Verdict(rule=Rule.PARTY_OF_LOT, ok=False, lot_id=lot.facts.lot_id))
        return lawful

    def _ask_parties(self, lot: Lot) -> None:
        """Ask the parties in their turn, until one's answer does not lawfully open the next."""
        lot = lot_in_turn(lot)
        self.room.open(lot)
        for party in lot.parties:
            self.room.open_stock(party)
            verdicts = judge_party(lot.facts, party.facts, arrived_at=self.moment.arrived_at)
            self.verdicts += verdicts
            lawful = all(each.ok for each in verdicts)
            go_on = self._ask(lot, party) if lawful else allows_next_rank(verdicts)
            if self.left <= 0 or not go_on:
                return

    def _ask(self, lot: Lot, party: Party) -> bool:
        """Take what a party can give. True when the next rank may be asked for the rest."""
        if party.priced:
            self._say(Rule.PRICE_AGREED, lot, party, ok=True)
        else:
            self._say(Rule.PRICE_AGREED, lot, party, ok=False)
            return False
        parts = self._fill(lot, party, under_ceiling=True)
        given = sum((part.base_quantity for part in parts), NOTHING)
        shortage = self._shortage(lot, party, given=given)
        if shortage is Rule.STOCK and not lot.facts.part_call_off_allowed:
            parts, given = [], NOTHING
        for part in parts:
            self.room.take(part)
        if parts and lot.facts.allotment in KEYS:
            turn = [each.facts for each in lot.parties]
            self._say(Rule.RANKING, lot, party, ok=True, **told_turn(lot.facts.allotment, turn, party.facts))
        self.parts += parts
        self.left -= given
        return shortage is Rule.STOCK and self._next_rank_after_shortage(lot, party)

    def _shortage(self, lot: Lot, party: Party, *, given: Decimal) -> Rule | None:
        """Why a party gives less than is left; None when it gives all."""
        rest = self.left - given
        if rest <= 0:
            return None
        without_ceiling = sum(
            (part.base_quantity for part in self._fill(lot, party, under_ceiling=False)), NOTHING
        )
        if without_ceiling > given:
            room_kg = self.room.kg.get(lot.facts.lot_id)
            self._say(
                Rule.CEILING_ROOM,
                lot,
                party,
                ok=False,
                ceiling_sek=str(lot.facts.ceiling_sek),
                room_sek=str(self.room.sek[lot.facts.lot_id]),
                ceiling_kg=None if lot.facts.ceiling_kg is None else str(lot.facts.ceiling_kg),
                room_kg=None if room_kg is None else str(room_kg),
            )
            return Rule.CEILING_ROOM
        in_stock = self._in_stock(party)
        smallest = min((offer.pack.base_per_pack for offer in party.offers), default=None)
        if smallest is not None and rest < smallest and in_stock - given >= smallest:
            self._say(Rule.PACK_SIZE, lot, party, ok=False, pack=str(smallest), left=str(rest))
            return Rule.PACK_SIZE
        told: dict[str, Figure] = {"in_stock": str(in_stock), "wanted": str(self.left)}
        self._say(Rule.STOCK, lot, party, ok=False, **told, **self._asked(party))
        return Rule.STOCK

    def _next_rank_after_shortage(self, lot: Lot, party: Party) -> bool:
        """A low posted stock is an answer only if the agreement says so; else a no is, or silence beyond the answer time."""
        if lot.facts.posted_stock_is_an_answer or party is lot.parties[-1]:
            return True
        if opens_next(party.facts.question, at=self.moment.arrived_at):
            return True
        figures: dict[str, Figure] = {
            "agreement": lot.facts.title,
            "answer_hours": None if lot.facts.answer_hours is None else str(lot.facts.answer_hours),
            **self._asked(party),
        }
        if lot.facts.allotment in KEYS:
            figures |= told_turn(lot.facts.allotment, [each.facts for each in lot.parties], party.facts)
        self._say(Rule.RANKING, lot, party, ok=False, **figures)
        return False

    def _asked(self, party: Party) -> dict[str, Figure]:
        """How the question to a party stands, where it was asked."""
        question = party.facts.question
        if question is None:
            return {}
        return {
            "answer": str(question.at(self.moment.arrived_at)),
            "asked_at": question.asked_at.isoformat(),
            "answer_by": question.answer_by.isoformat(),
        }

    def _in_stock(self, party: Party) -> Decimal:
        pools = {offer.pool_id for offer in party.offers}
        return sum((self.room.stock[pool] for pool in pools), NOTHING)

    def _fill(self, lot: Lot, party: Party, *, under_ceiling: bool) -> list[Part]:
        """Whole packs of a party that leave the least over; among equals the fewest packs (largest first)."""
        offers = sorted(party.offers, key=lambda offer: (-offer.pack.base_per_pack, offer.offer_id))
        best: list[Part] = []
        most = NOTHING
        for start in range(len(offers)):
            parts = self._greedy(lot, party, offers[start:], under_ceiling=under_ceiling)
            given = sum((part.base_quantity for part in parts), NOTHING)
            if given > most:
                best, most = parts, given
            if most == self.left:  # no later try leaves less over
                break
        return best

    def _greedy(
        self, lot: Lot, party: Party, offers: Sequence[OfferFacts], *, under_ceiling: bool
    ) -> list[Part]:
        stock: dict[int, Decimal] = {}
        sek = self.room.sek[lot.facts.lot_id] if under_ceiling else None
        kg = self.room.kg.get(lot.facts.lot_id) if under_ceiling else None
        left, parts = self.left, []
        for offer in offers:
            packs = whole(left / offer.pack.base_per_pack)
            if packs <= 0:
                continue
            in_stock = stock.get(offer.pool_id, self.room.stock[offer.pool_id])
            packs = min(packs, whole(in_stock / reserved_for(1, offer)))
            part = part_within(lot.facts, party.facts, offer, packs, sek=sek, kg=kg)
            if part is None:
                continue
            parts.append(part)
            left -= part.base_quantity
            stock[offer.pool_id] = in_stock - part.reserved
            sek = None if sek is None else sek - part.net_sek
            kg = None if kg is None else kg - (part.kg or NOTHING)
        return parts

    def _hold_against_the_kitchens_wish(self, lots: Sequence[Lot]) -> None:
        """A kitchen that asks for a farm gets it only where the terms give it (7 kap. 6 §)."""
        wish = self.wanted.supplier_id
        if wish is None or (self.parts and all(part.party.supplier_id == wish for part in self.parts)):
            return
        is_party = any(party.facts.supplier_id == wish for lot in lots for party in lot.parties)
        chosen = sorted({part.party.supplier_name for part in self.parts})
        rule = Rule.RANKING if is_party else Rule.PARTY_OF_LOT
        self._drop_parts()
        self.verdicts.append(
            Verdict(rule=rule, ok=False, supplier_id=wish, figures={"chosen_by_the_terms": chosen})
        )

    def _drop_parts(self) -> None:
        for part in self.parts:
            self.room.give_back(part)
        self.parts = []
        self.left = self.wanted.quantity

    def _say(self, rule: Rule, lot: Lot, party: Party, *, ok: bool, **figures: Figure) -> None:
        told = {"supplier": party.facts.supplier_name, "rank": party.facts.rank, **figures}
        self.verdicts.append(
            Verdict(
                rule=rule, ok=ok, lot_id=lot.facts.lot_id, supplier_id=party.facts.supplier_id, figures=told
            )
        )


def lot_in_turn(lot: Lot) -> Lot:
    """The lot with its parties in the turn in which they are asked; itself where they stand so already."""
    if lot.in_rank_order and lot.facts.allotment not in KEYS:
        return lot
    listed = [party.facts for party in lot.parties]
    turn = in_turn(lot.facts.allotment, listed)
    if list(turn) == listed:
        return lot
    by_supplier = {party.facts.supplier_id: party for party in lot.parties}
    return Lot(facts=lot.facts, parties=tuple(by_supplier[facts.supplier_id] for facts in turn))


ASK_THE_OFFICER = frozenset(
    {
        Rule.AGREEMENT_IN_FORCE,
        Rule.AUTHORITY_NAMED,
        Rule.PRODUCT_IN_LOT,
        Rule.PARTY_OF_LOT,
        Rule.STANDING,
        Rule.PERMITS,
        Rule.ORGANIC,
        Rule.PRICE_AGREED,
        Rule.CEILING_ROOM,
    }
)


def ways_out(verdicts: Sequence[Verdict], *, wanted: Decimal, missing: Decimal) -> tuple[WayOut, ...]:
    """What the kitchen can lawfully do about what is missing, the nearest first."""
    if missing <= 0:
        return ()
    return tuple(dict.fromkeys(_ways(verdicts, wanted=wanted, missing=missing)))


def _ways(verdicts: Sequence[Verdict], *, wanted: Decimal, missing: Decimal) -> Iterator[WayOut]:
    failed = {each.rule: each for each in verdicts if not each.ok}
    if Rule.PACK_SIZE in failed:
        pack = Decimal(str(failed[Rule.PACK_SIZE].figures["pack"]))
        if missing < wanted:
            yield WayOut("round_down", wanted - missing)
        yield WayOut("round_up", wanted - missing + pack)
    elif missing < wanted and not failed.keys().isdisjoint({Rule.STOCK, Rule.CEILING_ROOM}):
        yield WayOut("take_what_there_is", wanted - missing)
    if not failed.keys().isdisjoint({Rule.CUT_OFF, Rule.STOCK}):
        yield WayOut("another_delivery_day")
    if Rule.RANKING in failed and "answer" not in failed[Rule.RANKING].figures:
        yield WayOut(
            "let_the_terms_choose"
            if "chosen_by_the_terms" in failed[Rule.RANKING].figures
            else "ask_rank_one"
        )
    if not failed.keys().isdisjoint(ASK_THE_OFFICER):
        yield WayOut("ask_the_officer")
