"""The suppliers of an authority's agreements, with their standing here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from config.ground.refusals import NotFound
from market.models import Authority, LotParty, Standing
from suppliers.models import Supplier, public_number


@dataclass(frozen=True, slots=True)
class SupplierSheet:
    """``suspended`` holds today; ``coming`` are suspensions that have been decided and not begun."""

    supplier: Supplier
    lots: tuple[LotParty, ...]
    suspended: Standing | None
    coming: tuple[Standing, ...]

    @property
    def number(self) -> str:
        return public_number(self.supplier.org_number)

    @property
    def standing(self) -> Standing | None:
        return self.suspended or (self.coming[0] if self.coming else None)


def suppliers_of(authority: Authority, *, today: date) -> tuple[SupplierSheet, ...]:
    """Each party of an agreement that names the authority and has not ended, by name. Two statements."""
    parties = (
        LotParty.objects.filter(
            Q(agreement_lot__agreement__terminated_on=None)
            | Q(agreement_lot__agreement__terminated_on__gte=today),
            agreement_lot__agreement__authorities=authority,
            agreement_lot__agreement__signed_at__isnull=False,
            agreement_lot__agreement__valid_to__gte=today,
        )
        .select_related("supplier", "agreement_lot__agreement")
        .order_by("supplier__sort_key", "agreement_lot__agreement__title", "agreement_lot_id")
    )
    by_supplier: dict[int, list[LotParty]] = {}
    for party in parties:
        by_supplier.setdefault(party.supplier_id, []).append(party)
    standings = _standings(authority, list(by_supplier), today=today)
    return tuple(
        SupplierSheet(
            supplier=lots[0].supplier,
            lots=tuple(lots),
            suspended=next((each for each in standings.get(pk, ()) if each.valid_from <= today), None),
            coming=tuple(each for each in standings.get(pk, ()) if each.valid_from > today),
        )
        for pk, lots in by_supplier.items()
    )


def _standings(authority: Authority, suppliers: Sequence[int], *, today: date) -> dict[int, list[Standing]]:
    rows = Standing.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=today), authority=authority, supplier__in=suppliers
    )
    found: dict[int, list[Standing]] = {}
    for row in rows.select_related("decided_by").order_by("valid_from", "pk"):
        found.setdefault(row.supplier_id, []).append(row)
    return found


def supplier_of(authority: Authority, supplier_id: int) -> Supplier:
    """A party of any agreement that names the authority. Raises NotFound."""
    found = (
        Supplier.objects.filter(pk=supplier_id, lots__agreement_lot__agreement__authorities=authority)
        .distinct()
        .first()
    )
    if found is None:
        raise NotFound
    return found


def standing_of(authority: Authority, standing_id: int) -> Standing:
    """A suspension that the authority has decided. Raises NotFound."""
    found = Standing.objects.filter(pk=standing_id, authority=authority).select_related("supplier").first()
    if found is None:
        raise NotFound
    return found
