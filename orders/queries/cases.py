"""A case (an agreement or a kitchen's order) as sheets of rows, as it may be handed out when somebody asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from config.ground.refusals import NotFound
from market.models import Agreement, Authority, LawParagraph, LotParty
from market.models.law import Regime
from orders.models import CallOff, CaseExport, Order
from orders.queries.case_sheets import (
    agreement_sheet,
    call_offs_sheet,
    judged_sheet,
    lots_sheet,
    movements_sheet,
    order_sheet,
    parties_sheet,
    prices_sheet,
    trail_sheet,
)
from orders.queries.officer_words import secret_name
from orders.queries.why import trail_of, why_order
from orders.rules.secrecy import Ground, Sheet, is_sealed


@dataclass(frozen=True, slots=True)
class Case:
    """``agreement`` or ``order`` is what it is about. ``suppliers`` are the names of those whose prices are in it."""

    title: str
    case_number: str
    regime: str
    sealed: bool
    sheets: tuple[Sheet, ...]
    suppliers: Mapping[int, str]
    agreement: Agreement | None = None
    order: Order | None = None

    @property
    def rows(self) -> int:
        return sum(len(sheet.records) for sheet in self.sheets)


@dataclass(frozen=True, slots=True)
class HandedOut:
    """``masks``: what was withheld, by which paragraph, for what reason."""

    export: CaseExport
    masks: tuple[tuple[str, str, str], ...]


def agreement_case(authority: Authority, agreement_id: int) -> Case:
    """An agreement that names the authority, with the authority's own call-offs under it. Raises NotFound."""
    agreement = (
        Agreement.objects.filter(pk=agreement_id, named__authority=authority)
        .select_related("need_category", "signed_by", "assessment", "documentation")
        .first()
    )
    if agreement is None:
        raise NotFound
    parties = list(
        LotParty.objects.filter(agreement_lot__agreement=agreement)
        .select_related("agreement_lot", "supplier")
        .order_by("agreement_lot_id", "rank")
    )
    call_offs = (
        CallOff.objects.filter(agreement=agreement, authority=authority)
        .select_related("supplier", "kitchen")
        .order_by("delivery_date", "pk")
    )
    rows = [("market_agreement", agreement.pk)]
    if hasattr(agreement, "assessment"):
        rows.append(("market_valueassessment", agreement.assessment.pk))
    if hasattr(agreement, "documentation"):
        rows.append(("market_awarddocumentation", agreement.documentation.pk))
    return Case(
        title=agreement.title,
        case_number=agreement.case_number,
        regime=agreement.regime,
        sealed=is_sealed(award_decided=agreement.signed_at is not None),
        sheets=(
            agreement_sheet(agreement),
            lots_sheet(agreement),
            parties_sheet(parties),
            prices_sheet(agreement),
            call_offs_sheet(call_offs),
            trail_sheet(trail_of(*rows)),
        ),
        suppliers={party.supplier_id: party.supplier.name for party in parties},
        agreement=agreement,
    )


def order_case(authority: Authority, order_id: int) -> Case:
    """A kitchen's order with its lines, call-offs, the rules that judged them, and what happened. Raises NotFound."""
    found = why_order(authority, order_id)
    call_offs = [each.call_off for each in found.call_offs]
    first = call_offs[0].agreement if call_offs else None
    return Case(
        title=_("Beställning %(number)s") % {"number": order_id},
        case_number=first.case_number if first else "",
        regime=first.regime if first else Regime.NATIONAL.value,
        sealed=False,  # a call-off stands under an agreement that was signed
        sheets=(
            order_sheet(found.order),
            call_offs_sheet(call_offs),
            judged_sheet(found.call_offs),
            movements_sheet(found.call_offs),
            trail_sheet((*found.trail, *(trace for each in found.call_offs for trace in each.trail))),
        ),
        suppliers={each.supplier_id: each.supplier.name for each in call_offs},
        order=found.order,
    )


def paragraph_of(ground: Ground, *, regime: str, on: date) -> LawParagraph | None:
    """The paragraph of the day on which something is withheld."""
    return LawParagraph.objects.on(on).filter(rule=f"secrecy_{ground}", regime=regime).first()


def sealed_paragraph(*, regime: str, on: date) -> str:
    found = LawParagraph.objects.on(on).filter(rule="secrecy_bids", regime=regime).first()
    return found.paragraph if found else ""


def exports_of(authority: Authority, case: Case) -> list[HandedOut]:
    """What the authority handed out of the case before, the latest first, with what was withheld."""
    exports = (
        CaseExport.objects.filter(authority=authority, agreement=case.agreement, order=case.order)
        .select_related("made_by")
        .prefetch_related("masks__supplier")
        .order_by("-pk")
    )
    return [
        HandedOut(
            export=export,
            masks=tuple(
                (
                    secret_name(mask.secret, supplier=mask.supplier.name if mask.supplier else ""),
                    mask.paragraph,
                    mask.reason,
                )
                for mask in export.masks.all()
            ),
        )
        for export in exports
    ]
