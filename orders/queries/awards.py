"""Direct awards of an authority: the register, what must be documented, and what already covers the goods."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from config.ground.refusals import NotFound
from market.models import Agreement, AgreementLot, Authority, AwardDocumentation, NeedCategory
from market.rules.assessment import Award
from market.rules.calendar import STOCKHOLM
from market.rules.valuation import counts_from


@dataclass(frozen=True, slots=True)
class RegisteredAward:
    """A line of the register. ``state`` of its documentation: none, open, late or closed. Personal numbers are masked."""

    agreement_id: int
    lot_id: int
    title: str
    case_number: str
    need: str
    signed_on: date
    signer: str
    supplier: str
    supplier_number: str
    valid_from: date
    valid_to: date
    ceiling_sek: Decimal
    value_sek: Decimal | None
    basis: str
    value_reason: str
    looked_split: bool
    covered_by: str
    limit_sek: Decimal | None
    paragraph: str
    state: str
    due_on: date | None
    closed_on: date | None


def register(authority: Authority, *, today: date) -> list[RegisteredAward]:
    """The register of direct awards, the latest first, in three statements."""
    return [_registered(each, today=today) for each in awards_of(authority)]


def _registered(agreement: Agreement, *, today: date) -> RegisteredAward:
    lots = list(agreement.lots.all())
    winners = [party.supplier for lot in lots for party in lot.parties.all()]
    value = getattr(agreement, "assessment", None)
    doc = getattr(agreement, "documentation", None)
    signed_at = agreement.signed_at
    assert signed_at is not None  # noqa: S101  # narrows: the queryset leaves out what is not signed
    return RegisteredAward(
        agreement_id=agreement.pk,
        lot_id=lots[0].pk,
        title=agreement.title,
        case_number=agreement.case_number,
        need=agreement.need_category.name if agreement.need_category else "",
        signed_on=signed_at.astimezone(STOCKHOLM).date(),
        signer=agreement.signed_by.name if agreement.signed_by else "",
        supplier=", ".join(winner.name for winner in winners),
        supplier_number=", ".join(winner.public_number for winner in winners),
        valid_from=agreement.valid_from,
        valid_to=agreement.valid_to,
        ceiling_sek=sum((lot.ceiling_sek for lot in lots), start=Decimal(0)),
        value_sek=value.value_sek if value else None,
        basis=basis_name(value.basis) if value else "",
        value_reason=value.reason if value else "",
        looked_split=value is not None and value.looked_split,
        covered_by=value.covered_by if value else "",
        limit_sek=value.limit_sek if value else None,
        paragraph=value.paragraph if value else "",
        state=documentation_state(doc, today=today),
        due_on=doc.due_on if doc else None,
        closed_on=doc.closed_on if doc else None,
    )


def documentation_state(doc: AwardDocumentation | None, *, today: date) -> str:
    if doc is None:
        return "none"
    if doc.closed_on is not None:
        return "closed"
    return "late" if doc.due_on < today else "open"


def basis_name(basis: str) -> str:
    return {
        "back_12": _("tolv månader bakåt"),
        "financial_year": _("förra räkenskapsåret"),
        "ahead_12": _("tolv månader framåt"),
        "own": _("egen uppskattning"),
    }[basis]


def awards_of(authority: Authority) -> "QuerySet[Agreement, Agreement]":
    """The register of direct awards, the latest first."""
    return (
        Agreement.objects.filter(kind=Agreement.Kind.DIRECT_AWARD, named__authority=authority)
        .exclude(signed_at=None)
        .select_related("need_category", "signed_by", "assessment", "documentation")
        .prefetch_related("lots__parties__supplier")
        .order_by("-signed_at", "-pk")
    )


def documentation_of(authority: Authority, agreement_id: int) -> AwardDocumentation:
    """Raises NotFound for an award without the duty, and for another authority's."""
    doc = (
        AwardDocumentation.objects.filter(agreement=agreement_id, agreement__named__authority=authority)
        .select_related("agreement__assessment")
        .first()
    )
    if doc is None:
        raise NotFound
    return doc


def awards_of_need(need: NeedCategory, *, on: date) -> list[Award]:
    """Lots of direct awards of the need that were signed within the last twelve months."""
    rows = AgreementLot.objects.filter(
        agreement__kind=Agreement.Kind.DIRECT_AWARD,
        agreement__need_category=need,
        agreement__signed_at__isnull=False,
        agreement__signed_at__date__gte=counts_from(on),
    ).values_list("agreement__signed_at", "ceiling_sek")
    return [
        Award(signed_on=signed_at.astimezone(STOCKHOLM).date(), ceiling_sek=ceiling)
        for signed_at, ceiling in rows
        if signed_at is not None
    ]


def already_covered(authority: Authority, product_ids: Iterable[int], *, on: date) -> Sequence[str]:
    """Agreements other than direct awards, in force for the authority, in whose lots some of the goods lie."""
    covering = (
        Agreement.objects.exclude(kind=Agreement.Kind.DIRECT_AWARD)
        .exclude(signed_at=None)
        .filter(
            Q(terminated_on=None) | Q(terminated_on__gte=on),
            Q(lots__products__valid_to=None) | Q(lots__products__valid_to__gte=on),
            named__authority=authority,
            valid_from__lte=on,
            valid_to__gte=on,
            lots__products__product__in=list(product_ids),
            lots__products__valid_from__lte=on,
        )
        .distinct()
        .order_by("title")
    )
    return list(covering.values_list("title", flat=True))


def open_documentation(authority: Authority) -> "QuerySet[AwardDocumentation, AwardDocumentation]":
    """Documentation that waits, what is due first on top."""
    return (
        AwardDocumentation.objects.filter(agreement__named__authority=authority, closed_on=None)
        .select_related("agreement")
        .order_by("due_on", "pk")
    )
