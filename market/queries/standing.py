"""Who may contract with whom: exclusions that hold, and officers who are too near a supplier."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q

from config.ground.sorting import in_swedish
from market.models import AuthorityMember, InterestDeclaration, LawParagraph, LotParty, StandingMatter
from market.refusals import ConflictOfInterest, SupplierExcluded
from market.rules.standing import Ground, regime_of_matter


def check_no_interest(
    *, authority_ids: Collection[int], supplier_ids: Iterable[int], user_id: int | None
) -> None:
    """Raises ConflictOfInterest when the person has declared to be too near one of the suppliers."""
    found = (
        InterestDeclaration.objects.filter(
            authority__in=authority_ids,
            supplier__in=list(supplier_ids),
            officer=user_id or 0,
            withdrawn_on=None,
        )
        .select_related("supplier", "handed_to")
        .first()
    )
    if found is not None:
        raise ConflictOfInterest(
            supplier=found.supplier.name, other=found.handed_to.name if found.handed_to else "–"
        )


def check_not_excluded(*, authority_ids: Collection[int], supplier_ids: Iterable[int], on: date) -> None:
    """Raises SupplierExcluded when an exclusion by one of the authorities holds that day."""
    found = (
        StandingMatter.objects.filter(
            Q(holds_to=None) | Q(holds_to__gte=on),
            authority__in=authority_ids,
            supplier__in=list(supplier_ids),
            outcome=StandingMatter.Outcome.EXCLUDE,
            holds_from__lte=on,
        )
        .select_related("supplier")
        .first()
    )
    if found is not None:
        raise SupplierExcluded(supplier=found.supplier.name, day=found.decided_on, paragraph=found.paragraph)


def running_regimes(*, authority_id: int, supplier_id: int, on: date) -> set[str]:
    """The regimes of the agreements, signed and not ended, under which the supplier may be called off from."""
    parties = LotParty.objects.filter(
        Q(agreement_lot__agreement__terminated_on=None) | Q(agreement_lot__agreement__terminated_on__gte=on),
        agreement_lot__agreement__authorities=authority_id,
        agreement_lot__agreement__signed_at__isnull=False,
        agreement_lot__agreement__valid_to__gte=on,
        supplier=supplier_id,
    )
    return set(parties.values_list("agreement_lot__agreement__regime", flat=True))


def is_in_a_dis(*, authority_id: int, supplier_id: int, on: date) -> bool:
    return LotParty.objects.filter(
        agreement_lot__agreement__authorities=authority_id,
        agreement_lot__agreement__kind="dis",
        agreement_lot__agreement__valid_to__gte=on,
        supplier=supplier_id,
    ).exists()


def paragraph_of_ground(ground: Ground, *, regimes: Iterable[str], on: date) -> tuple[str, str]:
    """The regime that a matter is judged by, and the paragraph of its ground on that day ("" where none is known)."""
    regime = regime_of_matter(regimes)
    row = LawParagraph.objects.on(on).filter(rule=f"exclusion_{ground.value}", regime=regime).first()
    return regime, row.paragraph if row else ""


def officers_besides(*, authority_id: int, supplier_id: int, user_id: int) -> "list[AuthorityMember]":
    """The other active officers of the authority who have declared no interest in the supplier, by name."""
    near = InterestDeclaration.objects.filter(
        authority=authority_id, supplier=supplier_id, withdrawn_on=None
    ).values("officer")
    return list(
        AuthorityMember.objects.filter(
            authority=authority_id, role=AuthorityMember.Role.OFFICER, user__is_active=True
        )
        .exclude(user=user_id)
        .exclude(user__in=near)
        .select_related("user")
        .order_by(in_swedish("user__name"), "pk")
    )
