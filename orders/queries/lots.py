"""Agreement lots as an authority may see them: what is bound under the ceilings, and by whom.

Read from the balances and commitments that every call-off books (basis: committed value, SEK excl. VAT). Where
several authorities share an agreement each sees the room left and its own commitments, never the others' orders.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db import connection
from django.db.models import Sum

from config.ground.refusals import NotFound
from market.models import AgreementLot, AgreementPrice, Authority, Commitment, LotBalance, LotParty
from market.rules.ceilings import Nearness, nearness
from orders.queries.officer_words import allotment_name, kind_name, regime_name
from suppliers.models import public_number

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class LotSheet:
    """A lot with what is left under its ceilings and what this authority has bound. SEK excl. VAT.

    ``room`` may be below zero: catch weight that truly came may go over and is recorded, never refused at the door.
    """

    lot_id: int
    name: str
    allotment: str
    ceiling_sek: Decimal
    ceiling_kg: Decimal | None
    room_sek: Decimal
    room_kg: Decimal | None
    committed_sek: Decimal
    committed_kg: Decimal
    shared: bool

    @property
    def allotment_name(self) -> str:
        return allotment_name(self.allotment)

    @property
    def taken_sek(self) -> Decimal | None:
        """Bound by all; None where that would tell another authority's orders."""
        return None if self.shared else self.ceiling_sek - self.room_sek

    @property
    def taken_kg(self) -> Decimal | None:
        if self.shared or self.ceiling_kg is None or self.room_kg is None:
            return None
        return self.ceiling_kg - self.room_kg

    @property
    def nearness(self) -> Nearness:
        """The nearer of the two ceilings decides."""
        found = [nearness(ceiling=self.ceiling_sek, room=self.room_sek)]
        if self.ceiling_kg is not None and self.room_kg is not None:
            found.append(nearness(ceiling=self.ceiling_kg, room=self.room_kg))
        return max(found)


@dataclass(frozen=True, slots=True)
class AgreementSheet:
    agreement_id: int
    title: str
    kind: str
    regime: str
    case_number: str
    valid_from: date
    valid_to: date
    terminated_on: date | None
    cut_over_on: date | None
    notice_number: str
    notice_on: date | None
    notice_url: str
    standstill_to: date | None
    signed: bool
    shared: bool
    lots: tuple[LotSheet, ...]

    @property
    def kind_name(self) -> str:
        return kind_name(self.kind)

    @property
    def regime_name(self) -> str:
        return regime_name(self.regime)

    @property
    def last_day(self) -> date:
        return self.valid_to if self.terminated_on is None else min(self.valid_to, self.terminated_on)

    def is_in_force(self, day: date) -> bool:
        return self.signed and self.valid_from <= day <= self.last_day


HEAD = 15  # columns of _LOTS that are the agreement's

_LOTS = """
SELECT a.id, a.title, a.kind, a.regime, a.case_number, a.valid_from, a.valid_to, a.terminated_on,
       a.cut_over_on, a.notice_number, a.notice_on, a.notice_url, a.standstill_to,
       a.signed_at IS NOT NULL, EXISTS (SELECT 1 FROM market_agreementauthority o
                                        WHERE o.agreement_id = a.id AND o.authority_id <> %(authority)s),
       l.id, l.name, l.allotment, l.ceiling_sek, l.ceiling_kg,
       l.ceiling_sek - coalesce(whole.committed_sek, 0), l.ceiling_kg - coalesce(whole.committed_kg, 0),
       coalesce(mine.committed_sek, 0), coalesce(mine.committed_kg, 0)
FROM market_agreementauthority n
JOIN market_agreement a ON a.id = n.agreement_id
JOIN market_agreementlot l ON l.agreement_id = a.id
LEFT JOIN market_lotbalance whole ON whole.agreement_lot_id = l.id
  AND whole.authority_id IS NULL AND whole.supplier_id IS NULL
LEFT JOIN market_lotbalance mine ON mine.agreement_lot_id = l.id AND mine.authority_id = n.authority_id
WHERE n.authority_id = %(authority)s AND (%(lot)s::bigint IS NULL OR l.id = %(lot)s)
ORDER BY a.valid_to DESC, a.title, a.id, l.id
"""


def agreements_of(authority: Authority, *, lot_id: int | None = None) -> tuple[AgreementSheet, ...]:
    """Every agreement that names the authority, the latest ending first, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_LOTS, {"authority": authority.pk, "lot": lot_id})
        rows = cursor.fetchall()
    return tuple(
        AgreementSheet(*(*head, tuple(LotSheet(*(*row[HEAD:], head[HEAD - 1])) for row in lots)))
        for head, lots in groupby(rows, key=lambda row: row[:HEAD])
    )


@dataclass(frozen=True, slots=True)
class PartySheet:
    """A supplier of a lot. Its bound value is of this authority's call-offs only where the lot is shared."""

    supplier_id: int
    name: str
    org_number: str | None
    rank: int
    committed_sek: Decimal
    committed_kg: Decimal

    @property
    def number(self) -> str:
        return public_number(self.org_number)


@dataclass(frozen=True, slots=True)
class LotPage:
    agreement: AgreementSheet
    lot: LotSheet
    parties: tuple[PartySheet, ...]
    prices: tuple[AgreementPrice, ...]


def lot_page(authority: Authority, *, lot_id: int, today: date) -> LotPage:
    """A lot of an agreement that names the authority, with parties and the prices of the day. Raises NotFound."""
    found = agreements_of(authority, lot_id=lot_id)
    if not found:
        raise NotFound
    agreement, lot = found[0], found[0].lots[0]
    committed = _committed_by_supplier(lot, authority)
    parties = LotParty.objects.filter(agreement_lot=lot_id).select_related("supplier").order_by("rank")
    prices = AgreementPrice.objects.filter(agreement_lot=lot_id).on(today)
    return LotPage(
        agreement=agreement,
        lot=lot,
        parties=tuple(
            PartySheet(
                supplier_id=party.supplier_id,
                name=party.supplier.name,
                org_number=party.supplier.org_number,
                rank=party.rank,
                committed_sek=committed.get(party.supplier_id, (NOTHING, NOTHING))[0],
                committed_kg=committed.get(party.supplier_id, (NOTHING, NOTHING))[1],
            )
            for party in parties
        ),
        prices=tuple(
            prices.select_related("product", "pack", "supplier").order_by(
                "product__sort_key", "pack_id", "supplier__sort_key"
            )
        ),
    )


def _committed_by_supplier(lot: LotSheet, authority: Authority) -> dict[int, tuple[Decimal, Decimal]]:
    if lot.shared:
        rows = (
            Commitment.objects.filter(agreement_lot=lot.lot_id, authority=authority)
            .values_list("supplier_id")
            .annotate(sek=Sum("net_sek"), kilograms=Sum("kg"))
        )
        return {supplier: (sek, kg) for supplier, sek, kg in rows}
    balances = LotBalance.objects.filter(agreement_lot=lot.lot_id, supplier__isnull=False)
    return {
        supplier: (sek, kg)
        for supplier, sek, kg in balances.values_list("supplier_id", "committed_sek", "committed_kg")
        if supplier is not None
    }


def lot_to_change(authority: Authority, lot_id: int) -> AgreementLot:
    """The lot itself, for an action. Raises NotFound where its agreement does not name the authority."""
    found = (
        AgreementLot.objects.filter(pk=lot_id, agreement__authorities=authority)
        .select_related("agreement")
        .first()
    )
    if found is None:
        raise NotFound
    return found
