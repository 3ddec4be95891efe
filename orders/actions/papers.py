"""What an invoice and a credit note have in common: drafts, sums, and how a paper is written and booked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from django.db import IntegrityError, transaction

from config.ground.refusals import InvalidInput
from market.rules.calendar import STOCKHOLM
from market.rules.prices import TaxedLine, vat_by_rate
from orders.actions.booking import Entry
from orders.models import CreditNote, Invoice, PurchaseOrderLine, PurchaseOrderLink
from orders.refusals import PaperBookedAlready, SumNotRight
from orders.rules.invoicing import BilledPart
from orders.rules.movements import MovementKind

Paper = TypeVar("Paper", Invoice, CreditNote)


@dataclass(frozen=True, slots=True)
class BilledLine:
    """A line of an invoice (``line_id`` of the purchase order) or of a credit note (``line_id`` of the invoice).

    ``kg`` counts for weighed goods alone; None takes what is known of the packs.
    """

    line_id: int
    packs: int
    net_sek: Decimal
    kg: Decimal | None = None


@dataclass(frozen=True, slots=True)
class InvoiceDraft:
    """``order_reference`` is the purchase order's number as it stands on the paper; ``gross_sek`` what it asks for."""

    supplier_id: int
    authority_id: int
    order_reference: str
    number: str
    issued_on: date
    due_on: date
    lines: Sequence[BilledLine]
    gross_sek: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CreditDraft:
    invoice_id: int
    number: str
    issued_on: date
    reason: str
    lines: Sequence[BilledLine]
    gross_sek: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Parted:
    """A line with its rate and the call-offs it falls on."""

    line: BilledLine
    rate: Decimal
    parts: tuple[BilledPart, ...]
    tells_kg: bool

    @property
    def kg(self) -> Decimal | None:
        return sum((part.amount.kg for part in self.parts), Decimal(0)) if self.tells_kg else None


def refuse_nonsense(number: str, issued_on: date, lines: Sequence[BilledLine], *, now: datetime) -> None:
    """A paper of tomorrow would move its own due date; a line that stands twice is one of which nobody knows which."""
    faults: dict[str, list[str]] = {}
    if not number.strip():
        faults["number"] = ["Skriv numret. / Write the number."]
    if issued_on > now.astimezone(STOCKHOLM).date():
        faults["issued_on"] = ["Dagen har inte varit än. / That day has not come yet."]
    if not lines or len({line.line_id for line in lines}) < len(lines):
        faults["lines"] = ["≥ 1, ×1"]
    faults |= {
        f"lines.{place}": ["≥ 0"]
        for place, line in enumerate(lines)
        if line.packs < 0 or line.net_sek <= 0 or (line.kg is not None and line.kg < 0)
    }
    if faults:
        raise InvalidInput(fields=faults)


def call_offs_by_line(lines: Mapping[int, PurchaseOrderLine]) -> dict[int, list[int]]:
    """The call-offs of each line, the first placed first."""
    key_of = {line.pk: key for key, line in lines.items()}
    links = PurchaseOrderLink.objects.filter(purchase_order_line__in=list(key_of))
    found: dict[int, list[int]] = {key: [] for key in lines}
    rows = links.order_by("call_off__placed_at", "call_off_id")
    for line_id, call_off_id in rows.values_list("purchase_order_line_id", "call_off_id"):
        found[key_of[line_id]].append(call_off_id)
    return found


def sums_of(parted: Sequence[Parted], *, number: str, asked: Decimal | None) -> dict[str, Decimal]:
    """Net, tax and gross. Raises SumNotRight where the paper asks for another sum."""
    by_rate = vat_by_rate(TaxedLine(net_sek=each.line.net_sek, rate=each.rate) for each in parted)
    sums = {
        "net_sek": sum((each.net_sek for each in by_rate), Decimal(0)),
        "vat_sek": sum((each.vat_sek for each in by_rate), Decimal(0)),
        "gross_sek": sum((each.gross_sek for each in by_rate), Decimal(0)),
    }
    if asked is not None and asked != sums["gross_sek"]:
        raise SumNotRight(number=number, asked=asked, sum_sek=sums["gross_sek"])
    return sums


def told_sums(sums: Mapping[str, Decimal]) -> dict[str, str]:
    return {name: f"{amount:.2f}" for name, amount in sums.items()}


def write_once(paper: Paper) -> Paper:
    """The paper, written. Raises PaperBookedAlready for a number that the supplier has used."""
    try:
        with transaction.atomic():
            paper.save(force_insert=True)
    except IntegrityError as taken:
        if "_once" not in str(taken):
            raise
        raise PaperBookedAlready(number=paper.number) from taken
    return paper


def entries_of(parted: Sequence[Parted], kind: MovementKind) -> list[Entry]:
    return [
        Entry(
            call_off_id=part.call_off_id,
            kind=kind,
            packs=int(part.amount.packs),
            kg=part.amount.kg,
            net_sek=part.amount.net_sek,
            vat_rate=each.rate,
        )
        for each in parted
        for part in each.parts
    ]
