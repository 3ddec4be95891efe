"""An agreement as an officer writes it down, and what is wrong with it before anybody signs.

Whether the parties, products and the need exist is the tables' matter; here is what the draft itself tells.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from market.rules.turns import NOTHING, WHOLE, Form

DIRECT_AWARD = "direct_award"
DIS = "dis"
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class PartyDraft:
    """``share_percent`` is what the farm shall have of what is called off, where shares are the lot's key."""

    supplier_id: int
    rank: int = 1
    share_percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PriceDraft:
    """SEK excl. VAT per pack, or per kg (``per``) for catch weight. ``is_cap`` leaves it open under this cap."""

    supplier_id: int
    product_id: int
    pack_id: int
    price_sek: Decimal
    per: str = "pack"
    is_cap: bool = False


@dataclass(frozen=True, slots=True)
class LotDraft:
    """A lot (delkontrakt). The ceilings hold what may be called off without an option, SEK excl. VAT and kg."""

    name: str
    allotment: str
    ceiling_sek: Decimal
    parties: tuple[PartyDraft, ...]
    product_ids: tuple[int, ...]
    prices: tuple[PriceDraft, ...]
    ceiling_kg: Decimal | None = None


@dataclass(frozen=True, slots=True)
class OptionDraft:
    """An option or extension of a lot, SEK excl. VAT; ``extends_to`` is the last day of the agreement when it is used."""

    lot: str
    what: str
    clause: str
    value_sek: Decimal
    last_day: date
    extends_to: date | None = None


@dataclass(frozen=True, slots=True)
class AgreementDraft:
    """``reason`` says of a direct award why this way and why this farm. A DIS has its notice (8 kap. LOU).

    ``standstill_to`` is the last day of a voluntary standstill before the contract was signed. ``criterion_ids`` are the
    sustainability criteria that stand in it from its signature.
    """

    title: str
    kind: str
    regime: str
    case_number: str
    valid_from: date
    valid_to: date
    authority_ids: tuple[int, ...]
    lots: tuple[LotDraft, ...]
    need_category_id: int | None = None
    reason: str = ""
    delivers_after_end: bool = False
    posted_stock_is_an_answer: bool = False
    part_call_off_allowed: bool = True
    answer_hours: int | None = None
    notice_number: str = ""
    notice_on: date | None = None
    notice_url: str = ""
    standstill_to: date | None = None
    options: tuple[OptionDraft, ...] = ()
    criterion_ids: tuple[int, ...] = ()

    @property
    def value_sek(self) -> Decimal:
        """What the agreement may come to: ceilings and every option as if used (5 kap. 3 § LOU)."""
        ceilings = sum((lot.ceiling_sek for lot in self.lots), NOTHING)
        return ceilings + sum((option.value_sek for option in self.options), NOTHING)

    @property
    def deals(self) -> set[tuple[int, int]]:
        """Who is to deliver what, as (supplier, product)."""
        return {
            (party.supplier_id, product)
            for lot in self.lots
            for party in lot.parties
            for product in lot.product_ids
        }


class Fault(StrEnum):
    MISSING = "missing"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    REGIME_OF_ANOTHER_KIND = "regime_of_another_kind"
    NAME_TWICE = "name_twice"
    CEILING_NOT_POSITIVE = "ceiling_not_positive"
    NOT_ONE_PARTY = "not_one_party"
    PARTY_TWICE = "party_twice"
    RANKS_NOT_IN_ROW = "ranks_not_in_row"
    ALLOTMENT_UNKNOWN = "allotment_unknown"
    SHARES_NOT_WHOLE = "shares_not_whole"
    SHARE_WITHOUT_KEY = "share_without_key"
    PRICE_NOT_POSITIVE = "price_not_positive"
    PRICE_OF_NO_PARTY = "price_of_no_party"
    PRICE_OUTSIDE_LOT = "price_outside_lot"
    PRICE_TWICE = "price_twice"
    OPTION_INCOMPLETE = "option_incomplete"
    OPTION_OF_NO_LOT = "option_of_no_lot"


def faults_of(draft: AgreementDraft) -> tuple[tuple[str, Fault], ...]:
    """What is wrong, as (field, fault); a lot's fields are ``lots.<number from 0>.<field>``."""
    return (*_faults_of_terms(draft), *_faults_of_lots(draft), *_faults_of_options(draft))


def _faults_of_terms(draft: AgreementDraft) -> Iterator[tuple[str, Fault]]:
    needed: dict[str, object] = {
        "title": draft.title.strip(),
        "case_number": draft.case_number.strip(),
        "authorities": draft.authority_ids,
        "lots": draft.lots,
    }
    is_direct = draft.kind == DIRECT_AWARD
    if is_direct:
        needed |= {"need_category": draft.need_category_id, "reason": draft.reason.strip()}
    if draft.kind == DIS:
        needed |= {"notice_number": draft.notice_number.strip(), "notice_on": draft.notice_on}
    yield from ((name, Fault.MISSING) for name, value in needed.items() if not value)
    if draft.valid_to < draft.valid_from:
        yield "valid_to", Fault.ENDS_BEFORE_IT_BEGINS
    if is_direct != (draft.regime == DIRECT_AWARD):
        yield "regime", Fault.REGIME_OF_ANOTHER_KIND


def _faults_of_lots(draft: AgreementDraft) -> Iterator[tuple[str, Fault]]:
    seen: set[str] = set()
    for number, lot in enumerate(draft.lots):
        if not lot.name.strip():
            yield f"lots.{number}.name", Fault.MISSING
        if lot.name in seen:
            yield f"lots.{number}.name", Fault.NAME_TWICE
        seen.add(lot.name)
        if lot.ceiling_sek <= 0:
            yield f"lots.{number}.ceiling_sek", Fault.CEILING_NOT_POSITIVE
        if lot.ceiling_kg is not None and lot.ceiling_kg <= 0:
            yield f"lots.{number}.ceiling_kg", Fault.CEILING_NOT_POSITIVE
        if lot.allotment not in list(Form):
            yield f"lots.{number}.allotment", Fault.ALLOTMENT_UNKNOWN
        if not lot.product_ids:
            yield f"lots.{number}.products", Fault.MISSING
        yield from ((f"lots.{number}.parties", fault) for fault in _faults_of_parties(lot))
        yield from ((f"lots.{number}.prices", fault) for fault in _faults_of_prices(lot))


def _faults_of_parties(lot: LotDraft) -> Iterator[Fault]:
    if not lot.parties:
        yield Fault.MISSING
    elif lot.allotment == Form.SINGLE and len(lot.parties) != 1:
        yield Fault.NOT_ONE_PARTY
    if len({party.supplier_id for party in lot.parties}) != len(lot.parties):
        yield Fault.PARTY_TWICE
    if sorted(party.rank for party in lot.parties) != list(range(1, len(lot.parties) + 1)):
        yield Fault.RANKS_NOT_IN_ROW
    shares = [party.share_percent for party in lot.parties]
    if lot.allotment == Form.SHARES and not _make_a_whole(shares):
        yield Fault.SHARES_NOT_WHOLE
    if lot.allotment != Form.SHARES and any(share is not None for share in shares):
        yield Fault.SHARE_WITHOUT_KEY


def _make_a_whole(shares: Sequence[Decimal | None]) -> bool:
    """Each party has a share of at least a hundredth of a percent, and they make 100 % to the hundredth."""
    told = [share for share in shares if share is not None and share >= HUNDREDTH]
    fine = all(share == share.quantize(HUNDREDTH) for share in told)
    return fine and len(told) == len(shares) and sum(told, NOTHING) == WHOLE


def _faults_of_prices(lot: LotDraft) -> Iterator[Fault]:
    parties = {party.supplier_id for party in lot.parties}
    if any(price.price_sek <= 0 for price in lot.prices):
        yield Fault.PRICE_NOT_POSITIVE
    if any(price.supplier_id not in parties for price in lot.prices):
        yield Fault.PRICE_OF_NO_PARTY
    if any(price.product_id not in lot.product_ids for price in lot.prices):
        yield Fault.PRICE_OUTSIDE_LOT
    if len({(price.supplier_id, price.pack_id) for price in lot.prices}) != len(lot.prices):
        yield Fault.PRICE_TWICE


def _faults_of_options(draft: AgreementDraft) -> Iterator[tuple[str, Fault]]:
    lots = {lot.name for lot in draft.lots}
    for option in draft.options:
        if option.value_sek <= 0 or not option.what.strip() or not option.clause.strip():
            yield "options", Fault.OPTION_INCOMPLETE
        if option.lot not in lots:
            yield "options", Fault.OPTION_OF_NO_LOT
